import { ContextConsumer, ContextProvider } from '@lit/context';
import {
  LitElement,
  html,
  nothing,
  type CSSResultGroup,
  type PropertyValues,
  type TemplateResult,
} from 'lit';
import { property } from 'lit/decorators.js';
import type { Activity, ActivityDraft, RecordRef } from '../../model/activity.js';
import type { ActivityType } from '../../model/activity-type.js';
import { ActivityTypes } from '../../model/activity-types.js';
import type { ActivityQuery, Rollup } from '../../model/query.js';
import type { Milliseconds } from '../../model/time.js';
import { ActivityErrorEvent } from '../../events/activity-error-event.js';
import type { LinkTarget } from '../../events/activity-request-event.js';
import { onMessagesRegistered, resolveLocale } from '../../i18n/locale.js';
import { Localizer } from '../../i18n/localizer.js';
import type { PartialMessages } from '../../i18n/messages.js';
import {
  createMemoryProvider,
  type MemoryProvider,
} from '../../provider/memory/memory-provider.js';
import type { ActivityDataProvider } from '../../provider/provider.js';
import type { ActivityStore } from '../../store/activity-store.js';
import type { Asker } from '../../store/activity-view.js';
import { systemClock, type Clock } from '../../store/clock.js';
import type { Journal } from '../../store/journal/journal.js';
import { storeFor } from '../../store/store-for.js';
import { controlsStyles } from '../../theme/controls.styles.js';
import { tokensStyles } from '../../theme/tokens.styles.js';
import { dialogStyles } from '../../ui/dialog.styles.js';
import type { CustomFields } from '../../ui/fields/custom-field.js';
import { isSafeUrl } from '../../ui/safe-url.js';
import { emptyState } from '../../ui/state-panel.js';
import { browserPage } from './browser-page.js';
import { activityContext, type ActivityContextValue, type Density } from './context.js';
import { Layer } from './layer.js';
import { layerStyles } from './layer.styles.js';
import { warnNoSource } from './no-source.js';
import { Pace } from './pace.js';
import type { ActivityPreferences } from '../../provider/preferences.js';
import { devicePreferences, memoryPreferences } from './preferences.js';
import { Requests } from './requests.js';
import { StoreWatch } from './store-watch.js';

/** The words of an attribute; undefined where there is none. */
function wordsOf(text: string | null): readonly string[] | undefined {
  return text === null ? undefined : text.split(/\s+/).filter(Boolean);
}

const MINUTE = 60_000;
/** As long as a notice stands. */
const DEFAULT_UNDO: Milliseconds = 7000;
const NO_STORE_TYPES = new ActivityTypes();

/**
 * What all elements have in common: where their data comes from, in whose language and zone it is shown, and how they ask
 * before they write. An element of its own adds what it draws, in `renderContent`.
 */
export abstract class ActivityElement extends LitElement {
  static readonly version: string = '0.1.0';

  /** The sheets every element begins with. */
  static override readonly styles: CSSResultGroup = [
    tokensStyles,
    controlsStyles,
    dialogStyles,
    layerStyles,
  ];

  /**
   * Activities to begin with: merged by id into a memory provider of the element's own. A seed, not a mirror: the array is never
   * touched, and what the user changes stays in the element.
   */
  @property({ attribute: false }) items?: readonly Activity[];

  /** Where the activities come from. Beats the context's; only `query` is required of it. */
  @property({ attribute: false }) provider?: ActivityDataProvider;

  /**
   * Makes writes durable, see `createJournal`: what is done is saved on this device first, and goes out when it can. Counts for
   * the element's provider and, on a context, for all inside that have none of their own. The provider needs a name.
   */
  @property({ attribute: false }) journal?: Journal;

  /** What is shown: `filter`, `search`, `sort`. */
  @property({ attribute: false }) query?: Pick<ActivityQuery, 'filter' | 'search' | 'sort'>;

