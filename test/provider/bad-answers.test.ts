import { expect } from '@open-wc/testing';
import { toFailure, type FailureCode, type ProviderFailure } from '../../src/provider/failure.js';
import { createODataProvider } from '../../src/provider/odata/odata-provider.js';
import type { ActivityDataProvider } from '../../src/provider/provider.js';
import { createRestProvider } from '../../src/provider/rest/rest-provider.js';

const url = 'https://backend.example';
const call = { locale: 'en', timeZone: 'UTC' };
const write = { ...call, idempotencyKey: 'key', version: 'W/"1"' };
const id = '11111111-1111-4111-8111-111111111111';

interface Bad {
  readonly words: string;
  readonly status?: number;
  readonly type?: string;
  readonly body?: string;
  readonly headers?: { readonly [name: string]: string };
  readonly code: FailureCode;
  /** What is left of the server's text. */
  readonly message?: string;
  readonly retryAfterMs?: number;
}

const TRACE =
  'System.NullReferenceException: Object reference not set\n   at Plugin.Execute(IServiceProvider p) <script>alert(1)</script>';
const trace = JSON.stringify({ error: { code: '0x80040224', message: TRACE }, detail: TRACE, title: TRACE }); // prettier-ignore
const rule = JSON.stringify({ error: { code: '', message: 'A call needs a number.' }, detail: 'A call needs a number.' }); // prettier-ignore
const page = '<!doctype html><title>Sign in</title><form action="/login"></form>';

const answers: readonly Bad[] = [
  { words: 'an error body that a rule wrote', status: 400, body: rule, code: 'validation', message: 'A call needs a number.' }, // prettier-ignore
  { words: 'an error body with a stack trace', status: 400, body: trace, code: 'validation' },
  { words: 'a page instead of data', type: 'text/html; charset=utf-8', body: page, code: 'unauthenticated' }, // prettier-ignore
  { words: 'a body that was cut off', body: '{"rows":[{"id":"1","subj', code: 'network' },
  { words: 'a body of another kind', type: 'application/xml', body: '<feed/>', code: 'server' },
  { words: 'data that is no answer', body: '"yes"', code: 'server' },
  { words: 'an answer without a body', body: '', code: 'server' },
  { words: '401', status: 401, code: 'unauthenticated' },
  { words: '403', status: 403, body: trace, code: 'forbidden' },
  { words: '404', status: 404, code: 'not-found' },
  { words: '409', status: 409, code: 'conflict' },
  { words: '412', status: 412, code: 'conflict' },
  { words: '413', status: 413, type: 'text/plain', body: 'Too big', code: 'too-large' },
  { words: '429', status: 429, headers: { 'Retry-After': '9' }, code: 'rate-limited', retryAfterMs: 9000 }, // prettier-ignore
  { words: '500 with a trace', status: 500, body: trace, code: 'server' },
  { words: '502 with a page', status: 502, type: 'text/html', body: page, code: 'server' },
  { words: '503', status: 503, headers: { 'Retry-After': '30' }, code: 'server', retryAfterMs: 30_000 }, // prettier-ignore
  { words: '504', status: 504, code: 'timeout' },
  { words: 'a way to a login page', status: 302, headers: { Location: '/login' }, code: 'unauthenticated' }, // prettier-ignore
];

function responseOf({ status = 200, type = 'application/json', body, headers }: Bad): Response {
  return new Response(body ?? null, { status, headers: { 'Content-Type': type, ...headers } });
}

/** What fetch answers in a page, where a redirect is not followed. */
const opaque = {
  type: 'opaqueredirect',
  status: 0,
  ok: false,
  headers: new Headers(),
  text: () => Promise.resolve(''),
} as unknown as Response;

const providers: {
  readonly [name: string]: (fetch: typeof globalThis.fetch) => ActivityDataProvider;
} = {
  OData: (fetch) => createODataProvider({ url, fetch }),
  REST: (fetch) => createRestProvider({ url, fetch }),
};

