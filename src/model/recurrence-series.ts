import {
  applyPatch,
  isClosed,
  type Activity,
  type ActivityPatch,
  type Series,
} from './activity.js';
import { sameJson } from './json.js';
import { endedRule, movedRule, ruleParts, type SeriesScope } from './recurrence.js';
import { horizonOf, type DatesOf } from './recurrence-dates.js';
import {
  addDays,
  dayOf,
  daysBetween,
  fromWall,
  isDate,
  timeKind,
  toInstant,
  toMilliseconds,
  wallMinutes,
  type Day,
  type Milliseconds,
  type Time,
} from './time.js';

/*
 * What becomes of a series when it, or one of its occurrences, is written; for backends that are their own. A series is a master,
 * which stands in no list, and a row for each date. Nothing here stamps or keeps anything.
 */

/** A series as it is stored. */
export interface StoredSeries {
  readonly master: Activity;
  /** Its occurrences and exceptions. */
  readonly members: readonly Activity[];
}

/** What must be stored and removed; `put` holds only rows that are new or changed. */
export interface SeriesChange {
  readonly put: readonly Activity[];
  readonly remove: readonly string[];
}

export interface SeriesContext {
  readonly dates: DatesOf;
  readonly now: Milliseconds;
  readonly newId: () => string;
}

/** A new series: its master, moved to the first of its dates, and the occurrences. Throws a RangeError where there is no date. */
export function beginSeries(master: Activity, context: SeriesContext): SeriesChange {
  const series: Series = { ...seriesOf(master), id: master.id, role: 'master' };
  return laidOut(withSeries(master, series), [], context);
}

/** An activity that begins to repeat becomes the first occurrence; its master is new. */
export function repeatFrom(row: Activity, rule: Series, context: SeriesContext): SeriesChange {
  const id = context.newId();
  const { attachments: _attachments, ...rest } = row;
  const master = withSeries({ ...rest, id }, { ...ruleOf(rule), id, role: 'master' });
  const start = master.start ?? '';
  const own = withSeries(row, { id, role: 'occurrence', originalStart: start });
  const { put, remove } = laidOut(master, [own], context);
  if (!remove.includes(row.id)) return { put: [own, ...put], remove };
  // Its own day is none of the rule's: it moves to the first that is.
  const first = put.find(({ series }) => series?.role === 'occurrence');
  return {
    put: put.map((one) =>
      first && one === first ? { ...own, ...timesOf(first), series: seriesOf(first) } : one,
    ),
    remove: [],
  };
}

/** Dates of a series without an end that have come near since it was laid out. */
export function extendSeries(series: StoredSeries, context: SeriesContext): SeriesChange {
  const { put } = laidOut(series.master, series.members, context);
  const known = new Set([series.master, ...series.members].map(({ id }) => id));
  return { put: put.filter(({ id }) => !known.has(id)), remove: [] };
}

/** An edit of one occurrence, of it and all later ones, or of all. Asked of the master, it is of all. */
export function editSeries(
  row: Activity,
  patch: ActivityPatch,
  scope: SeriesScope,
  series: StoredSeries,
  context: SeriesContext,
): SeriesChange {
  const isMaster = row.series?.role === 'master';
  if (patch.series === null) return endRepeat(row, patch, isMaster ? 'all' : scope, series);
  if (isMaster || scope === 'all') return editAll(row, patch, series, context);
  if (scope === 'following') return editFollowing(row, patch, series, context);
  const { series: _series, ...rest } = patch;
  return { put: [asException(applyPatch(row, rest))], remove: [] };
}

