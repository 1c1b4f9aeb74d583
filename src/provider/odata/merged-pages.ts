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
  readonly count: number | undefined;
}

/** A list of activities behind links; several are shown as one. */
export interface Source {
  readonly name: string;
  /** Where its first page is. */
  readonly first: string;
  fetch(link: string, size: number): Promise<SourcePage>;
}

/** How far a source has been read: so many rows of the page at `link` are shown. Without a link it has ended. */
interface Progress {
  readonly name: string;
  readonly link?: string;
  readonly shown?: number;
  readonly count?: number;
  readonly error?: ProviderFailure;
}

/** The service counts no further. */
const COUNT_LIMIT = 5000;

/**
 * The next rows of several sources in one order, each source on its own: if one fails, the others answer. The cursor says how
 * much of which page was shown; a page that is not used up is read again, since its rows are kept nowhere.
 */
export async function readMerged(
  sources: readonly Source[],
  size: number,
  cursor: string | undefined,
  compare: (a: Activity, b: Activity) => number,
): Promise<ActivityPage> {
  const before = cursor === undefined ? undefined : parseCursor(cursor);
  const readers = sources.map(
    (source) =>
      new Reader(
        source,
        size,
        before?.find(({ name }) => name === source.name),
      ),
  );
  await Promise.all(readers.map((reader) => reader.fill()));
  const failed = readers.flatMap(({ name, error }) => (error ? [{ source: name, error }] : []));
  const [first] = failed;
  if (first && failed.length === readers.length) throw first.error;

  const rows: Activity[] = [];
  for (;;) {
    const next = readers
      .filter(({ head }) => head !== undefined)
      .sort((a, b) => (a.head && b.head ? compare(a.head, b.head) : 0))[0];
    const row = next?.take();
    if (!next || !row) break;
    rows.push(row);
    if (rows.length === size) break;
    await next.fill();
  }

  const progress = readers.map((reader) => reader.progress);
  const hasMore = progress.some(({ link }) => link !== undefined);
  const total = totalOf(readers);
  return {
    rows,
    ...(hasMore && { next: JSON.stringify(progress) }),
    ...(total && { total }),
    ...(failed.length > 0 && { failed }),
  };
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
  count: number | undefined;
  error: ProviderFailure | undefined;

  constructor(source: Source, size: number, before: Progress | undefined) {
    this.#source = source;
    this.#size = size;
    this.#next = before ? before.link : source.first;
    this.#toSkip = before?.shown ?? 0;
    this.count = before?.count;
    this.error = before?.error;
  }

  get name(): string {
    return this.#source.name;
  }

  get head(): Activity | undefined {
    return this.#rows[this.#taken];
  }

  /** Sees to it that there is a head, unless the source has ended or failed. */
  async fill(): Promise<void> {
    while (this.head === undefined && this.#next !== undefined) {
      const link = this.#next;
      try {
        const page = await this.#source.fetch(link, this.#size);
        this.#rows = page.rows;
        this.#link = link;
        this.#taken = Math.min(this.#toSkip, page.rows.length);
        this.#next = page.next;
        this.count ??= page.count;
      } catch (thrown) {
        const error = toFailure(thrown);
        if (error.code === 'aborted') throw thrown;
        this.#next = undefined;
        this.error = error;
      }
      this.#toSkip = 0;
    }
  }

  take(): Activity | undefined {
    const row = this.head;
    this.#taken++;
    return row;
  }

  get progress(): Progress {
    const { name, count, error } = this;
    const isUsedUp = this.head === undefined;
    const link = isUsedUp ? this.#next : this.#link;
    return {
      name,
      ...(link !== undefined && { link }),
      ...(link !== undefined && !isUsedUp && { shown: this.#taken }),
      ...(count !== undefined && { count }),
      ...(error && { error }),
    };
  }
}

function totalOf(readers: readonly Reader[]): Total | undefined {
  const counts = readers.flatMap(({ count }) => count ?? []);
  if (counts.length === 0) return undefined;
  const isCut = counts.length < readers.length || counts.some((count) => count >= COUNT_LIMIT);
  return {
    value: counts.reduce((sum, count) => sum + count, 0),
    relation: isCut ? 'atLeast' : 'exact',
  };
}

export function toTotal(count: number): Total {
  return { value: count, relation: count >= COUNT_LIMIT ? 'atLeast' : 'exact' };
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
