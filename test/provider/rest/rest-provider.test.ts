import { expect } from '@open-wc/testing';
import { toFailure, type ProviderFailure } from '../../../src/provider/failure.js';
import {
  createRestProvider,
  type RestProvider,
  type RestProviderOptions,
} from '../../../src/provider/rest/rest-provider.js';

const call = { locale: 'zh-TW', timeZone: 'Asia/Taipei' };
const row = { id: 'a/1', type: 'task', subject: 'Call', state: 'open' };

interface Sent {
  readonly line: string;
  readonly headers: Headers;
  readonly body: unknown;
}

/** A service that answers everything so. */
function open(
  answer: () => Response,
  options: Partial<RestProviderOptions> = {},
): { readonly provider: RestProvider; readonly sent: Sent[] } {
  const sent: Sent[] = [];
  const provider = createRestProvider({
    url: 'https://backend.example/api/',
    ...options,
    fetch: (input, init) => {
      const path = String(input as string).replace('https://backend.example/api/', '');
      const { body } = init ?? {};
      const json: unknown = typeof body === 'string' ? JSON.parse(body) : body;
      sent.push({
        line: `${init?.method ?? ''} ${path}`,
        headers: new Headers(init?.headers),
        body: json,
      });
      return Promise.resolve(answer());
    },
  });
  return { provider, sent };
}

const problem = (status: number, body: object, headers = {}): Response =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': 'application/problem+json', ...headers },
  });

async function failureOf(calling: Promise<unknown>): Promise<ProviderFailure> {
  return toFailure(
    await calling.then(
      () => new Error('it answered'),
      (thrown: unknown) => thrown,
    ),
  );
}

describe('A REST provider', () => {
  it('says for which dates of a series a write is meant, and which write it takes back', async () => {
    const { provider, sent } = open(() => Response.json(row));
    const write = { ...call, idempotencyKey: 'k' };
    await provider.update('m', { subject: 'A' }, { ...write, scope: 'this' });
    await provider.update('m', { subject: 'A' }, { ...write, scope: 'following' });
    await provider.remove('m', { ...write, scope: 'all', undoes: 'before' });
    expect(sent.map(({ line }) => line)).to.deep.equal([
      'PATCH activities/m',
      'PATCH activities/m?scope=following',
      'DELETE activities/m?scope=all',
    ]);
    expect(sent.map(({ headers }) => headers.get('Undoes'))).to.deep.equal([null, null, 'before']);
  });

  it('asks a question as it is, with the user’s language and zone', async () => {
    const { provider, sent } = open(() => Response.json({ rows: [row] }));
    const question = { search: 'Call', page: { size: 5 } };
    expect(await provider.query(question, call)).to.deep.equal({ rows: [row] });
    const [{ line, headers, body } = { line: '', headers: new Headers(), body: {} }] = sent;
    expect(line).to.equal('POST activities/query');
    expect(body).to.deep.equal(question);
    expect(headers.get('Accept-Language')).to.equal('zh-TW');
    expect(headers.get('Time-Zone')).to.equal('Asia/Taipei');
  });

  it('writes against the version the user saw, once, and takes the version from the header', async () => {
    const { provider, sent } = open(() => Response.json(row, { headers: { ETag: '"v 2"' } }));
    const write = { ...call, version: 'v "1"', idempotencyKey: 'k' };
    const after = await provider.update('a/1', { subject: 'Call' }, write);
    expect(after.version).to.equal('v 2');
    await provider.transition('a/1', { state: 'completed' }, { ...write, version: 'W/"7"' });
    expect(sent.map(({ line }) => line)).to.deep.equal([
      'PATCH activities/a%2F1',
      'POST activities/a%2F1/transition',
    ]);
    expect(sent.map(({ headers }) => headers.get('If-Match'))).to.deep.equal([
      '"v%20%221%22"',
      'W/"7"',
    ]);
    expect(sent.every(({ headers }) => headers.get('Idempotency-Key') === 'k')).to.equal(true);
  });

  it('tells what a problem says: its code, its words, the fields, the row', async () => {
    const body = {
      code: 'conflict',
      detail: 'Ana changed it.',
      fields: { subject: 'Too long.', due: '<b>no</b>' },
      row: { ...row, version: '3' },
    };
    const { provider } = open(() => problem(400, body, { 'Retry-After': '2' }));
    const failure = await failureOf(provider.get('1', call));
    expect(failure).to.deep.equal({
      code: 'conflict',
      message: 'Ana changed it.',
      retryAfterMs: 2000,
      fields: { subject: 'Too long.', due: '' },
      row: { ...row, version: '3' },
    });
    const { provider: other } = open(() => problem(409, { code: 'no such code' }));
    expect((await failureOf(other.get('1', call))).code).to.equal('conflict');
  });

  it('has what the service is said to have, and nothing more', () => {
    const plain = open(() => Response.json({})).provider;
    expect(plain).not.to.have.any.keys('bulk', 'send', 'attachments', 'subscribe');
    const read = createRestProvider({ url: 'https://backend.example', writable: false });
    expect(read).not.to.have.any.keys('create', 'update', 'transition', 'remove');
    const full = open(() => Response.json({}), {
      extras: ['bulk', 'send', 'attachments', 'events'],
    });
    expect(full.provider).to.include.all.keys('bulk', 'send', 'attachments', 'subscribe');
  });

  it('takes no row without an id for one', async () => {
    const { provider } = open(() => Response.json({ subject: 'x' }));
    expect((await failureOf(provider.get('1', call))).code).to.equal('server');
    const lists = open(() => Response.json({}));
    expect((await failureOf(lists.provider.lookup('x', [], call))).code).to.equal('server');
  });
});
