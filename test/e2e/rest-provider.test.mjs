// The REST provider against the reference server: the contract every provider owes, and that both keep to openapi.json.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { extras } from '../../demo/rest/extras.mjs';
import { launchChromium } from '../support/chromium.mjs';
import { root } from '../support/install.mjs';
import { bundleKit, callsIn, failsWith, loadKit } from '../support/kit.mjs';
import { startRest } from '../support/servers.mjs';

const { call, write } = callsIn('zh-TW', 'Europe/Berlin');
const api = JSON.parse(readFileSync(path.join(root, 'src/provider/rest/openapi.json'), 'utf8'));

const { createRestProvider, createMemoryProvider, providerContract, createDemoData } =
  await loadKit(
    'demo/data/create-demo-data.ts',
    'src/provider/memory/memory-provider.ts',
    'src/provider/rest/rest-provider.ts',
    'src/testing/provider-contract.ts',
  );

/** A fetch that holds each request and answer against the document. */
function againstTheDocument() {
  const ajv = new Ajv2020({ strict: false, allErrors: false });
  ajv.addSchema(api, 'api');
  const validators = new Map();
  const used = new Set();
  const validate = (pointer, value, words) => {
    const key = `api#${pointer}`;
    if (!validators.has(key)) validators.set(key, ajv.compile({ $ref: key }));
    const check = validators.get(key);
    assert.ok(check(value), `${words}: ${ajv.errorsText(check.errors)}`);
  };
  const escape = (text) => text.replaceAll('~', '~0').replaceAll('/', '~1');
  const resolve = (pointer) =>
    pointer.split('/').slice(1).reduce((at, key) => at?.[key.replaceAll('~1', '/').replaceAll('~0', '~')], api); // prettier-ignore

  const checked = async (input, init) => {
    const url = new URL(input);
    const method = init.method.toLowerCase();
    const found = Object.keys(api.paths)
      .map((name) => [name, new RegExp(`^${name.replace(/\{\w+\}/g, '[^/]+')}$`)])
      .find(([name, pattern]) => pattern.test(url.pathname) && api.paths[name][method]);
    assert.ok(found, `${init.method} ${url.pathname} is not in the document`);
    const pointer = `/paths/${escape(found[0])}/${method}`;
    const { operationId, parameters } = resolve(pointer);
    used.add(operationId);
    for (const parameter of parameters) {
      const {
        name,
        in: place,
        required,
      } = parameter.$ref ? resolve(parameter.$ref.slice(1)) : parameter;
      if (!required || place === 'path') continue;
      const given = place === 'query' ? url.searchParams.has(name) : init.headers.has(name);
      assert.ok(given, `${operationId} lacks ${place} ${name}`);
    }
    const type = init.headers.get('Content-Type');
    const body = `${pointer}/requestBody`;
    if (type === 'application/json' && resolve(body)) {
      validate(
        `${body}/content/application~1json/schema`,
        JSON.parse(init.body),
        `${operationId} asks`,
      );
    } else assert.equal(init.body !== undefined, resolve(body) !== undefined, operationId);

    const answer = await fetch(input, init);
    const documented = resolve(`${pointer}/responses/${answer.status}`);
    const text = await answer.clone().text();
    if (documented) {
      const schema = `${pointer}/responses/${answer.status}/content/application~1json/schema`;
      if (resolve(schema)) validate(schema, JSON.parse(text), `${operationId} answers`);
    } else {
      assert.equal(answer.headers.get('Content-Type'), 'application/problem+json', operationId);
      assert.ok(
        !answer.ok,
        `${operationId} answers ${answer.status}, which is not in the document`,
      );
      validate('/components/schemas/Problem', JSON.parse(text), `${operationId} refuses`);
    }
    return answer;
  };
  return { fetch: checked, used };
}

const started = [];
async function serve(provider, more) {
  const server = await startRest(provider, more);
  started.push(server);
  return server.url;
}
after(() => started.forEach(({ stop }) => stop()));

