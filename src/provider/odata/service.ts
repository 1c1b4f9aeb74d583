import type { Activity } from '../../model/activity.js';
import type { ActivityTypes } from '../../model/activity-types.js';
import type { Total } from '../../model/query.js';
import type { CallOptions } from '../provider.js';
import type { ActivityTable } from './activity-tables.js';
import type { Batch } from './batch.js';
import type { ODataDialect } from './dialect.js';
import type { Send } from './http.js';
import { numberOf, rowOf, rowsOf, textOf, type WireRow } from './read-row.js';

/** The service as its parts here see it: a way to ask it, the names it uses, and what was learnt about its rows. */
export interface Service {
  readonly send: Send;
  readonly batch: Batch;
  readonly dialect: ODataDialect;
  readonly types: ActivityTypes;
  /** Activities of all types, and notes. */
  readonly pointers: ActivityTable;
  readonly notes: ActivityTable;
  readonly seen: SeenRows;
}

/** What was learnt about a row in passing: enough to write it without reading it first. */
export interface SeenRow {
  readonly type: string;
  /** Kind that it is regarding. */
  readonly regarding: string | undefined;
  /** Of a row of the union, whose version is not documented to be that of the typed row. */
  readonly pointer: { readonly version: string; readonly modifiedAt: string } | undefined;
}

const SEEN_LIMIT = 20_000;

export class SeenRows {
  readonly #byId = new Map<string, SeenRow>();

  get(id: string): SeenRow | undefined {
    return this.#byId.get(id);
  }

  /** Takes note of a row that was read, and answers it. */
  take(row: Activity): Activity {
    if (this.#byId.size >= SEEN_LIMIT) this.#byId.clear();
    const { version, modifiedAt, loaded } = row;
    this.#byId.set(row.id, {
      type: row.type,
      regarding: row.regarding?.kind,
      pointer:
        loaded && version !== undefined && modifiedAt !== undefined
          ? { version, modifiedAt }
          : undefined,
    });
    return row;
  }

  forget(id: string): void {
    this.#byId.delete(id);
  }
}

/** A page of a list. */
export interface WirePage {
  readonly values: readonly WireRow[];
  readonly next: string | undefined;
  readonly total: Total | undefined;
}

/** The service counts no further. */
const COUNT_LIMIT = 5000;
const LIMIT_EXCEEDED = '@Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded';

/** How many rows an answer says there are. */
export function totalOf(body: unknown): Total | undefined {
  const page = rowOf(body);
  const value = numberOf(page, '@odata.count');
  if (value === undefined || value < 0) return undefined;
  const isCut = page[LIMIT_EXCEEDED] === true || value >= COUNT_LIMIT;
  return { value, relation: isCut ? 'atLeast' : 'exact' };
}

/** `link`: a path of the service, or the link that a page before it answered. */
export async function fetchPage(
  send: Send,
  link: string,
  size: number,
  call: CallOptions,
): Promise<WirePage> {
  const body = await send(link, call, { prefer: [`odata.maxpagesize=${String(size)}`] });
  const page = rowOf(body);
  return {
    values: rowsOf(body),
    next: textOf(page, '@odata.nextLink'),
    total: totalOf(body),
  };
}
