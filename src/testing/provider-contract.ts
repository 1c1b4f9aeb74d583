import type { Activity, ActivityDraft, RecordRef } from '../model/activity.js';
import { initialState } from '../model/activity-types.js';
import { checkActivity } from '../model/check.js';
import { compareBy, comparePlaces, evaluate, matches, placeOf } from '../model/evaluate.js';
import { isObject, type Json } from '../model/json.js';
import { isRecord } from '../model/query-fields.js';
import { fieldsOf, type ActivityQuery, type Filter, type Sort } from '../model/query.js';
import { seriesChecks } from './series-contract.js';
import {
  ok,
  rowsOf,
  startSubject,
  toPage,
  type Check,
  type ContractSetup,
  type Subject,
} from './subject.js';
import { reachableStates } from '../model/transitions.js';
import {
  FAILURE_CODES,
  toFailure,
  type FailureCode,
  type ProviderFailure,
} from '../provider/failure.js';
import type { BulkChange, ProviderChange } from '../provider/provider.js';

export interface ContractCheck {
  /** What the provider owes, as the end of "A provider …". */
  readonly name: string;
  /**
   * Rejects with an error whose message says in words what is wrong. Where the provider has not what this is about, answers
   * why it was skipped.
   */
  run(): Promise<{ readonly skipped: string } | undefined>;
}

/**
 * What every provider owes its users, as checks to run one by one, in any test framework:
 * `for (const { name, run } of providerContract({ provider })) it(name, run)`.
 */
export function providerContract(setup: ContractSetup): readonly ContractCheck[] {
  let started: Promise<Subject> | undefined;
  const subject = (): Promise<Subject> => (started ??= startSubject(setup));
  return Object.entries(checks).map(([name, check]) => ({
    name,
    run: async () => check(await subject()),
  }));
}

