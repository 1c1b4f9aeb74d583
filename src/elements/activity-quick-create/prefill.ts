import type { ActivityDraft, Party, RecordRef } from '../../model/activity.js';
import type { ActivityType } from '../../model/activity-type.js';
import { dayOf, fromWall, toInstant, wallMinutes, type Milliseconds } from '../../model/time.js';

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
  const end =
    draft.end ??
    (takesTime && start !== undefined && start.includes('T')
      ? toInstant(Date.parse(start) + LENGTH * 60_000)
      : undefined);
  const hasDirection = type.fields.some(({ name }) => name === 'direction');
  return {
    ...draft,
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

/** The draft as one of another type: what both have stays. */
export function asType(draft: ActivityDraft, type: ActivityType): ActivityDraft {
  const { state, statusReason: _reason, fields, parties, ...common } = draft;
  const names = new Set(type.fields.map(({ name }) => name));
  const roles = new Set(type.roles.map(({ role }) => role));
  const keptFields = Object.entries(fields ?? {}).filter(([name]) => names.has(name));
  const keptParties = (parties ?? []).filter(({ role }) => roles.has(role));
  return {
    ...common,
    type: type.name,
    ...(state && type.states[state] && { state }),
    ...(keptFields.length > 0 && { fields: Object.fromEntries(keptFields) }),
    ...(keptParties.length > 0 && { parties: keptParties }),
  };
}
