import { timeKind } from '../../model/time.js';
import { isObject } from '../../model/json.js';
import { toFailure } from '../failure.js';
import type { WriteOptions } from '../provider.js';
import { toGuid } from './filter.js';
import type { ODataRequest } from './http.js';
import { rowOf, type WireRow } from './read-row.js';
import type { Service } from './service.js';

/** A write is to answer the row. */
export const REPRESENTATION = { prefer: ['return=representation'] } satisfies ODataRequest;

/** Whether a row holds what was to be written into it. `isNew`: it may have been moved to another state since. */
export function holds(
  row: WireRow,
  body: WireRow,
  { isNew }: { readonly isNew: boolean },
): boolean {
  return Object.entries(body).every(([column, value]) => {
    if (isNew && (column === 'statuscode' || column === 'statecode')) return true;
    const lookup = /^(ownerid|regardingobjectid|objectid)(_\w+)?@odata\.bind$/.exec(column)?.[1];
    if (lookup !== undefined) {
      const id = /\(([^)]+)\)$/.exec(String(value))?.[1];
      return isSame(row[`_${lookup}_value`], id);
    }
    // Parties are not in the row.
    if (typeof value === 'object' && value !== null) return isNew;
    return isSame(row[column], value);
  });
}

function isSame(found: unknown, wanted: unknown): boolean {
  if (typeof found === 'string' && typeof wanted === 'string') {
    if (timeKind(found) === 'instant' && timeKind(wanted) === 'instant') {
      return Date.parse(found) === Date.parse(wanted);
    }
    return found === wanted || (toGuid(found) !== undefined && toGuid(found) === toGuid(wanted));
  }
  return (found ?? '') === (wanted ?? '');
}

/**
 * Makes a row under an id of the kit's. One that is there already with the same content was made by this very create, whose
 * answer got lost.
 */
export async function createOnce(
  set: string,
  id: string,
  body: WireRow,
  options: WriteOptions,
  { send }: Pick<Service, 'send'>,
): Promise<WireRow> {
  try {
    return rowOf(await send(set, options, { method: 'POST', body, ...REPRESENTATION }));
  } catch (thrown) {
    if (toFailure(thrown).code !== 'duplicate') throw thrown;
    const row = await send(`${set}(${id})`, options).catch(() => undefined);
    if (isObject(row) && holds(row, body, { isNew: true })) return row;
    throw thrown;
  }
}
