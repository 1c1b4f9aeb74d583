import { failure, type ActivityDataProvider } from '../../src/index.js';

/** Every activity that an address answers as a list; the kit filters, sorts, searches and counts by itself. */
export function readOnlyProvider(url: string, send: typeof fetch = fetch): ActivityDataProvider {
  return {
    async query(_question, { signal = null }) {
      const answer = await send(url, { signal });
      if (!answer.ok) throw failure('server');
      return answer.json() as ReturnType<ActivityDataProvider['query']>;
    },
  };
}
