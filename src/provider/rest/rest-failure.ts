import { isObject } from '../../model/json.js';
import { FAILURE_CODES, failure, type FailureCode, type ProviderFailure } from '../failure.js';
import { codeOfStatus, plainMessage, retryAfter } from '../http-failure.js';
import { readRow } from './rest-answers.js';

/**
 * Problem details (RFC 9457) with three members more: `code`, one of the kit's; `fields`, what is wrong with which; `row`, for a
 * conflict. Any other body says no more than its status.
 */
export function toRestFailure(response: Response, body: unknown): ProviderFailure & Error {
  const { status, headers } = response;
  const isProblem = /\bproblem\+json\b/i.test(headers.get('Content-Type') ?? '');
  const problem = isProblem && isObject(body) ? body : {};
  const code = isCode(problem['code']) ? problem['code'] : codeOfStatus(status);
  const message = plainMessage(problem['detail']) || plainMessage(problem['title']);
  const retryAfterMs = retryAfter(headers);
  const fields = readFields(problem['fields']);
  return failure(code, message, {
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(fields && { fields }),
    ...(isObject(problem['row']) && { row: readRow(problem['row'], undefined) }),
  });
}

function isCode(value: unknown): value is FailureCode {
  return FAILURE_CODES.includes(value as FailureCode);
}

function readFields(value: unknown): ProviderFailure['fields'] | undefined {
  if (!isObject(value)) return undefined;
  return Object.fromEntries(
    Object.entries(value).map(([field, message]) => [field, plainMessage(message)]),
  );
}
