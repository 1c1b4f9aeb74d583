import { isObject } from '../../model/json.js';
import { failure, type FailureCode, type ProviderFailure } from '../failure.js';
import { codeOfStatus, plainMessage, retryAfter } from '../http-failure.js';
import type { ODataDialect } from './dialect.js';

/** What the kit makes of an answer that is no success. */
export function toHttpFailure(
  { status, headers }: { readonly status: number; readonly headers: Headers },
  body: unknown,
  errors: ODataDialect['errors'],
): ProviderFailure & Error {
  const error = isObject(body) && isObject(body['error']) ? body['error'] : {};
  const code = toCode(status, String(error['code'] ?? ''), errors);
  const retryAfterMs = retryAfter(headers);
  return failure(code, code === 'validation' ? plainMessage(error['message']) : '', {
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
}

function toCode(status: number, code: string, errors: ODataDialect['errors']): FailureCode {
  if (status < 500 && errors.duplicate.includes(code)) return 'duplicate';
  if (status < 500 && errors.transitionRefused.includes(code)) return 'transition-refused';
  if (status < 500 && errors.tooLarge.includes(code)) return 'too-large';
  return codeOfStatus(status);
}