  /** Shows the activities of one record; new ones are about it. Also by the attributes `record-kind`, `record-id`, `record-name`. */
  @property({ attribute: false }) record?: RecordRef;

  /** Kind of the record, with `record-id`: `account`, `contact` … */
  @property({ attribute: 'record-kind' }) recordKind?: string;
  /** Id of the record whose activities are shown. */
  @property({ attribute: 'record-id' }) recordId?: string;
  /** Name of the record, as it is shown. */
  @property({ attribute: 'record-name' }) recordName?: string;

  /** Which activities of related records count as the record's own: none, those of its children, or of all below it. */
  @property() rollup?: Rollup;

  /** BCP 47 language; left out: the context's, then the nearest `lang`. */
  @property() locale?: string;

  /** IANA name of the user's time zone; left out: the context's, the provider's, then the machine's. */
  @property({ attribute: 'time-zone' }) timeZone?: string;

  /** comfortable, compact or touch; left out: the context's, and touch where the pointer is coarse. */
  @property() density?: Density;

  /** Words of the host in place of the kit's, by key. */
  @property({ attribute: false }) messages?: PartialMessages;

  /** Makes real links of subjects and records: answers an address, or undefined for what has none. Elements inside share it. */
  @property({ attribute: false }) hrefFor?: (target: LinkTarget) => string | undefined;

  /**
   * Kinds of record that can be made from within the fields of quick create and form, where what is sought is not there:
   * `contact account`. Asked by `activity-create-record`, which the host answers, else made by the provider. Left out: the context's,
   * else those that the provider can make (`capabilities.createRecords`).
   */
  @property({ attribute: 'create-records', converter: { fromAttribute: wordsOf } })
  createRecords?: readonly string[];

  /**
   * Controls of the host's own in quick create and form, and what it demands of a field, by its path: of all types
   * (`fields.budget`) or of one (`visit.fields.budget`). Left out: the context's. Keep the object: another one draws anew.
   */
  @property({ attribute: false }) customFields?: CustomFields;

  /**
   * Seconds for which what the backend cannot take back (a deletion, a completion that it does not reopen) is kept here and not
   * sent, so that *Undo* can call it off; it goes out earlier where the page is put away. 0: it is sent at once and has no undo.
   * Left out: the context's, else 7. Backends that take back by themselves are not concerned.
   */
  @property({ type: Number, attribute: 'undo-seconds' }) undoSeconds?: number;

  /**
   * Seconds after which what is shown is asked for anew, again and again while the page is seen, where the provider does not tell
   * of changes by itself. Of all that show the same provider the shortest counts; at least 1. Left out: only when the page is come
   * back to.
   */
  @property({ type: Number, attribute: 'refresh-interval' }) refreshInterval?: number;

  /** Does not propose the next step where something was completed and nothing else is planned for its record. */
  @property({ type: Boolean, attribute: 'without-proposals' }) withoutProposals = false;

  /** The present; left out, the machine's. For tests and stories. */
  @property({ attribute: false }) clock?: Clock;

