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
  #key: string | undefined;
  #preferences: ActivityPreferences | undefined;
  /** What stands there before anybody types. */
  #initial = '';
  #text = '';

  constructor(host: ActivityElement) {
    this.#host = host;
    this.#keeping = new Keeping(host);
  }

  get text(): string {
    return this.#text;
  }

  /** What is typed is kept under this key from now on. Answers whether it was not before. */
  begin(key: string, initial = ''): boolean {
    const { preferences } = this.#host;
    const isAnother = key !== this.#key;
    if (isAnother) this.#keeping.flush();
    if (isAnother || !this.#isTyped) this.#text = initial;
    this.#initial = initial;
    if (isAnother || preferences !== this.#preferences) {
      this.#key = key;
      this.#preferences = preferences;
      void this.#seek(preferences, key);
    }
    return isAnother;
  }

  get #isTyped(): boolean {
    return this.#text !== this.#initial;
  }

  async #seek(preferences: ActivityPreferences, key: string): Promise<void> {
    const kept = await readPreference(preferences, key);
    if (key !== this.#key || preferences !== this.#preferences) return;
    if (this.#isTyped) this.type(this.#text);
    else if (typeof kept === 'string') {
      this.#text = kept;
      this.#host.requestUpdate();
    }
  }

  /** Somebody typed. */
  type(text: string): void {
    this.#text = text;
    this.#host.requestUpdate();
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
        this.type(this.#initial);
        this.#keeping.flush();
      }
    };
  }

  #take(): () => string | undefined {
    const text = this.#text;
    const isKept = this.#isTyped && text.trim() !== '';
    return () => (isKept ? text : undefined);
  }
}
