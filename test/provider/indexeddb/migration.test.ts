import { expect } from '@open-wc/testing';
import { deleteDB, openDB } from 'idb';
import {
  createIndexedDbProvider,
  type IndexedDbProvider,
} from '../../../src/provider/indexeddb/indexeddb-provider.js';
import { activities, ana, now, records, wingtip } from '../sample.js';

const call = { locale: 'en', timeZone: 'Europe/Berlin' };

/** What the first version of the kit made, with its rows, a write that may be repeated, and who works here. */
async function storeAsVersionOne(name: string): Promise<void> {
  const db = await openDB(name, 1, {
    upgrade: (opened) => {
      const store = opened.createObjectStore('activities', { keyPath: 'id' });
      store.createIndex('revision', 'revision');
      store.createIndex('deadline', 'deadline');
      store.createIndex('state', 'row.state');
      store.createIndex('regarding', 'row.regarding.id');
      store.createIndex('owner', 'row.owner.id');
      store.createIndex('modifiedAt', 'row.modifiedAt');
      opened.createObjectStore('records', { keyPath: ['ref.kind', 'ref.id'] });
      opened.createObjectStore('meta');
      const written = opened.createObjectStore('written', { autoIncrement: true });
      written.createIndex('key', 'key', { unique: true });
    },
  });
  const tx = db.transaction(['activities', 'records', 'meta', 'written'], 'readwrite');
  for (const row of activities) {
    const deadline = row.type === 'appointment' ? row.end : row.due;
    await tx
      .objectStore('activities')
      .put({ id: row.id, row, revision: 1, ...(deadline !== undefined && { deadline }) });
  }
  for (const record of records) await tx.objectStore('records').put(record);
  await tx
    .objectStore('meta')
    .put({ user: ana, identity: 'first', revision: 1, removedAt: 0 }, 'state');
  await tx.objectStore('written').add({ key: 'before', row: activities[0] });
  await tx.done;
  db.close();
}

describe('A database of the first version', () => {
  const name = `kit-${crypto.randomUUID()}`;
  let provider: IndexedDbProvider;

  before(async () => {
    await storeAsVersionOne(name);
    provider = createIndexedDbProvider({ name, now, seed: { activities: [] } });
  });
  after(async () => {
    provider.close();
    await deleteDB(name);
  });

  it('is found again whole, and is asked like a new one', async () => {
    const { rows } = await provider.query({}, call);
    expect(rows.map(({ id }) => id)).to.have.members(activities.map(({ id }) => id));
    expect((await provider.session(call)).user).to.deep.equal(ana);
    const history = await provider.query({ record: { ref: wingtip, rollup: 'related' } }, call);
    expect(history.rows.some(({ via }) => via?.some(({ by }) => by === 'rollup'))).to.equal(true);
    const fresh = createIndexedDbProvider({
      name: `${name}-new`,
      now,
      seed: { activities, records, user: ana },
    });
    const question = {
      filter: { field: 'owner', op: 'eq', value: 'me' },
      sort: [{ field: 'deadline', direction: 'desc' }],
      page: { size: 7 },
    } as const;
    const [old, made] = [await provider.query(question, call), await fresh.query(question, call)];
    expect(old.rows.map(({ id }) => id)).to.deep.equal(made.rows.map(({ id }) => id));
    fresh.close();
    await deleteDB(`${name}-new`);
  });

  it('still knows what was written before', async () => {
    const again = await provider.update(
      activities[0]?.id ?? '',
      { subject: 'Twice' },
      { ...call, idempotencyKey: 'before' },
    );
    expect(again.subject).to.equal(activities[0]?.subject);
    const row = await provider.create(
      'new',
      { type: 'task', subject: 'New' },
      { ...call, idempotencyKey: 'after' },
    );
    expect(await provider.get('new', call)).to.deep.equal(row);
  });
});
