import type { Activity } from '../../model/activity.js';
import { isObject } from '../../model/json.js';
import type { Total } from '../../model/query.js';
import { failure, toFailure, type ProviderFailure } from '../failure.js';
import type { ActivityPage } from '../provider.js';

/** One page of one source. */
export interface SourcePage {
  readonly rows: readonly Activity[];
  /** The link to the next page, as the service gave it. */
  readonly next: string | undefined;
  /** How many there are on all pages, where that is told. */
  readonly total: Total | undefined;
}

/** A list of activities behind links; several are shown as one. */
export interface Source {
  /** Different from that of every other. */
  readonly key: string;
  /** Under which its failure is told; parts of one list have the same. */
  readonly name: string;
  /** Where its first page is. */
  readonly first: string;
  /** Those of an earlier turn all stand before it: it is not read before they end. */
  readonly turn: number;
  fetch(link: string, size: number): Promise<SourcePage>;
}

/** How far a source has been read: so many rows of the page at `link` are shown. Without a link it has ended. */
interface Progress {
  readonly key: string;
  readonly link?: string;
  readonly shown?: number;
  readonly total?: Total;
  readonly error?: ProviderFailure;
}

/** Where a list is entered. What follows such a page is entered again: its cursor may have gone too far. */
export interface Entrance {
  /** The row that is itself the place. */
  readonly id: string;
  /** Whether that row is the first one shown, or the last one left out. */
  readonly isIncluded: boolean;
  /** The list is read from its end, so ids descend. */
  readonly isBackward?: boolean;
  /** Below zero: before the place. Zero: nothing but the id differs. */
  compare(row: Activity): number;
}

export interface MergeOptions {
  readonly size: number;
  readonly compare: (a: Activity, b: Activity) => number;
  /** Of the page before. */
  readonly cursor?: string;
  readonly entrance?: Entrance;
}

/**
 * The next rows of several sources in one order, each name on its own: if one fails, the others answer. Where several sources have
 * one name, none of them answers for it without the others. The cursor says how much of which page was shown; a page that is not
 * used up is read again, since its rows are kept nowhere.
 */
export async function readMerged(
  sources: readonly Source[],
  { size, compare, cursor, entrance }: MergeOptions,
): Promise<ActivityPage> {
  const before = cursor === undefined ? undefined : parseCursor(cursor);
  const readers = sources.map(
    (source) =>
      new Reader(
        source,
        size,
        before?.find(({ key }) => key === source.key),
      ),
  );
  const door = new Door(entrance);
  // The first page says how many there are, so it asks all of them.
  let rows: readonly Activity[] = [];
  while (rows.length < size) {
    const due = readers.filter((reader) => (!entrance && !reader.total) || isTurn(reader, readers));
    await Promise.all(due.map((reader) => reader.fill()));
    const next = readers
      .filter(({ head }) => head !== undefined)
      .sort((a, b) => (a.head && b.head ? compare(a.head, b.head) : 0))[0];
    const row = next?.take();
    if (row) rows = [...rows, ...door.pass(row)];
    // A last page may be empty: only then do those have their turn that come after it.
    else if (!readers.some(({ isOpen }) => isOpen)) break;
  }
  if (rows.length < size) rows = [...rows, ...door.rest()];
  throwIfNoneIsWhole(readers);

  const progress = readers.map((reader) => reader.progress);
  const hasMore = rows.length > size || progress.some(({ link }) => link !== undefined);
  const total = totalOf(readers);
  const failed = failuresOf(readers);
  return {
    rows: rows.slice(0, size),
    ...(hasMore && { next: JSON.stringify(progress) }),
    ...(total && { total }),
    ...(failed.length > 0 && { failed }),
  };
}

/** Whether a source's rows may come next: all that come before them are read. */
function isTurn(reader: Reader, readers: readonly Reader[]): boolean {
  return !readers.some((one) => one.turn < reader.turn && one.isOpen);
}

/** Of a name of which a part is missing, nobody can tell what: that is no answer, unless another name's is. */
function throwIfNoneIsWhole(readers: readonly Reader[]): void {
  const broken = new Set(readers.filter(({ error }) => error).map(({ name }) => name));
  const first = readers.find(({ error }) => error)?.error;
  if (first && readers.every(({ name }) => broken.has(name))) throw first;
}

