import type { Activity } from '../../model/activity.js';
import type { Capabilities } from '../capabilities.js';
import { toFailure } from '../failure.js';
import { createHttp, type HttpAnswer, type HttpOptions, type HttpRequest } from '../http.js';
import type {
  ActivityDataProvider,
  ActivityPage,
  BulkOutcome,
  CallOptions,
  ProviderChange,
  RecordSummary,
  Session,
  WriteOptions,
} from '../provider.js';
import { readChange, readList, readObject, readRow, toEntityTag } from './rest-answers.js';
import { toRestFailure } from './rest-failure.js';

/** What a service may have beyond reading and writing; openapi.json marks them optional. */
export type RestExtra = 'bulk' | 'send' | 'attachments' | 'events';

export interface RestProviderOptions extends HttpOptions {
  /** Under which journal, drafts and preferences are kept. Default: the address. */
  readonly name?: string;
  /** What the service has beyond reading and writing. Default: nothing. */
  readonly extras?: readonly RestExtra[];
  /** False for a service that is only read. Default: true. */
  readonly writable?: boolean;
}

type Core =
  | 'name'
  | 'query'
  | 'capabilities'
  | 'session'
  | 'get'
  | 'count'
  | 'create'
  | 'update'
  | 'transition'
  | 'remove'
  | 'lookup'
  | 'createRecord'
  | 'records';

export type RestProvider = Pick<
  ActivityDataProvider,
  'bulk' | 'send' | 'attachments' | 'subscribe'
> &
  Required<Pick<ActivityDataProvider, Core>>;

/**
 * A provider over plain JSON: the operations of `activity-kit/openapi.json`, one request each. A question, a draft, a patch and
 * a row cross as the kit has them; the language and the zone of the user go along as `Accept-Language` and `Time-Zone`.
 */
export function createRestProvider(
  options: RestProviderOptions & { readonly writable: false },
): Omit<
  RestProvider,
  'create' | 'createRecord' | 'update' | 'transition' | 'remove' | 'bulk' | 'send'
>;
export function createRestProvider(options: RestProviderOptions): RestProvider;
export function createRestProvider(options: RestProviderOptions): ActivityDataProvider {
  const http = createHttp(options, toRestFailure);
  const has = (extra: RestExtra): boolean => options.extras?.includes(extra) ?? false;

  function ask(
    path: string,
    call: CallOptions,
    { body, headers, ...request }: Omit<HttpRequest, 'body'> & { readonly body?: unknown } = {},
  ): Promise<HttpAnswer> {
    const isFile = body instanceof Blob;
    return http(path, call, {
      ...request,
      headers: {
        Accept: 'application/json, application/problem+json',
        'Accept-Language': call.locale,
        'Time-Zone': call.timeZone,
        ...(body !== undefined && !isFile && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: isFile ? body : JSON.stringify(body) }),
    });
  }

  async function post<T>(path: string, call: CallOptions, body: object): Promise<T> {
    return (await (await ask(path, call, { method: 'POST', body })).json()) as T;
  }

  async function write(
    path: string,
    call: WriteOptions,
    request: Omit<HttpRequest, 'body'> & { readonly body?: unknown },
  ): Promise<HttpAnswer> {
    return ask(path, call, { ...request, headers: { ...headersOf(call), ...request.headers } });
  }

  async function written(
    path: string,
    call: WriteOptions,
    method: 'POST' | 'PATCH',
    body?: object,
  ): Promise<Activity> {
    const answer = await write(path, call, { method, ...(body && { body }) });
    return readRow(await answer.json(), answer.headers);
  }

  return {
    name: options.name ?? options.url,

    async query(question, call) {
      const answer = await post<unknown>('activities/query', call, question);
      if (Array.isArray(answer)) return answer as readonly Activity[];
      const page = readObject<ActivityPage>(answer);
      readList(page.rows);
      return page;
    },

    capabilities: (call) => optional<Capabilities>(ask('capabilities', call)),
    session: (call) => optional<Session>(ask('session', call)),

    async get(id, call) {
      const answer = await ask(pathOf(id), call);
      return readRow(await answer.json(), answer.headers);
    },

    async count(question, groups, call) {
      return readList(await post('activities/count', call, { question, groups }));
    },

    ...(options.writable !== false && {
      create: (id, draft, call) => written('activities', call, 'POST', { id, draft }),
      update: (id, patch, call) => written(pathOf(id) + scopeOf(call), call, 'PATCH', patch),
      transition: (id, to, call) => written(`${pathOf(id)}/transition`, call, 'POST', to),
      async remove(id, call) {
        await write(pathOf(id) + scopeOf(call), call, { method: 'DELETE' });
      },
      async createRecord(id, draft, call) {
        const answer = await write('records', call, { method: 'POST', body: { id, draft } });
        return readObject<RecordSummary>(await answer.json());
      },
      ...(has('bulk') && {
        async bulk(changes, call) {
          const answer = await write('activities/bulk', call, {
            method: 'POST',
            body: { changes },
          });
          return readList<BulkOutcome>(await answer.json());
        },
      }),
      ...(has('send') && { send: (id, call) => written(`${pathOf(id)}/send`, call, 'POST') }),
    }),

    async lookup(text, kinds, call) {
      const search = new URLSearchParams({ text });
      for (const kind of kinds) search.append('kind', kind);
      return readList<RecordSummary>(await (await ask(`records?${String(search)}`, call)).json());
    },

    async records(asked, call) {
      return readList<RecordSummary>(await post('records/summaries', call, asked));
    },

    ...(has('attachments') && {
      attachments: {
        async list(id, call) {
          return readList(await (await ask(`${pathOf(id)}/attachments`, call)).json());
        },
        async upload(id, file, call) {
          call.onProgress?.(0, file.size);
          const answer = await write(
            `${pathOf(id)}/attachments?name=${encodeURIComponent(file.name)}`,
            call,
            {
              method: 'POST',
              body: file,
              headers: { 'Content-Type': file.type || 'application/octet-stream' },
            },
          );
          call.onProgress?.(file.size, file.size);
          return readObject(await answer.json());
        },
        async download(id, attachmentId, call) {
          const answer = await ask(attachmentPath(id, attachmentId), call, {
            headers: { Accept: '*/*' },
          });
          return answer.blob();
        },
        async remove(id, attachmentId, call) {
          await write(attachmentPath(id, attachmentId), call, { method: 'DELETE' });
        },
      },
    }),

    ...(has('events') && { subscribe: (listener) => subscribe(options, listener) }),
  };
}

