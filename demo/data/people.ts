import type { Language } from './texts/texts.js';

/** Somebody who works for the firm. */
export interface UserSeed {
  readonly name: string;
  readonly address: string;
  readonly title: string;
  readonly languages: readonly Language[];
  /** Works with Mona Sanders, the user of the demo. */
  readonly inTeam?: true;
}

/** The first is the user of the demo. */
export const userSeeds: readonly UserSeed[] = [
  {
    name: 'Mona Sanders',
    address: 'mona.sanders@contoso.example',
    title: 'Account executive',
    languages: ['en', 'de', 'nl'],
  },
  {
    name: 'Jun Park',
    address: 'jun.park@contoso.example',
    title: 'Solution engineer',
    languages: ['en', 'ko'],
    inTeam: true,
  },
  {
    name: '陳怡君',
    address: 'yijun.chen@contoso.example',
    title: 'Account manager',
    languages: ['zh'],
    inTeam: true,
  },
  {
    name: 'Pieter de Vries',
    address: 'pieter.devries@contoso.example',
    title: 'Inside sales',
    languages: ['nl', 'en'],
    inTeam: true,
  },
  {
    name: 'Camille Laurent',
    address: 'camille.laurent@contoso.example',
    title: 'Account executive',
    languages: ['fr'],
    inTeam: true,
  },
  {
    name: 'Oliver Grant',
    address: 'oliver.grant@contoso.example',
    title: 'Regional manager',
    languages: ['en'],
  },
  {
    name: 'Lucía Beltrán',
    address: 'lucia.beltran@contoso.example',
    title: 'Account manager',
    languages: ['es'],
  },
  {
    name: 'Katarzyna Wiśniewska',
    address: 'katarzyna.wisniewska@contoso.example',
    title: 'Account manager',
    languages: ['pl', 'de'],
  },
  {
    name: 'Νίκος Παπαδόπουλος',
    address: 'nikos.papadopoulos@contoso.example',
    title: 'Account manager',
    languages: ['el'],
  },
  {
    name: 'ليلى حداد',
    address: 'layla.haddad@contoso.example',
    title: 'Key account manager',
    languages: ['ar'],
  },
  {
    name: 'יעל כהן',
    address: 'yael.cohen@contoso.example',
    title: 'Account manager',
    languages: ['he'],
  },
  {
    name: '佐藤 健',
    address: 'ken.sato@contoso.example',
    title: 'Key account manager',
    languages: ['ja'],
  },
];

export const teamSeeds: readonly string[] = ['Sales Europe', 'Service desk'];

export interface NameSeeds {
  /** `name|how it is written in an address`. */
  readonly given: readonly string[];
  readonly family: readonly string[];
  readonly order: 'given-first' | 'family-first';
  readonly between: '' | ' ';
  readonly titles: readonly string[];
}