const checks: { readonly [name: string]: Check } = {
  'answers a question with rows that stand': async (subject) => {
    const { rows } = toPage(await subject.provider.query({}, subject.call));
    ok(rows.length > 0, 'it answered no rows; the contract needs some to look at');
    const problems = rows.flatMap((row) => checkActivity(row).problems);
    ok(problems.length === 0, `rows are broken: ${problems.slice(0, 5).join('; ')}`);
    const ids = rows.map((row) => row.id);
    ok(new Set(ids).size === ids.length, 'two rows of one answer have the same id');
    ok(
      JSON.stringify(rows) === JSON.stringify(JSON.parse(JSON.stringify(rows))),
      'rows are not plain JSON',
    );
    return undefined;
  },

  'fails with aborted where a question was, if it fails': async ({ provider, call }) => {
    const signal = AbortSignal.abort();
    // Who can't end what is under way may answer: nobody waits for it.
    const answered = provider.query({}, { ...call, signal }).then(toPage);
    await answered.catch(() => fails(answered, ['aborted'], 'a question whose signal is aborted'));
    return undefined;
  },

  'filters by what it declares, as the kit would': async (subject) => {
    if (!subject.capabilities?.query?.filter) return { skipped: 'it declares no filters' };
    const all = await rowsOf(subject, { need: ['body', 'parties', 'fields'] });
    let asked = 0;
    for (const [words, filter] of filtersFor(all, subject)) {
      if (!fieldsOf(filter).every(({ field }) => canFilter(subject, field))) continue;
      const verdicts = all.map((row) => matches(row, { filter }, subject.context));
      if (verdicts.includes(undefined)) continue;
      const expected = all.filter((_, index) => verdicts[index] === true);
      sameRows(await rowsOf(subject, { filter }), expected, `with ${words}`);
      asked++;
    }
    return asked > 0 ? undefined : { skipped: 'its rows give nothing to filter by' };
  },

  'sorts by what it declares, in both directions': async (subject) => {
    const declared = subject.capabilities?.query;
    if (!declared?.sort) return { skipped: 'it declares no sorting' };
    const exact = (field: string): boolean => includes(declared.exactSort ?? declared.exact, field);
    for (const field of SORTABLE.filter((name) => includes(declared.sort, name) && exact(name))) {
      for (const direction of ['asc', 'desc'] as const) {
        const sort: Sort[] = [{ field, direction }];
        const rows = await rowsOf(subject, { sort });
        const words = `sorted by ${field} ${direction}`;
        inOrder(rows, sort, subject, words);
      }
    }
    return undefined;
  },

  'pages without losing or repeating a row': async (subject) => {
    if (!subject.capabilities?.query) return { skipped: 'it answers all rows at once' };
    const sort: Sort[] = [{ field: 'modifiedAt', direction: 'desc' }];
    const all = await rowsOf(subject, { sort });
    const size = Math.max(1, Math.ceil(all.length / 5));
    const seen: Activity[] = [];
    let next: string | undefined;
    do {
      const page = toPage(
        await subject.provider.query(
          { sort, page: { size, ...(next !== undefined && { at: { next } }) } },
          subject.call,
        ),
      );
      ok(
        page.rows.length <= size,
        `a page of ${String(size)} has ${String(page.rows.length)} rows`,
      );
      ok(page.rows.length > 0 || page.next === undefined, 'an empty page says that more follows');
      seen.push(...page.rows);
      next = page.next;
    } while (next !== undefined && seen.length <= all.length);
    sameRows(seen, all, `page by page, ${String(size)} each`);
    return undefined;
  },

  'pages by offset, where it declares that': async (subject) => {
    if (!subject.capabilities?.query?.offset) return { skipped: 'it declares no offsets' };
    const sort: Sort[] = [{ field: 'modifiedAt', direction: 'desc' }];
    const all = await rowsOf(subject, { sort });
    for (const offset of [0, Math.floor(all.length / 2), all.length]) {
      const page = { size: 3, at: { offset } };
      const { rows } = toPage(await subject.provider.query({ sort, page }, subject.call));
      const expected = all.slice(offset, offset + 3);
      const words = `from offset ${String(offset)} on`;
      sameRows(rows, expected, words);
      const at = rows.findIndex(({ id }, index) => id !== expected[index]?.id);
      ok(at < 0, `${words}, at ${String(at)} stands another row than without one`);
    }
    return undefined;
  },

  'says how many rows there are': async (subject) => {
    if (!subject.capabilities?.query?.totals) return { skipped: 'it declares no totals' };
    const all = await rowsOf(subject, {});
    const { total } = toPage(await subject.provider.query({ page: { size: 1 } }, subject.call));
    ok(total, 'a page has no total');
    const { value, relation } = total;
    ok(
      relation === 'exact' ? value === all.length : value <= all.length,
      `the total is ${relation} ${String(value)}, but there are ${String(all.length)} rows`,
    );
    return undefined;
  },

  'enters a list after, before and around a place': async (subject) => {
    if (!subject.capabilities?.query?.places) return { skipped: 'it declares no places' };
    const sort: Sort[] = [{ field: 'modifiedAt', direction: 'desc' }];
    const all = await rowsOf(subject, { sort });
    const middle = all[Math.floor(all.length / 2)];
    ok(middle, 'it has no rows');
    const place = placeOf(middle, sort, subject.context);
    for (const at of [{ after: place }, { before: place }, { around: middle.id }] as const) {
      const question: ActivityQuery = { sort, page: { size: 3, at } };
      const expected = evaluate(all, question, subject.context).rows;
      const { rows } = toPage(await subject.provider.query(question, subject.call));
      sameRows(rows, expected, `${Object.keys(at).join()} a place`);
    }
    return undefined;
  },

  'searches without regard to case': async (subject) => {
    if (!subject.capabilities?.query?.search) return { skipped: 'it declares no search' };
    const all = await rowsOf(subject, { need: ['body'] });
    const word = all
      .flatMap((row) => row.subject.split(/\s+/))
      .find((part) => /^[a-z]{4,}$/i.test(part));
    if (!word) return { skipped: 'no subject has a word to search for' };
    const question: ActivityQuery = { search: word.toUpperCase() };
    const expected = all.filter((row) => matches(row, question, subject.context) === true);
    sameRows(await rowsOf(subject, question), expected, `searching for ${word.toUpperCase()}`);
    return undefined;
  },

  'answers what overlaps a range of time': async (subject) => {
    if (!subject.capabilities?.query?.range) return { skipped: 'it declares no ranges' };
    const all = await rowsOf(subject, {});
    const sort: Sort[] = [{ field: 'place', direction: 'asc' }];
    const placed = all
      .filter((row) => placeOf(row, sort, subject.context).values[0] !== null)
      .sort(compareBy(sort, subject.context));
    const middle = placed[Math.floor(placed.length / 2)];
    const start = middle && placeOf(middle, sort, subject.context).values[0];
    if (typeof start !== 'number') return { skipped: 'no row has a place in a calendar' };
    const day = 24 * 60 * 60 * 1000;
    const range = {
      from: new Date(start - 2 * day).toISOString(),
      to: new Date(start + day).toISOString(),
    };
    const expected = all.filter((row) => matches(row, { range }, subject.context) === true);
    sameRows(await rowsOf(subject, { range }), expected, `from ${range.from} to ${range.to}`);
    return undefined;
  },

  'answers the history of a record, saying through whom': async (subject) => {
    const rollups = subject.capabilities?.query?.record;
    if (!rollups) return { skipped: 'it declares no histories' };
    const all = await rowsOf(subject, {});
    const ref = subject.setup.record ?? busiestRecord(all);
    if (!ref) return { skipped: 'no row is regarding a record' };
    let before: readonly Activity[] = [];
    for (const rollup of rollups) {
      const question: ActivityQuery = { record: { ref, rollup } };
      const rows = await rowsOf(subject, question);
      const words = `the history of ${ref.kind} ${ref.id} (rollup ${rollup})`;
      const without = rows.find((row) => !row.via?.length);
      ok(!without, `${words} has row ${without?.id ?? ''} without via`);
      if (rollup === 'none') {
        const expected = all.filter((row) => matches(row, question, subject.context) === true);
        sameRows(rows, expected, `in ${words}`);
      }
      const ids = new Set(rows.map((row) => row.id));
      const lost = before.find((row) => !ids.has(row.id));
      ok(!lost, `${words} lacks row ${lost?.id ?? ''}, which it has with less roll-up`);
      before = rows;
    }
    return undefined;
  },

  'counts groups as it would list them': async (subject) => {
    const { provider, call } = subject;
    if (!provider.count) return { skipped: 'it has no count' };
    const groups = (['open', 'scheduled', 'completed', 'canceled'] as const).map((state) => ({
      name: state,
      filter: { field: 'state', op: 'eq' as const, value: state },
    }));
    const totals = await provider.count({}, groups, call);
    ok(totals.length === groups.length, 'it must answer one total per group, in order');
    const all = await rowsOf(subject, {});
    for (const [index, { name, filter }] of groups.entries()) {
      const expected = all.filter((row) => matches(row, { filter }, subject.context) === true);
      const total = totals[index];
      ok(
        total &&
          (total.relation === 'exact'
            ? total.value === expected.length
            : total.value <= expected.length),
        `it counts ${total?.relation ?? ''} ${String(total?.value)} ${name}, and lists ${String(expected.length)}`,
      );
    }
    return undefined;
  },

  'gets one whole row, and says when there is none': async (subject) => {
    const { provider, call } = subject;
    if (!provider.get) return { skipped: 'it has no get' };
    const [first] = toPage(await provider.query({ page: { size: 1 } }, call)).rows;
    ok(first, 'it has no rows');
    const row = await provider.get(first.id, call);
    ok(row.id === first.id, 'get answered another row');
    ok(row.loaded === undefined, 'get answered a partial row: what get answers is whole');
    ok(row.subject === first.subject && row.type === first.type, 'get and query disagree');
    await fails(provider.get(crypto.randomUUID(), call), ['not-found'], 'to get an unknown id');
    return undefined;
  },

  'creates a row with the defaults of its type': async (subject) => {
    const { provider, call } = subject;
    if (!provider.create) return { skipped: 'it has no create' };
    const draft = subject.draft();
    const row = await provider.create(crypto.randomUUID(), draft, subject.write());
    try {
      const type = subject.context.types.get(draft.type);
      const state = initialState(type);
      ok(row.subject === draft.subject && row.type === draft.type, 'the answer is another row');
      ok(
        row.state === state,
        `a new ${draft.type} must be ${String(state)}, not ${String(row.state)}`,
      );
      const reason = state ? type.states[state]?.default : undefined;
      ok(
        row.statusReason === reason,
        `its reason must be ${String(reason)}, not ${String(row.statusReason)}`,
      );
      ok(
        row.createdAt !== undefined && row.modifiedAt !== undefined,
        'createdAt or modifiedAt is missing',
      );
      const problems = checkActivity(row).problems;
      ok(problems.length === 0, `the answer is broken: ${problems.join('; ')}`);
      const stored = await provider.get?.(row.id, call);
      ok(stored === undefined || stored.subject === draft.subject, 'what was created is not there');
      const found = await rowsOf(subject, {});
      ok(
        found.some(({ id }) => id === row.id),
        'what was created is in no answer to a question',
      );
    } finally {
      await cleanUp(subject, row);
    }
    return undefined;
  },

  'creates what is done already in one go': async (subject) => {
    const { provider } = subject;
    if (!provider.create) return { skipped: 'it has no create' };
    const draft = subject.draft({ state: 'completed' });
    const type = subject.context.types.get(draft.type);
    if (!type.states.completed) return { skipped: `a ${draft.type} can't be completed` };
    const row = await provider.create(crypto.randomUUID(), draft, subject.write());
    await cleanUp(subject, row);
    ok(row.state === 'completed', `logged as completed, the new row is ${String(row.state)}`);
    return undefined;
  },

  'keeps every field that it takes': async (subject) => {
    const { provider, call } = subject;
    if (!provider.create) return { skipped: 'it has no create' };
    const person = toPage(await provider.query({ page: { size: 50 } }, call)).rows.find(
      (row) => row.regarding,
    )?.regarding;
    const type = subject.context.types.get(subject.draft().type);
    const fields: Record<string, Json> = {};
    for (const { name, kind } of type.fields) if (kind === 'number') fields[name] = 40;
    const given: Partial<ActivityDraft> = {
      priority: 'high',
      description: 'All of it',
      due: '2026-11-24T10:00:00Z',
      ...(person && { regarding: person }),
    };
    const drafts = [given, ...(Object.keys(fields).length > 0 ? [{ ...given, fields }] : [])];
    for (const draft of drafts) {
      const id = crypto.randomUUID();
      let row: Activity;
      try {
        row = await provider.create(id, subject.draft(draft), subject.write());
      } catch (thrown) {
        // Who has no place for something may refuse it; to lose it in silence is another matter.
        const refused = Promise.reject(thrown as Error);
        await fails(refused, ['validation', 'unsupported'], 'to create what it has no place for');
        continue;
      }
      try {
        const whole = (await provider.get?.(row.id, call)) ?? row;
        for (const [name, value] of Object.entries(draft)) {
          const kept: unknown = whole[name as keyof Activity];
          ok(
            name === 'regarding' || name === 'due' ? sameValue(kept, value) : holds(kept, value),
            `${name} was ${JSON.stringify(value)}, and is ${String(JSON.stringify(kept))}; what can’t be kept must be refused`,
          );
        }
        const listed = (await rowsOf(subject, { need: ['body', 'fields'] })).find(
          (one) => one.id === row.id,
        );
        for (const name of ['due', 'regarding', 'priority'] as const) {
          ok(
            !listed || listed[name] !== undefined || whole[name] === undefined,
            `${name} is in what create answers, and not in what query does`,
          );
        }
      } finally {
        await cleanUp(subject, row);
      }
    }
    return undefined;
  },

  'does not write twice what is sent twice': async (subject) => {
    const { provider } = subject;
    if (!provider.create || !subject.capabilities?.idempotent) {
      return { skipped: 'it does not declare idempotent' };
    }
    const draft = subject.draft();
    const id = crypto.randomUUID();
    const write = subject.write();
    const row = await provider.create(id, draft, write);
    try {
      const again = await provider.create(id, draft, write);
      ok(again.id === row.id, 'the same create with the same key made another row');
      const same = (await rowsOf(subject, {})).filter(
        ({ subject: text }) => text === draft.subject,
      );
      ok(same.length === 1, `the same create with the same key made ${String(same.length)} rows`);
    } finally {
      await cleanUp(subject, row);
    }
    return undefined;
  },

  'changes what a patch names, and nothing else': async (subject) => {
    const { provider, call } = subject;
    if (!provider.create || !provider.update) return { skipped: 'it has no create or no update' };
    const draft = subject.draft({ description: 'Before', priority: 'high' });
    const row = await provider.create(crypto.randomUUID(), draft, subject.write());
    let last = row;
    try {
      last = await provider.update(row.id, { description: 'After' }, subject.write(row.version));
      ok(last.description === 'After', 'the patched field is not changed');
      ok(
        last.subject === draft.subject && last.priority === 'high',
        'a field nobody named is changed',
      );
      ok(
        row.version === undefined || last.version !== row.version,
        'the version is the same after a write',
      );
      last = await provider.update(row.id, { description: null }, subject.write(last.version));
      ok(!last.description, 'null in a patch must clear the field');
      const stored = await provider.get?.(row.id, call);
      ok(stored === undefined || !stored.description, 'get answers what was before the write');
    } finally {
      await cleanUp(subject, last);
    }
    return undefined;
  },

  'refuses to overwrite what somebody else changed': async (subject) => {
    const { provider } = subject;
    if (!provider.create || !provider.update) return { skipped: 'it has no create or no update' };
    const row = await provider.create(crypto.randomUUID(), subject.draft(), subject.write());
    if (row.version === undefined) {
      await cleanUp(subject, row);
      return { skipped: 'its rows have no version' };
    }
    let last = await provider.update(row.id, { priority: 'high' }, subject.write(row.version));
    const { version } = row;
    try {
      const acts: readonly (readonly [string, () => Promise<unknown> | undefined])[] = [
        ['an update', () => provider.update?.(row.id, { priority: 'low' }, subject.write(version))],
        [
          'a transition',
          () => provider.transition?.(row.id, { state: 'completed' }, subject.write(version)),
        ],
        ['a removal', () => provider.remove?.(row.id, subject.write(version))],
      ];
      for (const [words, act] of acts) {
        const acting = act();
        if (!acting) continue;
        const thrown = await fails(acting, ['conflict'], `${words} against an old version`);
        ok(thrown.row?.id === row.id, 'a conflict must carry the row as it is now');
        ok(thrown.row.priority === 'high', 'the row of a conflict is not the newest');
        last = thrown.row;
      }
    } finally {
      await cleanUp(subject, last);
    }
    return undefined;
  },

  'moves an activity to another state with its reason': async (subject) => {
    const { provider } = subject;
    if (!provider.create || !provider.transition) {
      return { skipped: 'it has no create or no transition' };
    }
    const row = await provider.create(crypto.randomUUID(), subject.draft(), subject.write());
    let last = row;
    try {
      const type = subject.context.types.get(row.type);
      const to = reachableStates(row, type).find((state) => state === 'completed');
      if (!to) return { skipped: `a ${row.type} can't be completed` };
      last = await provider.transition(
        row.id,
        { state: to, patch: { description: 'Done' } },
        subject.write(row.version),
      );
      ok(last.state === to, `moved to ${to}, the row is ${String(last.state)}`);
      const reason = type.states[to]?.default;
      ok(
        last.statusReason === reason,
        `its reason must be ${String(reason)}, not ${String(last.statusReason)}`,
      );
      ok(last.description === 'Done', 'the patch that goes with the state is lost');
    } finally {
      await cleanUp(subject, last);
    }
    return undefined;
  },

  'removes an activity for good': async (subject) => {
    const { provider, call } = subject;
    if (!provider.create || !provider.remove) return { skipped: 'it has no create or no remove' };
    const row = await provider.create(crypto.randomUUID(), subject.draft(), subject.write());
    await provider.remove(row.id, subject.write(row.version));
    ok(
      !(await rowsOf(subject, {})).some(({ id }) => id === row.id),
      'the removed row is still listed',
    );
    if (provider.get)
      await fails(provider.get(row.id, call), ['not-found'], 'to get a removed row');
    await fails(provider.remove(row.id, subject.write()), ['not-found'], 'to remove it again');
    return undefined;
  },

  'does many at once, each with an outcome of its own': async (subject) => {
    const { provider, call } = subject;
    const { create, bulk } = provider;
    if (!create || !bulk) return { skipped: 'it has no bulk, or no create' };
    const rows = [
      await create.call(provider, crypto.randomUUID(), subject.draft(), subject.write()),
      await create.call(provider, crypto.randomUUID(), subject.draft(), subject.write()),
    ];
    try {
      const change = (id: string, version?: string): BulkChange => ({
        id,
        idempotencyKey: crypto.randomUUID(),
        ...(version !== undefined && { version }),
        patch: { priority: 'high' },
      });
      const changes = [
        ...rows.map(({ id, version }) => change(id, version)),
        change(crypto.randomUUID()),
      ];
      const write = { ...call, idempotencyKey: crypto.randomUUID() };
      const outcomes = await bulk.call(provider, changes, write).catch((thrown: unknown) => {
        const { code } = toFailure(thrown);
        throw new Error(
          `one change that fails must not fail the others, but all failed with ${code}`,
        );
      });
      const inOrder = outcomes.length === changes.length && changes.every(({ id }, index) => outcomes[index]?.id === id); // prettier-ignore
      ok(inOrder, 'it must answer one outcome per change, in order');
      const last = outcomes.at(-1);
      const error = last && 'error' in last ? last.error.code : 'no error';
      ok(error === 'not-found', `a change of what is not there has ${error}, not not-found`);
      for (const outcome of outcomes.slice(0, -1)) {
        ok(!('error' in outcome), 'a change that was right has an error');
        ok(!outcome.row || outcome.row.priority === 'high', 'a changed row is answered as it was');
      }
    } finally {
      for (const row of rows) await cleanUp(subject, row);
    }
    return undefined;
  },

  'tells who subscribed what changed, until they leave': async (subject) => {
    const { provider } = subject;
    if (!provider.subscribe || !provider.create) return { skipped: 'it has no subscribe' };
    const heard: ProviderChange[] = [];
    let hear: () => void = () => undefined;
    const end = provider.subscribe((change) => {
      heard.push(change);
      hear();
    });
    const write = subject.write();
    const row = await provider.create(crypto.randomUUID(), subject.draft(), write);
    try {
      const told = (): ProviderChange | undefined =>
        heard.find(
          (change) =>
            change.kind === 'invalidate' ||
            (change.kind === 'upsert' && change.rows.some(({ id }) => id === row.id)),
        );
      const patience = subject.setup.patience ?? 5000;
      await inTime(patience, (done) => {
        hear = () => told() && done();
        hear();
      });
      const own = told();
      ok(
        own,
        `who subscribed heard nothing of a row that was created, for ${String(patience)} milliseconds`,
      );
      ok(
        own.kind !== 'upsert' || own.idempotencyKey === write.idempotencyKey,
        'the echo of a write must carry its idempotency key',
      );
    } finally {
      end();
      const before = heard.length;
      await cleanUp(subject, row);
      ok(heard.length === before, 'it goes on telling who has left');
    }
    return undefined;
  },

  'keeps files, and gives them back as they were': async (subject) => {
    const { provider, call } = subject;
    const { create, attachments } = provider;
    if (!create || !attachments) return { skipped: 'it has no attachments, or no create' };
    const own = subject.draft();
    const { types } = subject.context;
    // A backend may keep files with some types only, as Dynamics 365 does.
    const draft = types.get(own.type).attachments ? own : subject.draft({ type: 'email' });
    if (!types.get(draft.type).attachments) return { skipped: 'no type of its has attachments' };
    const row = await create.call(provider, crypto.randomUUID(), draft, subject.write());
    try {
      ok((await attachments.list(row.id, call)).length === 0, 'a new activity has files already');
      const bytes = Uint8Array.from({ length: 150_000 }, (_, index) => (index * 31) % 256);
      const file = new File([bytes], 'naïve “plan” 計畫.bin', { type: 'application/octet-stream' });
      const heard: number[] = [];
      const write = subject.write();
      const onProgress = (done: number): void => void heard.push(done);
      const made = await attachments.upload(row.id, file, { ...write, onProgress });
      ok(made.name === file.name, `the file is called ${made.name}, not ${file.name}`);
      ok(made.bytes === file.size, `${String(file.size)} bytes became ${String(made.bytes)}`);
      ok(
        heard.every((done, index) => done >= (heard[index - 1] ?? 0)),
        'progress goes backward',
      );
      const listed = await attachments.list(row.id, call);
      ok(
        listed.length === 1 && listed[0]?.id === made.id,
        'what was uploaded is not what is listed',
      );
      if (subject.capabilities?.idempotent) {
        const again = await attachments.upload(row.id, file, write);
        ok(again.id === made.id, 'the same upload with the same key made another file');
      }
      const back = await attachments.download(row.id, made.id, call);
      const found = new Uint8Array(await back.arrayBuffer());
      ok(
        found.length === bytes.length && found.every((byte, index) => byte === bytes[index]),
        'what is downloaded is not what was uploaded',
      );
      await fails(
        attachments.download(row.id, crypto.randomUUID(), call),
        ['not-found'],
        'to download a file that is not there',
      );
      if (provider.update) {
        const patch = { description: 'Edited meanwhile' };
        const edited = await provider.update(row.id, patch, subject.write(row.version));
        ok(
          edited.description === patch.description,
          'an edit begun before the upload is lost or a conflict',
        );
      }
      await attachments.remove(row.id, made.id, subject.write());
      ok((await attachments.list(row.id, call)).length === 0, 'a removed file is still listed');
    } finally {
      await cleanUp(subject, row);
    }
    return undefined;
  },

  'finds records by a part of their name': async ({ provider, call }) => {
    if (!provider.lookup) return { skipped: 'it has no lookup' };
    const [some] = await provider.lookup('', [], call);
    if (!some?.ref.name) return { skipped: 'it knows no records' };
    const { kind, id, name } = some.ref;
    const part = name.slice(0, Math.max(2, Math.ceil(name.length / 2))).toUpperCase();
    const found = await provider.lookup(part, [kind], call);
    ok(
      found.some(({ ref }) => ref.id === id),
      `${name} is not found by ${part} among ${kind}`,
    );
    const other = found.find(({ ref }) => ref.kind !== kind);
    ok(!other, `asked for ${kind}, it answered ${other?.ref.kind ?? ''}`);
    if (provider.records) {
      const [again] = await provider.records({ refs: [{ kind, id }] }, call);
      ok(again?.ref.name === name, `records does not know ${kind} ${id}, which lookup found`);
    }
    return undefined;
  },

  'makes a record that is found from then on, once': async ({
    provider,
    capabilities,
    ...rest
  }) => {
    const [kind] = capabilities?.createRecords ?? [];
    if (!provider.createRecord || kind === undefined) return { skipped: 'it makes no records' };
    const id = crypto.randomUUID();
    const draft = { kind, name: `Contract ${id}` };
    for (let time = 0; time < 2; time++) {
      const { ref } = await provider.createRecord(id, draft, rest.write());
      ok(
        ref.kind === kind && ref.name === draft.name,
        `made ${ref.kind} ${ref.name ?? ''}, not ${kind} ${draft.name}`,
      );
    }
    const found = (await provider.lookup?.(draft.name, [kind], rest.call)) ?? [];
    ok(found.length === 1, `the record made is found ${String(found.length)} times, not once`);
    return undefined;
  },

  ...seriesChecks,
};