async function failureOf(calling: Promise<unknown> | undefined): Promise<ProviderFailure> {
  return toFailure(
    await calling?.then(
      () => new Error('it answered'),
      (thrown: unknown) => thrown,
    ),
  );
}

for (const [name, create] of Object.entries(providers)) {
  describe(`The ${name} provider, answered badly`, () => {
    for (const bad of answers) {
      it(`says ${bad.code} of ${bad.words}`, async () => {
        const provider = create((input, init) => {
          // Only the writing itself is answered badly: its type is known.
          const isType = init?.method === 'GET' && String(input as string).includes('$select=activitytypecode'); // prettier-ignore
          const body = { id, type: 'task', activityid: id, activitytypecode: 'task' };
          return Promise.resolve(isType ? Response.json(body) : responseOf(bad));
        });
        const reading = failureOf(provider.query({}, call));
        const writing = failureOf(provider.update?.(id, { subject: 'New' }, write));
        for (const failure of await Promise.all([reading, writing])) {
          expect(failure.code).to.equal(bad.code);
          expect(failure.message).to.equal(
            name === 'REST' && bad.message !== undefined ? '' : (bad.message ?? ''),
          );
          expect(failure.retryAfterMs).to.equal(bad.retryAfterMs);
        }
      });
    }

    it('says unauthenticated of a redirect that the browser hides', async () => {
      const provider = create(() => Promise.resolve(opaque));
      expect((await failureOf(provider.query({}, call))).code).to.equal('unauthenticated');
    });

    it('says network where no answer comes, and aborted where nobody waits for it', async () => {
      const gone = create(() => Promise.reject(new TypeError('Failed to fetch')));
      expect((await failureOf(gone.query({}, call))).code).to.equal('network');
      const ended = create(() => Promise.reject(new DOMException('', 'AbortError')));
      expect((await failureOf(ended.query({}, call))).code).to.equal('aborted');
    });

    it('asks for another token where one is refused, once', async () => {
      const seen: (string | null)[] = [];
      const asked: (string | undefined)[] = [];
      const fetch =
        (good: string): typeof globalThis.fetch =>
        (_, init) => {
          const token = new Headers(init?.headers).get('Authorization');
          seen.push(token);
          const body = name === 'REST' ? { rows: [] } : { value: [] };
          return Promise.resolve(
            token === `Bearer ${good}` ? Response.json(body) : new Response(null, { status: 401 }),
          );
        };
      const token = (refused?: string): string => {
        asked.push(refused);
        return refused === undefined ? 'old' : 'new';
      };
      const options = { url, token };
      const open = (good: string): ActivityDataProvider =>
        name === 'REST'
          ? createRestProvider({ ...options, fetch: fetch(good) })
          : createODataProvider({ ...options, fetch: fetch(good) });
      const question = { filter: { field: 'state', op: 'eq', value: 'open' } } as const;
      await open('new').query(question, call);
      expect(seen).to.deep.equal(['Bearer old', 'Bearer new']);
      expect(asked).to.deep.equal([undefined, 'old']);
      expect((await failureOf(open('none').query(question, call))).code).to.equal(
        'unauthenticated',
      );
      expect(seen).to.have.length(4);
    });

    it('changes no prototype by what it is answered', async () => {
      const row = `{"id":"${id}","type":"task","subject":"x","state":"open","activityid":"${id}",
        "activitytypecode":"task","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},
        "fields":{"__proto__":{"polluted":1}}}`;
      const provider = create(() =>
        Promise.resolve(
          new Response(`{"rows":[${row}],"value":[${row}],"__proto__":{"polluted":1}}`, {
            headers: { 'Content-Type': 'application/json' },
          }),
        ),
      );
      const filter = { field: 'state', op: 'eq', value: 'open' } as const;
      const page = await provider.query({ filter }, call);
      const rows = 'rows' in page ? page.rows : page;
      expect(rows).to.have.length(1);
      expect(JSON.stringify(rows)).not.to.contain('polluted');
      expect(({} as { polluted?: number }).polluted).to.equal(undefined);
    });
  });
}
