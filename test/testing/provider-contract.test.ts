import { expect } from '@open-wc/testing';
import { deleteDB } from 'idb';
import type { Activity } from '../../src/model/activity.js';
import { createIndexedDbProvider } from '../../src/provider/indexeddb/indexeddb-provider.js';
import { createMemoryProvider } from '../../src/provider/memory/memory-provider.js';
import type { ActivityDataProvider } from '../../src/provider/provider.js';
import { providerContract } from '../../src/testing/provider-contract.js';
import type { ContractSetup } from '../../src/testing/subject.js';
import { activities, ana, ben, now, records } from '../provider/sample.js';

const people = { user: ana, team: [ana, ben] };

function runContract(setup: ContractSetup): void {
  for (const { name, run } of providerContract(setup)) {
    it(name, async function () {
      if (await run()) this.skip();
    });
  }
}

/** What the contract has to say against a provider, by check. */
async function complaints(provider: ActivityDataProvider): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const { name, run } of providerContract({ provider: () => provider })) {
    await run().catch((error: unknown) => found.set(name, String(error)));
  }
  return found;
}

describe('The memory provider', () => {
  runContract({ provider: () => createMemoryProvider({ activities, records, ...people, now }) });
});

describe('The IndexedDB provider', () => {
  const name = `contract-${crypto.randomUUID()}`;
  const provider = createIndexedDbProvider({ name, seed: { activities, records, ...people }, now });
  after(async () => {
    provider.close();
    await deleteDB(name);
  });
  runContract({ provider: () => provider });
});

describe('A list of rows behind a function', () => {
  runContract({ provider: () => ({ query: () => Promise.resolve(activities) }) });
});

describe('providerContract', () => {
  const memory = (): ReturnType<typeof createMemoryProvider> =>
    createMemoryProvider({ activities, records, ...people, now });

  it('names a lost row when a filter answers too little', async () => {
    const good = memory();
    const found = await complaints({
      ...good,
      async query(question, call) {
        const page = await good.query(question, call);
        const rows: readonly Activity[] = 'rows' in page ? page.rows : page;
        return question.filter ? { rows: rows.slice(1) } : page;
      },
    });
    expect([...found.keys()]).to.deep.equal(['filters by what it declares, as the kit would']);
    expect([...found.values()][0]).to.match(/with state open .* rows instead of .*missing: /);
  });

  it('names the rows that stand the wrong way round', async () => {
    const good = memory();
    const found = await complaints({
      ...good,
      query: (question, call) => good.query({ ...question, sort: [] }, call),
    });
    expect(found.get('sorts by what it declares, in both directions')).to.contain('sorted by');
  });

  it('notices that an old version is overwritten', async () => {
    const good = memory();
    const found = await complaints({
      ...good,
      update: (id, patch, { version: _version, ...write }) => good.update(id, patch, write),
    });
    expect([...found.keys()]).to.deep.equal(['refuses to overwrite what somebody else changed']);
    expect([...found.values()][0]).to.contain('must fail with conflict, but answered');
  });

  it('notices failures that are none of the contract', async () => {
    const good = memory();
    const found = await complaints({
      ...good,
      get: (id, call) =>
        good.get(id, call).catch(() => {
          throw new Error('ORA-01403');
        }),
    });
    expect(found.get('gets one whole row, and says when there is none')).to.contain(
      'which is no ProviderFailure',
    );
  });
});
