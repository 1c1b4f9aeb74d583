import type { Activity, Attachment, RecordRef, Series } from '../../model/activity.js';
import type { ActivityType } from '../../model/activity-type.js';
import { ActivityTypes } from '../../model/activity-types.js';
import { checkActivity } from '../../model/check.js';
import {
  answerTo,
  countGroups,
  pageOf,
  type EvaluatedPage,
  type EvaluationContext,
} from '../../model/evaluate.js';
import type { ActivityQuery } from '../../model/query.js';
import { loadDates } from '../../model/recurrence-dates.js';
import type { StoredSeries } from '../../model/recurrence-series.js';
import { ChangeChannel } from '../change-channel.js';
import {
  EMBEDDED_CAPABILITIES,
  RecordDirectory,
  attachmentOf,
  recordOf,
  systemNow,
  transitionedRow,
  withAttachment,
  withoutAttachment,
  type WriteContext,
} from '../embedded.js';
import {
  comingDates,
  createInSeries,
  datesFor,
  removeInSeries,
  runsOut,
  updateInSeries,
  type SeriesWrite,
} from '../embedded-series.js';
import { failure } from '../failure.js';
import type {
  ActivityDataProvider,
  CallOptions,
  RecordSummary,
  WriteOptions,
} from '../provider.js';
import { Answers } from './answers.js';

export interface MemoryProviderOptions {
  /** Rows to begin with; copied, never touched. */
  readonly activities?: readonly Activity[];
  /** Accounts, contacts, deals, users: for pickers, roll-up and deals. */
  readonly records?: readonly RecordSummary[];
  /** Kinds of record that users may make from within a picker. Default: none. */
  readonly createRecords?: readonly string[];
  readonly user?: RecordRef;
  readonly teams?: readonly RecordRef[];
  readonly team?: readonly RecordRef[];
  readonly types?: readonly ActivityType[];
  /** With a name, changes also reach the memory providers of this name in other tabs of the origin. */
  readonly name?: string;
  /** Milliseconds since 1970; for stamps. */
  readonly now?: () => number;
}

/** What is wrong with a row that was handed in. */
export interface RowProblem {
  readonly id?: string;
  readonly text: string;
}

/** A provider that keeps its rows in memory: for `items`, tests and stories. */
export interface MemoryProvider extends Required<
  Pick<
    ActivityDataProvider,
    | 'capabilities'
    | 'session'
    | 'get'
    | 'count'
    | 'create'
    | 'update'
    | 'transition'
    | 'remove'
    | 'lookup'
    | 'createRecord'
    | 'records'
    | 'attachments'
    | 'subscribe'
  >
> {
  readonly name?: string;
  query(question: ActivityQuery, options: CallOptions): Promise<EvaluatedPage>;
  /** Adds rows, each in place of the one with its id, and answers what was wrong with which. */
  merge(rows: readonly unknown[]): readonly RowProblem[];
}

