import type { Activity, ActivityDraft, RecordRef } from '../model/activity.js';
import { ActivityTypes } from '../model/activity-types.js';
import { evaluate, type EvaluationContext } from '../model/evaluate.js';
import { isObject } from '../model/json.js';
import type { ActivityQuery } from '../model/query.js';
import type { Capabilities } from '../provider/capabilities.js';
import type {
  ActivityDataProvider,
  ActivityPage,
  CallOptions,
  WriteOptions,
} from '../provider/provider.js';

/** What the contract is tried on. */
export interface ContractSetup {
  /**
   * Asked once, by the first check that runs. It should hold some rows of several types, with owners, deadlines and
   * regarding; the checks add rows of their own and, where they may, remove them again.
   */
  readonly provider: () => ActivityDataProvider | Promise<ActivityDataProvider>;
  /** What the checks create. Default: a task with a subject. Its subject is made unique. */
  readonly draft?: ActivityDraft;
  /** Whose history is asked for. Default: what most rows are regarding. */
  readonly record?: RecordRef;
  /** Default: English, in UTC. */
  readonly call?: Partial<CallOptions>;
  /** Milliseconds in which who subscribed must have heard of a change. Default: 5,000. */
  readonly patience?: number;
}

/** What all checks of one run share. */
export interface Subject {
  readonly provider: ActivityDataProvider;
  readonly capabilities: Capabilities | undefined;
  readonly call: CallOptions;
  readonly context: EvaluationContext;
  readonly setup: ContractSetup;
  write(version?: string): WriteOptions;
  draft(more?: Partial<ActivityDraft>): ActivityDraft;
}

/** Rejects where the provider breaks what it is about; answers why where there is nothing to try. */
export type Check = (subject: Subject) => Promise<{ readonly skipped: string } | undefined>;

export async function startSubject(setup: ContractSetup): Promise<Subject> {
  const provider = await setup.provider();
  const call: CallOptions = { locale: 'en', timeZone: 'UTC', ...setup.call };
  const capabilities = await provider.capabilities?.(call);
  const session = await provider.session?.(call);
  return {
    provider,
    capabilities,
    call,
    setup,
    context: {
      types: new ActivityTypes(session?.types),
      timeZone: call.timeZone,
      ...(session?.user && { user: session.user }),
      team: session?.team ?? 'unknown',
    },
    write: (version) => ({
      ...call,
      idempotencyKey: crypto.randomUUID(),
      ...(version !== undefined && { version }),
    }),
    draft: (more) => ({
      type: 'task',
      ...setup.draft,
      subject: `Contract check ${crypto.randomUUID()}`,
      ...more,
    }),
  };
}

export function toPage(answer: ActivityPage | readonly Activity[]): ActivityPage {
  if (Array.isArray(answer)) return { rows: answer as readonly Activity[] };
  const page = answer as ActivityPage;
  ok(
    isObject(page) && Array.isArray(page.rows),
    'query must answer a list of rows, or a page of them',
  );
  return page;
}

/** All rows that answer a question, page by page. */
export async function rowsOf(
  subject: Subject,
  question: ActivityQuery,
  atOnce = 5000,
): Promise<readonly Activity[]> {
  const size = Math.min(subject.capabilities?.query?.maxPage ?? atOnce, atOnce);
  const rows: Activity[] = [];
  let next: string | undefined;
  do {
    const page = { size, ...(next !== undefined && { at: { next } }) };
    const answer = toPage(await subject.provider.query({ ...question, page }, subject.call));
    rows.push(...answer.rows);
    next = answer.next;
  } while (next !== undefined && rows.length < 20_000);
  if (subject.capabilities?.query) return rows;
  // As the kit does for a provider that filters nothing.
  return evaluate(rows, question, subject.context).rows;
}

/** Throws in words where something is not so. */
export function ok(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(message);
}
