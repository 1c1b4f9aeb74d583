import type { ActivityDraft, Party, RecordRef } from '../../model/activity.js';
import type { ActivityType } from '../../model/activity-type.js';
import {
  addDays,
  dayOf,
  fromWall,
  isDate,
  timeKind,
  toInstant,
  toMilliseconds,
  wallMinutes,
  type Milliseconds,
  type Time,
} from '../../model/time.js';

export interface PrefillContext {
  /** Who fills it in. */
  readonly user: RecordRef | undefined;
  readonly now: Milliseconds;
  readonly timeZone: string;
}

/** Minutes that a new appointment takes, as in Dynamics' calendar. */
const LENGTH = 30;

/**
 * What a user would fill in anyway: the one who calls, writes or invites is the user; who is called or written to is the record it is
 * about, where that may stand there; an appointment begins with the next half hour. What the draft says already stays.
 */
export function prefilled(
  draft: ActivityDraft,
  type: ActivityType,
  { user, now, timeZone }: PrefillContext,
): ActivityDraft {
  const parties: Party[] = [...(draft.parties ?? [])];
  const add = (role: string, record: RecordRef | null | undefined): void => {
    const definition = type.roles.find((one) => one.role === role);
    const fits = record && (definition?.kinds?.includes(record.kind) ?? true);
    if (!definition || !fits || parties.some((party) => party.role === role)) return;
    parties.push({ role, record });
  };
  add('from', user);
  add('organizer', user);
  add('to', draft.regarding);
  add('required', draft.regarding?.kind === 'contact' ? draft.regarding : undefined);

  const takesTime = type.required?.includes('start') ?? false;
  const start = draft.start ?? (takesTime ? nextHalfHour(now, timeZone) : undefined);
  const end = draft.end ?? (takesTime && start !== undefined ? endOf(start, timeZone) : undefined);
  const isOwned = Object.keys(type.states).length > 0;
  const hasDirection = type.fields.some(({ name }) => name === 'direction');
  return {
    ...draft,
    ...(isOwned && user && draft.owner === undefined && { owner: user }),
    ...(parties.length > 0 && { parties }),
    ...(start !== undefined && { start }),
    ...(end !== undefined && { end }),
    ...(hasDirection && { fields: { direction: 'outgoing', ...draft.fields } }),
  };
}

function nextHalfHour(now: Milliseconds, timeZone: string): string {
  const minutes = wallMinutes(now, timeZone);
  const next = (Math.floor(minutes / 30) + 1) * 30;
  return toInstant(fromWall(dayOf(now, timeZone), next, timeZone));
}

/** Undefined where the start is no time. */
function endOf(start: Time, timeZone: string): Time | undefined {
  if (timeKind(start) === undefined) return undefined;
  if (isDate(start)) return addDays(start, 1);
  return toInstant(toMilliseconds(start, timeZone) + LENGTH * 60_000);
}

/** What the next one begins with: the same kind about the same, nothing else. */
export function nextDraft({ type, regarding, state }: ActivityDraft): ActivityDraft {
  return { type, ...(regarding !== undefined && { regarding }), ...(state && { state }) };
}

/** What was typed as a due date is when an appointment begins, and the other way round. */
export function carried(
  draft: ActivityDraft,
  changed: ReadonlySet<string>,
  type: ActivityType,
  timeZone: string,
): Pick<ActivityDraft, 'start' | 'end' | 'due'> {
  const { start, due } = draft;
  if (type.deadline === 'end' && changed.has('due') && due !== undefined && !changed.has('start')) {
    const end = endOf(due, timeZone);
    return { start: due, ...(end !== undefined && { end }) };
  }
  const wantsDue = type.deadline === 'due' && Object.keys(type.states).length > 0;
  return wantsDue && changed.has('start') && start !== undefined && !changed.has('due')
    ? { due: start }
    : {};
}

/** Not done after all: what goes with that is left to the type. */
export function withoutState({
  state: _state,
  statusReason: _reason,
  ...rest
}: ActivityDraft): ActivityDraft {
  return rest;
}

/** Path of the field that is filled in first: the subject, or the text of what needs no subject but a text. */
export function firstField(type: ActivityType): string {
  const isText = !type.required?.includes('subject') && type.required?.includes('description');
  return isText ? 'description' : 'subject';
}