  /**
   * Where what belongs to the user is kept (*Show as*, columns, personal views, drafts). Left out: the context's, else
   * the provider's, else this device, under the provider's name and the user.
   */
  @property({ attribute: false })
  get preferences(): ActivityPreferences {
    const { store } = this;
    const given =
      this.#preferences ?? this.outerContext?.preferences ?? store?.provider.preferences;
    if (given) return given;
    if (!store) return (this.#ownPreferences ??= memoryPreferences());
    return devicePreferences(store, {
      asker: () => this.asker,
      onRefused: () =>
        this.context.notify({ kind: 'error', text: this.words.say('preferences.refused') }),
    });
  }
  set preferences(preferences: ActivityPreferences | undefined) {
    this.#preferences = preferences;
  }
  #preferences: ActivityPreferences | undefined;
  #ownPreferences: ActivityPreferences | undefined;

  /**
   * How the element asks the host and writes.
   * @internal
   */
  readonly requests = new Requests(this);
  /** The element's states for CSS: `:state(loading)` and the like. */
  protected readonly internals = this.attachInternals();

  readonly #outer = new ContextConsumer(this, {
    context: activityContext,
    subscribe: true,
    callback: () => this.requestUpdate(),
  });
  readonly #watch = new StoreWatch(this);
  readonly #pace = new Pace();
  #layer: Layer | undefined;
  #provided: ContextProvider<typeof activityContext> | undefined;
  #own: MemoryProvider | undefined;
  #mergedItems: readonly Activity[] | undefined;
  #words: Localizer | undefined;
  #wordsKey: readonly unknown[] = [];
  #areWordsSure = false;
  #connection: AbortController | undefined;
  #sourceSought = false;

  /** Elements that hand a context to what is inside them answer true. */
  protected get isContext(): boolean {
    return false;
  }

  /** Without a data source it has nothing to show. */
  protected get needsSource(): boolean {
    return true;
  }

  // ── what the element works with ──────────────────────────────────────────────────────────────

  /**
   * What the context around this element says; of one that is a context itself, what that one is in.
   * @internal
   */
  get outerContext(): ActivityContextValue | undefined {
    return this.#outer.value;
  }

  /**
   * Where the element speaks: the nearest context, or its own layer if it stands alone.
   * @internal
   */
  get context(): ActivityContextValue {
    if (!this.isContext && this.outerContext) return this.outerContext;
    return this.#ownContext;
  }

  readonly #speech: Pick<
    ActivityContextValue,
    'announce' | 'notify' | 'ask' | 'askScope' | 'open' | 'compose'
  > = {
    announce: (text, urgent) => this.layer.announce(text, urgent),
    notify: (notice) => this.layer.notify(notice),
    ask: (question) => this.layer.ask(question),
    askScope: (act, scopes) => this.layer.askScope(act, scopes),
    open: (activity) => this.layer.open(activity) || (this.outerContext?.open(activity) ?? false),
    compose: (draft) => this.layer.compose(draft) || (this.outerContext?.compose(draft) ?? false),
  };
  #ownContext: ActivityContextValue = { canOpen: false, canCompose: false, ...this.#speech };

  /** What this element hands to those inside: the same object until something in it changes. */
  #refreshContext(): void {
    const outer = this.outerContext;
    const next: ActivityContextValue = {
      provider: this.ownProvider ?? outer?.provider,
      journal: this.#journalInForce,
      locale: this.locale ?? outer?.locale,
      timeZone: this.timeZone ?? outer?.timeZone,
      density: this.density ?? outer?.density,
      messages: this.#mergedMessages(outer?.messages),
      clock: this.clock ?? outer?.clock,
      hrefFor: this.hrefFor ?? outer?.hrefFor,
      createRecords: this.createRecords ?? outer?.createRecords,
      customFields: this.customFields ?? outer?.customFields,
      preferences: this.#preferences ?? outer?.preferences,
      undoTime: this.undoTime,
      withoutProposals: this.withoutProposals || (outer?.withoutProposals ?? false),
      canOpen: this.layer.canOpen || (outer?.canOpen ?? false),
      canCompose: this.layer.canCompose || (outer?.canCompose ?? false),
      ...this.#speech,
    };
    const old = this.#ownContext;
    const keys = Object.keys(next) as (keyof ActivityContextValue)[];
    if (keys.some((key) => next[key] !== old[key])) this.#ownContext = next;
  }

  #messagesOf: readonly [PartialMessages | undefined, PartialMessages | undefined] = [
    undefined,
    undefined,
  ];
  #bothMessages: PartialMessages | undefined;

  #mergedMessages(outer: PartialMessages | undefined): PartialMessages | undefined {
    if (this.#messagesOf[0] !== outer || this.#messagesOf[1] !== this.messages) {
      this.#messagesOf = [outer, this.messages];
      this.#bothMessages =
        outer && this.messages ? { ...outer, ...this.messages } : (this.messages ?? outer);
    }
    return this.#bothMessages;
  }

  /** What is shown above the element. */
  protected get layer(): Layer {
    this.#layer ??= new Layer(this, this.isContext, this.internals);
    return this.#layer;
  }

  /** @internal */
  get ownProvider(): ActivityDataProvider | undefined {
    return this.provider ?? this.#own;
  }

  /**
   * The store of the provider in force; undefined where there is none.
   * @internal
   */
  get store(): ActivityStore | undefined {
    const provider = this.ownProvider ?? this.outerContext?.provider;
    if (!provider) return undefined;
    const store = storeFor(provider, { clock: this.#clockInForce, page: browserPage });
    const journal = this.#journalInForce;
    if (journal) store.useJournal(journal);
    return store;
  }

  get #journalInForce(): Journal | undefined {
    return this.journal ?? (this.ownProvider ? undefined : this.outerContext?.journal);
  }

  /** @internal */
  get undoTime(): Milliseconds {
    const { undoSeconds } = this;
    if (undoSeconds === undefined || Number.isNaN(undoSeconds)) {
      return this.outerContext?.undoTime ?? DEFAULT_UNDO;
    }
    return undoSeconds * 1000;
  }

  /** @internal */
  get now(): Milliseconds {
    return this.#clockInForce.now();
  }

  get #clockInForce(): Clock {
    return this.clock ?? this.outerContext?.clock ?? systemClock;
  }

  /**
   * In whose language, zone and calendar the provider is asked.
   * @internal
   */
  get asker(): Asker {
    const { locale, timeZone, firstDayOfWeek } = this.words;
    return { locale, timeZone, firstDayOfWeek };
  }

  /**
   * The record whose activities are shown.
   * @internal
   */
  get about(): RecordRef | undefined {
    if (this.record) return this.record;
    if (!this.recordKind || !this.recordId) return undefined;
    return {
      kind: this.recordKind,
      id: this.recordId,
      ...(this.recordName !== undefined && { name: this.recordName }),
    };
  }

  /**
   * The user's words, zone and calendar.
   * @internal
   */
  get words(): Localizer {
    if (this.#words && this.#areWordsSure) return this.#words;
    const outer = this.outerContext;
    const locale = resolveLocale(this.locale ?? outer?.locale, this);
    const timeZone =
      this.timeZone ??
      outer?.timeZone ??
      this.store?.session.timeZone ??
      Intl.DateTimeFormat().resolvedOptions().timeZone;
    const key = [locale, timeZone, this.messages, outer?.messages];
    if (!this.#words || key.some((part, index) => part !== this.#wordsKey[index])) {
      this.#wordsKey = key;
      this.#words = new Localizer({
        locale,
        timeZone,
        messages: [this.messages, outer?.messages],
        now: () => this.now,
      });
    }
    // The nearest `lang` is sought once per update, not for every word.
    this.#areWordsSure = this.isUpdatePending;
    return this.#words;
  }

  /** @internal */
  typeOf(activity: Pick<Activity, 'type'>): ActivityType {
    return (this.store?.types ?? NO_STORE_TYPES).get(activity.type);
  }

  /**
   * A link of the host for an activity or a record, if it makes one and it is safe.
   * @internal
   */
  linkTo(target: LinkTarget): string | undefined {
    const href = (this.hrefFor ?? this.context.hrefFor)?.(target);
    return href !== undefined && isSafeUrl(href) ? href : undefined;
  }

  /**
   * A write of this activity, or a host that was asked for leave, is not done yet.
   * @internal
   */
  isBusy(activity: Pick<Activity, 'id'>): boolean {
    return this.requests.isWaiting(activity.id) || (this.store?.isBusy(activity.id) ?? false);
  }

  /**
   * What a new activity is given from where the element stands.
   * @internal
   */
  draftFor(type: string, more: Partial<ActivityDraft> = {}): ActivityDraft {
    const { about } = this;
    return { type, ...(about && { regarding: about }), ...more };
  }

  /**
   * Tells the host's developer what is wrong with rows that arrived.
   * @internal
   */
  reportProblems(problems: readonly string[]): void {
    if (problems.length === 0) return;
    const ids = problems.flatMap((problem) => /^activity ([^:]+):/.exec(problem)?.[1] ?? []);
    this.dispatchEvent(
      new ActivityErrorEvent({
        error: { code: 'validation', message: problems.join('\n') },
        ids: [...new Set(ids)],
      }),
    );
  }

  // ── life ─────────────────────────────────────────────────────────────────────────────────────

  override connectedCallback(): void {
    super.connectedCallback();
    this.#connection?.abort();
    const connection = new AbortController();
    this.#connection = connection;
    const end = onMessagesRegistered(() => {
      this.#words = undefined;
      this.requestUpdate();
    });
    // What is overdue or today changes while nobody does anything.
    const tick = setInterval(() => this.requestUpdate(), MINUTE);
    // A provider or a context may come later in the same turn; only then is there none.
    const seek = setTimeout(() => {
      this.#sourceSought = true;
      if (this.needsSource && this.store === undefined) this.requestUpdate();
    });
    connection.signal.addEventListener('abort', () => {
      end();
      clearInterval(tick);
      clearTimeout(seek);
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#connection?.abort();
    this.#connection = undefined;
  }

  protected override scheduleUpdate(): Promise<void> | undefined {
    const draw = (): void => this.#pace.draw(() => void super.scheduleUpdate());
    const { wait } = this.#pace;
    if (wait) return wait.then(draw);
    draw();
    return undefined;
  }

  /**
   * What changes until the next frame is drawn with it, together.
   * @internal
   */
  drawWithFrame(): void {
    this.#pace.hold();
  }

  protected override willUpdate(_changed: PropertyValues): void {
    if (this.items !== this.#mergedItems) this.#mergeItems();
    this.#areWordsSure = false;
    this.#refreshContext();
    this.#watch.follow(this.store, this.refreshInterval);
    if (this.isContext) {
      this.#provided ??= new ContextProvider(this, { context: activityContext });
      this.#provided.setValue(this.#ownContext);
    }
  }

  #mergeItems(): void {
    const items: unknown = this.items;
    this.#mergedItems = this.items;
    if (items === undefined || items === null) return;
    this.#own ??= createMemoryProvider({ now: () => this.now });
    if (!Array.isArray(items)) {
      this.reportProblems(['items is not an array']);
      return;
    }
    const problems = this.#own.merge(items);
    storeFor(this.#own, { clock: this.#clockInForce, page: browserPage }).addProblems(problems);
    this.reportProblems(problems.map(({ text }) => text));
  }

  /** Sets or clears a state that CSS can ask for as `:state(name)`. */
  protected setState(name: string, on: boolean): void {
    if (on) this.internals.states.add(name);
    else this.internals.states.delete(name);
  }

  protected override render(): TemplateResult {
    const { words, context } = this;
    const alone = this.isContext || !this.outerContext;
    const isMissing = this.needsSource && this.store === undefined;
    if (isMissing && this.#sourceSought) warnNoSource(this);
    const density = this.density ?? context.density ?? '';
    // Where the language is the page's, so is its direction.
    const hasOwnLanguage = (this.locale ?? context.locale) !== undefined;
    return html`<div
      class="base ${density}"
      part="base"
      lang=${words.locale}
      dir=${hasOwnLanguage ? words.direction : nothing}
    >
      ${
        isMissing
          ? this.#sourceSought
            ? emptyState({ title: words.say('error.no-source') })
            : nothing
          : this.renderContent()
      }
      ${alone ? this.layer.render() : nothing}
    </div>`;
  }

  /** What the element draws when it has a data source. */
  protected abstract renderContent(): unknown;
}
