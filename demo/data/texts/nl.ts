import type { Texts } from './texts.js';

export const nl: Texts = {
  products: [
    'glazen deuren',
    'stellingen',
    'vitrines',
    'koelmeubels',
    'kassameubels',
    'ledrails',
    'paskamers',
  ],
  places: ['Microsoft Teams', 'Showroom', 'Bij de klant, {city}', 'Vergaderzaal 1'],
  task: [
    ['Aangepaste offerte sturen: {number} {product}', 'Met staffelkorting, 30 dagen geldig.'],
    ['Voorraad controleren voor order {order}', 'Kan alles in één levering mee?'],
    ['Referenties verzamelen voor {account}', 'Twee winkels van dezelfde grootte.'],
    ['Uitzoeken waarom factuur {order} openstaat', 'Twee herinneringen verstuurd zonder antwoord.'],
    ['Monsters bestellen: {product}', 'Geborsteld staal en zwart.'],
  ],
  phonecall: [
    [
      'Bellen over de offerte voor {number} {product}',
      'Vragen wie er nog akkoord moet geven en wanneer ze beslissen.',
    ],
    ['Levertijd van order {order} afspreken', 'Het laaddock is alleen van 6 tot 8 uur vrij.'],
    ['Klacht: krassen op twee panelen', 'Foto’s kwamen per e-mail. Vervanging aanbieden.'],
    ['Onderhoudscontract verlengen', 'Loopt over drie maanden af.'],
    ['Kwartaalgesprek met {contact}', 'Hoe bevallen de stellingen? Plannen voor volgend jaar?'],
  ],
  email: [
    [
      'Uw offerte: {number} {product}',
      'Beste {contact}, in de bijlage vindt u onze offerte. Ze is 30 dagen geldig. Ik bel u volgende week.',
    ],
    [
      'Levering van order {order}',
      'Beste {contact}, de goederen verlaten donderdag ons magazijn. De chauffeur belt een half uur van tevoren.',
    ],
    [
      'Verslag van ons gesprek',
      'Beste {contact}, dank voor uw tijd. Hieronder staat wat we hebben afgesproken.',
    ],
    [
      'Montagedatum',
      'Beste {contact}, onze monteurs kunnen in week 50 of in de eerste week van januari komen.',
    ],
  ],
  answerPrefix: 'RE: ',
  answers: [
    'Dank u, dat is akkoord. U kunt het zo uitvoeren.',
    'Bedankt. Ik moet dit intern bespreken en kom er vrijdag op terug.',
    'Nog een vraag: is de montage bij de prijs inbegrepen?',
  ],
  appointment: [
    [
      'Inmeten op locatie: {account}',
      'Met {contact} over de winkelvloer lopen en de maten opnemen.',
    ],
    ['Demonstratie: {product}', 'Beide varianten laten zien.'],
    ['Contractbespreking met {account}', 'Open punten: boete bij vertraging, prijsaanpassing.'],
    ['Oplevering', 'Protocol in tweevoud meenemen.'],
  ],
  letter: [['Orderbevestiging {order}', 'Ondertekend origineel per post.']],
  note: [
    [
      'Concurrent',
      'Er ligt ook een andere offerte, ongeveer 8% goedkoper, maar met 14 weken levertijd.',
    ],
    ['', '{contact} is het best voor tien uur te bereiken.'],
    ['', 'Vloer ligt bij de noordwand 15 mm uit het lood, lange poten gebruiken.'],
  ],
  personal: [
    ['Declaraties indienen', 'Bonnen zitten in de blauwe map.'],
    ['Fiets naar de maker brengen', ''],
  ],
};
