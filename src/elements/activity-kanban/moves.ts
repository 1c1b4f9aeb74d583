import {
  isClosed,
  type Activity,
  type ActivityPatch,
  type ActivityState,
  type Refusal,
} from '../../model/activity.js';
import type { StatusReason } from '../../model/activity-type.js';
import { bucketOf, toBucketFilter, type DueBucket } from '../../model/due-buckets.js';
import { canonicalJson, toPlainJson } from '../../model/json.js';
import { snooze } from '../../model/snooze.js';
import { addDays, dayOf, toMilliseconds, type Day, type Milliseconds } from '../../model/time.js';
import { transition } from '../../model/transitions.js';
import { may, mayMoveTo, type PermissionContext } from '../../provider/may.js';
import type { Localizer } from '../../i18n/localizer.js';
import { bucketOptions, hasTrait, isClosedState, type Trait } from './groups.js';

export interface MoveContext {
  readonly permissions: PermissionContext;
  readonly words: Localizer;
  readonly now: Milliseconds;
}

/** What is to be written of one activity so that it stands where it is to; `why`: that can't be, in the user's words. */
export type Step =
  | { readonly state?: ActivityState; readonly patch?: ActivityPatch }
  | { readonly why: string };

/** Activities of which the same is written: one request. */
export interface Move {
  readonly activities: readonly Activity[];
  readonly state?: ActivityState;
  /** Of that state; left out: each type's default. */
  readonly reason?: string;
  readonly patch?: ActivityPatch;
}

/** What it takes to bring some activities to a place that has all these traits. Those that stand there already take nothing. */
export function planMoves(
  activities: readonly Activity[],
  traits: readonly Trait[],
  context: MoveContext,
): { readonly moves: readonly Move[] } | { readonly why: string } {
  const steps = new Map<Activity, Exclude<Step, { readonly why: string }>>();
  for (const activity of activities) {
    const step = stepTo(traits, activity, context);
    if ('why' in step) return step;
    steps.set(activity, step);
  }
  return { moves: together(activities, (activity) => steps.get(activity) ?? {}) };
}

/** What is written of each activity, those of which the same is written together. */
export function together(
  activities: readonly Activity[],
  stepOf: (activity: Activity) => Omit<Move, 'activities'>,
): readonly Move[] {
  const moves = new Map<string, Move & { readonly activities: Activity[] }>();
  for (const activity of activities) {
    const step = stepOf(activity);
    if (step.state === undefined && Object.keys(step.patch ?? {}).length === 0) continue;
    const key = canonicalJson([step.state ?? null, toPlainJson(step.patch) ?? null]);
    const move = moves.get(key);
    if (move) move.activities.push(activity);
    else moves.set(key, { ...step, activities: [activity] });
  }
  return [...moves.values()];
}

/** Why these activities may not all go to a place, in the user's words; undefined where they may. */
export function whyNot(
  activities: readonly Activity[],
  traits: readonly Trait[],
  context: MoveContext,
): string | undefined {
  for (const activity of activities) {
    const step = stepTo(traits, activity, context);
    if ('why' in step) return step.why;
  }
  return undefined;
}

/** The reasons among which the user is to choose, by the names of the types whose new state has several. */
export function reasonsFor(
  to: ActivityState,
  activities: readonly Activity[],
  { types }: Pick<PermissionContext, 'types'>,
): ReadonlyMap<string, readonly StatusReason[]> {
  const found = new Map<string, readonly StatusReason[]>();
  for (const activity of activities) {
    const step = transition(activity, to, types.get(activity.type));
    if (step.allowed && step.reasons.length > 1) found.set(activity.type, step.reasons);
  }
  return found;
}

/** The moves with the reasons that were chosen, by type. */
export function withReasons(
  moves: readonly Move[],
  reasons: ReadonlyMap<string, string>,
): readonly Move[] {
  if (reasons.size === 0) return moves;
  return moves.flatMap((move) => {
    if (move.state === undefined) return move;
    const asked = [...new Set(move.activities.map(({ type }) => reasons.get(type)))];
    return asked.map((reason) => ({
      ...move,
      activities: move.activities.filter(({ type }) => reasons.get(type) === reason),
      ...(reason !== undefined && { reason }),
    }));
  });
}

