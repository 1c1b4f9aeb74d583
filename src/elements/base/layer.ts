import { html, nothing, type ReactiveController, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Activity, ActivityDraft } from '../../model/activity.js';
import type { SeriesScope } from '../../model/recurrence.js';
import { button } from '../../ui/button.js';
import { containsDeep, deepActiveElement, focusInto, returnFocus } from '../../ui/deep-focus.js';
import { DialogController } from '../../ui/dialog.js';
import { icon } from '../../ui/icon.js';
import type { ActivityElement } from './activity-element.js';
import type { Notice, Question } from './context.js';
import { ScopeQuestion } from './scope-question.js';
import { Waiting } from './waiting.js';

type Opened =
  | { readonly key: number; readonly kind: 'form'; readonly id: string }
  | { readonly key: number; readonly kind: 'quick-create'; readonly draft: ActivityDraft };

interface ShownNotice extends Notice {
  readonly key: number;
}

interface Announcement {
  readonly text: string;
  readonly urgent: boolean;
}

/** Between two announcements, in milliseconds; screen readers drop what comes faster. */
const ANNOUNCE_PAUSE = 150;
/** How long the last one stands, in milliseconds. */
const ANNOUNCE_TIME = 600;
/** How long a notice stands, in milliseconds; longer while it is pointed at or focused. */
const NOTICE_TIME = 7000;

/**
 * What an element shows above itself: the live region, the notices, what waits to be sent, and the dialogs opened from inside it. A context or a workspace
 * has one for all elements in it; an element that stands alone has its own.
 */
export class Layer implements ReactiveController {
  readonly #host: ActivityElement;
  readonly #opensDialogs: boolean;
  readonly #waiting: Waiting;
  readonly #question: DialogController;
  readonly #scope: ScopeQuestion;
  #asked: { readonly question: Question; readonly answer: (isYes: boolean) => void } | undefined;
  #opened: readonly Opened[] = [];
  #notices: readonly ShownNotice[] = [];
  #polite = '';
  #urgent = '';
  #queue: Announcement[] = [];
  #speaking: ReturnType<typeof setTimeout> | undefined;
  #hushing: ReturnType<typeof setTimeout> | undefined;
  readonly #timers = new Map<number, ReturnType<typeof setTimeout>>();
  #count = 0;

  constructor(host: ActivityElement, opensDialogs: boolean, internals: ElementInternals) {
    this.#host = host;
    this.#opensDialogs = opensDialogs;
    this.#waiting = new Waiting(host, internals);
    this.#scope = new ScopeQuestion(host);
    this.#question = new DialogController(host, { onClose: () => this.#answer(false) });
    host.addController(this);
  }

