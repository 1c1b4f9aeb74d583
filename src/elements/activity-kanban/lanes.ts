import {
  ACTIVITY_STATES,
  type Activity,
  type ActivityState,
  type RecordRef,
  type Refusal,
} from '../../model/activity.js';
import type { ActivityType } from '../../model/activity-type.js';
import type { ActivityTypes } from '../../model/activity-types.js';
import { allOf, type ActivityQuery, type Rollup, type Total } from '../../model/query.js';
import { transition } from '../../model/transitions.js';
import type { ProviderFailure } from '../../provider/failure.js';
import { mayMoveTo, type PermissionContext } from '../../provider/may.js';
import type { ViewStatus } from '../../store/activity-view.js';
import type { Localizer } from '../../i18n/localizer.js';

const PAGE = 20;

/** What the user has in hand. */
export interface Lifted {
  /** The card that was taken hold of, as it was then. */
  readonly activity: Activity;
  /** All that go with it, itself included. */
  readonly ids: ReadonlySet<string>;
  readonly from: ActivityState;
  /** Its place among the cards of that lane. */
  readonly index: number;
  /** The lane under the pointer. */
  readonly over: ActivityState | undefined;
  /** Let go, and on its way to where it belongs. */
  readonly isSettling: boolean;
}

export interface LaneCard {
  readonly activity: Activity;
  /** `lifted`: its place is kept free. `gone`: it is no longer in this lane, but its node is held by the drag. */
  readonly place: 'listed' | 'lifted' | 'gone';
}

export interface Lane {
  readonly state: ActivityState;
  readonly cards: readonly LaneCard[];
  /** How many of the total are loaded. */
  readonly shown: number;
  readonly total: Total | undefined;
  readonly status: ViewStatus;
  readonly error: ProviderFailure | undefined;
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
}

/** What a lane needs to know of the answer to its question. */
export interface LaneAnswer {
  readonly rows: readonly Activity[];
  readonly total: Total | undefined;
  readonly view:
    | {
        readonly status: ViewStatus;
        readonly error: ProviderFailure | undefined;
        readonly hasMore: boolean;
        readonly isLoadingMore: boolean;
      }
    | undefined;
}

/** The states that at least one type has, in the order of a life. */
export function laneStates(types: Iterable<ActivityType>): ActivityState[] {
  const all = [...types];
  return ACTIVITY_STATES.filter((state) => all.some((type) => type.states[state]));
}

/** What a lane asks for: what is due first stands first, of what is closed the newest. A sort of the host's own goes before. */
export function laneQuestion(
  state: ActivityState,
  {
    query = {},
    about,
    rollup = 'none',
  }: {
    readonly query?: Pick<ActivityQuery, 'filter' | 'search' | 'sort'> | undefined;
    readonly about?: RecordRef | undefined;
    readonly rollup?: Rollup | undefined;
  } = {},
): ActivityQuery {
  const isUnfinished = state === 'open' || state === 'scheduled';
  const filter = allOf(query.filter, { field: 'state', op: 'eq', value: state });
  return {
    ...(filter && { filter }),
    ...(query.search && { search: query.search }),
    ...(about && { record: { ref: about, rollup } }),
    sort: query.sort?.length
      ? query.sort
      : [
          isUnfinished
            ? { field: 'deadline', direction: 'asc' }
            : { field: 'actualEnd', direction: 'desc' },
        ],
    page: { size: PAGE },
  };
}

/** A lane as it is drawn. What is in the user's hand keeps its place in the lane it came from, whatever happens to its row. */
export function toLane(state: ActivityState, answer: LaneAnswer, lifted?: Lifted): Lane {
  const { rows, total, view } = answer;
  return {
    state,
    cards: toCards(state, rows, lifted),
    shown: rows.length,
    total,
    status: view?.status ?? 'loading',
    error: view?.error,
    hasMore: view?.hasMore ?? false,
    isLoadingMore: view?.isLoadingMore ?? false,
  };
}

function toCards(
  state: ActivityState,
  rows: readonly Activity[],
  lifted: Lifted | undefined,
): LaneCard[] {
  const cards = rows.map((activity): LaneCard => {
    if (!lifted?.ids.has(activity.id)) return { activity, place: 'listed' };
    // What the finger is on must stay the same nodes: it is drawn as it was.
    const isHeld = activity.id === lifted.activity.id && state === lifted.from;
    return { activity: isHeld ? lifted.activity : activity, place: 'lifted' };
  });
  if (!lifted || lifted.isSettling || state !== lifted.from) return cards;
  if (rows.some(({ id }) => id === lifted.activity.id)) return cards;
  return cards.toSpliced(lifted.index, 0, { activity: lifted.activity, place: 'gone' });
}

/**
 * Of which type a lane's + makes one: a task where tasks have this state, else an appointment, else the first type that has it.
 * Undefined where none may be created.
 */
export function typeToAdd(
  state: ActivityState,
  types: ActivityTypes,
  mayCreate: (type: string) => boolean,
): ActivityType | undefined {
  const first = ['task', 'appointment'].flatMap((name) => (types.has(name) ? types.get(name) : []));
  return [...first, ...types].find((type) => type.states[state] && mayCreate(type.name));
}

/** Why these activities may not all go to a state, in the user's words; undefined where they may. Those there already don't count. */
export function whyNot(
  to: ActivityState,
  activities: readonly Activity[],
  permissions: PermissionContext,
  words: Localizer,
): string | undefined {
  for (const activity of activities) {
    if (activity.state === to) continue;
    const permission = mayMoveTo(to, activity, permissions);
    if (permission !== true) return refusalOf(permission, to, activity, permissions, words);
  }
  return undefined;
}

function refusalOf(
  refusal: Refusal,
  to: ActivityState,
  activity: Activity,
  permissions: PermissionContext,
  words: Localizer,
): string {
  const type = permissions.types.get(activity.type);
  const step = transition(activity, to, type);
  if (refusal.message || refusal.reason !== 'not-now' || step.allowed) {
    return words.refusal(refusal);
  }
  if (step.why === 'no-such-state') return words.say('kanban.not-for', words.typesName(type));
  return step.why === 'closed' ? words.say('refusal.closed') : words.refusal(refusal);
}
