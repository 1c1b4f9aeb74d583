/*
 * A server for `activity-kit/providers/rest.js`, in plain Node: it puts any provider on the wire as openapi.json says.
 *
 *   import { createMemoryProvider } from 'activity-kit/providers/memory.js';
 *   createRestServer(createMemoryProvider({ activities })).listen(4005);
 *
 * A backend of your own has its database where the provider is here, and asks who is calling before anything else.
 */
import { createServer } from 'node:http';

const MAX_BYTES = 5_242_880;
const STATUSES = { validation: 422, 'transition-refused': 422, conflict: 412, duplicate: 409 };
Object.assign(STATUSES, { 'not-found': 404, forbidden: 403, unauthenticated: 401, timeout: 504 });
Object.assign(STATUSES, { 'rate-limited': 429, 'too-large': 413, unsupported: 501, server: 500 });

const routes = {
  'GET /capabilities': (provider, { call }) => provider.capabilities(call),
  'GET /session': (provider, { call }) => provider.session(call),
  'GET /records': (provider, { search, call }) =>
    provider.lookup(search.get('text') ?? '', search.getAll('kind'), call),
  'POST /records/summaries': (provider, { body, call }) => provider.records(body, call),
  'POST /activities/query': (provider, { body, call }) => provider.query(body, call),
  'POST /activities/count': (provider, { body, call }) =>
    provider.count(body.question, body.groups, call),
  'POST /activities': (provider, { body, call }) => provider.create(body.id, body.draft, call),
  'GET /activities/:id': (provider, { id, call }) => provider.get(id, call),
  'PATCH /activities/:id': (provider, { id, body, call }) => provider.update(id, body, call),
  'DELETE /activities/:id': (provider, { id, call }) => provider.remove(id, call),
  'POST /activities/:id/transition': (provider, { id, body, call }) =>
    provider.transition(id, body, call),
};

/** `more`: further routes, as in extras.mjs. One that answers by itself answers nothing here. */
export function createRestServer(provider, more = {}) {
  const known = Object.entries({ ...routes, ...more }).map(([route, run]) => ({
    pattern: new RegExp(`^${route.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`),
    run,
  }));
  return createServer(async (request, response) => {
    try {
      const { pathname, searchParams: search } = new URL(request.url, 'http://localhost');
      const asked = `${request.method} ${pathname}`;
      const route = known.find(({ pattern }) => pattern.test(asked));
      if (!route) throw { code: 'not-found' };
      const parts = Object.entries(route.pattern.exec(asked).groups ?? {});
      const ids = Object.fromEntries(parts.map(([name, id]) => [name, decodeURIComponent(id)]));
      const bytes = await bytesOf(request);
      const body = isJson(request) && bytes.length > 0 ? parse(bytes) : undefined;
      const call = callOf(request.headers);
      const answer = await route.run(provider, {
        ...ids,
        search,
        bytes,
        body,
        call,
        request,
        response,
      });
      if (response.headersSent) return;
      const etag = answer?.version && { ETag: `"${encodeURI(answer.version)}"` };
      const status = answer === undefined ? 204 : asked === 'POST /activities' ? 201 : 200;
      response.writeHead(status, { 'Content-Type': 'application/json', ...etag });
      response.end(JSON.stringify(answer));
    } catch (thrown) {
      fail(response, thrown);
    }
  });
}

/** Problem details (RFC 9457). What is none of the kit's failures is a mistake here: its text is for the log only. */
function fail(response, thrown) {
  const code = thrown.code in STATUSES ? thrown.code : 'server';
  if (code === 'server') console.error(thrown);
  const { message, fields, row, retryAfterMs } = code === 'server' ? {} : thrown;
  const wait = retryAfterMs && { 'Retry-After': String(Math.ceil(retryAfterMs / 1000)) };
  const status = STATUSES[code];
  response.writeHead(status, { 'Content-Type': 'application/problem+json', ...wait });
  response.end(JSON.stringify({ status, code, detail: message || undefined, fields, row }));
}

async function bytesOf(request) {
  const chunks = [];
  let bytes = 0;
  for await (const chunk of request) {
    if ((bytes += chunk.length) > MAX_BYTES) throw { code: 'too-large' };
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const isJson = ({ headers }) => headers['content-type'] === 'application/json';

function parse(bytes) {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    throw { code: 'validation' };
  }
}

function callOf({ 'if-match': ifMatch, 'idempotency-key': idempotencyKey, ...headers }) {
  const version = ifMatch && { version: decodeURI(ifMatch.slice(1, -1)) };
  const { 'accept-language': locale = 'en', 'time-zone': timeZone = 'UTC' } = headers;
  return { locale, timeZone, idempotencyKey, ...version };
}
