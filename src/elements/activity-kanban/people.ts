import type { ReactiveController } from 'lit';
import type { RecordRef } from '../../model/activity.js';
import type { ActivityStore } from '../../store/activity-store.js';
import type { ActivityElement } from '../base/activity-element.js';

/** So many have a row of the board at first, and so many more at a time. */
const STEP = 12;

/** Who may own an activity, as far as the data source tells: the user, the team, whom it finds. Asked once, when first needed. */
export class People implements ReactiveController {
  readonly #host: ActivityElement;
  #store: ActivityStore | undefined;
  #found: readonly RecordRef[] = [];
  #known: readonly RecordRef[] = [];
  #few: readonly RecordRef[] = [];
  #most = STEP;

  constructor(host: ActivityElement) {
    this.#host = host;
    host.addController(this);
  }

  hostUpdate(): void {
    if (this.#host.store === this.#store) return;
    this.#store = undefined;
    this.#found = [];
    this.#known = [];
    this.#most = STEP;
  }

  /** Those who have a row of their own; the same array until there are others. */
  get first(): readonly RecordRef[] {
    const few = this.all.slice(0, this.#most);
    const isSame =
      few.length === this.#few.length && few.every((person, index) => person === this.#few[index]);
    if (!isSame) this.#few = few;
    return this.#few;
  }

  /** Some have no row of their own. */
  get hasMore(): boolean {
    return this.all.length > this.#most;
  }

  showMore(): void {
    this.#most += STEP;
    this.#host.requestUpdate();
  }

  /** The same array until there are others. */
  get all(): readonly RecordRef[] {
    const { store } = this.#host;
    if (store && store !== this.#store) void this.#ask(store);
    const { user, team } = this.#host.store?.session ?? {};
    const everybody = [
      ...(user ? [user] : []),
      ...(Array.isArray(team) ? team : []),
      ...this.#found,
    ];
    const people = new Map((everybody as RecordRef[]).map((person) => [person.id, person]));
    const all = [...people.values()].filter(({ name }) => name !== undefined);
    const isSame = all.length === this.#known.length;
    if (!isSame || all.some(({ id }, index) => id !== this.#known[index]?.id)) {
      this.#known = all;
    }
    return this.#known;
  }

  async #ask(store: ActivityStore): Promise<void> {
    this.#store = store;
    try {
      await store.ready(this.#host.asker);
      const answers = await store.lookup('', ['user'], this.#host.asker);
      if (this.#store !== store) return;
      this.#found = answers.map(({ ref }) => ref);
    } catch {
      // Those known by the session remain.
    }
    this.#host.requestUpdate();
  }
}