/** What of a series is left when one occurrence, it and all later ones, or all are removed. What is closed stays. */
export function removeFromSeries(
  row: Activity,
  scope: SeriesScope,
  series: StoredSeries,
): SeriesChange {
  const { master, members } = series;
  const removable = (rows: readonly Activity[]): string[] =>
    rows.filter((one) => one.id === row.id || !isClosed(one)).map(({ id }) => id);
  if (row.series?.role === 'master' || scope === 'all') {
    const kept = members.filter((one) => one.id !== row.id && isClosed(one));
    return { put: kept.map(withoutSeries), remove: [...removable(members), master.id] };
  }
  if (scope === 'following') {
    const [before, after] = split(row, members, zoneOf(master));
    if (before.length === 0) return removeFromSeries(row, 'all', series);
    return { put: [endedBefore(row, master)], remove: removable(after) };
  }
  return { put: [leavingOut(master, row)], remove: [row.id] };
}

/** An occurrence that was removed comes back. */
export function restoreToSeries(row: Activity, master: Activity): SeriesChange {
  const start = row.series?.originalStart;
  const except = (master.series?.except ?? []).filter((one) => one !== start);
  const { except: _except, ...series } = seriesOf(master);
  return {
    put: [row, withSeries(master, { ...series, ...(except.length > 0 && { except }) })],
    remove: [],
  };
}

/** A master as it is meant to be from now on; it may have to move to the first of its dates. */
export interface NextMaster {
  readonly master: Activity;
  /** Days by which all dates move. */
  readonly shift: number;
  /** Its dates, times or length are others. */
  readonly isOther: boolean;
}

/** What an edit of one of its dates, or of itself, makes of a master, where it is meant for all. */
export function masterAfter(row: Activity, patch: ActivityPatch, master: Activity): NextMaster {
  const zone = zoneOf(master);
  const { start, end, series, attachments: _attachments, ...shared } = patch;
  const of = seriesOf(master);
  const from = master.start ?? '';
  const newStart = start ?? row.start ?? from;
  const shift = daysBetween(dayOf(row.start ?? from, zone), dayOf(newStart, zone));
  const isMoved = start !== undefined && start !== null && start !== row.start;
  const moved = isMoved ? onDay(addDays(dayOf(from, zone), shift), newStart, zone) : from;
  const length = lengthOf(
    { start: newStart, end: end === undefined ? row.end : (end ?? undefined) },
    zone,
  );
  const rule =
    series?.rule !== undefined && series.rule !== of.rule
      ? series.rule
      : movedRule(of.rule ?? '', row.start ?? from, newStart, zone);
  const isOther = isMoved || rule !== of.rule || end !== undefined;
  const changed = applyPatch(master, shared);
  const next = withSeries(
    isOther ? placed(changed, moved, length, zone) : changed,
    isMoved || rule !== of.rule ? { ...of, rule } : of,
  );
  return { master: next, shift, isOther };
}

/** The master of a date and all later ones, as a series of their own. */
export function successorOf(
  row: Activity,
  master: Activity,
  { dates, newId }: Pick<SeriesContext, 'dates' | 'newId'>,
): Activity {
  const zone = zoneOf(master);
  const { except: all = [], ...plain } = seriesOf(master);
  const whole = plain.rule ?? '';
  const start = originalStartOf(row);
  const id = newId();
  const count = Number(ruleParts(whole).get('COUNT'));
  const earlier = Number.isNaN(count)
    ? []
    : dates({ start: master.start ?? start, rule: whole, zone }).filter((date) =>
        isBefore(date, start, zone),
      );
  const rule = Number.isNaN(count)
    ? whole
    : endedRule(whole, { count: Math.max(1, count - earlier.length) }, start, zone);
  const except = all.filter((date) => !isBefore(date, start, zone));
  return withSeries(placed({ ...master, id }, start, lengthOf(master, zone), zone), {
    ...plain,
    id,
    rule,
    ...(except.length > 0 && { except }),
  });
}

/** The last day of a series that ends before one of its dates. */
export function lastDayBefore(row: Activity, master: Activity): Day {
  return addDays(dayOf(originalStartOf(row), zoneOf(master)), -1);
}

