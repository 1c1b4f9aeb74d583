import type { ReactiveController } from 'lit';
import type { Activity } from '../../model/activity.js';
import type { ActivityQuery, CountGroup, Total } from '../../model/query.js';
import { ActivityErrorEvent } from '../../events/activity-error-event.js';
import type { ActivityView } from '../../store/activity-view.js';
import type { CountView } from '../../store/count-view.js';
import type { ActivityElement } from './activity-element.js';

/** Subscribes to a part of the store for as long as the element is connected and asks the same. */
abstract class StoreController<V extends ActivityView | CountView> implements ReactiveController {
  protected readonly host: ActivityElement;
  #current: V | undefined;
  #end: (() => void) | undefined;

  constructor(host: ActivityElement) {
    this.host = host;
    host.addController(this);
  }

  protected abstract find(): V | undefined;

  protected changed(): void {
    this.host.requestUpdate();
  }

  get view(): V | undefined {
    return this.#current;
  }

  hostUpdate(): void {
    if (this.host.isConnected) this.#follow(this.find());
  }

  hostConnected(): void {
    this.host.requestUpdate();
  }

  hostDisconnected(): void {
    // A move within the page is a disconnect and a connect: only what stays away is left.
    queueMicrotask(() => {
      if (!this.host.isConnected) this.#follow(undefined);
    });
  }

  #follow(view: V | undefined): void {
    if (view === this.#current) return;
    this.#end?.();
    this.#current = view;
    this.#end = view?.subscribe(() => {
      if (this.#current === view) this.changed();
    });
  }
}

/** The rows that answer a question, for what is reckoned from them. */
export class RowsController extends StoreController<ActivityView> {
  readonly #question: () => ActivityQuery | undefined;

  /** `question` is asked at every update of the host; undefined: nothing is asked. */
  constructor(host: ActivityElement, question: () => ActivityQuery | undefined) {
    super(host);
    this.#question = question;
  }

  get rows(): readonly Activity[] {
    return this.view?.rows ?? [];
  }

  get total(): Total | undefined {
    return this.view?.total;
  }

  protected override find(): ActivityView | undefined {
    const { store, asker } = this.host;
    const question = store && this.#question();
    return question && store.view(question, asker);
  }
}

/** The rows that answer a question, as an element shows them: it tells of what is wrong with them. */
export class ViewController extends RowsController {
  #toldError: unknown;
  readonly #toldProblems = new Set<string>();

  protected override changed(): void {
    super.changed();
    const { view } = this;
    if (!view) return;
    if (view.error && view.error !== this.#toldError) {
      this.#toldError = view.error;
      this.host.dispatchEvent(
        new ActivityErrorEvent({ error: view.error, ids: [] }, () => view.refresh()),
      );
    }
    for (const { source, error } of view.failed) {
      if (error === this.#toldError) continue;
      this.#toldError = error;
      const message = error.message || source;
      this.host.dispatchEvent(
        new ActivityErrorEvent({ error: { ...error, message }, ids: [] }, () => view.refresh()),
      );
    }
    this.host.reportProblems(view.problems.filter((problem) => !this.#toldProblems.has(problem)));
    for (const problem of view.problems) this.#toldProblems.add(problem);
  }
}

/** How many rows of a question fall into each of some groups. */
export class CountController extends StoreController<CountView> {
  readonly #question: () =>
    | { readonly question: ActivityQuery; readonly groups: readonly CountGroup[] }
    | undefined;

  constructor(
    host: ActivityElement,
    question: () =>
      | { readonly question: ActivityQuery; readonly groups: readonly CountGroup[] }
      | undefined,
  ) {
    super(host);
    this.#question = question;
  }

  total(group: string): Total | undefined {
    return this.view?.totals.get(group);
  }

  /** Something is counted, and nothing is known yet. */
  get isAwaited(): boolean {
    return this.view?.hasEnded === false;
  }

  protected override find(): CountView | undefined {
    const { store, asker } = this.host;
    const asked = store && this.#question();
    return asked && store.counts(asked.question, asked.groups, asker);
  }
}
