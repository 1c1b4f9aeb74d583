import {
  ACTIVITY_STATES,
  PRIORITIES,
  type Activity,
  type ActivityState,
  type RecordRef,
} from '../../model/activity.js';
import type { ActivityType, Choice } from '../../model/activity-type.js';
import type { ActivityTypes } from '../../model/activity-types.js';
import {
  DUE_BUCKETS,
  bucketOf,
  toBucketFilter,
  type DueBucket,
  type DueBucketOptions,
} from '../../model/due-buckets.js';
import type { Json } from '../../model/json.js';
import { UNFINISHED, allOf, conditionsOf, fieldsOf, type Filter } from '../../model/query.js';
import { addDays, dayOf, startOfDay, toInstant, type Milliseconds } from '../../model/time.js';
import { canFilterBy, type Capabilities } from '../../provider/capabilities.js';
import type { Localizer } from '../../i18n/localizer.js';

/** What the lanes are: `state`, `due`, `priority`, or a choice field of the types, `fields.NAME`. */
export type LanesBy = string;
/** What the rows of lanes are: owners, priorities, types, or how soon something is due. */
export const SWIM_LANES = ['owner', 'priority', 'type', 'due'] as const;
export type SwimLanes = (typeof SWIM_LANES)[number];

/** What makes an activity stand in a lane, or in a row of lanes. */
export type Trait =
  | { readonly by: 'state'; readonly state: ActivityState }
  | { readonly by: 'due'; readonly bucket: DueBucket }
  /** `value` left out: has none of the field. */
  | { readonly by: 'field'; readonly field: string; readonly value?: Json }
  | { readonly by: 'type'; readonly type: string }
  /** `owner` left out: somebody else than those named. */
  | {
      readonly by: 'owner';
      readonly owner?: RecordRef;
      readonly named: readonly RecordRef[];
    };

/** A lane, or a row of lanes. */
export interface Group {
  /** Unique among the lanes, or among the rows. */
  readonly key: string;
  readonly label: string;
  readonly trait: Trait;
  readonly filter: Filter;
  /** What stands in it is done: the newest first, and only of late. */
  readonly isClosed: boolean;
  readonly owner?: RecordRef;
}

export interface GroupContext {
  readonly types: ActivityTypes;
  /** Those of what is asked for. Default: all. */
  readonly inView?: readonly ActivityType[];
  readonly words: Localizer;
  readonly now: Milliseconds;
  /** Who may own something, the user first. */
  readonly people: readonly RecordRef[];
}

/** The lanes of a board, in the order in which they stand. */
export function laneGroups(by: LanesBy | undefined, context: GroupContext): readonly Group[] {
  if (by === 'due') return dueGroups(context);
  if (by === 'priority') return priorityGroups(context).map(unfinished);
  if (by?.startsWith('fields.')) return choiceGroups(by, context).map(unfinished);
  return laneStates(context.inView ?? context.types).map((state) => ({
    key: state,
    label: context.words.stateName(state),
    trait: { by: 'state', state },
    filter: { field: 'state', op: 'eq', value: state },
    isClosed: isClosedState(state),
  }));
}

/** The rows of lanes. */
export function swimLaneGroups(by: SwimLanes, context: GroupContext): readonly Group[] {
  switch (by) {
    case 'owner':
      return ownerGroups(context);
    case 'priority':
      return priorityGroups(context);
    case 'type':
      return typeGroups(context);
    case 'due':
      // What is done is not due any more; it stands with what has no date.
      return dueGroups(context).map((group) =>
        group.key === 'no-date'
          ? {
              ...group,
              label: context.words.say('kanban.no-date-or-done'),
              filter: {
                any: [group.filter, { field: 'state', op: 'in', value: ['completed', 'canceled'] }],
              },
            }
          : group,
      );
  }
}

