import type { Activity, RecordRef } from '../model/activity.js';

/** What the host said to a request; `Answer` is what it may answer in place of the kit. */
export type Decision<Answer = readonly Activity[]> =
  /** Nothing is written; the UI goes back. `message` is what the host gave as its reason. */
  | { readonly kind: 'vetoed'; readonly message?: string }
  /** The host did it; the kit adopts these rows, or what else it was asked for. */
  | { readonly kind: 'taken'; readonly rows: Answer }
  /** The kit writes; `excluded` ids are left as they are, each with the host's reason. */
  | { readonly kind: 'granted'; readonly excluded: ReadonlyMap<string, string | undefined> };

/**
 * Asks the host's leave before something is written. Bubbles, is composed and cancelable. Beside `preventDefault()` a
 * listener may call `waitUntil`, `respondWith` and `exclude`, all of them only while the event is dispatched.
 */
export abstract class ActivityRequestEvent<D, Answer = readonly Activity[]> extends CustomEvent<D> {
  #isOpen = true;
  readonly #waits: Promise<unknown>[] = [];
  readonly #excluded = new Map<string, string | undefined>();
  #response: Promise<Answer> | undefined;

  constructor(name: string, detail: D) {
    super(name, { detail, bubbles: true, composed: true, cancelable: true });
  }

  /** The act is shown as pending until the promise is fulfilled; a rejection vetoes it, with its message. */
  waitUntil(promise: Promise<unknown>): void {
    this.#checkOpen('waitUntil');
    this.#waits.push(promise);
    // Looked at in `settle`; until then a rejection is nobody's.
    promise.catch(() => undefined);
  }

  /** The host does the act itself; the kit adopts the rows, or what else was asked for, that it answers. */
  respondWith(rows: Promise<Answer>): void {
    this.#checkOpen('respondWith');
    if (this.#response) throw new Error(`${this.type}: respondWith was called already`);
    this.#response = rows;
    rows.catch(() => undefined);
  }

  /** Vetoes the act for some of the activities. */
  exclude(ids: readonly string[], reason?: string): void {
    this.#checkOpen('exclude');
    for (const id of ids) this.#excluded.set(id, reason);
  }

  /** True if the host needs time, so that the act is to be shown as pending. */
  get isWaiting(): boolean {
    return this.#waits.length > 0 || this.#response !== undefined;
  }

  /** Ends the dispatch and answers what the host decided. Called by the kit, once. */
  async settle(): Promise<Decision<Answer>> {
    this.#isOpen = false;
    if (this.defaultPrevented && !this.#response) return { kind: 'vetoed' };
    try {
      await Promise.all(this.#waits);
      if (this.#response) return { kind: 'taken', rows: await this.#response };
    } catch (thrown) {
      const message = messageOf(thrown);
      return message === undefined ? { kind: 'vetoed' } : { kind: 'vetoed', message };
    }
    return { kind: 'granted', excluded: this.#excluded };
  }

  #checkOpen(method: string): void {
    if (!this.#isOpen) {
      throw new Error(`${this.type}: ${method} must be called while the event is dispatched`);
    }
  }
}

function messageOf(thrown: unknown): string | undefined {
  if (typeof thrown === 'string') return thrown;
  const message = (thrown as { readonly message?: unknown } | undefined)?.message;
  return typeof message === 'string' && message !== '' ? message : undefined;
}

/** What a host may make a link of. */
export type LinkTarget = { readonly activity: Activity } | { readonly record: RecordRef };
