// Generated questions to REST over a real server: the rows that the kit itself would find, in the same order wherever the provider
// calls its order exact.
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { build } from 'esbuild';
import { createRestServer } from '../../demo/rest/server.mjs';
import { root } from '../support/install.mjs';

const COUNT = 300;
const call = { locale: 'en', timeZone: 'Europe/Berlin' };

async function load() {
  const file = (name) => path.join(root, name);
  const { outputFiles } = await build({
    stdin: {
      contents: `
        export { createRestProvider } from '${file('src/provider/rest/rest-provider.ts')}';
        export { createMemoryProvider } from '${file('src/provider/memory/memory-provider.ts')}';
        export { querySuite } from '${file('src/testing/query-suite.ts')}';
        export { createDemoData } from '${file('demo/data/create-demo-data.ts')}';`,
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

const kit = await load();

function ask(provider) {
  for (const { name, run } of kit.querySuite({ provider, count: COUNT, call })) {
    it(name, async () => void (await run()));
  }
}

describe('Generated questions to the REST provider', () => {
  let server;
  before(async () => {
    const data = kit.createDemoData({ today: '2026-11-23', timeZone: call.timeZone });
    const activities = data.activities.slice(0, 400);
    server = createRestServer(kit.createMemoryProvider({ ...data, activities }));
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  after(() => server.close());
  ask(() => kit.createRestProvider({ url: `http://127.0.0.1:${server.address().port}` }));
});
