import { toFailure, type ProviderFailure } from '../../src/index.js';
import type { MemoryProvider } from '../../src/provider/memory/memory-provider.js';

const STATUSES: { readonly [code: string]: number } = {
  'not-found': 404,
  duplicate: 409,
  conflict: 412,
  validation: 422,
  'transition-refused': 422,
};

/** A backend for the guide: what a server would do with each request, with a memory provider for its database. */
export function memoryBackend(memory: MemoryProvider): typeof fetch {
  return async (input, init = {}) => {
    const { signal } = init;
    signal?.throwIfAborted();
    const headers = new Headers(init.headers);
    const { pathname, searchParams } = new URL(String(input), 'https://x');
    const [, path = '', id = '', act] = pathname.split('/');
    const body = JSON.parse(typeof init.body === 'string' ? init.body : '{}') as never;
    const version = headers.get('If-Match');
    const undoes = headers.get('Undoes');
    const scope = (['following', 'all'] as const).find((one) => one === searchParams.get('scope'));
    const call = { locale: 'en', timeZone: headers.get('Time-Zone') ?? 'UTC' };
    const write = {
      ...call,
      idempotencyKey: headers.get('Idempotency-Key') ?? '',
      ...(version !== null && { version }),
      ...(undoes !== null && { undoes }),
      ...(scope && { scope }),
    };
    const { question, groups, draft, text, kinds } = body as Record<string, never>;
    const key = decodeURIComponent(id);
    const answers: { readonly [request: string]: () => Promise<unknown> } = {
      'GET capabilities': () => memory.capabilities(call),
      'GET session': () => memory.session(call),
      'GET activities': async () => (await memory.query({}, call)).rows,
      'POST activities/query': () => memory.query(body, call),
      'POST activities/count': () => memory.count(question as never, groups as never, call),
      'POST records/lookup': () => memory.lookup(text as never, kinds as never, call),
      'POST records/summaries': () => memory.records(body, call),
      'POST activities': () => memory.create((body as { id: string }).id, draft as never, write),
      'GET activities/:id': () => memory.get(key, call),
      'PATCH activities/:id': () => memory.update(key, body, write),
      'DELETE activities/:id': () => memory.remove(key, write),
      'POST activities/:id/transition': () => memory.transition(key, body, write),
    };
    const method = init.method ?? 'GET';
    const plain = `${method} ${path}${id && `/${id}`}`;
    const run = answers[plain] ?? answers[`${method} ${path}/:id${act ? `/${act}` : ''}`];
    const json = (value: unknown, status: number): Response =>
      new Response(JSON.stringify(value), {
        status,
        headers: { 'Content-Type': 'application/json' },
      });
    try {
      const answer = await run?.();
      return answer === undefined ? new Response(null, { status: 204 }) : json(answer, 200);
    } catch (thrown) {
      const failed: ProviderFailure = toFailure(thrown);
      return json(failed, STATUSES[failed.code] ?? 500);
    }
  };
}