/** The types of what is asked for: all, unless the question names some. */
export function typesInView(
  types: Iterable<ActivityType>,
  filter: Filter | undefined,
): readonly ActivityType[] {
  const all = [...types];
  const named = conditionsOf(filter).flatMap((one) =>
    'field' in one && one.field === 'type' && (one.op === 'eq' || one.op === 'in')
      ? [new Set<unknown>([one.value].flat())]
      : [],
  );
  const found = all.filter(({ name }) => named.every((names) => names.has(name)));
  return found.length > 0 ? found : all;
}

/** Those the host names first, in its order; the others behind them. */
export function inHostOrder(
  groups: readonly Group[],
  keys: readonly string[] | undefined,
): readonly Group[] {
  if (!keys?.length) return groups;
  const place = ({ key }: Group): number => {
    const index = keys.indexOf(key);
    return index < 0 ? keys.length : index;
  };
  return groups.toSorted((a, b) => place(a) - place(b));
}

/** The states that at least one type has, in the order of a life. */
export function laneStates(types: Iterable<ActivityType>): ActivityState[] {
  const all = [...types];
  return ACTIVITY_STATES.filter((state) => all.some((type) => type.states[state]));
}

/** What lanes can be made by, and what that is called. */
export function laneKinds(
  types: Iterable<ActivityType>,
  words: Localizer,
): readonly { readonly by: LanesBy; readonly label: string }[] {
  return [
    { by: 'state', label: words.say('field.state') },
    { by: 'due', label: words.say('field.due') },
    { by: 'priority', label: words.say('field.priority') },
    ...choiceFields(types, words),
  ];
}

function choiceFields(
  types: Iterable<ActivityType>,
  words: Localizer,
): readonly { readonly by: LanesBy; readonly label: string }[] {
  const found = new Map<string, string>();
  for (const { fields } of types) {
    for (const { name, kind, label } of fields) {
      if (kind === 'choice' && !found.has(name)) found.set(name, words.label(label));
    }
  }
  return [...found].map(([name, label]) => ({ by: `fields.${name}`, label }));
}

/** Whether the data source can be asked for what a filter says. */
export function canAsk(capabilities: Capabilities | undefined, filter: Filter): boolean {
  return fieldsOf(filter).every(({ field }) => canFilterBy(capabilities, field));
}

/**
 * Only what was closed in the last 30 days of the user; a closed activity that does not say when by its last change. Undefined where
 * the data source knows of neither.
 */
export function ofLate(
  now: Milliseconds,
  timeZone: string,
  capabilities?: Capabilities,
): Filter | undefined {
  const since = toInstant(startOfDay(addDays(dayOf(now, timeZone), -30), timeZone));
  const ended: Filter = { field: 'actualEnd', op: 'ge', value: since };
  const changed: Filter = { field: 'modifiedAt', op: 'ge', value: since };
  const either: Filter = {
    any: [ended, { all: [{ field: 'actualEnd', op: 'empty' }, changed] }],
  };
  return [either, ended, changed].find((filter) => canAsk(capabilities, filter));
}

/** Whether an activity stands there by itself. */
export function hasTrait(
  activity: Activity,
  trait: Trait,
  { types, words, now }: Pick<GroupContext, 'types' | 'words' | 'now'>,
): boolean {
  switch (trait.by) {
    case 'state':
      return activity.state === trait.state;
    case 'due': {
      const type = types.get(activity.type);
      const bucket = bucketOf(activity, type, bucketOptions(words, now));
      return (bucket ?? 'no-date') === trait.bucket;
    }
    case 'type':
      return activity.type === trait.type;
    case 'owner':
      return trait.owner
        ? activity.owner?.id === trait.owner.id
        : !trait.named.some(({ id }) => id === activity.owner?.id);
    case 'field':
      return valueOf(activity, trait.field) === (trait.value ?? undefined);
  }
}

/** Whether anything may ever stand where a lane and a row cross: what is done has no day by which it is due. */
export function canMeet(lane: Group, row: Group | undefined): boolean {
  return !lane.isClosed || row?.trait.by !== 'due' || row.trait.bucket === 'no-date';
}

