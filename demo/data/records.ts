import type { Money, RecordRef } from '../../src/model/activity.js';
import type { RecordSummary } from '../../src/provider/provider.js';
import { accountSeeds, euroPer } from './accounts.js';
import { namesByLanguage, teamSeeds, userSeeds } from './people.js';
import { createRandom, guid, type Random } from './random.js';
import { textsByLanguage } from './texts/by-language.js';
import type { Language } from './texts/texts.js';

export interface User {
  readonly ref: RecordRef;
  readonly address: string;
  readonly title: string;
  readonly languages: readonly Language[];
  readonly inTeam: boolean;
}

export interface Contact {
  readonly ref: RecordRef;
  readonly address: string;
  readonly phone: string;
  readonly title: string;
}

export interface Deal {
  readonly ref: RecordRef;
  readonly value: Money;
  readonly stage: number;
  readonly product: string;
  readonly number: number;
}

export interface Account {
  readonly ref: RecordRef;
  readonly city: string;
  readonly language: Language;
  readonly currency: string;
  readonly owner: User;
  readonly contacts: readonly Contact[];
  readonly deals: readonly Deal[];
}

/** Everyone and everything that activities of the demo can be about. */
export interface World {
  readonly users: readonly User[];
  readonly teams: readonly RecordRef[];
  readonly accounts: readonly Account[];
}

/** A sale's stages, first to last. */
export const STAGES = ['Qualify', 'Develop', 'Propose', 'Close'] as const;
const CONTACTS = 200;
const DEALS = 80;

function pinned(index: number): {
  readonly contact?: string;
  readonly title?: string;
  readonly deals?: readonly (readonly [string, number, number])[];
} {
  switch (accountSeeds[index]?.[0]) {
    case 'Wingtip Toys':
      return {
        contact: 'Cecil Langer',
        title: 'Purchasing manager',
        deals: [
          ['80 glass doors, phase 2', 168_000, 2],
          ['Maintenance contract 2027', 46_000, 1],
        ],
      };
    case 'Northwind':
      return {
        contact: 'Robert Zare',
        title: 'Head of store design',
        deals: [['Pilot, 40 stores', 310_000, 1]],
      };
    case 'Contoso Pharmaceuticals':
      return {
        contact: 'Helen Bennett',
        title: 'Finance director',
        deals: [['Renewal 2027', 88_000, 3]],
      };
    case 'Alfreds Futterkiste':
      return { contact: 'Maria Anders', title: 'Geschäftsführerin' };
    case 'Ana Trujillo Emparedados':
      return { contact: 'Ana Trujillo', title: 'Directora general' };
    case '永豐貿易股份有限公司':
      return { contact: '林志明', title: '總經理' };
    default:
      return {};
  }
}

function createUsers(): User[] {
  return userSeeds.map(({ name, address, title, languages, inTeam }) => ({
    ref: { kind: 'user', id: guid(`user ${address}`), name },
    address,
    title,
    languages,
    inTeam: inTeam ?? false,
  }));
}

function createContact(index: number, nth: number, taken: Set<string>, random: Random): Contact {
  const [, , language, , dial, domain] = at(accountSeeds, index);
  const names = namesByLanguage[language];
  const fixed = nth === 0 ? pinned(index) : {};
  let name = fixed.contact ?? '';
  let mailbox = name === '林志明' ? 'zhiming.lin' : name.toLowerCase().replaceAll(' ', '.');
  while (name === '' || (taken.has(name) && !fixed.contact)) {
    const [given = '', givenLatin = ''] = random.pick(names.given).split('|');
    const [family = '', familyLatin = ''] = random.pick(names.family).split('|');
    name = (names.order === 'given-first' ? [given, family] : [family, given]).join(names.between);
    mailbox = `${givenLatin}.${familyLatin}`;
  }
  taken.add(name);
  return {
    ref: { kind: 'contact', id: guid(`contact ${index} ${nth}`), name },
    address: `${mailbox}@${domain}`,
    phone: name === 'Cecil Langer' ? `${dial} 0142` : `${dial} ${random.between(1000, 9899)}`,
    title: fixed.title ?? random.pick(names.titles),
  };
}