/** What the memory provider has not: mail, many at once. */
function withExtras(provider) {
  return {
    ...provider,
    send: async (id, options) =>
      provider.transition(id, { state: 'completed', reason: 'sent' }, options),
    bulk: async (changes, options) =>
      Promise.all(
        changes.map(async ({ id, patch, version, idempotencyKey }) => {
          try {
            const write = { ...options, version, idempotencyKey };
            return { id, row: await provider.update(id, patch, write) };
          } catch ({ code, message }) {
            return { id, error: { code, message } };
          }
        }),
      ),
  };
}

describe('the document', () => {
  it('is valid OpenAPI 3.1', async () => {
    const { valid, errors } = await new Validator().validate(structuredClone(api));
    assert.ok(valid, JSON.stringify(errors));
  });
});

describe('the contract of a provider', () => {
  const document = againstTheDocument();
  let provider;
  before(async () => {
    const { activities, records, user, team, teams } = createDemoData({
      today: '2026-11-23',
      timeZone: call.timeZone,
    });
    const memory = createMemoryProvider({
      activities: activities.slice(0, 300),
      records,
      user,
      team,
      teams,
      createRecords: ['contact'],
    });
    const url = await serve(withExtras(memory), extras);
    provider = createRestProvider({
      url,
      fetch: document.fetch,
      extras: ['bulk', 'send', 'attachments'],
    });
  });

  for (const { name, run } of providerContract({ provider: () => provider, call })) {
    it(name, async (t) => {
      const outcome = await run();
      if (outcome) t.skip(outcome.skipped);
    });
  }

  it('takes back what was just done', async () => {
    const draft = { type: 'task', subject: 'Done too early' };
    const row = await provider.create(randomUUID(), draft, write());
    const completing = write(row.version);
    const done = await provider.transition(row.id, { state: 'completed' }, completing);
    await failsWith(
      provider.transition(row.id, { state: 'open' }, write(done.version)),
      'transition-refused',
    );
    const undoing = { ...write(done.version), undoes: completing.idempotencyKey };
    const { state } = await provider.transition(row.id, { state: 'open' }, undoing);
    assert.equal(state, 'open');
    await provider.remove(row.id, write());
  });

  it('keeps files', async () => {
    const { rows } = await provider.query({ page: { size: 1 } }, call);
    const [{ id }] = rows;
    const progress = [];
    const file = new File(['Größe: 1'], 'Maße & Preise.txt', { type: 'text/plain' });
    const onProgress = (done, total) => progress.push([done, total]);
    const kept = await provider.attachments.upload(id, file, { ...write(), onProgress });
    assert.deepEqual([kept.name, kept.bytes], [file.name, file.size]);
    assert.deepEqual(progress.at(-1), [file.size, file.size]);
    assert.deepEqual(await provider.attachments.list(id, call), [kept]);
    assert.equal(await (await provider.attachments.download(id, kept.id, call)).text(), 'Größe: 1');
    await provider.attachments.remove(id, kept.id, write());
    assert.deepEqual(await provider.attachments.list(id, call), []);
    const big = new File([new Uint8Array(5_300_000)], 'big.bin');
    await failsWith(provider.attachments.upload(id, big, write()), 'too-large');
  });

  it('does many at once, and one that fails fails no other', async () => {
    const draft = (subject) => ({ type: 'email', subject });
    const a = await provider.create(randomUUID(), draft('A'), write());
    const b = await provider.create(randomUUID(), draft('B'), write());
    const change = (row, version) => ({ id: row.id, version, idempotencyKey: randomUUID(), patch: { priority: 'high' } }); // prettier-ignore
    const outcomes = await provider.bulk([change(a, a.version), change(b, 'old')], write());
    assert.equal(outcomes[0].row.priority, 'high');
    assert.equal(outcomes[1].error.code, 'conflict');
    const sent = await provider.send(b.id, write(b.version));
    assert.deepEqual([sent.state, sent.statusReason], ['completed', 'sent']);
  });

  it('has tried every operation of the document but the stream', () => {
    const all = Object.values(api.paths).flatMap((path) =>
      Object.values(path).map(({ operationId }) => operationId),
    );
    assert.deepEqual(
      all.filter((operation) => !document.used.has(operation)),
      ['events'],
    );
  });
});

