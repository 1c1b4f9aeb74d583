import { deleteDB } from 'idb';
import { createIndexedDbProvider } from '../../src/provider/indexeddb/indexeddb-provider.js';
import { createMemoryProvider } from '../../src/provider/memory/memory-provider.js';
import { providerContract } from '../../src/testing/provider-contract.js';
import type { ContractSetup } from '../../src/testing/subject.js';
import { activities, ana, ben, now, records } from '../provider/sample.js';

const people = { user: ana, team: [ana, ben], createRecords: ['contact'] };

function runContract(setup: ContractSetup): void {
  for (const { name, run } of providerContract(setup)) {
    it(name, async function () {
      if (await run()) this.skip();
    });
  }
}

describe('The memory provider', () => {
  runContract({ provider: () => createMemoryProvider({ activities, records, ...people, now }) });
});

describe('The IndexedDB provider', () => {
  const name = `contract-${crypto.randomUUID()}`;
  const provider = createIndexedDbProvider({
    name,
    seed: { activities, records },
    ...people,
    now,
  });
  after(async () => {
    provider.close();
    await deleteDB(name);
  });
  runContract({ provider: () => provider });
});

describe('A list of rows behind a function', () => {
  runContract({ provider: () => ({ query: () => Promise.resolve(activities) }) });
});
