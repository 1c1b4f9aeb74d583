import { expect } from '@open-wc/testing';
import {
  toFailure,
  type FailureCode,
  type ProviderFailure,
} from '../../../src/provider/failure.js';
import { dataverse } from '../../../src/provider/odata/dataverse.js';
import {
  createODataHttp,
  createSend as createSendOver,
  type Send,
} from '../../../src/provider/odata/http.js';
import { FakeService, URL, type Answer } from './fake-service.js';

const createSend = (
  options: Parameters<typeof createODataHttp>[0],
  errors: Parameters<typeof createODataHttp>[1],
): Send => createSendOver(createODataHttp(options, errors));

const call = { locale: 'en', timeZone: 'UTC' };

async function failureOf(sending: Promise<unknown>): Promise<ProviderFailure> {
  return toFailure(
    await sending.then(
      () => new Error('it answered'),
      (thrown: unknown) => thrown,
    ),
  );
}

describe('A request to an OData service', () => {
  const ask = (answer: Answer): Promise<ProviderFailure> => {
    const service = new FakeService({ 'GET tasks': answer });
    return failureOf(
      createSend({ url: URL, fetch: service.fetch }, dataverse.errors)('tasks', call),
    );
  };
  const error = (code: string, message = 'x'): unknown => ({ error: { code, message } });

  const statuses: [number, FailureCode, string?][] = [
    [400, 'validation'],
    [400, 'transition-refused', '0x80048408'],
    [401, 'unauthenticated'],
    [403, 'forbidden'],
    [404, 'not-found'],
    [405, 'unsupported'],
    [409, 'conflict'],
    [412, 'conflict', '0x80060882'],
    [412, 'duplicate', '0x80040237'],
    [413, 'too-large'],
    [429, 'rate-limited', '0x80072322'],
    [500, 'server', '0x80040237'],
    [501, 'unsupported'],
    [503, 'server'],
    [504, 'timeout'],
  ];
  for (const [status, code, detail = ''] of statuses) {
    it(`fails with ${code} at ${String(status)} ${detail}`, async () => {
      expect((await ask({ status, body: error(detail) })).code).to.equal(code);
    });
  }

  it('says how long to wait, by seconds or by the clock of the server', async () => {
    const seconds = await ask({ status: 429, headers: { 'Retry-After': '7' } });
    expect(seconds.retryAfterMs).to.equal(7000);
    const date = await ask({
      status: 503,
      headers: {
        Date: 'Mon, 23 Nov 2026 08:00:00 GMT',
        'Retry-After': 'Mon, 23 Nov 2026 08:00:30 GMT',
      },
    });
    expect(date.retryAfterMs).to.equal(30_000);
    expect(await ask({ status: 429, headers: { 'Retry-After': 'soon' } })).to.not.have.property(
      'retryAfterMs',
    );
  });

  it('passes on what a rule says, and nothing that was not written for people', async () => {
    const rule = 'A call needs somebody who was called.';
    expect((await ask({ status: 400, body: error('', rule) })).message).to.equal(rule);
    for (const message of [
      'System.NullReferenceException: Object reference',
      'first line\n  at Plugin.Execute()',
      'x'.repeat(400),
      '<b>no</b>',
    ]) {
      expect((await ask({ status: 400, body: error('', message) })).message).to.equal('');
    }
    expect(
      (await ask({ status: 403, body: error('', 'SecLib::AccessCheck failed') })).message,
    ).to.equal('');
  });

  it('takes a page, or a way to one, for a request to sign in', async () => {
    const page = {
      body: '<!doctype html><title>Sign in</title>',
      headers: { 'Content-Type': 'text/html' },
    };
    expect((await ask(page)).code).to.equal('unauthenticated');
    expect((await ask({ ...page, status: 502 })).code).to.equal('server');
    expect((await ask({ status: 302, headers: { Location: '/login' } })).code).to.equal(
      'unauthenticated',
    );
  });

  it('takes what was cut off for a broken network', async () => {
    expect((await ask({ body: '{"value":[{"subj' })).code).to.equal('network');
  });

  it('tells a lost network from an abort', async () => {
    const send = createSend(
      { url: URL, fetch: () => Promise.reject(new TypeError('NetworkError when attempting')) },
      dataverse.errors,
    );
    expect((await failureOf(send('tasks', call))).code).to.equal('network');
    const service = new FakeService({});
    const aborted = createSend({ url: URL, fetch: service.fetch }, dataverse.errors);
    const { code } = await failureOf(aborted('tasks', { ...call, signal: AbortSignal.abort() }));
    expect(code).to.equal('aborted');
  });

  it('carries the token, and to nobody but the service', async () => {
    const service = new FakeService({ 'GET tasks': { body: { value: [] } } });
    const token = (): Promise<string> => Promise.resolve('secret');
    const send = createSend({ url: URL, fetch: service.fetch, token }, dataverse.errors);
    await send('tasks', call);
    expect(service.last('GET tasks').headers.get('Authorization')).to.equal('Bearer secret');
    await send(`${URL}/tasks?page=2`, call);
    const { code } = await failureOf(send('https://elsewhere.example/tasks', call));
    expect(code).to.equal('server');
    expect(service.sent).to.have.length(2);
  });

  it('answers nothing where the service answers nothing', async () => {
    const service = new FakeService({ 'DELETE tasks': { status: 204 } });
    const send = createSend({ url: `${URL}/`, fetch: service.fetch }, dataverse.errors);
    expect(await send('tasks(1)', call, { method: 'DELETE', ifMatch: 'W/"1"' })).to.equal(
      undefined,
    );
    expect(service.last('DELETE').headers.get('If-Match')).to.equal('W/"1"');
  });
});
