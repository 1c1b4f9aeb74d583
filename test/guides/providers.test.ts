import { createMemoryProvider } from '../../src/provider/memory/memory-provider.js';
import { providerContract } from '../../src/testing/provider-contract.js';
import type { ActivityDataProvider } from '../../src/provider/provider.js';
import { querySuite } from '../../src/testing/query-suite.js';
import { askedProvider } from '../../stories/guides/asked-provider.js';
import { fetchProvider } from '../../stories/guides/fetch-provider.js';
import { listProvider } from '../../stories/guides/list-provider.js';
import { memoryBackend } from '../../stories/guides/memory-backend.js';
import { readOnlyProvider } from '../../stories/guides/read-only-provider.js';
import { writingProvider } from '../../stories/guides/writing-provider.js';
import { activities, ana, ben, now, records } from '../provider/sample.js';

const setup = { activities, records, user: ana, team: [ana, ben], now };

const url = 'https://crm.example/activities';
const backend = (): typeof fetch => memoryBackend(createMemoryProvider(setup));

describe('The read-only provider of the guide', () => {
  const send = (): Promise<Response> => Promise.resolve(Response.json(activities));
  for (const { name, run } of providerContract({ provider: () => readOnlyProvider('/', send) })) {
    it(name, async function () {
      if (await run()) this.skip();
    });
  }
});

const steps: { readonly [step: string]: () => ActivityDataProvider } = {
  'list of the guide': () => listProvider(activities),
  'provider of the guide that can be changed': () => writingProvider(url, backend()),
  'provider of the guide that is asked for pages': () => askedProvider(url, backend()),
};

for (const [step, provider] of Object.entries(steps)) {
  describe(`The ${step}`, () => {
    for (const { name, run } of providerContract({ provider })) {
      it(name, async function () {
        if (await run()) this.skip();
      });
    }
  });
}

describe('The provider over fetch of the guide', () => {
  const provider = (): ReturnType<typeof fetchProvider> =>
    fetchProvider('https://crm.example', backend());
  const checks = [...providerContract({ provider }), ...querySuite({ provider, count: 50 })];
  for (const { name, run } of checks) {
    it(name, async function () {
      if (await run()) this.skip();
    });
  }
});
