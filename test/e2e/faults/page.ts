import { createJournal } from 'activity-kit/journal.js';
import {
  ActivityStore,
  failure,
  type Activity,
  type ActivityDataProvider,
  type RecordRef,
} from 'activity-kit';

/* A page that does what a user would do through the store, over a backend that counts what arrives. */

const asker = { locale: 'en', timeZone: 'UTC' };
const tab = crypto.randomUUID();

async function ask<T>(path: string, body?: object): Promise<T> {
  const answer = await fetch(`/api/${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Tab': tab },
    body: JSON.stringify(body ?? {}),
  });
  if (!answer.ok) throw failure('server');
  return (await answer.json()) as T;
}

const provider: ActivityDataProvider = {
  name: 'faults',
  query: () => ask<readonly Activity[]>('query'),
  session: async () => ({ user: await ask<RecordRef>('session') }),
  capabilities: () => Promise.resolve({ idempotent: true }),
  create: (id, draft, { idempotencyKey }) => ask('write', { id, draft, idempotencyKey }),
  update: (id, patch, { idempotencyKey }) => ask('write', { id, patch, idempotencyKey }),
};

const store = new ActivityStore(provider, { journal: createJournal() });
const view = store.view({ sort: [{ field: 'subject', direction: 'asc' }] }, asker);
view.subscribe(() => undefined);

/** When each trouble was first told, after the last act. */
let told: { [problem: string]: number } = {};
let acted = 0;
const refused: string[] = [];
store.subscribe(() => {
  for (const problem of store.writer.problems.keys()) told[problem] ??= performance.now() - acted;
});

const kit = {
  create(count: number, subject: string): void {
    told = {};
    acted = performance.now();
    for (let index = 0; index < count; index++) {
      const draft = { type: 'task', subject: `${subject} ${String(index)}` };
      void store.create(draft, asker).then((result) => {
        if ('error' in result) refused.push(result.error.code);
      });
    }
  },
  edit(patch: { readonly subject: string; readonly description: string }): void {
    const ids = view.rows.map(({ id }) => id);
    void store.act({ kind: 'update', ids, patch }, { asker });
  },
  refresh: () => store.refresh(),
  state: () => ({
    tab,
    status: view.status,
    rows: view.rows.length,
    waiting: store.writer.waiting.length,
    saved: store.writer.waiting.filter((change) => change.isSaved).length,
    problems: [...store.writer.problems.keys()],
    told,
    refused,
    journalError: store.writer.journalError?.code,
  }),
};

export type Kit = typeof kit;
Object.assign(globalThis, { kit });
