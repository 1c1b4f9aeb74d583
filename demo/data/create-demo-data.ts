import type { Activity, RecordRef } from '../../src/model/activity.js';
import { dayOf, type Day, type Milliseconds } from '../../src/model/time.js';
import type { RecordSummary } from '../../src/provider/provider.js';
import { createActivityMaker } from './make-activity.js';
import { planActivities } from './plan.js';
import { createRandom } from './random.js';
import { createWorld, toSummaries } from './records.js';
import { createShowcase } from './showcase.js';
import { createSurveys } from './surveys.js';
import { createWorkdays, NOW_MINUTES } from './workdays.js';

export interface DemoData {
  /** 2,000 of them around today, oldest first. */
  readonly activities: readonly Activity[];
  /** Accounts, contacts and opportunities (with their account as parent), users. */
  readonly records: readonly RecordSummary[];
  /** Who looks at it: Mona Sanders. */
  readonly user: RecordRef;
  /** The teams she belongs to. */
  readonly teams: readonly RecordRef[];
  /** Her colleagues in the first of them, without herself. */
  readonly team: readonly RecordRef[];
}

export const ACTIVITY_COUNT = 2000;

/** The last day whose morning, on which the demo begins, has been: so early in a day, nothing may have happened in it yet. */
export function lastMorning(now: Milliseconds, timeZone: string): Day {
  return dayOf(now - NOW_MINUTES * 60_000, timeZone);
}

/**
 * The data of the demo: what a firm that fits out shops has in its CRM on the morning (08:30 in `timeZone`) of `today`.
 * The same input gives the same data; records and activities keep their ids on every other day as well.
 */
export function createDemoData({
  today,
  timeZone,
}: {
  readonly today: Day;
  readonly timeZone: string;
}): DemoData {
  const world = createWorld();
  const random = createRandom(20261123);
  const days = createWorkdays(today, timeZone);
  const showcase = createShowcase(world, days);
  const plans = planActivities({
    world,
    random,
    days,
    showcase,
    count: ACTIVITY_COUNT - showcase.length,
  });
  const surveys = createSurveys(world, days);
  const make = createActivityMaker(world, random, days);
  const made: Activity[] = [];
  for (const [index, plan] of plans.entries()) {
    const room = plans.length - surveys.length - made.length;
    if (room === 0) break;
    made.push(...make(plan, index).slice(0, room));
  }
  const [mona] = world.users;
  if (!mona) throw new Error('The demo needs its user');
  return {
    activities: [...showcase, ...surveys, ...made].sort(
      (a, b) => compare(a.createdAt, b.createdAt) || compare(a.id, b.id),
    ),
    records: toSummaries(world),
    user: mona.ref,
    teams: world.teams,
    team: world.users.filter(({ inTeam }) => inTeam).map(({ ref }) => ref),
  };
}

function compare(a = '', b = ''): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