const SORTABLE = [
  'deadline',
  'subject',
  'type',
  'state',
  'priority',
  'owner',
  'regarding',
  'start',
  'createdAt',
  'modifiedAt',
];

function filtersFor(rows: readonly Activity[], subject: Subject): [string, Filter][] {
  const open: Filter = { field: 'state', op: 'in', value: ['open', 'scheduled'] };
  const filters: [string, Filter][] = [
    ['state open or scheduled', open],
    ['not state open or scheduled', { not: open }],
    ['priority high', { field: 'priority', op: 'eq', value: 'high' }],
    ['no regarding', { field: 'regarding', op: 'empty' }],
    ['some regarding', { field: 'regarding', op: 'empty', value: false }],
  ];
  const type = rows[0]?.type;
  if (type !== undefined) filters.push([`type ${type}`, { field: 'type', op: 'eq', value: type }]);
  const word = rows
    .find((row) => row.subject.length > 3)
    ?.subject.slice(0, 3)
    .toUpperCase();
  if (word)
    filters.push([`“${word}” in subject`, { field: 'subject', op: 'contains', value: word }]);
  const owner = rows.find((row) => row.owner)?.owner;
  if (owner) {
    const mine: Filter = { field: 'owner', op: 'eq', value: owner.id };
    filters.push([`owner ${owner.id}`, mine], ['owner and open', { all: [mine, open] }]);
  }
  if (subject.context.user) filters.push(['owner me', { field: 'owner', op: 'eq', value: 'me' }]);
  if (subject.context.team !== 'unknown') {
    filters.push(['owner in my-team', { field: 'owner', op: 'in', value: ['my-team'] }]);
  }
  const kind = rows.find((row) => row.regarding)?.regarding?.kind;
  if (kind)
    filters.push([`regarding.kind ${kind}`, { field: 'regarding.kind', op: 'eq', value: kind }]);
  const party = rows.flatMap((row) => row.parties ?? []).find(({ record }) => record)?.record;
  if (party) filters.push([`party ${party.id}`, { field: 'parties', op: 'eq', value: party.id }]);
  const deadlines = rows.flatMap((row) => row.due ?? []).filter((due) => due.length > 10);
  const due = deadlines[Math.floor(deadlines.length / 2)];
  if (due !== undefined) {
    filters.push(
      [`deadline before ${due}`, { field: 'deadline', op: 'lt', value: due }],
      ['late and open', { all: [open, { field: 'deadline', op: 'lt', value: due }] }],
      ['open, or high priority', { any: [open, { field: 'priority', op: 'eq', value: 'high' }] }],
    );
  }
  return filters;
}

