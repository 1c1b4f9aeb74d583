import { isObject } from '../../model/json.js';
import { failure, type FailureCode, type ProviderFailure } from '../failure.js';
import type { ODataDialect } from './dialect.js';

/** What the kit makes of an answer that is no success. */
export function toHttpFailure(
  response: Response,
  body: unknown,
  errors: ODataDialect['errors'],
): ProviderFailure & Error {
  const error = isObject(body) && isObject(body['error']) ? body['error'] : {};
  const code = toCode(response.status, String(error['code'] ?? ''), errors);
  const retryAfterMs = retryAfter(response.headers);
  return failure(code, code === 'validation' ? plainMessage(error['message']) : '', {
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
}

function toCode(status: number, code: string, errors: ODataDialect['errors']): FailureCode {
  if (status < 500 && errors.duplicate.includes(code)) return 'duplicate';
  if (status < 500 && errors.transitionRefused.includes(code)) return 'transition-refused';
  switch (status) {
    case 400:
    case 422:
      return 'validation';
    case 401:
      return 'unauthenticated';
    case 403:
      return 'forbidden';
    case 404:
    case 410:
      return 'not-found';
    case 405:
    case 501:
      return 'unsupported';
    case 408:
    case 504:
      return 'timeout';
    case 409:
    case 412:
      return 'conflict';
    case 413:
      return 'too-large';
    case 429:
      return 'rate-limited';
    default:
      return 'server';
  }
}

/** `Retry-After` is seconds or a date; the date is measured by the server's own clock. */
function retryAfter(headers: Headers): number | undefined {
  const value = headers.get('Retry-After');
  if (value === null) return undefined;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const milliseconds = Date.parse(value) - Date.parse(headers.get('Date') ?? '');
  return Number.isNaN(milliseconds) ? undefined : Math.max(0, milliseconds);
}

/** A rule's refusal is written for people, a parser's complaint is not: only one short sentence passes. */
function plainMessage(message: unknown): string {
  if (typeof message !== 'string') return '';
  const line = message.trim();
  const isPlain =
    line.length <= 200 && !/[\r\n<>{}]|\bat \w+\.|Exception|0x[0-9a-f]{8}/i.test(line);
  return isPlain ? line : '';
}
