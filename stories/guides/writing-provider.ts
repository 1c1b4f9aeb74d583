import {
  failure,
  type Activity,
  type ActivityDataProvider,
  type ProviderFailure,
  type WriteOptions,
} from '../../src/index.js';
import { readOnlyProvider } from './read-only-provider.js';

/** The same list, whose activities can be edited and moved on: each answer is the whole row as it is now. */
export function writingProvider(url: string, send: typeof fetch = fetch): ActivityDataProvider {
  const at = (id: string): string => `${url}/${encodeURIComponent(id)}`;

  async function write(
    method: string,
    address: string,
    body: unknown,
    options: WriteOptions,
  ): Promise<Activity> {
    const { signal = null, version, idempotencyKey } = options;
    const answer = await send(address, {
      method,
      signal,
      headers: {
        'Content-Type': 'application/json',
        // Refuse what was made on an older version, with `conflict` and the row as it is now …
        ...(version !== undefined && { 'If-Match': version }),
        // … and answer what came before under this key as you did then, without doing it again.
        'Idempotency-Key': idempotencyKey,
      },
      body: JSON.stringify(body),
    });
    if (answer.ok) return (await answer.json()) as Activity;
    const { code = 'server', row } = (await answer.json()) as Partial<ProviderFailure>;
    throw failure(code, '', { ...(row && { row }) });
  }

  return {
    ...readOnlyProvider(url, send),
    update: (id, patch, options) => write('PATCH', at(id), patch, options),
    transition: (id, to, options) => write('POST', `${at(id)}/transition`, to, options),
  };
}
