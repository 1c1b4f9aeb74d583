import { createMemoryProvider } from '../../src/provider/memory/memory-provider.js';
import { providerContract } from '../../src/testing/provider-contract.js';
import { querySuite } from '../../src/testing/query-suite.js';
import { fetchProvider } from '../../stories/guides/fetch-provider.js';
import { memoryBackend } from '../../stories/guides/memory-backend.js';
import { readOnlyProvider } from '../../stories/guides/read-only-provider.js';
import { activities, ana, ben, now, records } from '../provider/sample.js';

const setup = { activities, records, user: ana, team: [ana, ben], now };

describe('The read-only provider of the guide', () => {
  const send = (): Promise<Response> => Promise.resolve(Response.json(activities));
  for (const { name, run } of providerContract({ provider: () => readOnlyProvider('/', send) })) {
    it(name, async function () {
      if (await run()) this.skip();
    });
  }
});

describe('The provider over fetch of the guide', () => {
  const provider = (): ReturnType<typeof fetchProvider> =>
    fetchProvider('https://crm.example', memoryBackend(createMemoryProvider(setup)));
  const checks = [...providerContract({ provider }), ...querySuite({ provider, count: 50 })];
  for (const { name, run } of checks) {
    it(name, async function () {
      if (await run()) this.skip();
    });
  }
});
