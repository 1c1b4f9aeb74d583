import type { Texts } from './texts.js';

export const de: Texts = {
  products: [
    'Glastüren',
    'Regalsysteme',
    'Vitrinen',
    'Kühlregale',
    'Kassentische',
    'LED-Lichtschienen',
    'Umkleidekabinen',
  ],
  places: ['Microsoft Teams', 'Ausstellung', 'Beim Kunden, {city}', 'Besprechungsraum 2'],
  task: [
    ['Überarbeitetes Angebot senden: {number} {product}', 'Mit Mengenrabatt, 30 Tage gültig.'],
    ['Bestand für Auftrag {order} prüfen', 'Geht alles in einer Lieferung?'],
    [
      'Referenzen für {account} heraussuchen',
      'Zwei Filialen ähnlicher Größe, gern eine davon in Österreich.',
    ],
    [
      'Unbezahlte Rechnung {order} klären',
      'Zwei Mahnungen ohne Antwort, vielleicht fehlt die Bestellnummer.',
    ],
    ['Muster bestellen: {product}', 'Edelstahl gebürstet und Schwarz matt.'],
    ['Mehrkosten für Nachtmontage berechnen', 'Der Laden kann tagsüber nicht schließen.'],
  ],
  phonecall: [
    [
      'Nachfassen: Angebot über {number} {product}',
      'Fragen, wer noch zustimmen muss und bis wann entschieden wird.',
    ],
    ['Lieferfenster für Auftrag {order} abstimmen', 'Die Rampe ist nur von 6 bis 8 Uhr frei.'],
    [
      'Reklamation: Kratzer an zwei Scheiben',
      'Fotos kamen per E-Mail. Ersatz mit der nächsten Lieferung anbieten.',
    ],
    ['Wartungsvertrag verlängern', 'Läuft in drei Monaten aus.'],
    ['Quartalsgespräch mit {contact}', 'Wie laufen die Regale? Pläne fürs nächste Jahr?'],
  ],
  email: [
    [
      'Ihr Angebot: {number} {product}',
      'Guten Tag {contact}, anbei unser Angebot. Es gilt 30 Tage. Ich rufe Sie nächste Woche an, um Ihre Fragen zu klären.',
    ],
    [
      'Liefertermin für Auftrag {order}',
      'Guten Tag {contact}, die Ware verlässt unser Lager am Donnerstag. Der Fahrer meldet sich eine halbe Stunde vorher.',
    ],
    [
      'Protokoll unseres Gesprächs',
      'Guten Tag {contact}, vielen Dank für Ihre Zeit. Unten steht, was wir vereinbart haben.',
    ],
    [
      'Montagetermin',
      'Guten Tag {contact}, unsere Monteure können in KW 50 oder in der ersten Januarwoche kommen. Was passt Ihnen besser?',
    ],
    [
      'Preisliste fürs nächste Jahr',
      'Guten Tag {contact}, die neuen Preise gelten ab dem 1. Januar.',
    ],
  ],
  answerPrefix: 'AW: ',
  answers: [
    'Vielen Dank, das passt für uns. Bitte so ausführen.',
    'Danke. Ich muss das mit der Geschäftsführung klären und melde mich bis Freitag.',
    'Eine Frage noch: Ist die Montage im Preis enthalten?',
  ],
  appointment: [
    [
      'Aufmaß vor Ort: {account}',
      'Mit {contact} durch die Verkaufsfläche gehen, Maße nehmen, Rampe ansehen.',
    ],
    ['Vorführung: {product}', 'Beide Varianten zeigen.'],
    ['Vertragsgespräch mit {account}', 'Offen: Verzugsstrafe, Preisanpassung, Kündigung.'],
    ['Abnahme der Montage', 'Protokoll in zwei Exemplaren mitnehmen.'],
    ['Jahresgespräch', 'Zahlen, Servicequalität, Pläne.'],
  ],
  letter: [
    ['Auftragsbestätigung {order}', 'Unterschriebenes Original per Post.'],
    ['Rahmenvertrag, zwei Exemplare', 'Eines bitte unterschrieben zurück.'],
  ],
  note: [
    [
      'Wettbewerb',
      'Es liegt ein zweites Angebot vor, etwa 8 % günstiger, aber mit 14 Wochen Lieferzeit.',
    ],
    ['', '{contact} ist am besten vor zehn Uhr zu erreichen.'],
    ['Einkauf', 'Ab 50.000 € muss die Geschäftsführung zustimmen.'],
    ['', 'Boden an der Nordwand 15 mm aus der Waage, lange Füße verwenden.'],
  ],
  personal: [
    ['Reisekosten abrechnen', 'Belege liegen in der blauen Mappe.'],
    ['Steuerunterlagen zum Steuerberater bringen', ''],
    ['Winterreifen wechseln lassen', ''],
  ],
};
