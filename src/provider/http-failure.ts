import type { FailureCode } from './failure.js';

/** What a status means by itself, where the answer says nothing more exact. */
export function codeOfStatus(status: number): FailureCode {
  switch (status) {
    case 400:
    case 422:
    case 428:
      return 'validation';
    case 401:
    case 407:
      return 'unauthenticated';
    case 403:
    case 451:
      return 'forbidden';
    case 404:
    case 410:
      return 'not-found';
    case 405:
    case 415:
    case 501:
      return 'unsupported';
    case 408:
    case 504:
      return 'timeout';
    case 409:
    case 412:
      return 'conflict';
    case 413:
    case 414:
      return 'too-large';
    case 429:
      return 'rate-limited';
    default:
      return 'server';
  }
}

/** `Retry-After` is seconds or a date; the date is measured by the server's own clock. */
export function retryAfter(headers: Headers): number | undefined {
  const value = headers.get('Retry-After');
  if (value === null) return undefined;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const milliseconds = Date.parse(value) - Date.parse(headers.get('Date') ?? '');
  return Number.isNaN(milliseconds) ? undefined : Math.max(0, milliseconds);
}

/** A rule's refusal is written for people, a parser's complaint is not: only one short sentence passes. */
export function plainMessage(message: unknown): string {
  if (typeof message !== 'string') return '';
  const line = message.trim();
  const isPlain =
    line.length <= 200 && !/[\r\n<>{}]|\bat \w+\.|Exception|0x[0-9a-f]{8}/i.test(line);
  return isPlain ? line : '';
}