/** What a new activity is given to stand there; nothing where the kit can't give it that. */
export function presetOf(trait: Trait, day: string | undefined): Partial<Activity> {
  switch (trait.by) {
    case 'state':
      return { state: trait.state };
    case 'due':
      return day === undefined ? {} : { due: day };
    case 'owner':
      return trait.owner ? { owner: trait.owner } : {};
    case 'field':
      if (trait.value === undefined) return {};
      return trait.field === 'priority'
        ? { priority: trait.value as Activity['priority'] & string }
        : { fields: { [trait.field.slice('fields.'.length)]: trait.value } };
    case 'type':
      return {};
  }
}

export function bucketOptions(words: Localizer, now: Milliseconds): DueBucketOptions {
  const { timeZone, firstDayOfWeek } = words;
  return { now, timeZone, firstDayOfWeek };
}

export function valueOf(activity: Activity, field: string): Json | undefined {
  if (field === 'priority') return activity.priority ?? 'normal';
  return activity.fields?.[field.slice('fields.'.length)] ?? undefined;
}

export function isClosedState(state: ActivityState): boolean {
  return state === 'completed' || state === 'canceled';
}

/** Lanes by anything but the state show what is still to be done. */
function unfinished(group: Group): Group {
  return { ...group, filter: allOf(UNFINISHED, group.filter) ?? group.filter };
}

function dueGroups({ words, now }: GroupContext): readonly Group[] {
  const options = bucketOptions(words, now);
  return DUE_BUCKETS.map((bucket) => ({
    key: bucket,
    label: words.say(`bucket.${bucket}`),
    trait: { by: 'due', bucket },
    filter: toBucketFilter(bucket, options),
    isClosed: false,
  }));
}

function priorityGroups({ words }: GroupContext): readonly Group[] {
  return PRIORITIES.toReversed().map((value) => ({
    key: value,
    label: words.say(`priority.${value}`),
    trait: { by: 'field', field: 'priority', value },
    filter: { field: 'priority', op: 'eq', value },
    isClosed: false,
  }));
}

function choiceGroups(by: LanesBy, { types, words }: GroupContext): readonly Group[] {
  const name = by.slice('fields.'.length);
  const having = [...types].filter(({ fields }) => fields.some((field) => field.name === name));
  if (having.length === 0) return [];
  const choices = new Map<string, Choice>();
  for (const { fields } of having) {
    const field = fields.find((one) => one.name === name);
    for (const choice of field?.choices ?? []) {
      if (!choices.has(choice.value)) choices.set(choice.value, choice);
    }
  }
  const ofType: Filter = { field: 'type', op: 'in', value: having.map((type) => type.name) };
  return [
    {
      key: 'none',
      label: words.say('value.none'),
      trait: { by: 'field', field: by },
      filter: { all: [ofType, { field: by, op: 'empty' }] },
      isClosed: false,
    },
    ...[...choices.values()].map(({ value, label }): Group => ({
      key: value,
      label: words.label(label),
      trait: { by: 'field', field: by, value },
      filter: { all: [ofType, { field: by, op: 'eq', value }] },
      isClosed: false,
    })),
  ];
}

function typeGroups({ types, inView = [...types], words }: GroupContext): readonly Group[] {
  return inView
    .filter(({ states }) => Object.keys(states).length > 0)
    .map((type) => ({
      key: type.name,
      label: words.typesName(type),
      trait: { by: 'type', type: type.name },
      filter: { field: 'type', op: 'eq', value: type.name },
      isClosed: false,
    }));
}

function ownerGroups({ people, words }: GroupContext): readonly Group[] {
  const named = people.map((owner): Group => ({
    key: `owner:${owner.id}`,
    label: words.recordName(owner),
    trait: { by: 'owner', owner, named: people },
    filter: { field: 'owner', op: 'eq', value: owner.id },
    isClosed: false,
    owner,
  }));
  return [
    ...named,
    {
      key: 'others',
      label: words.say('kanban.others'),
      trait: { by: 'owner', named: people },
      filter:
        people.length === 0
          ? { field: 'state', op: 'in', value: ACTIVITY_STATES }
          : { not: { field: 'owner', op: 'in', value: people.map(({ id }) => id) } },
      isClosed: false,
    },
  ];
}