/** One failure for each name, however many sources have it. */
function failuresOf(readers: readonly Reader[]): NonNullable<ActivityPage['failed']> {
  const byName = new Map<string, ProviderFailure>();
  for (const { name, error } of readers) {
    if (error && !byName.has(name)) byName.set(name, error);
  }
  return [...byName].map(([source, error]) => ({ source, error }));
}

/** Lets rows in from a place on. */
class Door {
  #entrance: Entrance | undefined;
  /** Rows that differ from the place by nothing but their id: before it or behind it, which only shows when it comes. */
  #waiting: Activity[] = [];

  constructor(entrance: Entrance | undefined) {
    this.#entrance = entrance;
  }

  pass(row: Activity): readonly Activity[] {
    const entrance = this.#entrance;
    if (!entrance) return [row];
    if (row.id === entrance.id) {
      this.#entrance = undefined;
      return entrance.isIncluded ? [row] : [];
    }
    const order = entrance.compare(row);
    if (order < 0) return [];
    if (order === 0) {
      this.#waiting.push(row);
      return [];
    }
    return [...this.rest(), row];
  }

  /** What waited for a place that is no more: those whose ids come after it. */
  rest(): readonly Activity[] {
    const { id, isBackward = false } = this.#entrance ?? {};
    this.#entrance = undefined;
    return id === undefined
      ? []
      : this.#waiting.filter((row) => (isBackward ? row.id < id : row.id > id));
  }
}

class Reader {
  readonly #source: Source;
  readonly #size: number;
  #rows: readonly Activity[] = [];
  /** Where the page is that `#rows` are of, and how many of them were taken. */
  #link: string | undefined;
  #taken = 0;
  #next: string | undefined;
  #toSkip: number;
  total: Total | undefined;
  error: ProviderFailure | undefined;

  constructor(source: Source, size: number, before: Progress | undefined) {
    this.#source = source;
    this.#size = size;
    this.#next = before ? before.link : source.first;
    this.#toSkip = before?.shown ?? 0;
    this.total = before?.total;
    this.error = before?.error;
  }

  get name(): string {
    return this.#source.name;
  }

  get turn(): number {
    return this.#source.turn;
  }

  get head(): Activity | undefined {
    return this.#rows[this.#taken];
  }

  /** It has rows, or may have. */
  get isOpen(): boolean {
    return this.head !== undefined || this.#next !== undefined;
  }

  /** Sees to it that there is a head, unless the source has ended or failed. */
  async fill(): Promise<void> {
    while (this.head === undefined && this.#next !== undefined) {
      const link = this.#next;
      try {
        const page = await this.#source.fetch(link, this.#size);
        this.#rows = page.rows;
        this.#link = link;
        // It may have been a longer page of which so many were shown.
        this.#taken = Math.min(this.#toSkip, page.rows.length);
        this.#toSkip -= this.#taken;
        this.#next = page.next;
        this.total ??= page.total;
      } catch (thrown) {
        const error = toFailure(thrown);
        if (error.code === 'aborted') throw thrown;
        this.#next = undefined;
        this.error = error;
      }
    }
  }

  take(): Activity | undefined {
    const row = this.head;
    this.#taken++;
    return row;
  }

  get progress(): Progress {
    const { total, error } = this;
    const isUsedUp = this.head === undefined;
    const link = isUsedUp ? this.#next : this.#link;
    // What was not its turn yet goes on where it was.
    const shown = isUsedUp ? this.#toSkip : this.#taken;
    return {
      key: this.#source.key,
      ...(link !== undefined && { link }),
      ...(link !== undefined && shown > 0 && { shown }),
      ...(total && { total }),
      ...(error && { error }),
    };
  }
}

function totalOf(readers: readonly Reader[]): Total | undefined {
  const totals = readers.flatMap(({ total }) => total ?? []);
  if (totals.length === 0) return undefined;
  const isCut = totals.length < readers.length || totals.some((one) => one.relation !== 'exact');
  return {
    value: totals.reduce((sum, { value }) => sum + value, 0),
    relation: isCut ? 'atLeast' : 'exact',
  };
}

function parseCursor(cursor: string): readonly Progress[] {
  try {
    const progress: unknown = JSON.parse(cursor);
    if (Array.isArray(progress) && progress.every(isObject)) {
      return progress as unknown as readonly Progress[];
    }
  } catch {
    // Said below.
  }
  throw failure('validation');
}
