import { toPlainJson } from '../model/json.js';
import { failure, toFailure, type ProviderFailure } from './failure.js';
import type { CallOptions } from './provider.js';

export interface HttpOptions {
  /** Address of the service, such as `https://org.crm.dynamics.com/api/data/v9.2`. */
  readonly url: string;
  readonly fetch?: typeof globalThis.fetch;
  /**
   * Sent as bearer; left out where the page's cookies say who it is. Asked before each request and kept nowhere. Where the
   * service refuses one (401), it is asked once more, with that one, and the request sent again if the answer is another.
   */
  readonly token?: (refused?: string) => string | Promise<string>;
}

export interface HttpRequest {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly headers?: { readonly [name: string]: string };
  readonly body?: string | Blob;
}

/** An answer that is a success. */
export interface HttpAnswer {
  readonly headers: Headers;
  /** The JSON in it; undefined where it is empty. */
  json(): Promise<unknown>;
  text(): Promise<string>;
  blob(): Promise<Blob>;
}

/** Sends one request. `path` is a path of the service, or a link it answered. Rejects with what the kit makes of any other answer. */
export type Http = (path: string, call: CallOptions, request?: HttpRequest) => Promise<HttpAnswer>;

/** What the kit makes of an answer that is no success. `body` is its JSON, where it is some. */
export type ToFailure = (response: Response, body: unknown) => ProviderFailure & Error;

/** Browsers take no more than so many bytes that are to outlive their page. */
const KEEPALIVE_LENGTH = 64 * 1024;

function lengthOf(body: string | Blob | undefined): number {
  return body === undefined ? 0 : new Blob([body]).size;
}

export function createHttp(options: HttpOptions, toHttpFailure: ToFailure): Http {
  const base = options.url.endsWith('/') ? options.url : `${options.url}/`;
  const send = options.fetch ?? ((input, init) => globalThis.fetch(input, init));

  async function tokenFor(address: string, refused?: string): Promise<string | undefined> {
    if (!options.token) return undefined;
    // Whoever answered this link, the token is for nobody but the service.
    if (origin(address) !== origin(base)) throw failure('server');
    try {
      return await options.token(refused);
    } catch (thrown) {
      const { code, message } = toFailure(thrown);
      throw code === 'server' ? failure('unauthenticated') : failure(code, message);
    }
  }

  async function attempt(
    address: string,
    call: CallOptions,
    { method = 'GET', headers, body }: HttpRequest,
    token: string | undefined,
  ): Promise<Response> {
    try {
      return await send(address, {
        method,
        headers: new Headers({
          ...headers,
          ...(token !== undefined && { Authorization: `Bearer ${token}` }),
        }),
        // A service never redirects; a proxy before it does, to where people sign in.
        redirect: 'manual',
        ...(body !== undefined && { body }),
        ...(call.signal && { signal: call.signal }),
        // One that is too long would be refused by the browser; so it may still arrive.
        ...(call.keepalive && lengthOf(body) <= KEEPALIVE_LENGTH && { keepalive: true }),
      });
    } catch (thrown) {
      throw toNetworkFailure(thrown);
    }
  }

  return async (path, call, request = {}) => {
    const address = toAddress(path, base);
    const token = await tokenFor(address);
    let response = await attempt(address, call, request, token);
    if (response.status === 401 && token !== undefined) {
      // What was refused so was not done, so it may be sent again.
      const other = await tokenFor(address, token);
      if (other !== token) response = await attempt(address, call, request, other);
    }
    const { status } = response;
    if (response.type === 'opaqueredirect' || (status >= 300 && status < 400)) {
      throw failure('unauthenticated');
    }
    if (!response.ok) throw toHttpFailure(response, parse(await readText(response)));
    return {
      headers: response.headers,
      json: () => readJson(response),
      text: () => readText(response),
      blob: () => readBlob(response),
    };
  };
}

async function readJson(response: Response): Promise<unknown> {
  const text = await readText(response);
  if (text === '') return undefined;
  const contentType = response.headers.get('Content-Type') ?? 'application/json';
  // A page where data was asked for: somebody wants the user to sign in first.
  if (/\bhtml\b/i.test(contentType)) throw failure('unauthenticated');
  const body = parse(text);
  if (body !== undefined) return body;
  // What calls itself JSON and is none was cut off on its way; anything else was never meant for the kit.
  throw failure(/\bjson\b/i.test(contentType) ? 'network' : 'server');
}

async function readBlob(response: Response): Promise<Blob> {
  if (/\bhtml\b/i.test(response.headers.get('Content-Type') ?? '')) {
    throw failure('unauthenticated');
  }
  try {
    return await response.blob();
  } catch (thrown) {
    throw toNetworkFailure(thrown);
  }
}

async function readText(response: Response): Promise<string> {
  try {
    return await response.text();
  } catch (thrown) {
    throw toNetworkFailure(thrown);
  }
}

/** Keys that could reach a prototype stay outside. */
function parse(text: string): unknown {
  try {
    return toPlainJson(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Whatever fetch rejects with, other than an abort or a timeout, the answer did not arrive. */
function toNetworkFailure(thrown: unknown): ProviderFailure & Error {
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