  hostConnected(): void {
    if (!this.#opensDialogs) return;
    // An opener that is defined later makes links of what was plain text.
    for (const tag of ['activity-form', 'activity-quick-create']) {
      if (!customElements.get(tag)) {
        void customElements.whenDefined(tag).then(() => this.#host.requestUpdate());
      }
    }
  }

  hostDisconnected(): void {
    clearTimeout(this.#speaking);
    clearTimeout(this.#hushing);
    this.#speaking = undefined;
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    this.#notices = [];
  }

  announce(text: string, urgent = false): void {
    this.#queue.push({ text, urgent });
    this.#speaking ??= setTimeout(() => this.#speak(), 0);
  }

  #speak(): void {
    clearTimeout(this.#hushing);
    const [next] = this.#queue;
    if (!next) {
      this.#speaking = undefined;
      this.#hushing = setTimeout(() => this.#say(undefined), ANNOUNCE_TIME - ANNOUNCE_PAUSE);
      return;
    }
    // A text that is said twice is a change each time.
    const stands = next.urgent ? this.#urgent : this.#polite;
    if (next.text === stands) this.#say(undefined);
    else this.#say(this.#queue.shift());
    this.#speaking = setTimeout(() => this.#speak(), ANNOUNCE_PAUSE);
  }

  #say(said: Announcement | undefined): void {
    this.#polite = said && !said.urgent ? said.text : '';
    this.#urgent = said?.urgent ? said.text : '';
    this.#host.requestUpdate();
  }

  notify(notice: Notice): () => void {
    const key = ++this.#count;
    const before = this.#notices.find(({ topic }) => topic !== undefined && topic === notice.topic);
    if (before) this.#dismiss(before.key);
    // What went wrong, and what can be taken back, stays longest.
    while (this.#notices.length > 2) {
      const isPlain = ({ kind, action }: Notice): boolean => kind === 'done' && !action;
      const old = this.#notices.find(isPlain) ?? this.#notices[0];
      if (old) this.#dismiss(old.key);
    }
    this.#notices = [...this.#notices, { ...notice, key }];
    this.announce(notice.text, notice.kind === 'error');
    this.#startTimer(key);
    this.#host.requestUpdate();
    return () => this.#dismiss(key);
  }

  #startTimer(key: number): void {
    clearTimeout(this.#timers.get(key));
    this.#timers.set(
      key,
      setTimeout(() => this.#dismiss(key), NOTICE_TIME),
    );
  }

  /** One question at a time: a second is asked once the first is answered. */
  async ask(question: Question): Promise<boolean> {
    while (this.#asked) await this.#asking;
    this.#asking = new Promise((resolve) => {
      this.#asked = { question, answer: resolve };
      void this.#question.show();
    });
    return this.#asking;
  }
  #asking: Promise<boolean> | undefined;

  askScope(
    act: 'save' | 'delete',
    scopes: readonly SeriesScope[],
  ): Promise<SeriesScope | undefined> {
    return this.#scope.ask(act, scopes);
  }

  #answer(isYes: boolean): void {
    this.#asked?.answer(isYes);
    this.#asked = undefined;
    this.#question.hide();
  }

  #renderQuestion(): unknown {
    if (!this.#asked) return nothing;
    const { title, text, yes } = this.#asked.question;
    const { words } = this.#host;
    return this.#question.render({
      title,
      size: 'small',
      role: 'alertdialog',
      isText: true,
      closeLabel: words.say('action.close'),
      body: html`<p>${text}</p>`,
      footer: [
        button({ label: yes, kind: 'primary', onClick: () => this.#answer(true) }),
        button({ label: words.say('action.back'), onClick: () => this.#answer(false) }),
      ],
    });
  }

  #dismiss(key: number): void {
    clearTimeout(this.#timers.get(key));
    this.#timers.delete(key);
    const notice = this.#notices.find((one) => one.key === key);
    if (!notice) return;
    this.#notices = this.#notices.filter((one) => one !== notice);
    if (this.#noticeOf(key)?.contains(this.#host.shadowRoot?.activeElement ?? null)) {
      this.#giveBack(notice);
    }
    this.#host.requestUpdate();
  }

  /** By its button: where a press leaves the focus nowhere, it was taken from its place by that, too. */
  #leave(key: number): void {
    const notice = this.#notices.find((one) => one.key === key);
    const active = deepActiveElement();
    if (notice && this.#cameFrom && (!active || active === document.body)) this.#giveBack(notice);
    this.#dismiss(key);
  }

  #noticeOf(key: number): Element | null | undefined {
    return this.#host.shadowRoot?.querySelector(`[data-notice="${String(key)}"]`);
  }

  /** Where the focus was before it came to the notices. */
  #cameFrom: Element | null = null;

  /** The focus goes back to where it was before it came to a notice, before that goes. */
  #giveBack({ element }: ShownNotice): void {
    const from = this.#cameFrom;
    this.#cameFrom = null;
    if (returnFocus(from)) return;
    const host = this.#host;
    const places = [from, element, host, ...host.children];
    host.requestUpdate();
    // Once it is gone, it is not what takes the focus.
    void host.updateComplete.then(() => {
      const active = deepActiveElement();
      if (active && active !== document.body) return;
      places.some((place) => place instanceof HTMLElement && focusInto(place));
    });
  }

  /** A press takes the focus from where it is, in some browsers to nowhere. */
  #pressed(): void {
    const active = deepActiveElement();
    const isHere = this.#host.shadowRoot?.activeElement?.closest('.notices');
    if (!isHere) this.#cameFrom = active;
  }

