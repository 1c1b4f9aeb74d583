/** A short text that this device keeps outside of any database. Where there is no such storage, nothing is kept. */
export class KeptText {
  readonly #name: string;

  constructor(name: string) {
    this.#name = name;
  }

  get(): string | undefined {
    try {
      return this.#storage?.getItem(this.#name) ?? undefined;
    } catch {
      return undefined;
    }
  }

  /** Undefined: it is kept no longer. */
  set(text: string | undefined): void {
    try {
      if (text === undefined) this.#storage?.removeItem(this.#name);
      else this.#storage?.setItem(this.#name, text);
    } catch {
      // Full, or forbidden.
    }
  }

  /** A worker has none, and a sandboxed frame throws when asked. */
  get #storage(): Storage | undefined {
    return (globalThis as { readonly localStorage?: Storage }).localStorage;
  }
}

/** Two names that differ must not become one. */
export function nameOfKept(...parts: readonly string[]): string {
  return ['activity-kit', ...parts].map(encodeURIComponent).join(':');
}
