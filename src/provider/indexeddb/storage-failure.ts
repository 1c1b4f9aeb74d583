import { isObject } from '../../model/json.js';
import { FAILURE_CODES, failure, type FailureCode, type ProviderFailure } from '../failure.js';

function nameOf(thrown: unknown): string {
  return isObject(thrown) && typeof thrown['name'] === 'string' ? thrown['name'] : '';
}

export function isAbort(thrown: unknown): boolean {
  return nameOf(thrown) === 'AbortError';
}

function isFailure(thrown: unknown): thrown is ProviderFailure {
  return isObject(thrown) && FAILURE_CODES.includes(thrown['code'] as FailureCode);
}

/**
 * Whether the connection, not the work, is at fault, so that opening anew may help: the browser closed it, its storage
 * process died (WebKit in the background: "Connection to Indexed Database server lost"), or it aborted without saying why.
 */
export function isLostConnection(thrown: unknown): boolean {
  return ['InvalidStateError', 'UnknownError', 'AbortError'].includes(nameOf(thrown));
}

/** What the browser's storage threw, in the words of the provider contract. */
export function toStorageFailure(thrown: unknown): unknown {
  if (isFailure(thrown)) return thrown;
  switch (nameOf(thrown)) {
    case 'QuotaExceededError':
      return failure('too-large', 'There is no room left in this browser’s storage.');
    case 'VersionError':
      return failure('unsupported', 'Another tab stored data in a newer format: reload this page.');
    case 'SecurityError':
      return unavailable();
    default:
      return isLostConnection(thrown)
        ? failure('server', 'This browser’s storage does not answer.')
        : thrown;
  }
}

export function unavailable(): ProviderFailure & Error {
  return failure('unsupported', 'This browser keeps no data here (a private window, perhaps).');
}
