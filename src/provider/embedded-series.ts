import type { Activity, ActivityDraft, ActivityPatch } from '../model/activity.js';
import { MOST_DATES, ruleParts } from '../model/recurrence.js';
import { loadDates, type DatesOf } from '../model/recurrence-dates.js';
import {
  beginSeries,
  editSeries,
  extendSeries,
  removeFromSeries,
  repeatFrom,
  restoreToSeries,
  type SeriesChange,
  type SeriesContext,
  type StoredSeries,
} from '../model/recurrence-series.js';
import { toInstant, toMilliseconds, type Milliseconds } from '../model/time.js';
import { checkVersion, createdRow, updatedRow, type WriteContext } from './embedded.js';
import { failure } from './failure.js';
import type { WriteOptions } from './provider.js';

/*
 * What a write makes of a series, for the providers that are their own backend: the row that was asked for, and all others that
 * must be stored or removed with it.
 */

/** What a write leaves behind besides the row it answers. */
export interface SeriesWrite extends SeriesChange {
  /** Missing where it is removed. */
  readonly row?: Activity;
}

type Options = Pick<WriteOptions, 'version' | 'undoes' | 'scope'>;

/** What must be brought before such a write, since nothing can be waited for within it. */
export async function datesFor(
  write: { readonly draft: ActivityDraft } | { readonly patch?: ActivityPatch },
  { scope = 'this' }: Pick<WriteOptions, 'scope'> = {},
): Promise<DatesOf | undefined> {
  const changes = 'draft' in write ? write.draft : (write.patch ?? {});
  return scope !== 'this' || changes.series?.rule !== undefined ? loadDates() : undefined;
}

export function createInSeries(
  id: string,
  draft: ActivityDraft,
  options: Options,
  context: WriteContext,
  series: StoredSeries | undefined,
  dates: DatesOf | undefined,
): SeriesWrite {
  const row = createdRow(id, draft, options, context);
  if (draft.series?.role === 'master' && draft.series.rule !== undefined) {
    return written(row.id, context, undefined, () =>
      beginSeries(
        { ...row, series: { ...draft.series, id, role: 'master' } },
        given(dates, context),
      ),
    );
  }
  // An occurrence that was removed by mistake.
  if (!row.series || !series) return { row, put: [], remove: [] };
  return written(row.id, context, series, () => restoreToSeries(row, series.master));
}

export function updateInSeries(
  row: Activity,
  patch: ActivityPatch,
  options: Options,
  context: WriteContext,
  series: StoredSeries | undefined,
  dates: DatesOf | undefined,
): SeriesWrite {
  const { series: rule, ...rest } = patch;
  const updated = updatedRow(row, rest, options, context);
  if (!row.series || !series) {
    if (rule?.rule === undefined) return { row: updated, put: [], remove: [] };
    return written(row.id, context, undefined, () =>
      repeatFrom(updated, rule, given(dates, context)),
    );
  }
  const isAlone =
    row.series.role !== 'master' && (options.scope ?? 'this') === 'this' && rule === undefined;
  if (isAlone && !isOwn(row, updated)) return { row: updated, put: [], remove: [] };
  return written(row.id, context, series, () =>
    editSeries(
      row,
      patch,
      options.scope ?? (isAlone || rule === null ? 'this' : 'all'),
      series,
      given(dates, context),
    ),
  );
}

export function removeInSeries(
  row: Activity,
  options: Options,
  context: WriteContext,
  series: StoredSeries | undefined,
): SeriesWrite {
  checkVersion(row, options);
  if (!row.series || !series) return { put: [], remove: [row.id] };
  return written(row.id, context, series, () =>
    removeFromSeries(row, options.scope ?? 'this', series),
  );
}

/** A series without an end is nearly used up: it is laid out for less than eleven months from now. */
export function runsOut({ master, members }: StoredSeries, now: Milliseconds): boolean {
  const parts = ruleParts(master.series?.rule ?? '');
  if (parts.has('COUNT') || parts.has('UNTIL') || members.length >= MOST_DATES) return false;
  const soon = now + 334 * 24 * 3_600_000;
  return members.every(({ series }) => toMilliseconds(series?.originalStart ?? '', 'UTC') < soon);
}

/** The dates that have come near of a series without an end, as rows to add. */
export function comingDates(
  series: StoredSeries,
  context: WriteContext,
  dates: DatesOf,
): readonly Activity[] {
  if (!runsOut(series, context.now)) return [];
  const { put } = written('', context, series, () => extendSeries(series, given(dates, context)));
  return put;
}

/** Something of it is its own now, apart from its status. */
function isOwn(before: Activity, after: Activity): boolean {
  return before.series?.role === 'occurrence' && before !== after;
}

function given(dates: DatesOf | undefined, { now }: WriteContext): SeriesContext {
  return {
    now,
    newId: () => crypto.randomUUID(),
    dates: (...asked) => {
      if (!dates) throw failure('unsupported');
      return dates(...asked);
    },
  };
}

/** Stamps what changes, and tells the row that was asked for from the others. */
function written(
  id: string,
  context: WriteContext,
  series: StoredSeries | undefined,
  change: () => SeriesChange,
): SeriesWrite {
  const known = new Set([series?.master, ...(series?.members ?? [])].map((row) => row?.id));
  let changed: SeriesChange;
  try {
    changed = change();
  } catch (thrown) {
    if (thrown instanceof RangeError) throw failure('validation', '', { fields: { series: '' } });
    throw thrown;
  }
  const at = toInstant(context.now);
  const { user, version } = context;
  const put = changed.put.map((row): Activity => ({
    ...row,
    version,
    modifiedAt: at,
    ...(user && { modifiedBy: user }),
    ...(!known.has(row.id) && row.id !== id && { createdAt: at, ...(user && { createdBy: user }) }),
  }));
  const own = put.find((row) => row.id === id);
  const others = put.filter((row) => row.id !== id);
  const row = own ?? [series?.master, ...(series?.members ?? [])].find((one) => one?.id === id);
  const isGone = changed.remove.includes(id);
  return { ...(row && !isGone && { row }), put: others, remove: changed.remove };
}
