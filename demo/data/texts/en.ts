import type { Texts } from './texts.js';

export const en: Texts = {
  products: [
    'glass doors',
    'shelving units',
    'display cabinets',
    'refrigerated cabinets',
    'checkout desks',
    'LED light rails',
    'fitting rooms',
  ],
  places: [
    'Microsoft Teams',
    'Showroom',
    'At the customer’s, {city}',
    'Meeting room 3',
    'Phone conference',
  ],
  task: [
    [
      'Send revised quote for {number} {product}',
      'With the volume discount we spoke about, valid for 30 days.',
    ],
    [
      'Check stock for order {order}',
      '{contact} needs to know whether all of it can leave in one delivery.',
    ],
    [
      'Prepare the handover to the installation team',
      'Drawings, contact on site, delivery window, lift dimensions.',
    ],
    ['Update the stakeholder map', 'Two new names in purchasing since the reorganisation.'],
    [
      'Collect references for {account}',
      'They want to see two shops of the same size, one of them abroad.',
    ],
    [
      'Answer the supplier questionnaire',
      'Sustainability part comes from Legal; the rest is ours.',
    ],
    ['Check the credit limit of {account}', 'The next order would go 12% above it.'],
    ['Order samples of the {product}', 'Two finishes: brushed steel and black.'],
    [
      'Find out why invoice {order} is unpaid',
      'Reminder went out twice. Perhaps the order number was missing.',
    ],
    [
      'Draft the framework agreement',
      'Three years, price adjustment once a year, service within 48 hours.',
    ],
    ['Send {contact} the spare parts list', 'For the {product} delivered last spring.'],
    ['Calculate the extra cost for night installation', 'The shop cannot close during the day.'],
  ],
  phonecall: [
    [
      'Call about the quote for {number} {product}',
      'Ask who else has to agree, and by when they want to decide.',
    ],
    ['Agree on the delivery window for order {order}', 'The loading bay is free from 6 to 8 only.'],
    ['Quarterly check-in', 'How are the {product} doing? Anything planned for next year?'],
    ['Ask {contact} for the names of the buying committee', 'We only know purchasing so far.'],
    [
      'Follow up after the showroom visit',
      'They liked the {product}; the price was not discussed.',
    ],
    [
      'Complaint: scratches on two panels',
      'Photos came by email. Offer replacement with the next delivery.',
    ],
    ['Clarify the measurements on site', 'The drawing says 2,400 mm, the photo looks like less.'],
    ['Renewal of the maintenance contract', 'Ends in three months. Offer the two-year option.'],
    ['Talk through the payment terms', 'They ask for 60 days; 45 are possible.'],
    ['Introduce the new contact for service', 'Jun takes over from January.'],
  ],
  email: [
    [
      'Your quote for {number} {product}',
      'Dear {contact}, please find our quote attached. It is valid for 30 days. I will call you next week to answer your questions.',
    ],
    [
      'Delivery of order {order}',
      'Dear {contact}, the goods leave our warehouse on Thursday. The driver will call you half an hour before he arrives.',
    ],
    [
      'Minutes of our meeting',
      'Dear {contact}, thank you for your time. Below is what we agreed; please tell me if I got anything wrong.',
    ],
    [
      'Drawings of the {product}',
      'Dear {contact}, here are the drawings as PDF and DWG. The wall needs to carry 80 kg per metre.',
    ],
    [
      'Installation date',
      'Dear {contact}, our fitters can come in week 50 or in the first week of January. Which suits you better?',
    ],
    [
      'Follow up on the security questionnaire',
      'Dear {contact}, two answers are still open on our side. You will have them by Friday.',
    ],
    [
      'Invitation to our spring fair',
      'Dear {contact}, we would be glad to welcome you and your colleagues. Two tickets are set aside in your name.',
    ],
    [
      'Price list for next year',
      'Dear {contact}, the new prices are valid from 1 January. Orders placed before are delivered at the old ones.',
    ],
    [
      'Warranty for the {product}',
      'Dear {contact}, you are right: the warranty runs from the day of acceptance, not of delivery. We have changed it.',
    ],
  ],
  answerPrefix: 'RE: ',
  answers: [
    'Thank you, that works for us. Please go ahead.',
    'Thanks. I have to check this with our finance department and will come back to you by Friday.',
    'Could you send it once more with the order number on it? Our system needs it.',
    'One question: does the price include installation?',
  ],
  appointment: [
    [
      'Site visit: {account}',
      'Walk the sales floor with {contact}, take the measurements, see the loading bay.',
    ],
    [
      'Demo of the {product}',
      'Show both variants. {contact} brings two colleagues from purchasing.',
    ],
    ['Contract review with {account}', 'Open points: penalty for delay, price adjustment, exit.'],
    [
      'Kick-off: {number} {product}',
      'Who does what until the opening day; weekly call; escalation.',
    ],
    ['Business review', 'Figures of the year, service quality, plans.'],
    ['Lunch with {contact}', 'No agenda.'],
    ['Price negotiation', 'Walk-away price is in the deal. Do not go below without asking.'],
    ['Acceptance of the installation', 'Take the protocol along, two copies.'],
  ],
  letter: [
    ['Order confirmation {order}', 'Signed original by post, as purchasing asks for it.'],
    ['Framework agreement, two copies', 'One to be signed and returned.'],
    ['Season’s greetings', 'Card with a personal line, signed by the team.'],
  ],
  note: [
    [
      'Competitor',
      'They also have a quote from another supplier, about 8% cheaper, but with 14 weeks lead time.',
    ],
    [
      'Buying process',
      'Above 50,000 the board has to sign. The board meets on the first Tuesday of a month.',
    ],
    ['', 'Spoke to {contact} at reception: budget is approved, they only wait for our quote.'],
    ['Parking', 'Use the yard behind the building, code 4711#, ask for the key at the gate.'],
    ['', '{contact} prefers calls before ten. Email is read by the assistant.'],
    ['Shop plans', 'Two new shops next year, one of them in {city}. Tender in spring.'],
    ['', 'Fitters report: floor is 15 mm out of level at the north wall. Use the long feet.'],
  ],
  personal: [
    ['Book dentist', ''],
    ['Expense report', 'Receipts from the last trip are in the blue folder.'],
    ['Prepare the pipeline call', 'Numbers per region, three deals to talk about.'],
    ['Read the new product catalogue', ''],
    ['Renew the parking permit', ''],
    ['Order business cards', 'New job title.'],
  ],
};
