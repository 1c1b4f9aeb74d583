// Generated questions to the providers behind a wire: the rows that the kit itself would find, in the same order wherever the
// provider calls its order exact. Memory and IndexedDB are asked the like in browsers (test/testing/query-suite.test.ts).
import { after, before, describe, it } from 'node:test';
import { callsIn, loadKit } from '../support/kit.mjs';
import { startOData, startRest } from '../support/servers.mjs';

const COUNT = 300;
const { call } = callsIn('en', 'Europe/Berlin');
const today = '2026-11-23';

const {
  createDemoData,
  createMemoryProvider,
  createODataProvider,
  createRestProvider,
  querySuite,
} = await loadKit(
  'demo/data/create-demo-data.ts',
  'src/provider/memory/memory-provider.ts',
  'src/provider/odata/odata-provider.ts',
  'src/provider/rest/rest-provider.ts',
  'src/testing/query-suite.ts',
);

function ask(provider) {
  for (const { name, run } of querySuite({ provider, count: COUNT, call })) {
    it(name, async () => void (await run()));
  }
}

describe('Generated questions to the REST provider', () => {
  let server;
  before(async () => {
    const data = createDemoData({ today, timeZone: call.timeZone });
    const activities = data.activities.filter((_, index) => index % 10 === 0);
    server = await startRest(createMemoryProvider({ ...data, activities }));
  });
  after(() => server.stop());
  ask(() => createRestProvider({ url: server.url }));
});

describe('Generated questions to the OData provider', () => {
  let server;
  before(async () => {
    server = await startOData({ TODAY: today, TZ_NAME: call.timeZone, EVERY: '10' });
  });
  after(() => server.stop());
  ask(() => createODataProvider({ url: server.url }));
});
