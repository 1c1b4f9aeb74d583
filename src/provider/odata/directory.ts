import type { RecordRef } from '../../model/activity.js';
import { isObject } from '../../model/json.js';
import { failure, toFailure } from '../failure.js';
import type { CallOptions, RecordDraft, RecordSummary, WriteOptions } from '../provider.js';
import type { KindDialect } from './dialect.js';
import { contains, or, toGuid } from './filter.js';
import type { Send } from './http.js';
import { numberOf, rowsOf, textOf, type WireRow } from './read-row.js';
import { queryString } from './query-string.js';
import type { Service as ODataService } from './service.js';

/** Most that a picker shows. */
const FOUND_LIMIT = 50;
/** Ids in one question: its address must not grow too long for the proxies on its way. */
const IDS_LIMIT = 30;

type Service = Pick<ODataService, 'send' | 'dialect'>;

/** Records whose name contains the text, names that begin with it first. */
export async function lookup(
  text: string,
  kinds: readonly string[],
  call: CallOptions,
  service: Service,
): Promise<readonly RecordSummary[]> {
  const { send, dialect } = service;
  const wanted = text.trim();
  const asked = Object.entries(dialect.kinds).filter(([name, kind]) =>
    kinds.length > 0 ? kinds.includes(name) : !kind.unsearched,
  );
  const found = await Promise.all(
    asked.map(async ([name, kind]) => {
      const question = {
        ...columnsOf(kind),
        $filter: wanted === '' ? undefined : contains(kind.label, wanted, { isPattern: true }),
        $orderby: kind.label,
        $top: FOUND_LIMIT,
      };
      const body = await send(kind.set + queryString(question), call);
      return toSummaries(rowsOf(body), name, call, service);
    }),
  );
  const begins = (record: RecordSummary): boolean =>
    (record.ref.name ?? '').toLowerCase().startsWith(wanted.toLowerCase());
  const all = found.flat();
  return [...all.filter(begins), ...all.filter((record) => !begins(record))].slice(0, FOUND_LIMIT);
}

/** Makes a record with a name. A repeat under the same id answers the one that is there. */
export async function createRecord(
  id: string,
  draft: RecordDraft,
  write: WriteOptions,
  service: Service,
): Promise<RecordSummary> {
  const kind = service.dialect.kinds[draft.kind];
  const name = draft.name.trim();
  if (!kind) throw failure('unsupported');
  if (name === '') throw failure('validation');
  try {
    const body = { [kind.id]: id, ...nameColumns(kind, name) };
    await service.send(kind.set, write, { method: 'POST', body });
  } catch (thrown) {
    if (toFailure(thrown).code !== 'duplicate') throw thrown;
  }
  const ref = { kind: draft.kind, id, name };
  const [made] = await summariesOf([ref], write, service);
  return made ?? { ref };
}

/** What is behind the last space of a name in parts is the last one; a name without a space is all last. */
function nameColumns({ label, nameParts }: KindDialect, name: string): WireRow {
  if (!nameParts) return { [label]: name };
  const [, given, last] = /^(.*?)\s*(\S+)$/su.exec(name) ?? [];
  return { ...(given && { [nameParts[0]]: given }), [nameParts[1]]: last ?? name };
}

/** Summaries of these records, in their order; those that are gone or hidden are left out. */
export async function summariesOf(
  refs: readonly RecordRef[],
  call: CallOptions,
  service: Service,
): Promise<readonly RecordSummary[]> {
  const { send, dialect } = service;
  const found = new Map<string, RecordSummary>();
  await Promise.all(
    Object.entries(dialect.kinds).map(async ([name, kind]) => {
      const ids = refs.flatMap((ref) => (ref.kind === name ? (toGuid(ref.id) ?? []) : []));
      const rows = await rowsWhere(kind, [kind.id], ids, call, send);
      for (const summary of await toSummaries(rows, name, call, service)) {
        found.set(`${name}:${summary.ref.id}`, summary);
      }
    }),
  );
  return refs.flatMap((ref) => found.get(`${ref.kind}:${ref.id.toLowerCase()}`) ?? []);
}

/** The deals among these records, and those that belong to one of them. */
export async function dealsOf(
  refs: readonly RecordRef[],
  call: CallOptions,
  service: Service,
): Promise<readonly RecordSummary[]> {
  const { send, dialect } = service;
  const deals = await Promise.all(
    Object.entries(dialect.kinds).map(async ([name, kind]) => {
      if (!kind.deal) return [];
      const idsOf = (wanted: string | undefined): string[] =>
        refs.flatMap((ref) => (ref.kind === wanted ? (toGuid(ref.id) ?? []) : []));
      const [own, children] = await Promise.all([
        rowsWhere(kind, [kind.id], idsOf(name), call, send),
        kind.parent
          ? rowsWhere(kind, [kind.parent.column], idsOf(kind.parent.kind), call, send)
          : [],
      ]);
      return toSummaries([...own, ...children], name, call, service);
    }),
  );
  const byId = new Map(deals.flat().map((deal) => [deal.ref.id, deal]));
  return [...byId.values()];
}

