import { expect } from '@open-wc/testing';
import { failure } from '../../src/provider/failure.js';
import { createMemoryProvider } from '../../src/provider/memory/memory-provider.js';
import type { ActivityDataProvider, ActivityPage } from '../../src/provider/provider.js';
import { providerContract } from '../../src/testing/provider-contract.js';
import { activities, ana, ben, now, records } from '../provider/sample.js';

type Good = ReturnType<typeof withBulk>;
type Break = (good: Good) => ActivityDataProvider;

function withBulk() {
  const team = [ana, ben];
  const createRecords = ['contact'];
  const good = createMemoryProvider({ activities, records, user: ana, team, now, createRecords });
  const bulk: Required<ActivityDataProvider>['bulk'] = (changes, call) =>
    Promise.all(
      changes.map(async (change) => {
        const { id, idempotencyKey, version } = change;
        const write = { ...call, idempotencyKey, ...(version !== undefined && { version }) };
        try {
          if (!('patch' in change) || !change.patch) throw failure('unsupported');
          return { id, row: await good.update(id, change.patch, write) };
        } catch (thrown) {
          return { id, error: thrown as ReturnType<typeof failure> };
        }
      }),
    );
  return { ...good, bulk };
}

/** The same provider with other answers to the questions that `when` picks. */
const answering =
  (
    change: (page: ActivityPage) => ActivityPage,
    when: (question: Parameters<Good['query']>[0]) => boolean = () => true,
  ): Break =>
  (good) => ({
    ...good,
    query: async (question, call) => {
      const page = await good.query(question, call);
      return when(question) ? change(page) : page;
    },
  });

const without = (page: ActivityPage): ActivityPage => ({ ...page, rows: page.rows.slice(1) });

