import type { Activity } from '../../src/model/activity.js';
import type { Day } from '../../src/model/time.js';
import type { Random } from './random.js';
import type { Account, User, World } from './records.js';
import type { Workdays } from './workdays.js';

/** What kind of activity is to be made, before its words and times are. */
export interface Plan {
  readonly type: string;
  readonly owner: User;
  /** Left out: a personal activity. */
  readonly account?: Account;
  /** When it is due or takes place; of a note, when it was written. Left out: not planned yet. */
  readonly day?: Day;
  readonly life: 'open' | 'closed';
  /** Owned by a team in place of `owner`. */
  readonly team?: true;
}

/** Working days from today, and how many open activities Mona Sanders has then: a full page, but of somebody who copes. */
const MONAS_DAYS: readonly (readonly [from: number, to: number, count: number])[] = [
  [-9, -2, 5],
  [0, 0, 7],
  [1, 1, 10],
  [2, 4, 19],
  [5, 9, 29],
  [10, 20, 31],
  [21, 45, 21],
];
const MONAS_UNPLANNED = 8;
const OPEN_PER_COLLEAGUE = 33;
const NOTES = 170;
const TEAM_OWNED = 8;

const OPEN_TYPES = weighted({
  task: 44,
  phonecall: 24,
  appointment: 20,
  email: 9,
  letter: 2,
  fax: 1,
});
const CLOSED_TYPES = weighted({
  email: 36,
  phonecall: 27,
  task: 18,
  appointment: 15,
  letter: 3,
  fax: 1,
});

export function planActivities({
  world,
  random,
  days,
  showcase,
  count,
}: {
  readonly world: World;
  readonly random: Random;
  readonly days: Workdays;
  /** Hand-written ones, which take their place in Mona's days. */
  readonly showcase: readonly Activity[];
  readonly count: number;
}): Plan[] {
  const { users, accounts } = world;
  const [mona, ...colleagues] = users;
  if (!mona) throw new Error('The demo needs its user');

  const accountOf = (owner: User): Account | undefined => {
    if (random.chance(0.06)) return undefined;
    const own = accounts.filter((account) => account.owner === owner);
    return own.length > 0 && random.chance(0.9)
      ? random.pick(own)
      : random.pick(accounts.filter(({ language }) => owner.languages.includes(language)));
  };
  const open = (owner: User, day: Day | undefined, more: Pick<Plan, 'team'> = {}): Plan => {
    const account = accountOf(owner);
    const type = account
      ? random.pick(OPEN_TYPES)
      : random.pick(['task', 'task', 'task', 'appointment']);
    const past = day !== undefined && day < days.today;
    // An appointment needs its day, and one in the past would have been closed.
    return {
      type: type === 'appointment' && (day === undefined || past) ? 'task' : type,
      owner,
      life: 'open',
      ...(account && { account }),
      ...(day && { day }),
      ...more,
    };
  };

  const plans: Plan[] = [];
  for (const [from, to, wanted] of MONAS_DAYS) {
    const first = days.workday(days.today, from);
    const last = to === 0 ? days.today : days.workday(days.today, to);
    const there = showcase.filter((activity) =>
      isMonasOpen(activity, mona, from < 0 ? '0000' : first, from < 0 ? days.day(-1) : last),
    ).length;
    for (let index = there; index < wanted; index += 1) {
      plans.push(open(mona, days.workday(days.today, random.between(from, to))));
    }
  }
  for (let index = 0; index < MONAS_UNPLANNED; index += 1) plans.push(open(mona, undefined));

  for (const owner of colleagues) {
    for (let index = 0; index < OPEN_PER_COLLEAGUE; index += 1) {
      const distance = random.chance(0.09)
        ? random.between(-12, -1)
        : Math.floor(random.next() ** 1.7 * 50);
      plans.push(open(owner, random.chance(0.06) ? undefined : days.workday(days.today, distance)));
    }
  }
  for (let index = 0; index < TEAM_OWNED; index += 1) {
    plans.push(
      open(random.pick(colleagues), days.workday(days.today, random.between(1, 15)), {
        team: true,
      }),
    );
  }

  // The past: densest in the last weeks, a year and a half long, more of it with the first accounts of the list.
  const past = (): Day => days.workday(days.today, -1 - Math.floor(random.next() ** 2.2 * 390));
  while (plans.length < count) {
    const note = plans.length >= count - NOTES;
    const account = accounts[Math.floor(random.next() ** 1.5 * accounts.length)];
    if (!account) continue;
    const personal = !note && random.chance(0.03);
    const owner = random.chance(0.75)
      ? account.owner
      : random.pick(
          users.filter(
            ({ languages }) => languages.includes(account.language) || languages.includes('en'),
          ),
        );
    plans.push({
      type: note
        ? 'note'
        : personal
          ? random.pick(['task', 'task', 'appointment'])
          : random.pick(CLOSED_TYPES),
      owner,
      day: past(),
      life: 'closed',
      ...(!personal && { account }),
    });
  }
  // Answers to emails (see make-activity.ts) come on top, so the notes must not stand last, where they would be cut off.
  return [...plans.slice(-NOTES), ...plans.slice(0, -NOTES)];
}

function isMonasOpen(
  { owner, state, due, end, start }: Activity,
  mona: User,
  first: Day,
  last: Day,
): boolean {
  const day = (start ?? due ?? end)?.slice(0, 10);
  return (
    owner?.id === mona.ref.id &&
    (state === 'open' || state === 'scheduled') &&
    day !== undefined &&
    day >= first &&
    day <= last
  );
}

/** Each word as often as its weight says. */
function weighted(weights: Readonly<Record<string, number>>): string[] {
  return Object.entries(weights).flatMap(([word, weight]) =>
    Array.from({ length: weight }, () => word),
  );
}
