import type { Activity, ActivityPatch } from '../../model/activity.js';
import { ActivityTypes } from '../../model/activity-types.js';
import type { CallOptions } from '../provider.js';
import type { ODataDialect, SeriesDialect } from './dialect.js';
import { fromPattern, toPattern } from './recurrence-pattern.js';
import { readActivity, rowOf, type ReadContext, type WireRow } from './read-row.js';
import { queryString } from './query-string.js';
import type { Service } from './service.js';
import { toColumns } from './write-row.js';

/*
 * What stands for a whole series: a row of a table of its own, with the columns of the type, times under other names, and the
 * rule as a pattern. To the kit it is an activity of that type.
 */

/** A type that can repeat, and the names of its masters. */
export interface RepeatingType {
  readonly type: string;
  readonly series: SeriesDialect;
  /** In which the masters are a type like any other, with the states and fields of the one they are masters of. */
  readonly dialect: ODataDialect;
  readonly types: ActivityTypes;
}

/** How activities of a type repeat; undefined where they can't. */
export function repeatingType(
  type: string,
  { dialect, types }: Pick<Service, 'dialect' | 'types'>,
): RepeatingType | undefined {
  const own = dialect.types[type];
  if (!own?.series) return undefined;
  const { series, ...single } = own;
  const { set, parties, logicalName } = series;
  const { parties: _parties, ...rest } = single;
  const master = { ...rest, set, ...(parties !== undefined && { parties }) };
  return {
    type,
    series,
    dialect: { ...dialect, types: { ...dialect.types, [logicalName]: master } },
    types: new ActivityTypes([...types, { ...types.get(type), name: logicalName }]),
  };
}

/** The type whose masters are called so. */
export function masterTypeOf(
  logicalName: string,
  service: Pick<Service, 'dialect' | 'types'>,
): RepeatingType | undefined {
  const found = Object.entries(service.dialect.types).find(
    ([, { series }]) => series?.logicalName === logicalName,
  );
  return found && repeatingType(found[0], service);
}

export async function fetchMaster(
  { series: { set, parties, logicalName } }: RepeatingType,
  id: string,
  call: CallOptions,
  { send, seen }: Pick<Service, 'send' | 'seen'>,
): Promise<WireRow> {
  const row = rowOf(await send(`${set}(${id})${queryString({ $expand: parties })}`, call));
  seen.take({ id, type: logicalName, state: null, subject: '' });
  return row;
}

/** The rule keeps to the clock of the user's own zone, as the service says it. */
export function readMaster(row: WireRow, repeats: RepeatingType, call: CallOptions): Activity {
  const { timeZone } = call;
  const wire = { ...row, scheduledstart: row['starttime'], scheduledend: row['endtime'] };
  const context: ReadContext = { ...repeats, timeZone };
  const { series: _series, ...activity } = readActivity(
    wire,
    context,
    undefined,
    repeats.series.logicalName,
  );
  const rule = activity.start && fromPattern(row, activity.start, timeZone);
  return {
    ...activity,
    type: repeats.type,
    series: {
      id: activity.id,
      role: 'master',
      zone: timeZone,
      ...(rule !== undefined && { rule }),
    },
  };
}

/** The columns of a patch for a master, without its rule. */
export function toMasterColumns(
  patch: ActivityPatch,
  repeats: RepeatingType,
  call: CallOptions,
  regardingBefore?: string,
): WireRow {
  const { series: _series, ...plain } = patch;
  const { scheduledstart, scheduledend, ...rest } = toColumns(
    repeats.series.logicalName,
    plain,
    { ...repeats, timeZone: call.timeZone },
    regardingBefore,
  );
  return {
    ...rest,
    ...(scheduledstart !== undefined && { starttime: scheduledstart }),
    ...(scheduledend !== undefined && { endtime: scheduledend }),
  };
}

/** The columns of a master's times and rule. */
export function toPlanColumns(
  { start, end, series }: Pick<Activity, 'start' | 'end' | 'series'>,
  repeats: RepeatingType,
  call: CallOptions,
): WireRow {
  return {
    ...toMasterColumns({ start: start ?? null, end: end ?? null }, repeats, call),
    ...(series && toPattern(series, start ?? '', call.timeZone)),
  };
}
