import { isObject, sameJson, type Json } from '../../model/json.js';
import type { PreferenceChange } from '../../provider/preferences.js';
import { KeptText, nameOfKept } from '../../store/journal/kept-text.js';
import { browserPage } from './browser-page.js';

/** Whose preferences: of one data source and one user. Without, they can be told from nobody's and last as long as the page. */
export interface PreferencesOwner {
  readonly provider: string;
  readonly user: string;
}

/** A change that a page went without having kept. */
export interface LeftChange {
  readonly id: string;
  readonly key: string;
  /** What was kept before, as far as the page knew. */
  readonly base?: Json;
  readonly value?: Json;
  /** It was not made of what was kept before. */
  readonly isWhole?: boolean;
}

interface HeldChange {
  readonly owner: PreferencesOwner | undefined;
  readonly key: string;
  readonly change: PreferenceChange;
  readonly isWhole: boolean;
}

/**
 * What is about to be kept. A database answers in a while, which a page that goes does not have: that writes a text beside it, which
 * is there at once, and the next page makes up for it.
 */
export class HeldPreferences {
  /** Undefined: not known yet. */
  owner: PreferencesOwner | undefined;
  readonly #seen: (key: string) => Json | undefined;
  readonly #changes = new Map<string, HeldChange>();
  #written: ReadonlySet<string> = new Set();
  #isGoing = false;
  #endPage: (() => void) | undefined;

  /** `seen`: what was kept under a key when that was last read. */
  constructor(seen: (key: string) => Json | undefined) {
    this.#seen = seen;
  }

  /** Answers the way to say that it is kept, or given up. `change` is asked when the page goes, and may then answer what is newest. */
  hold(key: string, change: PreferenceChange, isWhole = false): () => void {
    const id = Math.random().toString(36).slice(2);
    this.#changes.set(id, { owner: this.owner, key, change, isWhole });
    this.#listen();
    if (this.#isGoing) this.#write();
    return () => {
      if (!this.#changes.delete(id)) return;
      if (this.#written.has(id)) this.#write();
      this.#listen();
    };
  }

  /** Makes up for what pages of this owner went without; what `make` rejects stays for the next one. */
  async makeUp(owner: PreferencesOwner, make: (left: LeftChange) => Promise<void>): Promise<void> {
    for (const left of leftIn(textOf(owner))) {
      await make(left);
      const text = textOf(owner);
      keep(
        text,
        leftIn(text).filter(({ id }) => id !== left.id),
      );
    }
  }

  /** All that is left of this owner goes. */
  forget(owner: PreferencesOwner): void {
    textOf(owner).set(undefined);
  }

  #write(): void {
    if (!this.owner) return;
    const text = textOf(this.owner);
    const others = leftIn(text).filter(({ id }) => !this.#written.has(id));
    const latest = new Map<string, Json | undefined>();
    const own: LeftChange[] = [];
    for (const [id, { owner, key, change, isWhole }] of this.#changes) {
      // What was held before it was known whose it is has been done by whoever it is.
      if (owner !== undefined && owner !== this.owner) continue;
      const base = latest.has(key) ? latest.get(key) : this.#seen(key);
      const value = change(base);
      latest.set(key, value);
      own.push({
        id,
        key,
        ...(value !== undefined && { value }),
        ...(isWhole ? { isWhole } : base !== undefined && { base }),
      });
    }
    this.#written = new Set(own.map(({ id }) => id));
    keep(text, [...others, ...own]);
  }

  /** For as long as there is something to be kept, or the page is about to go. */
  #listen(): void {
    if (this.#changes.size === 0 && !this.#isGoing) {
      this.#endPage?.();
      this.#endPage = undefined;
    } else if (!this.#endPage) {
      this.#isGoing = !browserPage.isVisible;
      this.#endPage = browserPage.listen((event) => {
        if (event === 'hidden') {
          this.#isGoing = true;
          this.#write();
        } else if (event === 'seen') {
          this.#isGoing = false;
          this.#listen();
        }
      });
    }
  }
}

/** What is kept now, with what was changed of what was kept before. */
export function withLeft(
  { base, value, isWhole }: LeftChange,
  now: Json | undefined,
): Json | undefined {
  if (isWhole || now === undefined || sameJson(base, now)) return value;
  if (Array.isArray(now)) return mergeLists(base, value, now as readonly Json[]);
  if (isObject(now)) return mergeObjects(base, value, now);
  return value;
}

function mergeLists(base: unknown, value: unknown, now: readonly Json[]): Json {
  const before = Array.isArray(base) ? (base as readonly Json[]) : [];
  const after = Array.isArray(value) ? (value as readonly Json[]) : [];
  const has = (list: readonly Json[], entry: Json): boolean =>
    list.some((one) => sameJson(one, entry));
  const added = after.filter((entry) => !has(before, entry) && !has(now, entry));
  return [...added, ...now.filter((entry) => !has(before, entry) || has(after, entry))];
}

function mergeObjects(base: unknown, value: unknown, now: object): Json {
  const before = new Map(Object.entries(isObject(base) ? base : {}));
  const after = new Map(Object.entries(isObject(value) ? value : {}));
  const merged = new Map(Object.entries(now));
  for (const key of before.keys()) if (!after.has(key)) merged.delete(key);
  for (const [key, entry] of after) if (!sameJson(entry, before.get(key))) merged.set(key, entry);
  return Object.fromEntries(merged) as { readonly [key: string]: Json };
}

function textOf({ provider, user }: PreferencesOwner): KeptText {
  return new KeptText(nameOfKept('preferences', provider, user));
}

function keep(text: KeptText, left: readonly LeftChange[]): void {
  text.set(left.length > 0 ? JSON.stringify(left) : undefined);
}

function leftIn(text: KeptText): readonly LeftChange[] {
  try {
    const left: unknown = JSON.parse(text.get() ?? '[]');
    return Array.isArray(left) ? (left as unknown[]).filter(isLeft) : [];
  } catch {
    return [];
  }
}

function isLeft(value: unknown): value is LeftChange {
  return isObject(value) && typeof value['id'] === 'string' && typeof value['key'] === 'string';
}
