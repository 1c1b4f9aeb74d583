import { addDays, toInstant, type Day, type Time } from '../../src/model/time.js';
import type { Activity, ActivityState, Party, RecordRef } from '../../src/model/activity.js';
import type { Plan } from './plan.js';
import { guid, type Random } from './random.js';
import type { Account, Contact, User, World } from './records.js';
import { textsByLanguage } from './texts/by-language.js';
import { fill, type Text, type Texts, type Words } from './texts/texts.js';
import type { Workdays } from './workdays.js';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Row = Mutable<Activity>;

const OFFICE_OPENS = 8 * 60;
const OFFICE_CLOSES = 17 * 60 + 30;

/** Answers a function that makes of a plan one activity, or an email and its answers. */
export function createActivityMaker(
  world: World,
  random: Random,
  days: Workdays,
): (plan: Plan, index: number) => Activity[] {
  /** A time in business hours, on the quarter. */
  const officeTime = (day: Day, earliest = OFFICE_OPENS): Time =>
    days.at(day, earliest + 15 * random.between(0, (OFFICE_CLOSES - earliest) / 15));

  const colleagueOf = (owner: User): User =>
    random.pick(world.users.filter((user) => user !== owner));

  return (plan, index) => {
    const { owner, account, type } = plan;
    const contact = account ? random.pick(account.contacts) : undefined;
    const deal =
      account && account.deals.length > 0 && random.chance(0.25)
        ? random.pick(account.deals)
        : undefined;
    const texts = textsByLanguage[account?.language ?? owner.languages[0] ?? 'en'];
    const words: Words = {
      account: account?.ref.name ?? '',
      contact: contact?.ref.name ?? '',
      product: deal?.product ?? random.pick(texts.products),
      number: String(deal?.number ?? random.between(1, 12) * 10),
      order: String(random.between(40_100, 48_900)),
      city: account?.city ?? '',
    };
    const [subject, description] = random.pick(account ? textsOf(texts, type) : texts.personal);
    const planned = plan.day ?? days.today;
    const recorded = days.workday(
      planned < days.today ? planned : days.today,
      -random.between(1, 14),
    );
    const createdAt = officeTime(recorded);
    const creator = random.chance(0.1) ? colleagueOf(owner) : owner;
    const row: Row = {
      id: guid(`activity ${index}`),
      type,
      subject: fill(subject, words),
      state: null,
      regarding: account
        ? (deal?.ref ?? (contact && random.chance(0.6) ? contact.ref : account.ref))
        : null,
      createdBy: creator.ref,
      createdAt,
      modifiedBy: creator.ref,
      modifiedAt: createdAt,
    };
    if (description) row.description = fill(description, words);

    if (type === 'note') {
      const written = officeTime(planned);
      return [
        {
          ...row,
          createdBy: owner.ref,
          modifiedBy: owner.ref,
          createdAt: written,
          modifiedAt: written,
        },
      ];
    }
    row.owner = (plan.team && world.teams[0]) || owner.ref;
    row.priority = random.chance(0.09) ? 'high' : random.chance(0.07) ? 'low' : 'normal';
    giveTimes(row, plan, planned);
    giveState(row, plan, planned);
    if (account && contact) giveParties(row, owner, account, contact);
    else if (type === 'appointment') row.parties = [{ role: 'organizer', record: owner.ref }];
    if (type === 'appointment') giveLocation(row, account, texts, words);
    if (type !== 'email') return [row];

    row.descriptionFormat = 'html';
    row.description = toHtml(row.description ?? '', owner.ref.name ?? '');
    return row.state === 'completed' && contact && random.chance(0.4)
      ? [{ ...row, thread: row.id }, createAnswer(row, texts, owner, contact, index)]
      : [row];
  };

  function giveTimes(row: Row, plan: Plan, day: Day): void {
    if (row.type === 'appointment') {
      const whole = random.chance(plan.account ? 0.07 : 0.2);
      const start = 9 * 60 + 30 * random.between(0, 14);
      const length = random.pick([30, 30, 60, 60, 60, 90, 120]);
      row.start = whole ? day : days.at(day, start);
      row.end = whole ? addDays(day, random.between(1, 2)) : days.at(day, start + length);
      return;
    }
    if (!plan.day || (row.type === 'email' && plan.life === 'closed')) return;
    row.due =
      row.type === 'task' && random.chance(0.4)
        ? day
        : officeTime(day, day === days.today ? 10 * 60 : 9 * 60);
  }

  function giveState(row: Row, plan: Plan, day: Day): void {
    if (plan.life === 'open') {
      [row.state, row.statusReason] = openState(row.type);
      if (row.type === 'task')
        row.fields = {
          percentComplete: row.statusReason === 'in-progress' ? random.pick([25, 50, 75]) : 0,
        };
      touch(row);
      return;
    }
    const canceled = random.chance(0.08);
    row.state = canceled ? 'canceled' : 'completed';
    row.statusReason = canceled ? 'canceled' : completedReason(row.type);
    if (row.type === 'task') row.fields = { percentComplete: canceled ? 0 : 100 };
    close(row, day, canceled);
  }

  function openState(type: string): [ActivityState, string] {
    switch (type) {
      case 'task':
        return [
          'open',
          random.pick([
            'not-started',
            'not-started',
            'not-started',
            'not-started',
            'in-progress',
            'in-progress',
            'waiting',
            'deferred',
          ]),
        ];
      case 'email':
        return ['open', random.chance(0.94) ? 'draft' : 'failed'];
      case 'letter':
        return ['open', random.pick(['draft', 'open'])];
      case 'appointment':
        return random.chance(0.2)
          ? ['open', random.pick(['free', 'tentative', 'tentative'])]
          : ['scheduled', random.chance(0.06) ? 'out-of-office' : 'busy'];
      default:
        return ['open', 'open'];
    }
  }

  function completedReason(type: string): string {
    switch (type) {
      case 'phonecall':
        return random.chance(0.7) ? 'made' : 'received';
      case 'email':
        return random.chance(0.95) ? 'sent' : 'completed';
      case 'letter':
        return random.chance(0.75) ? 'sent' : 'received';
      case 'fax':
        return random.pick(['sent', 'received', 'completed']);
      default:
        return 'completed';
    }
  }

  /** Somebody worked on it since. */
  function touch(row: Row): void {
    const last = days.at(days.workday(days.today, -1), 9 * 60);
    if (!random.chance(0.5) || !row.createdAt || row.createdAt >= last) return;
    const between =
      Date.parse(row.createdAt) + random.next() * (Date.parse(last) - Date.parse(row.createdAt));
    row.modifiedAt = officeTime(toInstant(between).slice(0, 10));
    if (row.modifiedAt < row.createdAt) row.modifiedAt = row.createdAt;
    row.modifiedBy = row.owner?.kind === 'user' ? row.owner : row.createdBy;
  }

  function close(row: Row, day: Day, canceled: boolean): void {
    const yesterday = days.workday(days.today, -1);
    if (row.type === 'appointment' && !canceled && row.start && row.end) {
      const whole = row.end.length === 10;
      row.actualStart = whole ? days.at(day, 9 * 60) : row.start;
      row.actualEnd = whole ? days.at(day, 17 * 60) : row.end;
      row.actualDuration = minutesBetween(row.actualStart, row.actualEnd);
    } else {
      const slipped = days.workday(day, random.pick([-1, 0, 0, 0, 0, 1, 2]));
      row.actualEnd = officeTime(slipped < yesterday ? slipped : yesterday);
    }
    // Written down later than it happened: what was planned for after it is no reason to be created after it.
    if (row.createdAt && row.createdAt > row.actualEnd)
      row.createdAt = days.at(days.workday(row.actualEnd.slice(0, 10), -1), 9 * 60);
    row.modifiedAt = row.actualEnd;
    row.modifiedBy = row.owner?.kind === 'user' ? row.owner : row.createdBy;
    if (canceled) return;
    if (row.type === 'phonecall') row.actualDuration = random.between(2, 35);
    if (row.type === 'task' && random.chance(0.6)) row.actualDuration = 15 * random.between(1, 16);
    if (row.actualDuration && !row.actualStart)
      row.actualStart = toInstant(Date.parse(row.actualEnd) - row.actualDuration * 60_000);
  }

  function giveParties(row: Row, owner: User, account: Account, contact: Contact): void {
    const incoming =
      row.type !== 'email' &&
      (row.statusReason === 'received' || (row.state !== 'completed' && random.chance(0.08)));
    const us = (role: string, user = owner): Party => ({
      role,
      record: user.ref,
      address: user.address,
    });
    const them = (role: string, other = contact): Party => ({
      role,
      record: other.ref,
      address: other.address,
    });
    const direction = incoming ? 'incoming' : 'outgoing';
    switch (row.type) {
      case 'phonecall': {
        const pair = [
          { role: 'from', record: owner.ref },
          { role: 'to', record: contact.ref },
        ] as const;
        row.parties = incoming
          ? [
              { role: 'from', record: contact.ref },
              { role: 'to', record: owner.ref },
            ]
          : pair;
        const answered = row.state !== 'completed' || incoming || random.chance(0.68);
        const leftVoicemail = !answered && random.chance(0.6);
        if (row.state === 'completed')
          row.outcome = answered ? 'answered' : leftVoicemail ? 'left-message' : 'no-answer';
        row.fields = { direction, phoneNumber: contact.phone, leftVoicemail };
        break;
      }
      case 'email': {
        const others = account.contacts.filter((other) => other !== contact);
        row.parties = [us('from'), them('to')];
        if (random.chance(0.2) && others.length > 0)
          row.parties = [...row.parties, them('cc', random.pick(others))];
        else if (random.chance(0.1)) row.parties = [...row.parties, us('cc', colleagueOf(owner))];
        if (random.chance(0.08))
          row.parties = [
            ...row.parties,
            { role: 'cc', address: `purchasing@${contact.address.split('@')[1] ?? ''}` },
          ];
        row.fields = { direction };
        break;
      }
      case 'appointment': {
        const response = random.pick([
          'accepted',
          'accepted',
          'accepted',
          'tentative',
          'none',
        ] as const);
        row.parties = [us('organizer'), us('required'), { ...them('required'), response }];
        if (random.chance(0.3)) row.parties = [...row.parties, us('optional', colleagueOf(owner))];
        if (random.chance(0.1))
          row.parties = [
            ...row.parties,
            { role: 'required', address: `reception@${contact.address.split('@')[1] ?? ''}` },
          ];
        break;
      }
      case 'letter':
      case 'fax': {
        const customer: RecordRef = random.chance(0.5) ? account.ref : contact.ref;
        row.parties = [
          { role: 'from', record: incoming ? customer : owner.ref },
          { role: 'to', record: incoming ? owner.ref : customer },
        ];
        row.fields =
          row.type === 'letter'
            ? { direction, address: `${account.ref.name ?? ''}\n${account.city}` }
            : {
                direction,
                faxNumber: `${contact.phone.slice(0, -2)}99`,
                coverPageName: 'Standard',
                numberOfPages: random.between(1, 6),
              };
        break;
      }
    }
  }

  function giveLocation(row: Row, account: Account | undefined, texts: Texts, words: Words): void {
    if (account && random.chance(0.85))
      row.fields = { location: fill(random.pick(texts.places), words) };
  }

  /** What the customer wrote back, on the same or the next working day. */
  function createAnswer(
    row: Row,
    texts: Texts,
    owner: User,
    contact: Contact,
    index: number,
  ): Activity {
    const sent = row.actualEnd ?? days.now;
    const soon = toInstant(Date.parse(sent) + random.between(20, 200) * 60_000);
    const arrived = soon < days.now ? soon : days.now;
    return {
      id: guid(`answer ${index}`),
      type: 'email',
      subject: texts.answerPrefix + row.subject,
      description: toHtml(random.pick(texts.answers), contact.ref.name ?? ''),
      descriptionFormat: 'html',
      priority: 'normal',
      state: 'completed',
      statusReason: 'received',
      actualEnd: arrived,
      owner: owner.ref,
      parties: [
        { role: 'from', record: contact.ref, address: contact.address },
        { role: 'to', record: owner.ref, address: owner.address },
      ],
      fields: { direction: 'incoming' },
      regarding: row.regarding ?? null,
      thread: row.id,
      createdBy: owner.ref,
      createdAt: arrived,
      modifiedBy: owner.ref,
      modifiedAt: arrived,
    };
  }
}

function textsOf(texts: Texts, type: string): readonly Text[] {
  switch (type) {
    case 'phonecall':
      return texts.phonecall;
    case 'email':
      return texts.email;
    case 'appointment':
      return texts.appointment;
    case 'letter':
    case 'fax':
      return texts.letter;
    case 'note':
      return texts.note;
    default:
      return texts.task;
  }
}

function minutesBetween(from: Time, to: Time): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 60_000);
}

/** The body of an email: what is written, and the name below it. */
export function toHtml(text: string, name: string): string {
  const escape = (raw: string): string =>
    raw.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return `<p>${escape(text)}</p><p>${escape(name)}</p>`;
}