  #focusCame({ relatedTarget }: FocusEvent): void {
    if (!(relatedTarget instanceof Element) || relatedTarget.closest('.notices')) return;
    // What is seen from here is the element around what had the focus; a press knew more.
    const isKnown = this.#cameFrom !== null && containsDeep(relatedTarget, this.#cameFrom);
    if (!isKnown) this.#cameFrom = relatedTarget;
  }

  get canOpen(): boolean {
    return this.#opensDialogs && customElements.get('activity-form') !== undefined;
  }

  open(activity: Activity): boolean {
    if (!this.canOpen) return false;
    this.#show({ key: ++this.#count, kind: 'form', id: activity.id });
    return true;
  }

  get canCompose(): boolean {
    return this.#opensDialogs && customElements.get('activity-quick-create') !== undefined;
  }

  compose(draft: ActivityDraft): boolean {
    if (!this.canCompose) return false;
    this.#show({ key: ++this.#count, kind: 'quick-create', draft });
    return true;
  }

  #show(opened: Opened): void {
    this.#opened = [...this.#opened, opened];
    this.#host.requestUpdate();
  }

  #close(key: number): void {
    this.#opened = this.#opened.filter((opened) => opened.key !== key);
    this.#host.requestUpdate();
  }

  render(): TemplateResult {
    return html`
      ${repeat(
        this.#opened,
        ({ key }) => key,
        (opened) =>
          opened.kind === 'form'
            ? html`<activity-form
                open
                .activityId=${opened.id}
                @close=${() => this.#close(opened.key)}
              ></activity-form>`
            : html`<activity-quick-create
                open
                mode="dialog"
                .draft=${opened.draft}
                @close=${() => this.#close(opened.key)}
              ></activity-quick-create>`,
      )}
      ${this.#waiting.renderDialogs()}${this.#renderQuestion()}${this.#scope.render()}
      <div
        class="notices"
        part="notices"
        @pointerdown=${() => this.#pressed()}
        @focusin=${(event: FocusEvent) => this.#focusCame(event)}
      >
        ${this.#waiting.renderStatus()}
        ${repeat(
          this.#notices,
          ({ key }) => key,
          (notice, index) =>
            this.#renderNotice(notice, isOneOfSeveral(notice, this.#notices.slice(index + 1))),
        )}
      </div>
      <div class="visually-hidden" role="status">${this.#polite}</div>
      <div class="visually-hidden" role="alert">${this.#urgent}</div>
    `;
  }

  #renderNotice({ key, kind, text, action }: ShownNotice, isBefore: boolean): TemplateResult {
    const { words } = this.#host;
    const hold = (): void => clearTimeout(this.#timers.get(key));
    const release = (): void => this.#startTimer(key);
    return html`<div
      data-notice=${key}
      class="notice ${kind}${isBefore ? ' before' : ''}"
      part="notice ${kind}"
      @pointerenter=${hold}
      @pointerleave=${release}
      @focusin=${hold}
      @focusout=${release}
    >
      ${icon(kind === 'done' ? 'complete' : 'error')}
      <span class="notice-text">${text}</span>
      ${
        action
          ? html`<button
              type="button"
              class="notice-action"
              @click=${() => {
                this.#leave(key);
                action.run();
              }}
            >
              ${action.label}
            </button>`
          : nothing
      }
      ${button({
        label: words.say('action.dismiss'),
        icon: 'close',
        iconOnly: true,
        small: true,
        onClick: () => this.#leave(key),
      })}
    </div>`;
  }
}

/** Whether a later one says of another act the same: what proposes something leaves an undo in sight. */
function isOneOfSeveral({ kind, action }: Notice, later: readonly Notice[]): boolean {
  return (
    kind === 'done' &&
    later.some((one) => one.kind === 'done' && one.action?.label === action?.label)
  );
}