/** It repeats no more: alone, from here on, or at all. */
function endRepeat(
  row: Activity,
  patch: ActivityPatch,
  scope: SeriesScope,
  series: StoredSeries,
): SeriesChange {
  const { series: _series, ...rest } = patch;
  const own = row.series?.role === 'master' ? series.members[0] : row;
  const { put, remove } = removeFromSeries(row, scope, series);
  if (!own) return { put, remove };
  const alone = withoutSeries(applyPatch(own, rest));
  return { put: [...put, alone], remove: remove.filter((id) => id !== own.id) };
}

function editAll(
  row: Activity,
  patch: ActivityPatch,
  { master, members }: StoredSeries,
  context: SeriesContext,
): SeriesChange {
  const { series: _series, start: _start, end: _end, attachments: _attachments, ...shared } = patch;
  const { master: next, shift, isOther } = masterAfter(row, patch, master);
  const refreshed = members.map((member) => {
    if (isClosed(member)) return member;
    if (member.id === row.id) return applyPatch(member, shared);
    return applyPatch(member, without(shared, ownChanges(member, master)));
  });
  if (!isOther) return { put: changedOnly([master, ...members], [next, ...refreshed]), remove: [] };
  return laidOut(next, refreshed, context, { before: { master, members }, shift, asked: row.id });
}

function editFollowing(
  row: Activity,
  patch: ActivityPatch,
  series: StoredSeries,
  context: SeriesContext,
): SeriesChange {
  const { master, members } = series;
  const zone = zoneOf(master);
  const [before, after] = split(row, members, zone);
  if (before.length === 0) return editAll(row, patch, series, context);
  const successor = successorOf(row, master, context);
  const { id } = successor;
  const moved = after.map((member) => withSeries(member, { ...seriesOf(member), id }));
  const own = moved.find((member) => member.id === row.id) ?? row;
  const { put, remove } = editAll(own, patch, { master: successor, members: moved }, context);
  const written = new Set(put.map((one) => one.id));
  const gone = new Set(remove);
  return {
    put: [
      endedBefore(row, master),
      ...put,
      ...[successor, ...moved].filter((one) => !written.has(one.id) && !gone.has(one.id)),
    ],
    remove,
  };
}

interface Relaid {
  readonly before: StoredSeries;
  /** Days by which all dates move. */
  readonly shift: number;
  /** The row whose times are those of the series from now on. */
  readonly asked: string;
}

/**
 * A row for each date of the master: those that are there already, for their day, and new ones. Rows whose date is gone are
 * removed, unless they are closed.
 */
function laidOut(
  master: Activity,
  members: readonly Activity[],
  { dates, now, newId }: SeriesContext,
  relaid?: Relaid,
): SeriesChange {
  const zone = zoneOf(master);
  const of = seriesOf(master);
  const begin = master.start ?? '';
  const rule = of.rule ?? '';
  const isEndless = !ruleParts(rule).has('COUNT') && !ruleParts(rule).has('UNTIL');
  const all = dates({ start: begin, rule, zone }, isEndless ? horizonOf(now, begin, zone) : {});
  const [first] = all;
  if (first === undefined) throw new RangeError('no date');
  const length = lengthOf(master, zone);
  const shift = relaid?.shift ?? 0;
  const moves = relaid !== undefined;
  const except = (of.except ?? []).map((date) =>
    moves ? onDay(addDays(dayOf(date, zone), shift), begin, zone) : date,
  );
  const { except: _except, ...plain } = of;
  const settled = withSeries(placed(master, first, length, zone), {
    ...plain,
    ...(except.length > 0 && { except }),
  });
  const out = new Set(except.map((date) => dayOf(date, zone)));
  const byDay = new Map(
    members.map((member) => {
      return [addDays(dayOf(originalStartOf(member), zone), shift), member];
    }),
  );
  const next: Activity[] = [];
  for (const date of all) {
    const day = dayOf(date, zone);
    const known = byDay.get(day);
    byDay.delete(day);
    if (known) next.push(keptAt(known, date, settled, length, zone, relaid));
    else if (!out.has(day)) next.push(occurrence(settled, date, length, zone, newId()));
  }
  const left = [...byDay.values()];
  const asked = left.find(({ id }) => id === relaid?.asked);
  const removed = left.filter((member) => !isClosed(member) && member !== asked);
  // Who changes the rule by a row whose date is none any more goes on with the next that is.
  if (asked) {
    const at = next.findIndex(
      (one) => !isClosed(one) && !isBefore(one.start ?? '', asked.start ?? '', zone),
    );
    const index = at < 0 ? next.findLastIndex((one) => !isClosed(one)) : at;
    const taken = next[index];
    if (!taken) throw new RangeError('no date');
    if (members.some(({ id }) => id === taken.id)) removed.push(taken);
    next[index] = { ...asked, ...timesOf(taken), series: seriesOf(taken) };
  }
  const before = relaid ? [relaid.before.master, ...relaid.before.members] : [...members];
  // What is done, on a date that is none any more, stands alone.
  const alone = relaid ? left.filter(isClosed).map(withoutSeries) : [];
  return {
    put: changedOnly(before, [settled, ...next, ...alone]),
    remove: removed.map(({ id }) => id),
  };
}