function canFilter({ capabilities }: Subject, field: string): boolean {
  const declared = capabilities?.query;
  return includes(declared?.filter, field) && includes(declared?.exact, field);
}

function includes(declared: readonly string[] | undefined, field: string): boolean {
  return declared?.some((name) => name === '*' || name === field) ?? false;
}

function busiestRecord(rows: readonly Activity[]): RecordRef | undefined {
  const counts = new Map<string, { ref: RecordRef; count: number }>();
  for (const { regarding } of rows) {
    if (!regarding) continue;
    const key = `${regarding.kind}:${regarding.id}`;
    const entry = counts.get(key) ?? { ref: regarding, count: 0 };
    entry.count++;
    counts.set(key, entry);
  }
  return [...counts.values()].sort((a, b) => b.count - a.count)[0]?.ref;
}

/** Ends when it is told to, or after so many milliseconds. */
async function inTime(milliseconds: number, start: (done: () => void) => void): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    start(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** A record is the same by kind and id; a time by its instant. */
function sameValue(kept: unknown, given: unknown): boolean {
  if (isRecord(kept) && isRecord(given)) return kept.kind === given.kind && kept.id === given.id;
  return typeof kept === 'string' && Date.parse(kept) === Date.parse(String(given));
}

/** All that was given is there; of the fields of a type there may be more. */
function holds(kept: unknown, given: unknown): boolean {
  if (!isObject(given)) return kept === given;
  return isObject(kept) && Object.entries(given).every(([name, value]) => kept[name] === value);
}

/** Whether it can be removed is not the question of the check that made it. */
async function cleanUp({ provider, write }: Subject, row: Activity): Promise<void> {
  await provider.remove?.(row.id, write()).catch(() => undefined);
}

function inOrder(
  rows: readonly Activity[],
  sort: readonly Sort[],
  subject: Subject,
  words: string,
): void {
  for (const [index, row] of rows.entries()) {
    const before = rows[index - 1];
    if (!before) continue;
    const [a, b] = [before, row].map((one) => placeOf(one, sort, subject.context));
    if (!a || !b) continue;
    // Without places, nobody enters the list between rows that are equal but for their ids.
    if (!subject.capabilities?.query?.places && comparePlaces(a, { ...b, id: a.id }, sort) === 0)
      continue;
    ok(
      comparePlaces(a, b, sort) < 0,
      `${words}, ${JSON.stringify(a.values[0])} (${a.id}) stands before ${JSON.stringify(b.values[0])} (${b.id})`,
    );
  }
}

function sameRows(found: readonly Activity[], expected: readonly Activity[], words: string): void {
  const ids = new Set(found.map((row) => row.id));
  const wanted = new Set(expected.map((row) => row.id));
  ok(ids.size === found.length, `${words}, a row is answered twice`);
  const missing = expected.filter((row) => !ids.has(row.id));
  const extra = found.filter((row) => !wanted.has(row.id));
  ok(
    missing.length === 0 && extra.length === 0,
    `${words}, it answers ${String(found.length)} rows instead of ${String(expected.length)}` +
      listed('missing', missing) +
      listed('too many', extra),
  );
}

function listed(word: string, rows: readonly Activity[]): string {
  const some = rows.slice(0, 3).map((row) => `${row.type} ${row.id} “${row.subject}”`);
  return rows.length > 0 ? `; ${word}: ${some.join(', ')}` : '';
}

async function fails(
  call: Promise<unknown>,
  codes: readonly FailureCode[],
  words: string,
): Promise<ProviderFailure> {
  let answer: unknown;
  try {
    answer = await call;
  } catch (thrown) {
    const failure = isObject(thrown) ? thrown : {};
    const aborted = failure['name'] === 'AbortError' && codes.includes('aborted');
    const code = aborted ? 'aborted' : failure['code'];
    ok(
      FAILURE_CODES.includes(code as FailureCode),
      `${words} fails with ${String(thrown)}, which is no ProviderFailure`,
    );
    ok(
      codes.includes(code as FailureCode),
      `${words} must fail with ${codes.join(' or ')}, not ${String(code)}`,
    );
    return failure as unknown as ProviderFailure;
  }
  throw new Error(
    `${words} must fail with ${codes.join(' or ')}, but answered ${JSON.stringify(answer)?.slice(0, 200) ?? 'nothing'}`,
  );
}
