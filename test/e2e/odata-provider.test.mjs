// The OData provider against the demo's server: the contract every provider owes, and what only this one can.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { build } from 'esbuild';
import { startOData } from '../support/demo.mjs';
import { root } from '../support/install.mjs';

const call = { locale: 'en', timeZone: 'Europe/Berlin' };
const write = (version) => ({ ...call, idempotencyKey: randomUUID(), ...(version && { version }) });

async function load() {
  const source = (file) => path.join(root, 'src', file);
  const { outputFiles } = await build({
    stdin: {
      contents: `
        export { createODataProvider } from '${source('provider/odata/odata-provider.ts')}';
        export { providerContract } from '${source('testing/provider-contract.ts')}';`,
      resolveDir: root,
    },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
  });
  const code = Buffer.from(outputFiles[0].contents).toString('base64');
  return import(`data:text/javascript;base64,${code}`);
}

const { createODataProvider, providerContract } = await load();
let server;
let provider;

before(async () => {
  server = await startOData();
  provider = createODataProvider({ url: server.url });
});
after(() => server.stop());

/** What the server itself says. */
async function ask(question) {
  const answer = await fetch(server.url + question);
  assert.equal(answer.status, 200, question);
  return answer.json();
}
const query = async (question) => provider.query(question, call);
const recordNamed = async (name, kind) => {
  const found = await provider.lookup(name, [kind], call);
  const record = found.find(({ ref }) => ref.name === name);
  assert.ok(record, `${kind} ${name}`);
  return record;
};
const failsWith = async (calling, code) => {
  const thrown = await calling.then(
    () => assert.fail(`must fail with ${code}`),
    (why) => why,
  );
  assert.equal(thrown.code, code);
  return thrown;
};

describe('the contract of a provider', () => {
  for (const { name, run } of providerContract({ provider: () => provider, call })) {
    it(name, async (t) => {
      const outcome = await run();
      if (outcome) t.skip(outcome.skipped);
    });
  }
});

describe('reading', () => {
  it('knows who works here and who is in the team', async () => {
    const { user, team, teams } = await provider.session(call);
    assert.equal(user.name, 'Mona Sanders');
    assert.ok(teams.length > 0 && team.length > 0);
    assert.ok(!team.some(({ id }) => id === user.id));
  });

  it('answers a history with notes among activities, the same page by page as at once', async () => {
    const { ref } = await recordNamed('Wingtip Toys', 'account');
    const question = {
      record: { ref, rollup: 'related', parties: true },
      sort: [{ field: 'modifiedAt', direction: 'desc' }],
    };
    const whole = await query(question);
    assert.ok(new Set(whole.rows.map(({ type }) => type)).has('note'));
    assert.deepEqual(
      new Set(whole.rows.flatMap(({ via }) => via.map(({ by }) => by))).has('rollup'),
      true,
    );
    const times = whole.rows.map(({ modifiedAt }) => modifiedAt);
    assert.deepEqual(times, [...times].sort().reverse());
    assert.equal(whole.total.value, whole.rows.length);

    const paged = [];
    let next;
    do {
      const page = await query({ ...question, page: { size: 7, ...(next && { at: { next } }) } });
      paged.push(...page.rows.map(({ id }) => id));
      next = page.next;
    } while (next);
    assert.deepEqual(
      paged,
      whole.rows.map(({ id }) => id),
    );
  });

  it('shows the days of appointments that last whole days', async () => {
    const [wire] = (await ask('appointments?$filter=isalldayevent eq true&$top=1')).value;
    const { rows } = await query({
      filter: { field: 'type', op: 'eq', value: 'appointment' },
      range: { from: wire.scheduledstart, to: wire.scheduledend },
    });
    const shown = rows.find(({ id }) => id === wire.activityid);
    assert.match(shown.start, /^\d{4}-\d{2}-\d{2}$/);
    assert.equal((await provider.get(wire.activityid, call)).start, shown.start);
  });

  it('tells the deals of an account', async () => {
    const { ref } = await recordNamed('Wingtip Toys', 'account');
    const deals = await provider.records({ dealsOf: [ref] }, call);
    assert.ok(deals.length > 0);
    for (const { parent, deal } of deals) {
      assert.equal(parent.id, ref.id);
      assert.equal(deal.value.currency.length, 3);
    }
  });
});

describe('writing', () => {
  it('stores each type with its numbers, parties and lookups', async () => {
    const cecil = await recordNamed('Cecil Langer', 'contact');
    const { user } = await provider.session(call);
    const row = await provider.create(
      randomUUID(),
      {
        type: 'phonecall',
        subject: 'Ask about the order',
        regarding: cecil.ref,
        fields: { direction: 'incoming', phoneNumber: '555' },
        parties: [
          { role: 'from', record: cecil.ref },
          { role: 'to', record: user },
        ],
      },
      write(),
    );
    assert.deepEqual(row.parties.map(({ role, record }) => [role, record.name]).sort(), [
      ['from', 'Cecil Langer'],
      ['to', 'Mona Sanders'],
    ]);
    const wire = await ask(`phonecalls(${row.id})`);
    assert.deepEqual([wire.statecode, wire.statuscode, wire.directioncode], [0, 1, false]);

    const done = await provider.transition(
      row.id,
      { state: 'completed', reason: 'received', patch: { actualDuration: 5 } },
      write(row.version),
    );
    const closed = await ask(`phonecalls(${row.id})`);
    assert.deepEqual(
      [closed.statecode, closed.statuscode, closed.actualdurationminutes],
      [1, 4, 5],
    );
    await failsWith(
      provider.update(row.id, { subject: 'Late' }, write(done.version)),
      'transition-refused',
    );
    await provider.remove(row.id, write(done.version));
  });

  it('keeps appointments of whole days, and lets a regarding go', async () => {
    const { ref } = await recordNamed('Wingtip Toys', 'account');
    const draft = {
      type: 'appointment',
      subject: 'Fair',
      start: '2026-11-24',
      end: '2026-11-26',
      regarding: ref,
    };
    const row = await provider.create(randomUUID(), draft, write());
    assert.deepEqual([row.start, row.end, row.state], ['2026-11-24', '2026-11-26', 'scheduled']);
    const personal = await provider.update(row.id, { regarding: null }, write(row.version));
    assert.equal(personal.regarding, null);
    assert.equal((await ask(`appointments(${row.id})`))._regardingobjectid_value, null);
    await provider.remove(row.id, write());
  });

  it('refuses the same id twice, and leaves the first as it is', async () => {
    const id = randomUUID();
    await provider.create(id, { type: 'task', subject: 'First' }, write());
    await failsWith(provider.create(id, { type: 'task', subject: 'Second' }, write()), 'duplicate');
    assert.equal((await provider.get(id, call)).subject, 'First');
    await provider.remove(id, write());
  });

  it('adds a note to a record’s history', async () => {
    const { ref } = await recordNamed('Wingtip Toys', 'account');
    const note = await provider.create(
      randomUUID(),
      { type: 'note', description: 'They moved the fair.', regarding: ref },
      write(),
    );
    const { rows } = await query({
      record: { ref, rollup: 'none' },
      sort: [{ field: 'modifiedAt', direction: 'desc' }],
      page: { size: 1 },
    });
    assert.equal(rows[0].id, note.id);
    const changed = await provider.update(
      note.id,
      { description: 'Cancelled.' },
      write(note.version),
    );
    assert.equal(changed.description, 'Cancelled.');
    await provider.remove(note.id, write(changed.version));
    await failsWith(provider.get(note.id, call), 'not-found');
  });
});