/** An occurrence that is there already, on the date that is now its own. What an exception says of its own stays. */
function keptAt(
  member: Activity,
  date: Time,
  master: Activity,
  length: number | undefined,
  zone: string,
  relaid: Relaid | undefined,
): Activity {
  const series = withSeries(member, {
    ...seriesOf(member),
    id: master.id,
    originalStart: date,
  });
  if (!relaid || isClosed(member)) return series;
  if (member.id === relaid.asked) return placed(series, date, length, zone);
  const own = ownChanges(member, relaid.before.master);
  return own.has('start') || own.has('end') ? series : placed(series, date, length, zone);
}

function occurrence(
  master: Activity,
  date: Time,
  length: number | undefined,
  zone: string,
  id: string,
): Activity {
  const { attachments: _attachments, ...rest } = master;
  return withSeries(placed({ ...rest, id }, date, length, zone), {
    id: master.id,
    role: 'occurrence',
    originalStart: date,
  });
}

/** Fields in which an exception differs from its series. */
function ownChanges(member: Activity, master: Activity): ReadonlySet<string> {
  const own = new Set<string>();
  if (member.series?.role !== 'exception') return own;
  const mine = new Map<string, unknown>(Object.entries(member));
  const theirs = new Map<string, unknown>(Object.entries(master));
  for (const key of new Set([...mine.keys(), ...theirs.keys()])) {
    if (key === 'start' || key === 'end') continue;
    if (!sameJson(mine.get(key), theirs.get(key))) own.add(key);
  }
  const zone = zoneOf(master);
  if (member.start !== member.series.originalStart) own.add('start');
  if (lengthOf(member, zone) !== lengthOf(master, zone)) own.add('end');
  return own;
}

/** What a patch may name of an activity that a series shares with its dates. */
const SHARED = [
  'subject',
  'description',
  'descriptionFormat',
  'priority',
  'owner',
  'regarding',
  'parties',
  'fields',
] as const satisfies readonly (keyof ActivityPatch)[];

/** What an exception has of its own, as the patch that made it one; of other dates, nothing. */
export function ownPatch(member: Activity, master: Activity): ActivityPatch {
  const own = ownChanges(member, master);
  const { start, end } = member;
  const isMoved = own.has('start') || own.has('end');
  return {
    ...Object.fromEntries(
      SHARED.filter((name) => own.has(name)).map((name) => [name, member[name] ?? null]),
    ),
    ...(isMoved && { ...(start !== undefined && { start }), ...(end !== undefined && { end }) }),
  };
}

function asException(row: Activity): Activity {
  return row.series ? withSeries(row, { ...row.series, role: 'exception' }) : row;
}

