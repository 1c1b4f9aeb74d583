import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { ActivityPreferences, PreferenceChange } from '../../provider/preferences.js';
import { browserPage } from './browser-page.js';
import { changePreference } from './preferences.js';

/** Milliseconds between two writes while somebody types. */
const PAUSE = 250;

interface Begun {
  readonly preferences: ActivityPreferences;
  readonly key: string;
  readonly take: () => PreferenceChange;
  readonly timer: ReturnType<typeof setTimeout>;
  readonly release: (() => void) | undefined;
}

/** Keeps what somebody is typing among their preferences: in a while, and at once when the page or the element goes. */
export class Keeping implements ReactiveController {
  #begun: Begun | undefined;
  #endPage: () => void = () => undefined;

  constructor(host: ReactiveControllerHost) {
    host.addController(this);
  }

  hostConnected(): void {
    this.#endPage = browserPage.listen((event) => {
      if (event === 'hidden') this.flush();
    });
  }

  hostDisconnected(): void {
    this.#endPage();
    this.flush();
  }

  /** Something was typed. `take` answers what it changes, when that is written. */
  later(preferences: ActivityPreferences, key: string, take: () => PreferenceChange): void {
    this.#begun ??= {
      preferences,
      key,
      take,
      timer: setTimeout(this.flush, PAUSE),
      release: preferences.hold?.(key, (value) => take()(value)),
    };
  }

  /** Writes now what waits for that. */
  readonly flush = (): void => {
    const begun = this.#end();
    if (!begun) return;
    void this.change(begun.preferences, begun.key, begun.take());
    begun.release?.();
  };

  /** What was typed and not written is not to be kept. */
  drop(): void {
    this.#end()?.release?.();
  }

  /** Never rejects: who types is not told, in the midst of that, that the device keeps nothing. */
  async change(
    preferences: ActivityPreferences,
    key: string,
    change: PreferenceChange,
  ): Promise<void> {
    await changePreference(preferences, key, change).catch(() => undefined);
  }

  #end(): Begun | undefined {
    const begun = this.#begun;
    this.#begun = undefined;
    clearTimeout(begun?.timer);
    return begun;
  }
}
