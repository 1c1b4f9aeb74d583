import { expect } from '@open-wc/testing';
import { deleteDB, openDB } from 'idb';
import type { Activity } from '../../../src/model/activity.js';
import {
  toFailure,
  type FailureCode,
  type ProviderFailure,
} from '../../../src/provider/failure.js';
import {
  createIndexedDbProvider,
  type IndexedDbProvider,
  type IndexedDbProviderOptions,
} from '../../../src/provider/indexeddb/indexeddb-provider.js';
import type { ProviderChange, WriteOptions } from '../../../src/provider/provider.js';
import { ActivityTypes } from '../../../src/model/activity-types.js';
import { placeOf } from '../../../src/model/evaluate.js';
import { UNFINISHED, type ActivityQuery, type Filter } from '../../../src/model/query.js';
import { activities, ana, cecil, deal, now, records, wingtip } from '../sample.js';

const call = { locale: 'en', timeZone: 'UTC' };
let keys = 0;
const write = (more: Partial<WriteOptions> = {}): WriteOptions => ({
  ...call,
  idempotencyKey: `key-${String(keys++)}`,
  ...more,
});

describe('createIndexedDbProvider', () => {
  let name = '';
  const opened: IndexedDbProvider[] = [];

  function open(options: Partial<IndexedDbProviderOptions> = {}): IndexedDbProvider {
    const seed = { activities, records, user: ana };
    const provider = createIndexedDbProvider({ name, seed, now, ...options });
    opened.push(provider);
    return provider;
  }
  const rowsOf = async (provider: IndexedDbProvider): Promise<readonly Activity[]> => {
    const answer = await provider.query({}, call);
    return 'rows' in answer ? answer.rows : answer;
  };
  const failed = async (call: Promise<unknown>, code: FailureCode): Promise<ProviderFailure> => {
    const failure = toFailure(
      await call.then(
        () => new Error('it answered'),
        (thrown: unknown) => thrown,
      ),
    );
    expect(failure.code).to.equal(code);
    return failure;
  };

  beforeEach(() => {
    name = `kit-${crypto.randomUUID()}`;
  });
  afterEach(async () => {
    for (const provider of opened.splice(0)) provider.close();
    await deleteDB(name);
  });

  it('is filled once, also when two tabs open it at the same time', async () => {
    let asked = 0;
    const seed = async (): Promise<{ activities: readonly Activity[] }> => {
      asked++;
      await Promise.resolve();
      return {
        activities: activities.map((row) => ({ ...row, id: `${row.id}-${String(asked)}` })),
      };
    };
    const [one, two] = [open({ seed }), open({ seed })];
    const both = await Promise.all([rowsOf(one), rowsOf(two)]);
    expect(both[0]).to.have.length(activities.length);
    expect(both[1].map((row) => row.id)).to.have.members(both[0].map((row) => row.id));

    const before = asked;
    expect(await rowsOf(open({ seed }))).to.have.length(activities.length);
    expect(asked).to.equal(before);
  });

  it('stays new when its seed fails, and is filled by the next try', async () => {
    let fails = true;
    const provider = open({
      seed: () => {
        if (fails) throw new TypeError('Failed to fetch');
        return { activities };
      },
    });
    await failed(provider.query({}, call), 'network');
    fails = false;
    expect(await rowsOf(provider)).to.have.length(activities.length);
  });

  it('knows after a reload what was written, who works here and what belongs to what', async () => {
    const first = open();
    const row = await first.create('new', { type: 'task', subject: 'Kept' }, write());
    first.close();

    const again = open({ seed: { activities: [] } });
    expect(await again.get('new', call)).to.deep.equal(row);
    expect((await again.session(call)).user).to.deep.equal(ana);
    expect(await again.records({ dealsOf: [wingtip] }, call)).to.deep.include(records[2]);
    const history = await again.query({ record: { ref: wingtip, rollup: 'related' } }, call);
    const via = 'rows' in history ? history.rows.flatMap((entry) => entry.via ?? []) : [];
    expect(via.map((entry) => entry.record.id)).to.include.members([cecil.id, wingtip.id, deal.id]);
  });

  it('tells other tabs what was written and removed', async () => {
    const [here, there] = [open(), open()];
    await rowsOf(there);
    const heard: ProviderChange[] = [];
    const told = (kind: string): Promise<void> =>
      new Promise((resolve) => {
        const end = there.subscribe((change) => {
          heard.push(change);
          if (change.kind !== kind) return;
          end();
          resolve();
        });
      });

    const options = write();
    const upsert = told('upsert');
    const row = await here.create('new', { type: 'task', subject: 'From here' }, options);
    await upsert;
    const removal = told('remove');
    await here.remove('new', write({ version: row.version }));
    await removal;

    expect(heard).to.deep.equal([
      { kind: 'upsert', rows: [row], idempotencyKey: options.idempotencyKey },
      { kind: 'remove', ids: ['new'] },
    ]);
  });

  it('sees what another tab wrote even if its message never came', async () => {
    const [here, there] = [open(), open()];
    expect(await rowsOf(there)).to.have.length(activities.length);
    const row = await here.create('new', { type: 'task', subject: 'Quiet' }, write());
    expect(await there.get('new', call)).to.deep.equal(row);
    await here.remove('new', write());
    expect(await rowsOf(there)).to.have.length(activities.length);
    await failed(there.get('new', call), 'not-found');
  });

  it('answers the other tab’s row when both changed the same', async () => {
    const [here, there] = [open(), open()];
    const [seen] = await rowsOf(here);
    const id = seen?.id ?? '';
    await there.update(id, { subject: 'Theirs' }, write({ version: seen?.version }));
    const { row } = await failed(
      here.update(id, { subject: 'Mine' }, write({ version: seen?.version })),
      'conflict',
    );
    expect(row?.subject).to.equal('Theirs');
    expect((await here.get(id, call)).subject).to.equal('Theirs');
  });

  it('does once what is sent twice, from another tab or after a reload too', async () => {
    const options = write();
    const row = await open().create('new', { type: 'task', subject: 'Once' }, options);
    const again = await open().create('new', { type: 'task', subject: 'Once' }, options);
    expect(again).to.deep.equal(row);
    await failed(open().create('new', { type: 'task', subject: 'Other' }, write()), 'duplicate');

    const removal = write();
    await open().remove('new', removal);
    await open().remove('new', removal);
    await failed(open().remove('new', write()), 'not-found');
  });

  it('changes nothing when a write is refused', async () => {
    const provider = open();
    const before = await rowsOf(provider);
    const closed = before.find((row) => row.state === 'completed');
    await failed(
      provider.update(closed?.id ?? '', { subject: 'Late' }, write()),
      'transition-refused',
    );
    expect(await rowsOf(open())).to.deep.equal(before);
  });

  it('reads again only what is new', async () => {
    const provider = open();
    const before = await rowsOf(provider);
    const [one, two, other] = before.filter((row) => row.state === 'open');
    await provider.update(one?.id ?? '', { subject: 'New' }, write());
    await open().update(two?.id ?? '', { subject: 'Newer' }, write());
    const after = await rowsOf(provider);
    expect(after.find((row) => row.id === other?.id)).to.equal(other);
    expect(after.map((row) => row.subject)).to.include.members(['New', 'Newer']);
  });

  it('opens a lost connection again, and fills a database that was erased', async () => {
    const provider = open();
    await provider.create('new', { type: 'task', subject: 'Gone' }, write());
    // Deleting it asks this connection to close, as an eviction or a clearing of site data does.
    await deleteDB(name);
    expect(await rowsOf(provider)).to.have.length(activities.length);
    await failed(provider.get('new', call), 'not-found');
  });

  it('gives up in time when another tab holds the database, and goes on once that has ended', async () => {
    const provider = open({ timeLimit: 800 });
    await rowsOf(provider);
    const other = await openDB(name);
    const holding = other.transaction('activities', 'readwrite');
    let hold = true;
    const keepAlive = (): void => {
      holding.store.get('none').then(
        () => hold && keepAlive(),
        () => undefined,
      );
    };
    keepAlive();
    const late = await failed(
      provider.create('new', { type: 'task', subject: 'Late' }, write()),
      'timeout',
    );
    expect(late.message).to.not.be.empty;
    hold = false;
    await holding.done;
    other.close();
    await failed(provider.get('new', call), 'not-found');
    const row = await provider.create('new', { type: 'task', subject: 'In time' }, write());
    expect(row.subject).to.equal('In time');
  });

  it('says so where the browser keeps nothing', async () => {
    const descriptor = Object.getOwnPropertyDescriptor(globalThis, 'indexedDB');
    Object.defineProperty(globalThis, 'indexedDB', { configurable: true, value: undefined });
    try {
      const { message } = await failed(open().query({}, call), 'unsupported');
      expect(message).to.contain('private window');
      const zh = open().query({}, { ...call, locale: 'zh-TW' });
      expect((await failed(zh, 'unsupported')).message).to.contain('無痕視窗');
    } finally {
      if (descriptor) Object.defineProperty(globalThis, 'indexedDB', descriptor);
    }
  });

  it('says that there is no room, at the end of the transaction', async () => {
    const provider = open();
    await rowsOf(provider);
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('', 'QuotaExceededError');
    };
    try {
      const { message } = await failed(
        provider.create('new', { type: 'task', subject: 'Too much' }, write()),
        'too-large',
      );
      expect(message).to.contain('room');
      const draft = { type: 'task', subject: 'Too much' };
      const zh = provider.create('other', draft, { ...write(), locale: 'zh-TW' });
      expect((await failed(zh, 'too-large')).message).to.contain('已滿');
    } finally {
      IDBObjectStore.prototype.put = put;
    }
    await failed(provider.get('new', call), 'not-found');
  });

  it('reads a page of any indexed view, and its counts, without looking at all rows', async () => {
    const provider = open({ keptRows: 0 });
    await provider.session(call);
    const all = IDBObjectStore.prototype.getAll;
    let whole = 0;
    IDBObjectStore.prototype.getAll = function (...args) {
      if (this.name === 'activities') whole++;
      return all.apply(this, args);
    };
    try {
      const due = [{ field: 'deadline', direction: 'asc' }] as const;
      const newest = [{ field: 'modifiedAt', direction: 'desc' }] as const;
      const mine: Filter = { field: 'owner', op: 'eq', value: 'me' };
      const before: Filter = { field: 'deadline', op: 'lt', value: '2026-11-30' };
      const range = { from: '2026-11-20', to: '2026-11-30' };
      const views: ActivityQuery[] = [
        { sort: due },
        { sort: due, filter: { all: [UNFINISHED, mine, before] } },
        { sort: due, filter: { all: [UNFINISHED, before] } },
        { sort: due, filter: { field: 'type', op: 'eq', value: 'task' } },
        { sort: newest },
        { sort: newest, filter: mine },
        { sort: [{ field: 'createdAt', direction: 'asc' }, ...due] },
        { sort: [{ field: 'place', direction: 'asc' }], range },
        { sort: newest, record: { ref: wingtip, rollup: 'extended', parties: true } },
        { sort: newest, filter: { field: 'regarding', op: 'eq', value: [cecil.id] } },
      ];
      for (const view of views) {
        const { rows, next } = await provider.query({ ...view, page: { size: 3 } }, call);
        expect(rows.length, JSON.stringify(view)).to.equal(3);
        const place = placeOf(rows[2] as Activity, view.sort ?? [], {
          types: new ActivityTypes(),
          timeZone: 'UTC',
        });
        for (const at of [{ next: next ?? '' }, { before: place }, { around: rows[1]?.id ?? '' }]) {
          await provider.query({ ...view, page: { size: 3, at } }, call);
        }
      }
      const groups = (['open', 'scheduled'] as const).map((state) => ({
        name: state,
        filter: { field: 'state', op: 'eq', value: state } as const,
      }));
      await provider.count({ filter: { all: [mine, before] } }, groups, call);
      expect(whole).to.equal(0);
      await provider.query({ search: 'visit', page: { size: 3 } }, call);
      expect(whole).to.equal(1);
    } finally {
      IDBObjectStore.prototype.getAll = all;
    }
  });

  it('keeps files in small pieces, wholly or not at all, and lets go of them with their activity', async () => {
    const provider = open();
    await provider.create('new', { type: 'email', subject: 'With files' }, write());
    const file = new File([new Uint8Array(200_000)], 'plan.pdf', { type: 'application/pdf' });
    const heard: number[] = [];
    const made = await provider.attachments.upload('new', file, {
      ...write(),
      onProgress: (done) => heard.push(done),
    });
    expect(heard.at(-1)).to.equal(200_000);
    expect((await open().attachments.download('new', made.id, call)).type).to.equal(
      'application/pdf',
    );

    const cancel = new AbortController();
    await failed(
      provider.attachments.upload('new', file, {
        ...write(),
        signal: cancel.signal,
        onProgress: () => cancel.abort(),
      }),
      'aborted',
    );
    const large = { ...file, name: 'film', type: '', size: 26 * 1024 * 1024 } as File;
    await failed(provider.attachments.upload('new', large, write()), 'too-large');

    const database = await openDB(name);
    const pieces = async (): Promise<readonly ArrayBuffer[]> => database.getAll('files');
    expect((await pieces()).map(({ byteLength }) => byteLength)).to.deep.equal([
      61_440, 61_440, 61_440, 15_680,
    ]);
    await provider.remove('new', write());
    expect(await pieces()).to.have.length(0);
    database.close();
  });

  it('keeps the keys of the last thousand writes', async () => {
    const provider = open();
    await rowsOf(provider);
    const database = await openDB(name);
    const filling = database.transaction('written', 'readwrite');
    for (let index = 0; index < 1000; index++)
      await filling.store.add({ key: `old-${String(index)}` });
    await filling.done;

    await provider.update(activities[0]?.id ?? '', { subject: 'New' }, write());
    expect(await database.count('written')).to.equal(1000);
    expect(await database.getKeyFromIndex('written', 'key', 'old-0')).to.equal(undefined);
    database.close();
  });
});