/** Those before a row, and it with those after it, by where the series put them. */
function split(
  row: Activity,
  members: readonly Activity[],
  zone: string,
): [before: Activity[], after: Activity[]] {
  const at = originalStartOf(row);
  const isEarlier = (one: Activity): boolean => isBefore(originalStartOf(one), at, zone);
  return [members.filter(isEarlier), members.filter((one) => !isEarlier(one))];
}

function isBefore(a: Time, b: Time, zone: string): boolean {
  return toMilliseconds(a, zone) < toMilliseconds(b, zone);
}

/** The master whose last date is the one before this row's. */
function endedBefore(row: Activity, master: Activity): Activity {
  const of = seriesOf(master);
  const until = lastDayBefore(row, master);
  const start = master.start ?? originalStartOf(row);
  return withSeries(master, {
    ...of,
    rule: endedRule(of.rule ?? '', { until }, start, zoneOf(master)),
  });
}

/** Where its series put it, wherever it was moved since. */
function originalStartOf({ series, start }: Activity): Time {
  return series?.originalStart ?? start ?? '';
}

function leavingOut(master: Activity, { series }: Activity): Activity {
  const start = series?.originalStart;
  if (start === undefined) return master;
  const of = seriesOf(master);
  return withSeries(master, { ...of, except: [...(of.except ?? []), start] });
}

/** The wall clock of a time, on another day. */
function onDay(day: string, time: Time, zone: string): Time {
  if (isDate(time)) return day;
  const kind = timeKind(time);
  if (kind === 'wall') return `${day}${time.slice(10)}`;
  const at = toMilliseconds(time, zone);
  return toInstant(fromWall(day, wallMinutes(at, zone), zone) + (at % 60_000));
}

/** Of whole days their number, else milliseconds. */
function lengthOf(
  { start, end }: { readonly start?: Time | undefined; readonly end?: Time | undefined },
  zone: string,
): number | undefined {
  if (start === undefined || end === undefined) return undefined;
  return isDate(start)
    ? daysBetween(start, end)
    : toMilliseconds(end, zone) - toMilliseconds(start, zone);
}

function placed(row: Activity, start: Time, length: number | undefined, zone: string): Activity {
  if (length === undefined) {
    const { end: _end, ...rest } = row;
    return { ...rest, start };
  }
  if (isDate(start)) return { ...row, start, end: addDays(start, length) };
  const end = toMilliseconds(start, zone) + length;
  if (timeKind(start) !== 'wall') return { ...row, start, end: toInstant(end) };
  const own = start.slice(start.indexOf('[') + 1, -1);
  const minutes = wallMinutes(end, own);
  const two = (value: number): string => String(value).padStart(2, '0');
  const wall = `${dayOf(end, own)}T${two(Math.floor(minutes / 60))}:${two(minutes % 60)}:00[${own}]`;
  return { ...row, start, end: wall };
}

function seriesOf({ id, series }: Activity): Series {
  return series ?? { id, role: 'master' };
}

function zoneOf(master: Activity): string {
  return master.series?.zone ?? 'UTC';
}

function ruleOf({ rule, zone }: Series): Partial<Series> {
  return { ...(rule !== undefined && { rule }), ...(zone !== undefined && { zone }) };
}

function withSeries(row: Activity, series: Series): Activity {
  return { ...row, series };
}

function timesOf({ start, end }: Activity): Pick<Activity, 'start' | 'end'> {
  return { ...(start !== undefined && { start }), ...(end !== undefined && { end }) };
}

function withoutSeries(row: Activity): Activity {
  const { series: _series, ...rest } = row;
  return rest;
}

/** What a patch says beside some fields. */
export function without(patch: ActivityPatch, names: ReadonlySet<string>): ActivityPatch {
  return Object.fromEntries(Object.entries(patch).filter(([name]) => !names.has(name)));
}

function changedOnly(before: readonly Activity[], after: readonly Activity[]): Activity[] {
  const known = new Map(before.map((row) => [row.id, row]));
  return after.filter((row) => !sameJson(known.get(row.id), row));
}
