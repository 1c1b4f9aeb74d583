import type { Texts } from './texts.js';

export const fr: Texts = {
  products: [
    'portes vitrées',
    'rayonnages',
    'vitrines',
    'meubles réfrigérés',
    'comptoirs de caisse',
    'rails LED',
    'cabines d’essayage',
  ],
  places: ['Microsoft Teams', 'Salle d’exposition', 'Chez le client, {city}', 'Salle de réunion 4'],
  task: [
    [
      'Envoyer le devis révisé : {number} {product}',
      'Avec la remise sur quantité, valable 30 jours.',
    ],
    ['Vérifier le stock pour la commande {order}', 'Tout peut-il partir en une seule livraison ?'],
    ['Rassembler des références pour {account}', 'Deux magasins de taille comparable.'],
    ['Relancer la facture impayée {order}', 'Deux rappels sans réponse.'],
    ['Commander des échantillons : {product}', 'Inox brossé et noir mat.'],
  ],
  phonecall: [
    [
      'Appel au sujet du devis : {number} {product}',
      'Demander qui doit encore donner son accord et pour quand.',
    ],
    ['Convenir du créneau de livraison, commande {order}', 'Le quai n’est libre que de 6 h à 8 h.'],
    ['Réclamation : deux panneaux rayés', 'Photos reçues par courriel. Proposer un remplacement.'],
    ['Renouvellement du contrat d’entretien', 'Il expire dans trois mois.'],
    ['Point trimestriel avec {contact}', 'Satisfaction, projets pour l’année prochaine.'],
  ],
  email: [
    [
      'Votre devis : {number} {product}',
      'Bonjour {contact}, veuillez trouver ci-joint notre devis, valable 30 jours. Je vous appellerai la semaine prochaine.',
    ],
    [
      'Livraison de la commande {order}',
      'Bonjour {contact}, la marchandise quitte notre entrepôt jeudi. Le chauffeur vous appellera une demi-heure avant.',
    ],
    [
      'Compte rendu de notre réunion',
      'Bonjour {contact}, merci pour votre temps. Voici ce que nous avons convenu.',
    ],
    [
      'Date de montage',
      'Bonjour {contact}, nos monteurs peuvent venir en semaine 50 ou début janvier. Que préférez-vous ?',
    ],
  ],
  answerPrefix: 'RE : ',
  answers: [
    'Merci, cela nous convient. Vous pouvez lancer la commande.',
    'Merci. Je dois en parler à la direction et reviens vers vous d’ici vendredi.',
    'Une question : le montage est-il compris dans le prix ?',
  ],
  appointment: [
    [
      'Visite du site : {account}',
      'Parcourir la surface de vente avec {contact}, prendre les mesures.',
    ],
    ['Démonstration : {product}', 'Montrer les deux variantes.'],
    ['Revue du contrat avec {account}', 'Points ouverts : pénalités de retard, révision des prix.'],
    ['Déjeuner avec {contact}', ''],
  ],
  letter: [['Confirmation de commande {order}', 'Original signé par courrier.']],
  note: [
    [
      'Concurrence',
      'Ils ont une autre offre, environ 8 % moins chère, mais avec 14 semaines de délai.',
    ],
    ['', '{contact} préfère être appelé avant dix heures.'],
    ['', 'Budget approuvé, ils n’attendent plus que notre devis.'],
  ],
  personal: [
    ['Note de frais du dernier déplacement', ''],
    ['Prendre rendez-vous chez l’ophtalmologue', ''],
  ],
};
