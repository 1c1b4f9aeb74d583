import type { Activity, Attachment, RecordRef } from '../../model/activity.js';
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
import { ChangeChannel } from '../change-channel.js';
import {
  EMBEDDED_CAPABILITIES,
  RecordDirectory,
  attachmentOf,
  checkVersion,
  createdRow,
  systemNow,
  transitionedRow,
  updatedRow,
  withAttachment,
  withoutAttachment,
  type WriteContext,
} from '../embedded.js';
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

export function createMemoryProvider(options: MemoryProviderOptions = {}): MemoryProvider {
  const rows = new Map<string, Activity>();
  const answers = new Answers();
  const written = new Map<string, { readonly row?: Activity; readonly attachment?: Attachment }>();
  const files = new Map<string, Map<string, Blob>>();
  const directory = new RecordDirectory(options.records);
  const types = new ActivityTypes(options.types);
  const now = options.now ?? systemNow;
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
    version: crypto.randomUUID(),
  });

  function existing(id: string): Activity {
    const row = rows.get(id);
    if (!row) throw failure('not-found');
    return row;
  }

  /** Does a write once: a repeat with the same key answers what the first did. */
  function once<Answer extends { readonly row?: Activity; readonly attachment?: Attachment }>(
    { idempotencyKey, signal }: WriteOptions,
    make: () => Answer,
  ): Answer {
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

  function merge(added: readonly unknown[]): readonly RowProblem[] {
    const problems: RowProblem[] = [];
    const good: Activity[] = [];
    let seen: Set<string> | undefined;
    for (const value of added) {
      const { row, problems: texts } = checkActivity(value);
      for (const text of texts) problems.push({ ...(row && { id: row.id }), text });
      if (!row) continue;
      if (rows.has(row.id)) {
        seen ??= new Set(good.map(({ id }) => id));
        if (seen.has(row.id)) {
          const text = `activity ${row.id}: two rows have this id; the last stands`;
          problems.push({ id: row.id, text });
        }
      }
      seen?.add(row.id);
      rows.set(row.id, row);
      good.push(row);
    }
    answers.forget();
    if (good.length > 0) channel.emit({ kind: 'upsert', rows: good });
    return problems;
  }

  merge(options.activities ?? []);

  return {
    ...(options.name !== undefined && { name: options.name }),
    merge,

    async query(question, call) {
      call.signal?.throwIfAborted();
      const context = evaluation(call);
      const found = answers.find(question, call.timeZone, (source) =>
        answerTo(source?.rows ?? rows.values(), question, context, source?.isInOrder),
      );
      return pageOf(found, question, context);
    },

    async capabilities() {
      return EMBEDDED_CAPABILITIES;
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
      return once(write, () => {
        if (rows.has(id)) throw failure('duplicate');
        return { row: createdRow(id, draft, write, writing()) };
      }).row;
    },

    async update(id, patch, write) {
      return once(write, () => ({ row: updatedRow(existing(id), patch, write, writing()) })).row;
    },

    async transition(id, to, write) {
      return once(write, () => ({ row: transitionedRow(existing(id), to, write, writing()) })).row;
    },

    async remove(id, write) {
      once(write, () => {
        checkVersion(existing(id), write);
        rows.delete(id);
        files.delete(id);
        answers.forget();
        channel.emit({ kind: 'remove', ids: [id] });
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

    async records(ask) {
      return 'refs' in ask ? directory.ofRefs(ask.refs) : directory.dealsOf(ask.dealsOf);
    },

    subscribe(listener) {
      return channel.subscribe(listener);
    },
  };
}
