import type { Texts } from './texts.js';

export const pl: Texts = {
  products: [
    'drzwi szklane',
    'regały',
    'gabloty',
    'lady chłodnicze',
    'boksy kasowe',
    'szyny LED',
    'przymierzalnie',
  ],
  places: ['Microsoft Teams', 'Salon wystawowy', 'U klienta, {city}'],
  task: [
    ['Wysłać poprawioną ofertę: {product}, {number} szt.', 'Z rabatem ilościowym, ważna 30 dni.'],
    [
      'Sprawdzić stan magazynu, zamówienie {order}',
      'Czy wszystko może wyjechać w jednej dostawie?',
    ],
    ['Przygotować referencje: {account}', 'Dwa sklepy podobnej wielkości.'],
    ['Wyjaśnić niezapłaconą fakturę {order}', 'Dwa przypomnienia bez odpowiedzi.'],
  ],
  phonecall: [
    [
      'Telefon w sprawie oferty: {product}, {number} szt.',
      'Zapytać, kto jeszcze musi zatwierdzić i do kiedy.',
    ],
    ['Ustalić godziny dostawy, zamówienie {order}', 'Rampa jest wolna tylko od 6 do 8.'],
    ['Reklamacja: porysowane dwa panele', 'Zdjęcia przyszły e-mailem. Zaproponować wymianę.'],
    ['Przedłużenie umowy serwisowej', 'Kończy się za trzy miesiące.'],
  ],
  email: [
    [
      'Oferta: {product}, {number} szt.',
      'Dzień dobry, w załączeniu przesyłam naszą ofertę, ważną 30 dni. Zadzwonię w przyszłym tygodniu.',
    ],
    [
      'Dostawa zamówienia {order}',
      'Dzień dobry, towar opuści nasz magazyn w czwartek. Kierowca zadzwoni pół godziny wcześniej.',
    ],
    ['Notatka ze spotkania', 'Dzień dobry, dziękuję za spotkanie. Poniżej nasze ustalenia.'],
    [
      'Termin montażu',
      'Dzień dobry, nasi monterzy mogą przyjechać w 50. tygodniu albo na początku stycznia.',
    ],
  ],
  answerPrefix: 'Odp: ',
  answers: [
    'Dziękuję, pasuje nam. Proszę realizować.',
    'Dziękuję. Muszę to uzgodnić z zarządem, odezwę się do piątku.',
    'Jedno pytanie: czy cena obejmuje montaż?',
  ],
  appointment: [
    ['Wizja lokalna: {account}', 'Obejrzeć salę sprzedaży i wziąć wymiary.'],
    ['Prezentacja: {product}', 'Pokazać oba warianty.'],
    ['Omówienie umowy: {account}', 'Otwarte: kary za opóźnienie, waloryzacja cen.'],
    ['Odbiór montażu', 'Zabrać protokół w dwóch egzemplarzach.'],
  ],
  letter: [['Potwierdzenie zamówienia {order}', 'Podpisany oryginał pocztą.']],
  note: [
    ['Konkurencja', 'Mają drugą ofertę, o około 8% tańszą, ale z terminem 14 tygodni.'],
    ['', 'Najlepiej dzwonić przed dziesiątą.'],
    ['', 'Budżet zatwierdzony, czekają tylko na naszą ofertę.'],
  ],
  personal: [
    ['Rozliczyć delegację', ''],
    ['Przegląd samochodu', ''],
  ],
};
