import { expect } from '@open-wc/testing';
import { deleteDB } from 'idb';
import type { Activity, ActivityDraft, ActivityPatch } from '../../src/model/activity.js';
import { createChaosProvider } from '../../src/provider/chaos/chaos-provider.js';
import { createIndexedDbProvider } from '../../src/provider/indexeddb/indexeddb-provider.js';
import { createMemoryProvider } from '../../src/provider/memory/memory-provider.js';
import { createODataProvider } from '../../src/provider/odata/odata-provider.js';
import type { ActivityDataProvider, ProviderChange } from '../../src/provider/provider.js';
import { createRestProvider } from '../../src/provider/rest/rest-provider.js';
import { ActivityStore } from '../../src/store/activity-store.js';
import { FakeService, URL } from './odata/fake-service.js';
import { waitUntil } from '../support/until.js';

const asker = { locale: 'en', timeZone: 'UTC' };
const POISON =
  '"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":2}},"prototype":{"polluted":3}';
/** Poison at every depth, as only parsed text can hold it. */
const poisoned = (text: string): unknown => JSON.parse(text.replaceAll('POISON', POISON));
const ROW = `{"id":"p","type":"task","subject":"Poisoned","state":"open","version":"1",POISON,
  "fields":{"kept":1,"toString":"kept",POISON},"regarding":{"kind":"account","id":"a",POISON},
  "parties":[{"role":"to","address":"x@example.com",POISON}]}`;
const row = poisoned(ROW) as Activity;
const draft = poisoned(`{"type":"task","subject":"New",POISON,"fields":{"kept":1,POISON}}`);
const patch = poisoned(`{"subject":"Edited",POISON,"fields":{"kept":2,"toString":"x",POISON}}`);

const odataRow = poisoned(`{"activityid":"00000000-0000-4000-8000-000000000001","@odata.etag":"1",
  "activitytypecode":"task","subject":"Poisoned","statecode":0,"statuscode":3,POISON}`);

/** Fails where an object in it has a prototype of its own, or a key that leads to one. */
function expectPlain(value: unknown, path = 'row'): void {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) {
    expect(Object.getPrototypeOf(value) === Object.prototype, path).to.equal(true);
    expect(Object.keys(value), path).to.not.include.members(['__proto__']);
    for (const key of ['constructor', 'prototype', '__proto__']) {
      expect(Object.hasOwn(value, key), `${path}.${key}`).to.equal(false);
    }
  }
  for (const [key, part] of Object.entries(value)) expectPlain(part, `${path}.${key}`);
}

/** Reads, watches and writes through the store as elements do, and looks at every row on the way. */
async function expectClean(provider: ActivityDataProvider): Promise<void> {
  const before = Reflect.ownKeys(Object.prototype);
  const store = new ActivityStore(provider);
  const view = store.view({}, asker);
  view.subscribe(() => undefined);
  await waitUntil(() => view.status === 'ready', 'it was never read');
  expect(view.rows.map(({ subject }) => subject)).to.include('Poisoned');
  const [id] = view.rows.map((one) => one.id);
  if (provider.create) await store.create(draft as ActivityDraft, asker);
  if (provider.update) await store.update([id ?? ''], patch as ActivityPatch, asker);
  for (const one of view.rows) expectPlain(one);
  if (provider.get) expectPlain(await store.load(id ?? '', asker));
  expect(({} as { polluted?: number }).polluted).to.equal(undefined);
  expect(Reflect.ownKeys(Object.prototype)).to.deep.equal(before);
}

const name = `prototypes-${crypto.randomUUID()}`;
let runs = 0;
const indexeddb = () =>
  createIndexedDbProvider({ name: `${name}-${String(runs++)}`, seed: { activities: [row] } });

const providers: { readonly [name: string]: () => ActivityDataProvider } = {
  'a bare query': () => ({ query: () => Promise.resolve([row]) }),
  'a query with live changes': () => {
    let tell: (change: ProviderChange) => void = () => undefined;
    return {
      query: async () => {
        await Promise.resolve();
        setTimeout(() => tell({ kind: 'upsert', rows: [row] }));
        return [row];
      },
      update: () => Promise.resolve(row),
      create: () => Promise.resolve({ ...row, id: 'q' }),
      subscribe: (listener) => {
        tell = listener;
        return () => undefined;
      },
    };
  },
  'the memory provider': () => createMemoryProvider({ activities: [row] }),
  'the IndexedDB provider': indexeddb,
  'the chaos provider': () => createChaosProvider(createMemoryProvider({ activities: [row] })),
  'the REST provider': () =>
    createRestProvider({
      url: 'https://backend.example/',
      fetch: (input) => {
        const isQuery = String(input as string).endsWith('query');
        const text = isQuery ? `{"rows":[${ROW}],POISON}` : ROW;
        return Promise.resolve(
          new Response(text.replaceAll('POISON', POISON), {
            headers: { 'Content-Type': 'application/json' },
          }),
        );
      },
    }),
  'the OData provider': () => {
    const list = poisoned(`{"value":[],"@odata.count":1,POISON}`) as object;
    const answer = { body: { ...list, value: [odataRow] } };
    const service = new FakeService({
      'GET activitypointers': answer,
      'GET WhoAmI': { body: poisoned(`{"UserId":"ana",POISON}`) },
      'GET systemusers': { body: list },
      'GET teammemberships': { body: list },
      'GET annotations': { body: { value: [] } },
      'GET tasks(': { body: odataRow },
      'POST tasks': { body: odataRow },
      'PATCH tasks': { body: odataRow },
    });
    return createODataProvider({ url: URL, fetch: service.fetch });
  },
};

describe('keys that reach a prototype', () => {
  after(async () => {
    for (let run = 0; run < runs; run++) await deleteDB(`${name}-${String(run)}`);
  });

  for (const [what, make] of Object.entries(providers)) {
    it(`change none through ${what}`, async () => {
      const provider = make();
      await expectClean(provider);
      (provider as Partial<ReturnType<typeof indexeddb>>).close?.();
    });
  }

  describe('on a page that froze its prototypes', () => {
    // This page is this file's own: nothing has to be thawed.
    before(() => Object.freeze(Object.prototype));

    for (const [what, make] of Object.entries(providers)) {
      it(`neither stop nor change anything through ${what}`, async () => {
        const provider = make();
        await expectClean(provider);
        (provider as Partial<ReturnType<typeof indexeddb>>).close?.();
      });
    }
  });
});
