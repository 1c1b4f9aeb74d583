import type { CallOptions } from '../provider.js';
import { createHttp, type Http, type HttpOptions } from '../http.js';
import type { ODataDialect } from './dialect.js';
import { toHttpFailure } from './odata-failure.js';

export interface ODataRequest {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** JSON; a text goes as it is, of the type named. */
  readonly body?: { readonly [property: string]: unknown } | string;
  readonly contentType?: string;
  /** The version that is overwritten; `*` for whichever there is. */
  readonly ifMatch?: string;
  readonly prefer?: readonly string[];
}

/** Sends one request and answers the parsed body, or undefined where there is none. `path` is a path of the service, or a link it answered. */
export type Send = (path: string, call: CallOptions, request?: ODataRequest) => Promise<unknown>;

export function createODataHttp(options: HttpOptions, errors: ODataDialect['errors']): Http {
  return createHttp(options, (response, body) => toHttpFailure(response, body, errors));
}

export function createSend(http: Http): Send {
  return async (path, call, request = {}) => {
    const { method = 'GET', body, contentType, ifMatch, prefer = [] } = request;
    const answer = await http(path, call, {
      method,
      headers: {
        Accept: 'application/json',
        'OData-MaxVersion': '4.0',
        'OData-Version': '4.0',
        Prefer: ['odata.include-annotations="*"', ...prefer].join(','),
        ...(body !== undefined && { 'Content-Type': contentType ?? 'application/json' }),
        // Browsers would answer a list from their cache after one of its rows changed.
        ...(method === 'GET' && { 'If-None-Match': 'null' }),
        ...(ifMatch !== undefined && { 'If-Match': ifMatch }),
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return answer.json();
  };
}