function createDeal(index: number, nth: number, random: Random): Deal {
  const [, city, language, currency] = at(accountSeeds, index);
  const fixed = pinned(index).deals?.[nth];
  const products = textsByLanguage[language].products;
  const product = fixed ? at(products, 0) : random.pick(products);
  const count = fixed ? 80 : random.between(2, 24) * 10;
  const rate = euroPer[currency] ?? 1;
  const stage = fixed?.[2] ?? random.between(0, STAGES.length - 1);
  const euros = fixed ? fixed[1] * rate : count * random.between(300, 2400);
  const amount = Number((euros / rate).toPrecision(3));
  return {
    ref: {
      kind: 'opportunity',
      id: guid(`deal ${index} ${nth}`),
      name:
        fixed?.[0] ??
        (language === 'ja' || language === 'ko' || language === 'zh'
          ? `${city} ${product} ${count}`
          : `${count} ${product}, ${city}`),
    },
    value: { amount, currency, base: { amount: Math.round(amount * rate), currency: 'EUR' } },
    stage,
    product,
    number: count,
  };
}

function at<T>(list: readonly T[], index: number): T {
  const found = list[index];
  if (found === undefined) throw new RangeError(`No element ${index}`);
  return found;
}

/** Deals `total` things out to all accounts, the first ones (which the demo shows most) getting more. */
function shares(total: number, least: number, random: Random): number[] {
  const counts = accountSeeds.map((_, index) => Math.max(least, pinned(index).deals?.length ?? 0));
  let left = total - counts.reduce((sum, count) => sum + count, 0);
  for (
    let index = 1;
    left > 0;
    index = index + 1 < 9 ? index + 1 : random.between(1, accountSeeds.length - 1)
  ) {
    counts[index] = at(counts, index) + 1;
    left -= 1;
  }
  return counts;
}

export function createWorld(): World {
  const random = createRandom(40271);
  const users = createUsers();
  const [mona] = users;
  if (!mona) throw new Error('The demo needs its user');
  const taken = new Set<string>();
  const contactCounts = shares(CONTACTS, 2, random);
  const dealCounts = shares(DEALS, 1, random);
  const accounts = accountSeeds.map(
    ([name, city, language, currency, , , monas], index): Account => ({
      ref: { kind: 'account', id: guid(`account ${index}`), name },
      city,
      language,
      currency,
      owner: monas
        ? mona
        : random.pick(users.filter((user) => user !== mona && user.languages.includes(language))),
      contacts: Array.from({ length: at(contactCounts, index) }, (_, nth) =>
        createContact(index, nth, taken, random),
      ),
      deals: Array.from({ length: at(dealCounts, index) }, (_, nth) =>
        createDeal(index, nth, random),
      ),
    }),
  );
  return {
    users,
    teams: teamSeeds.map((name) => ({ kind: 'team', id: guid(`team ${name}`), name })),
    accounts,
  };
}

export function toSummaries({ users, accounts }: World): RecordSummary[] {
  return [
    ...accounts.map(({ ref, city }): RecordSummary => ({ ref, detail: city })),
    ...accounts.flatMap(({ ref: parent, contacts }) =>
      contacts.map(({ ref, title }): RecordSummary => ({ ref, parent, detail: title })),
    ),
    ...accounts.flatMap(({ ref: parent, deals }) =>
      deals.map(({ ref, value, stage }): RecordSummary => ({
        ref,
        parent,
        deal: { value, stage: at(STAGES, stage), stageIndex: stage, stageCount: STAGES.length },
      })),
    ),
    ...users.map(({ ref, title }): RecordSummary => ({ ref, detail: title })),
  ];
}