/** For each check, providers that break what it is about, and what it must say of them. */
const broken: { readonly [check: string]: readonly (readonly [how: string, Break, RegExp])[] } = {
  'answers a question with rows that stand': [
    ['answers nothing', answering(() => ({ rows: [] })), /answered no rows/],
    [
      'has a state of its own',
      answering(({ rows }) => ({
        rows: rows.map((row) => ({ ...row, state: 'pending' as 'open' })),
      })),
      /rows are broken: .*state "pending" is not one of open/,
    ],
    [
      'answers a row twice',
      answering(({ rows }) => ({ rows: [...rows, ...rows.slice(0, 1)] })),
      /two rows of one answer have the same id/,
    ],
    [
      'answers something else than rows',
      (good) => ({
        ...good,
        query: () => Promise.resolve({ value: [] } as unknown as ActivityPage),
      }),
      /must answer a list of rows, or a page of them/,
    ],
  ],
  'fails with aborted where a question was, if it fails': [
    [
      'fails otherwise',
      (good) => ({
        ...good,
        query: (question, call) =>
          call.signal?.aborted ? Promise.reject(failure('server')) : good.query(question, call),
      }),
      /signal is aborted must fail with aborted, not server/,
    ],
  ],
  'filters by what it declares, as the kit would': [
    [
      'loses a row',
      answering(without, ({ filter }) => filter !== undefined),
      /with state open .* rows instead of .*missing: /,
    ],
  ],
  'sorts by what it declares, in both directions': [
    [
      'does not sort',
      (good) => ({
        ...good,
        query: (question, call) => good.query({ ...question, sort: [] }, call),
      }),
      /sorted by deadline asc, .* stands before/,
    ],
  ],
  'pages without losing or repeating a row': [
    [
      'begins the next page too late',
      answering(without, ({ page }) => page?.at !== undefined && 'next' in page.at),
      /page by page, .* rows instead of .*missing: /,
    ],
    [
      'answers more than was asked for',
      (good) => ({
        ...good,
        query: (question, call) =>
          good.query(
            { ...question, ...(question.page && { page: { ...question.page, size: 999 } }) },
            call,
          ),
      }),
      /a page of \d+ has 40 rows/,
    ],
  ],
  'pages by offset, where it declares that': [
    [
      'counts from one',
      (good) => ({
        ...good,
        query: (question, call) => {
          const { page } = question;
          const at = page?.at && 'offset' in page.at ? { offset: page.at.offset + 1 } : page?.at;
          return good.query(
            { ...question, ...(page && { page: { ...page, ...(at && { at }) } }) },
            call,
          );
        },
      }),
      /from offset \d+ on, .* rows instead of|from offset \d+ on, at 0 stands/,
    ],
  ],
  'says how many rows there are': [
    ['has no total', answering(({ rows }) => ({ rows })), /a page has no total/],
    [
      'counts the page only',
      answering(({ rows }) => ({ rows, total: { value: rows.length, relation: 'exact' } })),
      /the total is exact 1, but there are 40 rows/,
    ],
  ],
  'enters a list after, before and around a place': [
    [
      'takes the place itself along',
      answering(without, ({ page }) => page?.at !== undefined && 'after' in page.at),
      /after a place, /,
    ],
  ],
  'searches without regard to case': [
    [
      'minds case',
      (good) => ({
        ...good,
        query: async (question, call) => {
          const { search, ...rest } = question;
          const page = await good.query(rest, call);
          const rows = page.rows.filter((row) => !search || row.subject.includes(search));
          return { ...page, rows };
        },
      }),
      /searching for [A-Z]+, it answers 0 rows/,
    ],
  ],
  'answers what overlaps a range of time': [
    [
      'loses a row',
      answering(without, ({ range }) => range !== undefined),
      /from .* to .*missing: /,
    ],
  ],
  'answers the history of a record, saying through whom': [
    [
      'does not say through whom',
      answering(({ rows }) => ({ rows: rows.map(({ via: _via, ...row }) => row) })),
      /the history of .* has row .* without via/,
    ],
  ],
  'counts groups as it would list them': [
    [
      'counts one too many',
      (good) => ({
        ...good,
        count: async (...asked) =>
          (await good.count(...asked)).map((total) => ({ ...total, value: total.value + 1 })),
      }),
      /it counts exact \d+ open, and lists \d+/,
    ],
    [
      'leaves out empty groups',
      (good) => ({ ...good, count: async (...asked) => (await good.count(...asked)).slice(1) }),
      /one total per group, in order/,
    ],
  ],
  'gets one whole row, and says when there is none': [
    [
      'answers an error of its own',
      (good) => ({
        ...good,
        get: (id, call) =>
          good.get(id, call).catch(() => {
            throw new Error('ORA-01403');
          }),
      }),
      /unknown id fails with Error: ORA-01403, which is no ProviderFailure/,
    ],
    [
      'answers nothing for what is not there',
      (good) => ({ ...good, get: (id, call) => good.get(id, call).catch(() => null as never) }),
      /unknown id must fail with not-found, but answered null/,
    ],
    [
      'answers a part of the row',
      (good) => ({
        ...good,
        get: async (id, call) => ({ ...(await good.get(id, call)), loaded: [] }),
      }),
      /what get answers is whole/,
    ],
  ],
  'creates a row with the defaults of its type': [
    [
      'begins in another state',
      (good) => ({
        ...good,
        create: (id, draft, write) => good.create(id, { ...draft, state: 'completed' }, write),
      }),
      /a new task must be open, not completed/,
    ],
    [
      'has no times',
      (good) => ({
        ...good,
        create: async (...asked) => {
          const { createdAt: _at, ...row } = await good.create(...asked);
          return row;
        },
      }),
      /createdAt or modifiedAt is missing/,
    ],
    [
      'stores nothing',
      (good) => ({
        ...good,
        create: async (id, draft, write) => {
          const row = await good.create(id, draft, write);
          await good.remove(id, { ...write, idempotencyKey: 'other' });
          return row;
        },
        get: undefined as never,
      }),
      /what was created is in no answer to a question/,
    ],
  ],
  'creates what is done already in one go': [
    [
      'opens it',
      (good) => ({
        ...good,
        create: (id, { state: _state, ...draft }, write) => good.create(id, draft, write),
      }),
      /logged as completed, the new row is open/,
    ],
  ],
  'keeps every field that it takes': [
    [
      'loses the fields of the type',
      (good) => ({
        ...good,
        create: (id, { fields: _fields, ...draft }, write) => good.create(id, draft, write),
      }),
      /fields was .*percentComplete.*, and is .*undefined; what can’t be kept must be refused/,
    ],
    [
      'loses when it is due, in an answer to a question only',
      answering(({ rows, ...page }) => ({
        ...page,
        rows: rows.map(({ due: _due, ...row }) => row),
      })),
      /due is in what create answers, and not in what query does/,
    ],
  ],
  'does not write twice what is sent twice': [
    [
      'ignores the key',
      (good) => ({
        ...good,
        create: (_id, draft, write) =>
          good.create(crypto.randomUUID(), draft, {
            ...write,
            idempotencyKey: crypto.randomUUID(),
          }),
      }),
      /the same create with the same key made another row/,
    ],
  ],
  'changes what a patch names, and nothing else': [
    [
      'clears the rest',
      (good) => ({
        ...good,
        update: (id, patch, write) => good.update(id, { priority: 'low', ...patch }, write),
      }),
      /a field nobody named is changed/,
    ],
    [
      'does not clear',
      (good) => ({
        ...good,
        update: (id, patch, write) =>
          good.update(id, patch.description === null ? { subject: 'Kept' } : patch, write),
      }),
      /null in a patch must clear the field/,
    ],
    [
      'keeps the version',
      (good) => ({
        ...good,
        create: async (...asked) => ({ ...(await good.create(...asked)), version: '1' }),
        update: async (id, patch, { version: _version, ...write }) => ({
          ...(await good.update(id, patch, write)),
          version: '1',
        }),
      }),
      /the version is the same after a write/,
    ],
  ],
  'refuses to overwrite what somebody else changed': [
    [
      'overwrites it',
      (good) => ({
        ...good,
        update: (id, patch, { version: _version, ...write }) => good.update(id, patch, write),
      }),
      /an update against an old version must fail with conflict, but answered/,
    ],
    [
      'moves it all the same',
      (good) => ({
        ...good,
        transition: (id, to, { version: _version, ...write }) => good.transition(id, to, write),
      }),
      /a transition against an old version must fail with conflict, but answered/,
    ],
    [
      'removes it all the same',
      (good) => ({
        ...good,
        remove: (id, { version: _version, ...write }) => good.remove(id, write),
      }),
      /a removal against an old version must fail with conflict, but answered/,
    ],
    [
      'does not say what it is now',
      (good) => ({
        ...good,
        update: (...asked) =>
          good.update(...asked).catch(({ code }: { code: 'conflict' }) => {
            throw failure(code);
          }),
      }),
      /a conflict must carry the row as it is now/,
    ],
  ],
  'moves an activity to another state with its reason': [
    [
      'loses what goes along',
      (good) => ({
        ...good,
        transition: (id, { patch: _patch, ...to }, write) => good.transition(id, to, write),
      }),
      /the patch that goes with the state is lost/,
    ],
    [
      'does not move it',
      (good) => ({
        ...good,
        transition: (id, { patch = {} }, write) => good.update(id, patch, write),
      }),
      /moved to completed, the row is open/,
    ],
  ],
  'removes an activity for good': [
    [
      'only says so',
      (good) => ({ ...good, remove: () => Promise.resolve() }),
      /the removed row is still listed/,
    ],
  ],
  'does many at once, each with an outcome of its own': [
    [
      'fails as a whole',
      (good) => ({
        ...good,
        bulk: async (...asked) => {
          const outcomes = await good.bulk(...asked);
          if (outcomes.some((one) => 'error' in one)) throw failure('conflict');
          return outcomes;
        },
      }),
      /one change that fails must not fail the others/,
    ],
    [
      'forgets one',
      (good) => ({ ...good, bulk: async (...asked) => (await good.bulk(...asked)).slice(0, 1) }),
      /one outcome per change, in order/,
    ],
  ],
  'tells who subscribed what changed, until they leave': [
    [
      'tells nothing',
      (good) => ({ ...good, subscribe: () => () => undefined }),
      /who subscribed heard nothing of a row that was created/,
    ],
    [
      'goes on telling',
      (good) => ({
        ...good,
        subscribe: (listener) => {
          good.subscribe(listener);
          return () => undefined;
        },
      }),
      /it goes on telling who has left/,
    ],
    [
      'does not say whose write it was',
      (good) => ({
        ...good,
        subscribe: (listener) =>
          good.subscribe((change) =>
            listener(change.kind === 'upsert' ? { kind: 'upsert', rows: change.rows } : change),
          ),
      }),
      /the echo of a write must carry its idempotency key/,
    ],
  ],
  'keeps files, and gives them back as they were': [
    [
      'garbles them',
      (good) => ({
        ...good,
        attachments: { ...good.attachments, download: () => Promise.resolve(new Blob(['x'])) },
      }),
      /what is downloaded is not what was uploaded/,
    ],
    [
      'renames them',
      (good) => ({
        ...good,
        attachments: {
          ...good.attachments,
          upload: async (...asked) => ({ ...(await good.attachments.upload(...asked)), name: '_' }),
        },
      }),
      /the file is called _, not /,
    ],
  ],
  'finds records by a part of their name': [
    [
      'wants the whole name',
      (good) => ({
        ...good,
        lookup: async (text, kinds, call) =>
          (await good.lookup(text, kinds, call)).filter(({ ref }) => !text || ref.name === text),
      }),
      /is not found by /,
    ],
    [
      'does not mind the kind',
      (good) => ({ ...good, lookup: async (_text, _kinds, call) => good.lookup('', [], call) }),
      /asked for \w+, it answered \w+/,
    ],
  ],
  'makes a record that is found from then on, once': [
    [
      'forgets it',
      (good) => ({
        ...good,
        createRecord: (id, { kind, name }) => Promise.resolve({ ref: { kind, id, name } }),
      }),
      /found 0 times/,
    ],
    [
      'makes another with each repeat',
      (good) => ({
        ...good,
        createRecord: (_id, draft, write) => good.createRecord(crypto.randomUUID(), draft, write),
      }),
      /found 2 times/,
    ],
    [
      'makes something else',
      (good) => ({
        ...good,
        createRecord: (id, { kind, name }, write) =>
          good.createRecord(id, { kind, name: name.slice(0, 8) }, write),
      }),
      /made contact Contract, not contact Contract \S+/,
    ],
  ],
  'makes a row for each date of what repeats': [
    [
      'makes one row of it',
      (good) => ({
        ...good,
        create: (id, { series: _series, ...draft }, write) => good.create(id, draft, write),
      }),
      /a rule of 4 dates made 1 rows/,
    ],
    [
      'takes a rule without dates',
      (good) => ({
        ...good,
        create: (id, draft, write) => {
          const { series, ...single } = draft;
          const isNever = series?.rule?.includes('BYMONTHDAY=30');
          return good.create(id, isNever ? single : draft, write);
        },
      }),
      /a rule without any date must fail with validation or unsupported, not no failure/,
    ],
  ],
  'changes one date of a series, it and all later ones, or all': [
    [
      'changes all whatever is meant',
      (good) => ({
        ...good,
        update: (id, patch, write) => good.update(id, patch, { ...write, scope: 'all' }),
      }),
      /one was renamed, and there are: one, one, one, one/,
    ],
    [
      'changes one whatever is meant',
      (good) => ({
        ...good,
        update: (id, patch, write) => good.update(id, patch, { ...write, scope: 'this' }),
      }),
      /the third and all later were renamed, and there are: -, one, later, -/,
    ],
    [
      'overwrites what somebody else changed of a series',
      (good) => ({
        ...good,
        update: (id, patch, { version, ...write }) =>
          good.update(id, patch, { ...write, ...(!write.scope && version && { version }) }),
      }),
      /a change of all against an old version ends with no failure, not conflict/,
    ],
  ],
  'removes one date of a series, it and all later ones, or all': [
    [
      'removes all whatever is meant',
      (good) => ({ ...good, remove: (id, write) => good.remove(id, { ...write, scope: 'all' }) }),
      /the second removed, 0 dates are left instead of 3/,
    ],
    [
      'knows no later ones',
      (good) => ({
        ...good,
        remove: (id, write) =>
          good.remove(id, { ...write, ...(write.scope === 'following' && { scope: 'this' }) }),
      }),
      /the third and all later removed, 2 dates are left instead of 1/,
    ],
  ],
};

describe('A broken provider', () => {
  const checks = providerContract({ provider: withBulk, patience: 30 });

  it('is thought of for each check', () => {
    expect(Object.keys(broken).sort()).to.deep.equal(checks.map(({ name }) => name).sort());
  });

  for (const [check, providers] of Object.entries(broken)) {
    for (const [how, breaking, words] of providers) {
      it(`that ${how} is told: it ${check}`, async () => {
        const provider = (): ActivityDataProvider => breaking(withBulk());
        const own = providerContract({ provider, patience: 30 }).find(({ name }) => name === check);
        const said = await own?.run().then(
          (outcome) => `passed ${outcome?.skipped ?? ''}`,
          (thrown: unknown) => String(thrown),
        );
        expect(said).to.match(words);
      });
    }
  }

  it('is the only thing that is complained of', async () => {
    for (const { name, run } of checks) {
      const said = await run().then(() => '', String);
      expect(said, name).to.equal('');
    }
  });
});