async function rowsWhere(
  kind: KindDialect,
  columns: readonly string[],
  ids: readonly string[],
  call: CallOptions,
  send: Send,
): Promise<readonly WireRow[]> {
  const unique = [...new Set(ids)];
  const chunks: string[][] = [];
  for (let at = 0; at < unique.length; at += IDS_LIMIT)
    chunks.push(unique.slice(at, at + IDS_LIMIT));
  const pages = await Promise.all(
    chunks.map(async (chunk) => {
      const isOne = or(...columns.flatMap((column) => chunk.map((id) => `${column} eq ${id}`)));
      return rowsOf(
        await send(kind.set + queryString({ ...columnsOf(kind), $filter: isOne }), call),
      );
    }),
  );
  return pages.flat();
}

function columnsOf({ id, label, detail, parent, deal }: KindDialect): {
  readonly $select: string;
  readonly $expand: string | undefined;
} {
  const columns = [
    id,
    label,
    detail,
    parent?.column,
    deal?.value,
    deal?.base,
    deal?.stage,
    deal?.stageIndex,
  ];
  return {
    $select: columns.filter((column) => column !== undefined).join(','),
    $expand: deal && `${deal.currency[0]}($select=${deal.currency[1]})`,
  };
}

async function toSummaries(
  rows: readonly WireRow[],
  name: string,
  call: CallOptions,
  service: Service,
): Promise<readonly RecordSummary[]> {
  const kind = service.dialect.kinds[name];
  if (!kind) return [];
  const column = kind.deal?.base;
  const hasBase = column !== undefined && rows.some((row) => numberOf(row, column) !== undefined);
  const base = hasBase ? await baseCurrency(service, call) : undefined;
  return rows.flatMap((row) => toSummary(row, name, kind, base) ?? []);
}

const baseCurrencies = new WeakMap<Service, Promise<string | undefined>>();

/** ISO code of the organisation's currency, asked for once. Undefined where it is not to be had: amounts stand in their own then. */
function baseCurrency(service: Service, call: CallOptions): Promise<string | undefined> {
  const known = baseCurrencies.get(service);
  if (known) return known;
  // Who gives up gives up for nobody else.
  const { signal: _signal, ...others } = call;
  const asked = askBaseCurrency(service, others).catch(() => {
    baseCurrencies.delete(service);
    return undefined;
  });
  baseCurrencies.set(service, asked);
  return asked;
}

async function askBaseCurrency(
  { send, dialect: { baseCurrency: from } }: Service,
  call: CallOptions,
): Promise<string | undefined> {
  if (!from) return undefined;
  const [navigation, code] = from.currency;
  const question = { $select: `_${navigation}_value`, $expand: `${navigation}($select=${code})` };
  const [row] = rowsOf(await send(from.set + queryString(question), call));
  const currency = row?.[navigation];
  return isObject(currency) ? textOf(currency, code) : undefined;
}

function toSummary(
  row: WireRow,
  name: string,
  kind: KindDialect,
  base: string | undefined,
): RecordSummary | undefined {
  const id = textOf(row, kind.id);
  if (id === undefined) return undefined;
  const label = textOf(row, kind.label);
  const detail = kind.detail && textOf(row, kind.detail);
  const deal = kind.deal && toDeal(row, kind.deal, base);
  const parent = kind.parent && toParent(row, kind.parent);
  return {
    ref: { kind: name, id, ...(label !== undefined && { name: label }) },
    ...(parent && { parent }),
    ...(detail !== undefined && { detail }),
    ...(deal && { deal }),
  };
}

function toParent(row: WireRow, parent: NonNullable<KindDialect['parent']>): RecordRef | undefined {
  const id = textOf(row, parent.column);
  const name = textOf(row, `${parent.column}@OData.Community.Display.V1.FormattedValue`);
  return id === undefined
    ? undefined
    : { kind: parent.kind, id, ...(name !== undefined && { name }) };
}

function toDeal(
  row: WireRow,
  deal: NonNullable<KindDialect['deal']>,
  base: string | undefined,
): RecordSummary['deal'] {
  const amount = numberOf(row, deal.value);
  const currencyRow = row[deal.currency[0]];
  const currency = isObject(currencyRow) ? textOf(currencyRow, deal.currency[1]) : undefined;
  const inBase = deal.base === undefined ? undefined : numberOf(row, deal.base);
  const stage = textOf(row, deal.stage);
  const stageIndex = numberOf(row, deal.stageIndex);
  return {
    ...(amount !== undefined &&
      currency !== undefined && {
        value: {
          amount,
          currency,
          ...(inBase !== undefined &&
            base !== undefined && { base: { amount: inBase, currency: base } }),
        },
      }),
    ...(stage !== undefined && { stage }),
    ...(stageIndex !== undefined && { stageIndex, stageCount: deal.stageCount }),
  };
}
