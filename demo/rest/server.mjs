// Any provider on the wire, as openapi.json says. Your database takes its place; ask who is calling before anything else.
import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';

const STATUSES = { unauthenticated: 401, forbidden: 403, 'not-found': 404, duplicate: 409 };
Object.assign(STATUSES, { conflict: 412, 'too-large': 413, validation: 422, timeout: 504 });
Object.assign(STATUSES, { 'transition-refused': 422, 'rate-limited': 429, unsupported: 501 });
const routes = {
  'GET /capabilities': (to, { call }) => to.capabilities(call),
  'GET /session': (to, { call }) => to.session(call),
  'GET /records': (to, { of, call }) => to.lookup(of.get('text') ?? '', of.getAll('kind'), call),
  'POST /records': (to, { json, call }) => to.createRecord(json().id, json().draft, call),
  'POST /records/summaries': (to, { json, call }) => to.records(json(), call),
  'POST /activities/query': (to, { json, call }) => to.query(json(), call),
  'POST /activities/count': (to, { json, call }) => to.count(json().question, json().groups, call),
  'POST /activities': (to, { json, call }) => to.create(json().id, json().draft, call),
  'GET /activities/:id': (to, { id, call }) => to.get(id, call),
  'PATCH /activities/:id': (to, { id, json, call }) => to.update(id, json(), call),
  'DELETE /activities/:id': (to, { id, call }) => to.remove(id, call),
  'POST /activities/:id/transition': (to, { id, json, call }) => to.transition(id, json(), call),
};
const patternOf = (route) => new RegExp(`^${route.replace(/:\w+/g, '([^/]+)')}$`);

/** `more`: further routes, as in extras.mjs; one that answers by itself answers nothing here. */
export function createRestServer(provider, more = {}) {
  const known = Object.entries({ ...routes, ...more });
  return createServer(async (request, response) => {
    const send = (status, answer, headers) => {
      response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
      response.end(JSON.stringify(answer));
    };
    try {
      const { method, url, headers } = request;
      const { pathname, searchParams: of } = new URL(url, 'http://localhost');
      const asked = `${method} ${pathname}`;
      const [route, run] = known.find(([name]) => patternOf(name).test(asked)) ?? [];
      if (!run) throw { code: 'not-found' };
      const [, id, part] = patternOf(route).exec(asked).map(decodeURIComponent);
      const isLarge = headers['transfer-encoding'] || headers['content-length'] > 5_242_880;
      if (isLarge) throw { code: 'too-large' };
      const bytes = await buffer(request);
      const json = () => JSON.parse(headers['content-type'] === 'application/json' ? bytes : '');
      const { 'accept-language': locale = 'en', 'time-zone': timeZone = 'UTC' } = headers;
      const version = headers['if-match'] && decodeURI(headers['if-match'].slice(1, -1));
      const write = { idempotencyKey: headers['idempotency-key'], undoes: headers.undoes };
      const call = { locale, timeZone, version, ...write, scope: of.get('scope') ?? 'this' };
      const answer = await run(provider, { id, part, of, json, bytes, call, request, response });
      if (response.headersSent) return;
      const status = answer === undefined ? 204 : /^POST \/\w+$/.test(route) ? 201 : 200;
      send(status, answer, answer?.version && { ETag: `"${encodeURI(answer.version)}"` });
    } catch (thrown) {
      const failed = thrown instanceof SyntaxError ? { code: 'validation' } : thrown;
      const status = STATUSES[failed.code] ?? 500;
      // What is none of the kit's failures is a mistake here: its text is for the log only.
      if (status === 500) console.error(thrown);
      const { message: detail, ...problem } = status === 500 ? { code: 'server' } : failed;
      send(status, { ...problem, status, detail }, { 'Content-Type': 'application/problem+json' });
    }
  });
}
