import { failure, toFailure } from '../failure.js';
import type { CallOptions } from '../provider.js';
import type { ODataDialect } from './dialect.js';
import { toHttpFailure } from './odata-failure.js';

export interface HttpOptions {
  /** Address of the service, such as `https://org.crm.dynamics.com/api/data/v9.2`. */
  readonly url: string;
  readonly fetch?: typeof globalThis.fetch;
  /** Sent as bearer; left out where the page's cookies say who it is. */
  readonly token?: () => string | Promise<string>;
}

export interface HttpRequest {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly body?: { readonly [property: string]: unknown };
  /** The version that is overwritten; `*` for whichever there is. */
  readonly ifMatch?: string;
  readonly prefer?: readonly string[];
}

/** Sends one request and answers the parsed body, or undefined where there is none. `path` is a path of the service, or a link it answered. */
export type Send = (path: string, call: CallOptions, request?: HttpRequest) => Promise<unknown>;

export function createSend(options: HttpOptions, errors: ODataDialect['errors']): Send {
  const base = options.url.endsWith('/') ? options.url : `${options.url}/`;
  const send = options.fetch ?? ((input, init) => globalThis.fetch(input, init));

  return async (path, call, { method = 'GET', body, ifMatch, prefer = [] } = {}) => {
    const address = toAddress(path, base);
    const token = await options.token?.();
    if (token !== undefined && origin(address) !== origin(base)) throw failure('server');
    const headers = new Headers({
      Accept: 'application/json',
      'OData-MaxVersion': '4.0',
      'OData-Version': '4.0',
      Prefer: ['odata.include-annotations="*"', ...prefer].join(','),
      ...(body && { 'Content-Type': 'application/json' }),
      ...(token !== undefined && { Authorization: `Bearer ${token}` }),
      // Browsers would answer a list from their cache after one of its rows changed.
      ...(method === 'GET' && { 'If-None-Match': 'null' }),
      ...(ifMatch !== undefined && { 'If-Match': ifMatch }),
    });
    let response: Response;
    try {
      response = await send(address, {
        method,
        headers,
        // A service never redirects; a proxy before it does, to where people sign in.
        redirect: 'manual',
        ...(body && { body: JSON.stringify(body) }),
        ...(call.signal && { signal: call.signal }),
        ...(call.keepalive && { keepalive: true }),
      });
    } catch (thrown) {
      throw toNetworkFailure(thrown);
    }
    return read(response, errors);
  };
}

async function read(response: Response, errors: ODataDialect['errors']): Promise<unknown> {
  const { status } = response;
  if (response.type === 'opaqueredirect' || (status >= 300 && status < 400)) {
    throw failure('unauthenticated');
  }
  let text: string;
  try {
    text = await response.text();
  } catch (thrown) {
    throw toNetworkFailure(thrown);
  }
  if (!response.ok) throw toHttpFailure(response, parse(text), errors);
  if (text === '') return undefined;
  const body = parse(text);
  if (body !== undefined) return body;
  // A page where data was asked for: somebody wants the user to sign in first. Anything else was cut off on its way.
  const isPage = (response.headers.get('Content-Type') ?? '').includes('text/html');
  throw failure(isPage ? 'unauthenticated' : 'network');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Whatever fetch rejects with, other than an abort or a timeout, the answer did not arrive. */
function toNetworkFailure(thrown: unknown): unknown {
  const { code } = toFailure(thrown);
  return failure(code === 'aborted' || code === 'timeout' ? code : 'network');
}

/** Links are followed as they are; a path is one of the service. */
function toAddress(path: string, base: string): string {
  return /^https?:/.test(path) ? path : `${base}${path}`;
}

function origin(address: string): string {
  // In Node there is no page that a relative address could be of.
  return new URL(address, globalThis.location?.href).origin;
}