function headersOf({
  version,
  idempotencyKey,
  undoes,
}: WriteOptions): Readonly<Record<string, string>> {
  return {
    'Idempotency-Key': idempotencyKey,
    ...(undoes !== undefined && { Undoes: undoes }),
    ...(version !== undefined && { 'If-Match': toEntityTag(version) }),
  };
}

/** For which dates of a series it is meant, where that is not the named one alone. */
function scopeOf({ scope = 'this' }: WriteOptions): string {
  return scope === 'this' ? '' : `?scope=${scope}`;
}

function pathOf(id: string): string {
  return `activities/${encodeURIComponent(id)}`;
}

function attachmentPath(id: string, attachmentId: string): string {
  return `${pathOf(id)}/attachments/${encodeURIComponent(attachmentId)}`;
}

/** What a service need not tell: without capabilities the kit does by itself what a question asks for. */
async function optional<T extends object>(asking: Promise<HttpAnswer>): Promise<T> {
  try {
    return readObject<T>(await (await asking).json());
  } catch (thrown) {
    if (toFailure(thrown).code === 'not-found') return {} as T;
    throw thrown;
  }
}

/**
 * Changes as they come, by the browser's own EventSource, which connects again by itself. It can't carry a token: the page's
 * cookies say who listens. Where a connection was lost, something may have been missed.
 */
function subscribe(
  { url }: RestProviderOptions,
  listener: (change: ProviderChange) => void,
): () => void {
  if (typeof EventSource === 'undefined') return () => undefined;
  const source = new EventSource(`${url.replace(/\/$/, '')}/events`, { withCredentials: true });
  let isLost = false;
  source.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    const change = readChange(data);
    if (change) listener(change);
  });
  source.addEventListener('error', () => {
    if (!isLost) listener({ kind: 'connection', online: false });
    isLost = true;
  });
  source.addEventListener('open', () => {
    if (!isLost) return;
    isLost = false;
    listener({ kind: 'connection', online: true });
    listener({ kind: 'invalidate' });
  });
  return () => {
    source.close();
  };
}