export function createMemoryProvider({
  activities = [],
  ...options
}: MemoryProviderOptions = {}): MemoryProvider {
  const rows = new Map<string, Activity>();
  const answers = new Answers();
  const written = new Map<string, { readonly row?: Activity; readonly attachment?: Attachment }>();
  const files = new Map<string, Map<string, Blob>>();
  const directory = new RecordDirectory(options.records);
  const types = new ActivityTypes(options.types);
  const now = options.now ?? systemNow;
  // Told from those of other tabs.
  const versions = crypto.randomUUID();
  let writes = 0;
  const channel = new ChangeChannel(
    options.name === undefined ? undefined : `activity-kit:memory:${options.name}`,
    (change) => {
      answers.forget();
      if (change.kind === 'upsert') for (const row of change.rows) rows.set(row.id, row);
      if (change.kind === 'remove') for (const id of change.ids) rows.delete(id);
    },
  );

  const evaluation = ({ timeZone }: CallOptions): EvaluationContext => ({
    types,
    timeZone,
    ...(options.user && { user: options.user }),
    team: options.team ?? 'unknown',
    parentOf: directory.parentOf,
  });
  const writing = (): WriteContext => ({
    types,
    user: options.user,
    now: now(),
    version: `${versions}-${String((writes += 1))}`,
  });

  function existing(id: string): Activity {
    return known(rows.get(id));
  }

  /** Does a write once: a repeat with the same key answers what the first did. */
  function once<
    Answer extends {
      readonly row?: Activity;
      readonly attachment?: Attachment;
    },
  >({ idempotencyKey, signal }: WriteOptions, make: () => Answer): Answer {
    if (signal?.aborted) throw failure('aborted');
    const before = written.get(idempotencyKey);
    if (before) return before as Answer;
    const answer = make();
    const { row } = answer;
    written.set(idempotencyKey, answer);
    if (written.size > 1000) written.delete(written.keys().next().value ?? '');
    if (row) {
      rows.set(row.id, row);
      answers.forget();
      channel.emit({ kind: 'upsert', rows: [row], idempotencyKey });
    }
    return answer;
  }

  function known(row: Activity | undefined): Activity {
    if (!row) throw failure('not-found');
    return row;
  }

  function seriesOf(row: { readonly series?: Series | null }): StoredSeries | undefined {
    const id = row.series?.id;
    const master = id === undefined ? undefined : rows.get(id);
    if (!master) return undefined;
    const members = [...rows.values()].filter(
      ({ series }) => series?.id === id && series?.role !== 'master',
    );
    return { master, members };
  }

  /** Stores and tells what a write does besides the row it answers. */
  function settle({ put, remove }: Omit<SeriesWrite, 'row'>): void {
    for (const one of put) rows.set(one.id, one);
    for (const one of remove) {
      rows.delete(one);
      files.delete(one);
    }
    answers.forget();
    if (put.length > 0) channel.emit({ kind: 'upsert', rows: put });
    if (remove.length > 0) channel.emit({ kind: 'remove', ids: remove });
  }

  /** A series without an end goes on being one, as long as somebody works with it. */
  async function extend(row: Activity): Promise<void> {
    if (!row.series) return;
    const before = seriesOf(row);
    if (!before || !runsOut(before, now())) return;
    const dates = await loadDates();
    const series = seriesOf(row);
    const fresh = series ? comingDates(series, writing(), dates) : [];
    if (fresh.length > 0) settle({ put: fresh, remove: [] });
  }

  function merge(added: readonly unknown[]): readonly RowProblem[] {
    const problems: RowProblem[] = [];
    const good: Activity[] = [];
    const records = new Map<string, RecordRef>();
    let seen: Set<string> | undefined;
    for (const value of added) {
      const { row, problems: texts } = checkActivity(value, records);
      for (const text of texts) problems.push({ ...(row && { id: row.id }), text });
      if (!row) continue;
      const { size } = rows;
      rows.set(row.id, row);
      if (rows.size === size) {
        seen ??= new Set(good.map(({ id }) => id));
        if (seen.has(row.id)) {
          const text = `activity ${row.id}: two rows have this id; the last stands`;
          problems.push({ id: row.id, text });
        }
      }
      seen?.add(row.id);
      good.push(row);
    }
    answers.forget();
    if (good.length > 0) channel.emit({ kind: 'upsert', rows: good });
    return problems;
  }

  // Asked for here alone, so that what was copied is not kept as long as the copies.
  merge(activities);

  return {
    ...(options.name !== undefined && { name: options.name }),
    merge,

    async query(question, call) {
      call.signal?.throwIfAborted();
      const context = evaluation(call);
      const { sort = [] } = question;
      const found = answers.find(question, call.timeZone, (source) => {
        if (!source) return answerTo(rows.values(), question, context);
        // All else that is asked is true of them, masters included where they are wanted.
        const more = { filter: source.filter, sort, masters: true };
        return answerTo(source.rows, more, context, source.isInOrder);
      });
      return pageOf(found, question, context);
    },

    async capabilities() {
      const { createRecords } = options;
      return {
        ...EMBEDDED_CAPABILITIES,
        ...(createRecords && { createRecords }),
      };
    },

    async session() {
      return {
        ...(options.user && { user: options.user }),
        ...(options.teams && { teams: options.teams }),
        team: options.team ?? 'unknown',
        ...(options.types && { types: options.types }),
      };
    },

    async get(id) {
      return existing(id);
    },

    async count(question, groups, call) {
      return countGroups(rows.values(), question, groups, evaluation(call));
    },

    async create(id, draft, write) {
      const dates = await datesFor({ draft });
      return once(write, () => {
        if (rows.has(id)) throw failure('duplicate');
        const { row, ...others } = createInSeries(
          id,
          draft,
          write,
          writing(),
          seriesOf(draft),
          dates,
        );
        settle(others);
        return { row: known(row) };
      }).row;
    },

    async update(id, patch, write) {
      const dates = await datesFor({ patch }, write);
      const { row } = once(write, () => {
        const before = existing(id);
        const done = updateInSeries(before, patch, write, writing(), seriesOf(before), dates);
        settle({ put: done.put, remove: done.remove });
        return { row: known(done.row) };
      });
      void extend(row);
      return row;
    },

    async transition(id, to, write) {
      const { row } = once(write, () => ({
        row: transitionedRow(existing(id), to, write, writing()),
      }));
      void extend(row);
      return row;
    },

    async remove(id, write) {
      once(write, () => {
        const row = existing(id);
        settle(removeInSeries(row, write, writing(), seriesOf(row)));
        return {};
      });
    },

    attachments: {
      async list(id) {
        return existing(id).attachments ?? [];
      },

      async upload(id, file, write) {
        const { attachment } = once(write, () => {
          const made = attachmentOf(file);
          const row = withAttachment(existing(id), made);
          const own = files.get(id) ?? new Map<string, Blob>();
          files.set(id, own.set(made.id, file));
          return { row, attachment: made };
        });
        write.onProgress?.(file.size, file.size);
        return attachment;
      },

      async download(id, attachmentId) {
        const file = files.get(id)?.get(attachmentId);
        if (!file) throw failure('not-found');
        return file;
      },

      async remove(id, attachmentId, write) {
        once(write, () => {
          const row = withoutAttachment(existing(id), attachmentId);
          files.get(id)?.delete(attachmentId);
          return { row };
        });
      },
    },

    async lookup(text, kinds) {
      return directory.lookup(text, kinds);
    },

    async createRecord(id, draft, { signal }) {
      if (signal?.aborted) throw failure('aborted');
      const record = recordOf(id, draft, options.createRecords);
      const [known] = directory.ofRefs([record.ref]);
      if (!known) directory.add(record);
      return known ?? record;
    },

    async records(ask) {
      return 'refs' in ask ? directory.ofRefs(ask.refs) : directory.dealsOf(ask.dealsOf);
    },

    subscribe(listener) {
      return channel.subscribe(listener);
    },
  };
}
