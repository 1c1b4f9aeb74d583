import { isObject } from '../../model/json.js';
import { FAILURE_CODES, failure, type FailureCode, type ProviderFailure } from '../failure.js';
import { STORAGE_WORDS } from './storage-words.js';

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
 * What kind of trouble the browser's storage is in, and so whose it is:
 *
 * - `transient`: the connection was lost; `DatabaseConnection` opens it again, three times at most.
 * - `capacity`: there is no room; the user is told, and nothing is tried again by itself.
 * - `invalid-data`: this one value can't be stored; its write fails, others go on.
 * - `fatal`: there is no storage here, or it has a newer form; whoever wanted it goes on without.
 * - `unknown`: anything else; the call fails and says so.
 */
export type StorageTrouble = 'transient' | 'capacity' | 'invalid-data' | 'fatal' | 'unknown';

const TROUBLES: ReadonlyMap<string, StorageTrouble> = new Map(
  Object.entries<StorageTrouble>({
    InvalidStateError: 'transient',
    UnknownError: 'transient',
    AbortError: 'transient',
    QuotaExceededError: 'capacity',
    DataError: 'invalid-data',
    DataCloneError: 'invalid-data',
    ConstraintError: 'invalid-data',
    VersionError: 'fatal',
    SecurityError: 'fatal',
    NotFoundError: 'fatal',
    NotAllowedError: 'fatal',
  }),
);

export function storageTrouble(thrown: unknown): StorageTrouble {
  return TROUBLES.get(nameOf(thrown)) ?? 'unknown';
}

/**
 * Whether the connection, not the work, is at fault, so that opening anew may help: the browser closed it, its storage
 * process died (WebKit in the background: "Connection to Indexed Database server lost"), or it aborted without saying why.
 */
export function isLostConnection(thrown: unknown): boolean {
  return storageTrouble(thrown) === 'transient';
}

/** What the browser's storage threw, in the words of the provider contract. */
export function toStorageFailure(thrown: unknown): unknown {
  if (isFailure(thrown)) return thrown;
  switch (storageTrouble(thrown)) {
    case 'capacity':
      return failure('too-large', STORAGE_WORDS.full);
    case 'fatal':
      return nameOf(thrown) === 'VersionError'
        ? failure('unsupported', STORAGE_WORDS.newer)
        : unavailable();
    case 'invalid-data':
      return failure('validation', STORAGE_WORDS.invalid);
    case 'transient':
      return failure('server', STORAGE_WORDS.silent);
    case 'unknown':
      return thrown;
  }
}

export function unavailable(): ProviderFailure & Error {
  return failure('unsupported', STORAGE_WORDS.none);
}
