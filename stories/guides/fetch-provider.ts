import {
  failure,
  type Activity,
  type ActivityDataProvider,
  type CallOptions,
  type FailureCode,
  type ProviderFailure,
  type RecordSummary,
  type Session,
  type Total,
  type WriteOptions,
} from '../../src/index.js';

const CODES: { readonly [status: number]: FailureCode } = {
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  409: 'duplicate',
  412: 'conflict',
  413: 'too-large',
  422: 'validation',
  429: 'rate-limited',
};

/** A whole backend over plain JSON: what your server must answer stands beside each method. */
export function fetchProvider(url: string, send: typeof fetch = fetch): ActivityDataProvider {
  async function ask<T>(
    path: string,
    method: string,
    options: CallOptions & Partial<WriteOptions>,
    body?: unknown,
  ): Promise<T> {
    const { signal = null, locale, timeZone, version, idempotencyKey, undoes } = options;
    const answer = await send(url + path, {
      method,
      signal,
      headers: {
        'Content-Type': 'application/json',
        'Accept-Language': locale,
        'Time-Zone': timeZone,
        ...(version !== undefined && { 'If-Match': version }),
        ...(idempotencyKey !== undefined && { 'Idempotency-Key': idempotencyKey }),
        ...(undoes !== undefined && { Undoes: undoes }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw await failureOf(answer);
    return (answer.status === 204 ? undefined : await answer.json()) as T;
  }
  const at = (id: string): string => `/activities/${encodeURIComponent(id)}`;
  // For which dates of a series it is meant: only where your capabilities have `scopes`.
  const of = (id: string, { scope = 'this' }: WriteOptions): string => `${at(id)}?scope=${scope}`;

  return {
    name: url,
    // { query: { filter: ['*'], sort: ['*'], … }, undo: 'inverse', idempotent: true }
    capabilities: (call) => ask('/capabilities', 'GET', call),
    // { user, team, types }
    session: (call) => ask<Session>('/session', 'GET', call),
    // { rows, next, total }
    query: (question, call) => ask('/activities/query', 'POST', call, question),
    // [{ value, relation }], one for each group
    count: (question, groups, call) =>
      ask<readonly Total[]>('/activities/count', 'POST', call, { question, groups }),
    // Each of these answers the whole row as it is now.
    get: (id, call) => ask<Activity>(at(id), 'GET', call),
    create: (id, draft, write) => ask<Activity>('/activities', 'POST', write, { id, draft }),
    update: (id, patch, write) => ask<Activity>(of(id, write), 'PATCH', write, patch),
    transition: (id, to, write) => ask<Activity>(`${at(id)}/transition`, 'POST', write, to),
    // Nothing.
    remove: (id, write) => ask(of(id, write), 'DELETE', write),
    // [{ ref: { kind, id, name }, parent, detail, deal }]
    lookup: (text, kinds, call) =>
      ask<readonly RecordSummary[]>('/records/lookup', 'POST', call, { text, kinds }),
    records: (wanted, call) =>
      ask<readonly RecordSummary[]>('/records/summaries', 'POST', call, wanted),
  };
}

/** The server's `{ message, row, fields }` where it says so; a page of HTML says nothing to a user. */
async function failureOf(answer: Response): Promise<ProviderFailure & Error> {
  const code = CODES[answer.status] ?? 'server';
  const isJson = answer.headers.get('Content-Type')?.includes('json') ?? false;
  const body = isJson ? ((await answer.json()) as Partial<ProviderFailure>) : {};
  const { message = '', row, fields } = code === 'server' ? {} : body;
  const wait = Number(answer.headers.get('Retry-After'));
  return failure(body.code ?? code, message, {
    ...(row && { row }),
    ...(fields && { fields }),
    ...(wait > 0 && { retryAfterMs: wait * 1000 }),
  });
}