/** The day on which what is put into a bucket is due; null: none at all; undefined: nothing can be put there. */
export function dayInBucket(
  bucket: DueBucket,
  words: Localizer,
  now: Milliseconds,
): Day | null | undefined {
  if (bucket === 'no-date') return null;
  if (bucket === 'overdue') return undefined;
  const today = words.today(now);
  if (bucket === 'due-today') return today;
  if (bucket === 'due-tomorrow') return addDays(today, 1);
  const from = lowerBound(bucket, words, now);
  const end = bucket === 'this-week' ? lowerBound('later', words, now) : undefined;
  return from === undefined || from === end ? undefined : from;
}

function stepTo(traits: readonly Trait[], activity: Activity, context: MoveContext): Step {
  const { permissions, words, now } = context;
  const { types } = permissions;
  let state: ActivityState | undefined;
  let patch: ActivityPatch | undefined;
  const closes = traits.some((trait) => trait.by === 'state' && isClosedState(trait.state));
  for (const trait of traits) {
    if (hasTrait(activity, trait, { types, words, now })) continue;
    // What is done keeps its date, whatever row it is let go in.
    if (trait.by === 'due' && closes) continue;
    if (activity.access === 'busy') return { why: words.say('record.busy') };
    if (trait.by === 'state') {
      const permission = mayMoveTo(trait.state, activity, permissions);
      if (permission !== true)
        return { why: refusalOf(permission, trait.state, activity, context) };
      state = trait.state;
      continue;
    }
    const permission = may(trait.by === 'owner' ? 'assign' : 'edit', activity, permissions);
    if (permission !== true) {
      return {
        why: isClosed(activity) ? words.say('refusal.closed') : words.refusal(permission),
      };
    }
    const change = patchTo(trait, activity, context);
    if ('why' in change) return change;
    patch = { ...patch, ...change.patch };
  }
  return { ...(state && { state }), ...(patch && { patch }) };
}

function patchTo(
  trait: Exclude<Trait, { readonly by: 'state' }>,
  activity: Activity,
  { permissions, words, now }: MoveContext,
): { readonly patch: ActivityPatch } | { readonly why: string } {
  const type = permissions.types.get(activity.type);
  switch (trait.by) {
    case 'type':
      return { why: words.say('kanban.type-stays') };
    case 'owner':
      return trait.owner
        ? { patch: { owner: trait.owner } }
        : { why: words.say('kanban.owner-unknown') };
    case 'field': {
      if (trait.field === 'priority') {
        return { patch: { priority: trait.value as Activity['priority'] & string } };
      }
      const name = trait.field.slice('fields.'.length);
      if (!type.fields.some((field) => field.name === name)) {
        return { why: words.say('kanban.not-for', words.typesName(type)) };
      }
      // A patch replaces `fields` as a whole.
      return { patch: { fields: { ...activity.fields, [name]: trait.value ?? null } } };
    }
    case 'due': {
      const day = dayInBucket(trait.bucket, words, now);
      if (day === undefined) return { why: words.say('kanban.no-such-day') };
      if (day === null) {
        return type.deadline === 'due'
          ? { patch: { due: null } }
          : { why: words.say('kanban.needs-date', words.typesName(type)) };
      }
      const options = bucketOptions(words, now);
      const lands = (patch: ActivityPatch): boolean =>
        bucketOf({ ...activity, ...patch } as Activity, type, options) === trait.bucket;
      const moved = snooze(activity, type, day, { now, timeZone: words.timeZone });
      if (lands(moved)) return { patch: moved };
      // Its time of day is over: it is due some time that day.
      const whole: ActivityPatch = { due: day };
      return type.deadline === 'due' && lands(whole)
        ? { patch: whole }
        : { why: words.say('kanban.time-over') };
    }
  }
}

/** The first day of a bucket. */
function lowerBound(bucket: DueBucket, words: Localizer, now: Milliseconds): Day | undefined {
  const filter = toBucketFilter(bucket, bucketOptions(words, now));
  const conditions = 'all' in filter ? filter.all : [];
  for (const one of conditions) {
    if ('op' in one && one.op === 'ge' && typeof one.value === 'string') {
      return dayOf(toMilliseconds(one.value, words.timeZone), words.timeZone);
    }
  }
  return undefined;
}

function refusalOf(
  refusal: Refusal,
  to: ActivityState,
  activity: Activity,
  { permissions, words }: MoveContext,
): string {
  const type = permissions.types.get(activity.type);
  const step = transition(activity, to, type);
  if (refusal.message || refusal.reason !== 'not-now' || step.allowed) {
    return words.refusal(refusal);
  }
  if (step.why === 'no-such-state') return words.say('kanban.not-for', words.typesName(type));
  return step.why === 'closed' ? words.say('refusal.closed') : words.refusal(refusal);
}