describe('changes as they come', () => {
  it('are told in a browser with the key of their write, and so is a lost connection', async () => {
    const memory = createMemoryProvider({});
    const server = await startRest(memory, extras);
    const browser = await launchChromium();
    let again;
    try {
      const page = await browser.newPage();
      const body = '<!doctype html><title>Changes</title>';
      await page.route('**/page', (route) => route.fulfill({ contentType: 'text/html', body }));
      await page.goto(`${server.url}/page`);
      const code = await bundleKit(['src/provider/rest/rest-provider.ts'], 'browser');
      const module = `data:text/javascript;base64,${Buffer.from(code).toString('base64')}`;
      const listening = page.waitForResponse('**/events');
      await page.evaluate(async (kit) => {
        const { createRestProvider } = await import(kit);
        globalThis.provider = createRestProvider({ url: location.origin, extras: ['events'] });
        globalThis.heard = [];
        globalThis.end = globalThis.provider.subscribe((change) => globalThis.heard.push(change));
      }, module);
      await listening;
      const hears = async (count) => {
        await page.waitForFunction((wanted) => globalThis.heard.length >= wanted, count);
        return page.evaluate(() => globalThis.heard);
      };

      const writing = write();
      const row = await memory.create(randomUUID(), { type: 'task', subject: 'Live' }, writing);
      const { idempotencyKey } = writing;
      assert.deepEqual(await hears(1), [{ kind: 'upsert', rows: [row], idempotencyKey }]);
      await memory.remove(row.id, write(row.version));
      assert.deepEqual((await hears(2))[1], { kind: 'remove', ids: [row.id] });

      server.stop();
      assert.deepEqual((await hears(3))[2], { kind: 'connection', online: false });
      again = await startRest(memory, extras, server.port);
      assert.deepEqual((await hears(5)).slice(3), [
        { kind: 'connection', online: true },
        { kind: 'invalidate' },
      ]);

      await page.evaluate(() => globalThis.end());
      const last = await memory.create(randomUUID(), { type: 'task', subject: 'Unheard' }, write());
      const told = await page.evaluate(async ([id, options]) => {
        const { subject } = await globalThis.provider.get(id, options);
        return [subject, globalThis.heard.length];
      }, [last.id, call]); // prettier-ignore
      assert.deepEqual(told, ['Unheard', 5]);
    } finally {
      await browser.close();
      server.stop();
      again?.stop();
    }
  });
});

describe('a service that only answers questions', () => {
  it('is enough: the kit does the rest', async () => {
    const memory = createMemoryProvider({
      activities: [{ id: '1', type: 'task', subject: 'Call', state: 'open' }],
    });
    const url = await serve({
      query: async () => (await memory.query({}, call)).rows,
      capabilities: () => Promise.reject(Object.assign(new Error(), { code: 'not-found' })),
      session: () => Promise.reject(Object.assign(new Error(), { code: 'not-found' })),
    });
    const provider = createRestProvider({ url, writable: false });
    assert.deepEqual(await provider.capabilities(call), {});
    assert.deepEqual(await provider.session(call), {});
    assert.deepEqual(
      (await provider.query({}, call)).map(({ subject }) => subject),
      ['Call'],
    );
    assert.equal('create' in provider || 'attachments' in provider, false);
  });

  it('says nothing of its own mistakes', async (t) => {
    t.mock.method(console, 'error', () => undefined);
    const url = await serve({
      query: () => Promise.reject(new TypeError('Cannot read properties of undefined')),
    });
    const { message } = await failsWith(createRestProvider({ url }).query({}, call), 'server');
    assert.equal(message, '');
  });
});
