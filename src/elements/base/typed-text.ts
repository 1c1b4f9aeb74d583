import type { ActivityPreferences } from '../../provider/preferences.js';
import type { ActivityElement } from './activity-element.js';
import { Keeping } from './keeping.js';
import { readPreference } from './preferences.js';

/**
 * A text that is written beside the forms, as a note is: kept among the user's preferences as it is typed, there again where it
 * was, until it is saved or taken out.
 */
export class TypedText {
  readonly #host: ActivityElement;
  readonly #keeping: Keeping;
  readonly #restore: (text: string) => void;
  #key: string | undefined;
  #preferences: ActivityPreferences | undefined;
  #text = '';

  /** `restore` is told what stood there, unless something was typed before that was known. */
  constructor(host: ActivityElement, restore: (text: string) => void) {
    this.#host = host;
    this.#restore = restore;
    this.#keeping = new Keeping(host);
  }

  get text(): string {
    return this.#text;
  }

  /** What is typed is kept under this key from now on. Answers whether it was another one before. */
  begin(key: string): boolean {
    const { preferences } = this.#host;
    if (key === this.#key && preferences === this.#preferences) return false;
    const isAnother = this.#key !== undefined && key !== this.#key;
    this.#keeping.flush();
    this.#key = key;
    this.#preferences = preferences;
    if (isAnother) this.#text = '';
    void this.#seek(preferences, key);
    return isAnother;
  }

  async #seek(preferences: ActivityPreferences, key: string): Promise<void> {
    const kept = await readPreference(preferences, key);
    if (key !== this.#key || preferences !== this.#preferences) return;
    if (typeof kept === 'string' && this.#text === '') {
      this.#text = kept;
      this.#restore(kept);
    } else if (this.#text !== '') this.changed(this.#text);
  }

  changed(text: string): void {
    this.#text = text;
    if (this.#key === undefined || !this.#preferences) return;
    this.#keeping.later(this.#preferences, this.#key, () => this.#take());
  }

  /** What stands there is being saved. Answers the way to say that it is; what was typed since, or somewhere else, stays. */
  saving(): () => void {
    const [preferences, key, text] = [this.#preferences, this.#key, this.#text];
    return () => {
      if (!preferences || key === undefined) return;
      if (key !== this.#key) {
        void this.#keeping.change(preferences, key, (kept) => (kept === text ? undefined : kept));
      } else if (text === this.#text) {
        this.changed('');
        this.#keeping.flush();
      }
    };
  }

  #take(): () => string | undefined {
    const text = this.#text;
    return () => (text.trim() === '' ? undefined : text);
  }
}
