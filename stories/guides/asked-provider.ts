import {
  failure,
  type Activity,
  type ActivityDataProvider,
  type ActivityPage,
  type CallOptions,
  type ProviderFailure,
  type Total,
} from '../../src/index.js';
import { writingProvider } from './writing-provider.js';

/** The same again, but asked for one page at a time: filtering, sorting and counting are the server's now. */
export function askedProvider(url: string, send: typeof fetch = fetch): ActivityDataProvider {
  async function ask<T>(path: string, call: CallOptions, body?: unknown): Promise<T> {
    const { signal = null } = call;
    const answer = await send(url + path, {
      signal,
      ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
    });
    if (answer.ok) return (await answer.json()) as T;
    const { code = 'server' } = (await answer.json()) as Partial<ProviderFailure>;
    throw failure(code);
  }

  return {
    ...writingProvider(url, send),
    // Name the fields where you can't do all. Leave `exact` out where your order or matching is another than the kit's.
    capabilities: () =>
      Promise.resolve({
        query: { filter: ['*'], sort: ['*'], places: true, totals: 'exact', exact: ['*'] },
        idempotent: true,
      }),
    query: (question, call) => ask<ActivityPage>('/query', call, question),
    count: (question, groups, call) => ask<readonly Total[]>('/count', call, { question, groups }),
    get: (id, call) => ask<Activity>(`/${encodeURIComponent(id)}`, call),
  };
}
