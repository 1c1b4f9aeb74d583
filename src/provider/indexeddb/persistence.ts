/**
 * Whether the browser keeps what is stored here: for good; as long as it finds room (it may clear it all to make some); or
 * nobody can tell, as on an insecure page.
 */
export type Persistence = 'persistent' | 'best-effort' | 'unknown';

export type BrowserStorage = Pick<StorageManager, 'persist' | 'persisted' | 'estimate'>;

/** What the browser says of its storage, and what it is asked. Nothing here rejects: to know less is no failure. */
export class StorageKeeper {
  readonly #storage: BrowserStorage | undefined;
  #hasAsked = false;

  constructor(storage: BrowserStorage | undefined = browserStorage()) {
    this.#storage = storage;
  }

  /** Asks that it be kept for good, once for each page. Firefox asks the user, who may take their time. */
  async ask(): Promise<Persistence> {
    if (this.#hasAsked) return this.now();
    this.#hasAsked = true;
    try {
      if ((await this.now()) === 'persistent') return 'persistent';
      return (await this.#storage?.persist()) ? 'persistent' : await this.now();
    } catch {
      return 'unknown';
    }
  }

  async now(): Promise<Persistence> {
    try {
      const isKept = await this.#storage?.persisted();
      return isKept === undefined ? 'unknown' : isKept ? 'persistent' : 'best-effort';
    } catch {
      return 'unknown';
    }
  }

  /** Bytes; undefined where the browser does not say. */
  async space(): Promise<{ readonly used?: number; readonly available?: number }> {
    try {
      const { usage, quota } = (await this.#storage?.estimate()) ?? {};
      return {
        ...(usage !== undefined && { used: usage }),
        ...(usage !== undefined && quota !== undefined && { available: quota - usage }),
      };
    } catch {
      return {};
    }
  }
}

/** There is none on insecure pages; sandboxed frames throw on the mere question. */
function browserStorage(): BrowserStorage | undefined {
  try {
    const { storage } = navigator as { storage?: StorageManager };
    return typeof storage?.persist === 'function' ? storage : undefined;
  } catch {
    return undefined;
  }
}
