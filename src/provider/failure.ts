import type { Activity } from '../model/activity.js';
import { isObject } from '../model/json.js';

export const FAILURE_CODES = [
  'aborted',
  'network',
  'timeout',
  'unauthenticated',
  'forbidden',
  'not-found',
  'conflict',
  'duplicate',
  'validation',
  'transition-refused',
  'rate-limited',
  'too-large',
  'unsupported',
  'server',
] as const;
export type FailureCode = (typeof FAILURE_CODES)[number];

/** Why a call failed. Recognised by `code`, never by class; anything else that is thrown becomes `server`. */
export interface ProviderFailure {
  readonly code: FailureCode;
  /** For people, in their language; may be empty, then the kit says what the code means. Never a stack trace. */
  readonly message: string;
  readonly retryAfterMs?: number;
  /** The server's row, for `conflict`. */
  readonly row?: Activity;
  /** What is wrong with which field. */
  readonly fields?: { readonly [field: string]: string };
}

/** An error to throw from a provider: a `ProviderFailure` with a stack for the developer's console. */
export function failure(
  code: FailureCode,
  message = '',
  more: Omit<ProviderFailure, 'code' | 'message'> = {},
): ProviderFailure & Error {
  return Object.assign(new Error(message), { code, message, ...more });
}

/** What of a list of several sources is missing; what its user may not read is no part of it. */
export function missingOf(
  failed: readonly { readonly error: ProviderFailure }[],
): ProviderFailure | undefined {
  return failed.find(({ error }) => error.code !== 'forbidden')?.error;
}

/** Whatever was thrown, as a `ProviderFailure`. The text of what is none of ours is kept out: it was not written for people. */
export function toFailure(thrown: unknown): ProviderFailure {
  if (isObject(thrown)) {
    if (thrown['name'] === 'AbortError') return { code: 'aborted', message: '' };
    if (thrown['name'] === 'TimeoutError') return { code: 'timeout', message: '' };
    if (FAILURE_CODES.includes(thrown['code'] as FailureCode)) {
      const { code, message, retryAfterMs, row, fields } = thrown as unknown as ProviderFailure;
      return {
        code,
        message: typeof message === 'string' ? message : '',
        ...(typeof retryAfterMs === 'number' && { retryAfterMs }),
        ...(isObject(row) && { row }),
        ...(isObject(fields) && { fields }),
      };
    }
    if (thrown instanceof TypeError && /fetch|network|load failed/i.test(thrown.message)) {
      return { code: 'network', message: '' };
    }
  }
  return { code: 'server', message: '' };
}

const BREAKS_OFF: ReadonlySet<FailureCode> = new Set([
  'aborted',
  'network',
  'timeout',
  'unauthenticated',
  'rate-limited',
  'server',
]);

/** Whether what failed so was broken off, and may go on, rather than refused. */
export function isBrokenOff({ code }: Pick<ProviderFailure, 'code'>): boolean {
  return BREAKS_OFF.has(code);
}