export const namesByLanguage: Readonly<Record<Language, NameSeeds>> = {
  en: {
    given: [
      'Amelia|amelia',
      'George|george',
      'Priya|priya',
      'Samuel|samuel',
      'Grace|grace',
      'Daniel|daniel',
      'Chloe|chloe',
      'Marcus|marcus',
      'Isla|isla',
      'Owen|owen',
      'Zoe|zoe',
      'Hassan|hassan',
      'Ruth|ruth',
      'Leo|leo',
      'Imani|imani',
    ],
    family: [
      'Bennett|bennett',
      'Osei|osei',
      'Fletcher|fletcher',
      'Nair|nair',
      'Doyle|doyle',
      'Whitaker|whitaker',
      'Morgan|morgan',
      'Okafor|okafor',
      'Sinclair|sinclair',
      'Hughes|hughes',
      'Castellanos|castellanos',
      'Lindqvist|lindqvist',
      'Abbott|abbott',
    ],
    order: 'given-first',
    between: ' ',
    titles: [
      'Purchasing manager',
      'Head of store design',
      'Facility manager',
      'Managing director',
      'Project manager',
      'Finance director',
    ],
  },
  de: {
    given: [
      'Jürgen|juergen',
      'Sabine|sabine',
      'Lukas|lukas',
      'Anneliese|anneliese',
      'Matthias|matthias',
      'Jana|jana',
      'Cem|cem',
    ],
    family: [
      'Schäfer|schaefer',
      'Großmann|grossmann',
      'Yıldız|yildiz',
      'Vogel|vogel',
      'Freiherr von Hohenfels|hohenfels',
      'Kühn|kuehn',
      'Bergmann|bergmann',
    ],
    order: 'given-first',
    between: ' ',
    titles: [
      'Einkaufsleiterin',
      'Filialplanung',
      'Geschäftsführer',
      'Projektleitung',
      'Leiter Bau und Technik',
    ],
  },
  nl: {
    given: ['Sanne|sanne', 'Bram|bram', 'Femke|femke', 'Joris|joris', 'Noor|noor', 'Thijs|thijs'],
    family: [
      'van den Berg|vandenberg',
      'Jansen|jansen',
      '’t Hart|thart',
      'de Groot|degroot',
      'El Amrani|elamrani',
      'Visser|visser',
    ],
    order: 'given-first',
    between: ' ',
    titles: ['Inkoopmanager', 'Formulemanager', 'Directeur', 'Projectleider bouw'],
  },
  fr: {
    given: [
      'Élodie|elodie',
      'Théo|theo',
      'Jean-Baptiste|jean-baptiste',
      'Aïcha|aicha',
      'Margaux|margaux',
      'Étienne|etienne',
    ],
    family: [
      'Lefèvre|lefevre',
      'Dubois|dubois',
      'N’Diaye|ndiaye',
      'Moreau|moreau',
      'Garçon|garcon',
      'de La Rochère|delarochere',
    ],
    order: 'given-first',
    between: ' ',
    titles: [
      'Responsable des achats',
      'Directrice du réseau',
      'Chef de projet',
      'Directeur général',
    ],
  },
  es: {
    given: [
      'Íñigo|inigo',
      'Lucía|lucia',
      'Rocío|rocio',
      'Javier|javier',
      'Begoña|begona',
      'Andrés|andres',
    ],
    family: [
      'Muñoz Ortega|munoz',
      'García Peña|garcia',
      'Ibáñez|ibanez',
      'Castaño Ruiz|castano',
      'Fernández|fernandez',
    ],
    order: 'given-first',
    between: ' ',
    titles: ['Jefa de compras', 'Director de expansión', 'Responsable de obras', 'Gerente'],
  },
  pl: {
    given: [
      'Łukasz|lukasz',
      'Małgorzata|malgorzata',
      'Żaneta|zaneta',
      'Paweł|pawel',
      'Agnieszka|agnieszka',
    ],
    family: ['Dąbrowa|dabrowa', 'Król|krol', 'Wójcik|wojcik', 'Nowak|nowak', 'Śliwa|sliwa'],
    order: 'given-first',
    between: ' ',
    titles: ['Kierownik zakupów', 'Dyrektor ds. rozwoju', 'Kierownik projektu'],
  },
  el: {
    given: ['Ελένη|eleni', 'Γιώργος|giorgos', 'Μαρία|maria', 'Κώστας|kostas', 'Σοφία|sofia'],
    family: ['Αλεξίου|alexiou', 'Οικονόμου|oikonomou', 'Δημητρίου|dimitriou', 'Ζαχαρίου|zachariou'],
    order: 'given-first',
    between: ' ',
    titles: ['Υπεύθυνη προμηθειών', 'Τεχνικός διευθυντής', 'Γενικός διευθυντής'],
  },
  ar: {
    given: ['أحمد|ahmed', 'فاطمة|fatima', 'خالد|khaled', 'نور|noor', 'سلمى|salma'],
    family: ['المنصوري|almansoori', 'الخطيب|alkhatib', 'درويش|darwish', 'العتيبي|alotaibi'],
    order: 'given-first',
    between: ' ',
    titles: ['مدير المشتريات', 'مديرة المشاريع', 'المدير العام'],
  },
  he: {
    given: ['נועה|noa', 'איתן|eitan', 'תמר|tamar', 'אורי|uri', 'שירה|shira'],
    family: ['לוי|levi', 'פרידמן|friedman', 'בן־דוד|bendavid', 'מזרחי|mizrahi'],
    order: 'given-first',
    between: ' ',
    titles: ['מנהלת רכש', 'מנהל פרויקטים', 'מנכ״ל'],
  },
  ja: {
    given: [
      '花子|hanako',
      '大輔|daisuke',
      '美咲|misaki',
      '翔太|shota',
      '由美子|yumiko',
      '浩|hiroshi',
    ],
    family: ['山田|yamada', '髙橋|takahashi', '渡邊|watanabe', '小林|kobayashi', '長谷川|hasegawa'],
    order: 'family-first',
    between: ' ',
    titles: ['購買部長', '店舗開発課', '施設管理担当', '代表取締役'],
  },
  ko: {
    given: ['민준|minjun', '서연|seoyeon', '지훈|jihoon', '하은|haeun', '수빈|subin'],
    family: ['김|kim', '이|lee', '최|choi', '남궁|namgung', '정|jung'],
    order: 'family-first',
    between: '',
    titles: ['구매팀장', '점포개발 담당', '대표이사'],
  },
  zh: {
    given: [
      '淑芬|shufen',
      '志明|zhiming',
      '雅婷|yating',
      '俊傑|junjie',
      '美玲|meiling',
      '家豪|jiahao',
    ],
    family: ['林|lin', '黃|huang', '歐陽|ouyang', '張|zhang', '蔡|cai', '吳|wu'],
    order: 'family-first',
    between: '',
    titles: ['採購經理', '展店部協理', '工務課長', '總經理'],
  },
};
