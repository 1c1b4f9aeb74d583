import type { Texts } from './texts.js';

export const es: Texts = {
  products: [
    'puertas de vidrio',
    'estanterías',
    'vitrinas',
    'muebles refrigerados',
    'mostradores de caja',
    'carriles LED',
    'probadores',
  ],
  places: ['Microsoft Teams', 'Sala de exposición', 'En las oficinas del cliente, {city}'],
  task: [
    [
      'Enviar el presupuesto revisado: {number} {product}',
      'Con el descuento por volumen, válido 30 días.',
    ],
    ['Comprobar existencias para el pedido {order}', '¿Puede salir todo en una sola entrega?'],
    ['Reunir referencias para {account}', 'Dos tiendas del mismo tamaño.'],
    ['Averiguar por qué la factura {order} está pendiente', 'Dos avisos sin respuesta.'],
    ['Pedir muestras: {product}', 'Acero cepillado y negro.'],
  ],
  phonecall: [
    [
      'Llamar por el presupuesto de {number} {product}',
      'Preguntar quién más tiene que aprobarlo y para cuándo.',
    ],
    ['Acordar la entrega del pedido {order}', 'El muelle solo está libre de 6 a 8.'],
    ['Reclamación: dos paneles rayados', 'Llegaron fotos por correo. Ofrecer la sustitución.'],
    ['Renovar el contrato de mantenimiento', 'Vence dentro de tres meses.'],
    ['Seguimiento trimestral con {contact}', 'Satisfacción y planes para el próximo año.'],
  ],
  email: [
    [
      'Su presupuesto: {number} {product}',
      'Hola, {contact}: adjunto nuestro presupuesto, válido 30 días. Le llamaré la semana que viene.',
    ],
    [
      'Entrega del pedido {order}',
      'Hola, {contact}: la mercancía sale de nuestro almacén el jueves. El conductor le llamará media hora antes.',
    ],
    ['Acta de la reunión', 'Hola, {contact}: gracias por su tiempo. Esto es lo que acordamos.'],
    [
      'Fecha de montaje',
      'Hola, {contact}: nuestros montadores pueden ir en la semana 50 o a principios de enero.',
    ],
  ],
  answerPrefix: 'RE: ',
  answers: [
    'Gracias, nos parece bien. Adelante.',
    'Gracias. Tengo que consultarlo con finanzas; le digo algo antes del viernes.',
    'Una pregunta: ¿el precio incluye el montaje?',
  ],
  appointment: [
    ['Visita a la tienda: {account}', 'Recorrer la sala de ventas con {contact} y tomar medidas.'],
    ['Demostración: {product}', 'Enseñar las dos variantes.'],
    [
      'Revisión del contrato con {account}',
      'Pendiente: penalización por retraso, revisión de precios.',
    ],
    ['Comida con {contact}', ''],
  ],
  letter: [['Confirmación del pedido {order}', 'Original firmado por correo postal.']],
  note: [
    ['Competencia', 'Tienen otra oferta, un 8 % más barata, pero con 14 semanas de plazo.'],
    ['', '{contact} prefiere que le llamen antes de las diez.'],
    ['', 'Presupuesto aprobado; solo esperan nuestra oferta.'],
  ],
  personal: [
    ['Liquidar los gastos del viaje', ''],
    ['Renovar el DNI', ''],
  ],
};
