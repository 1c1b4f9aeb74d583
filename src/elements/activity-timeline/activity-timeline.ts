import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Activity, ActivityState } from '../../model/activity.js';
import type { ActivityQuery } from '../../model/query.js';
import { button } from '../../ui/button.js';
import { MenuController } from '../../ui/menu.js';
import { NarrowController } from '../../ui/narrow.js';
import { popoverStyles } from '../../ui/popover.styles.js';
import { richTextStyles } from '../../ui/rich-text.styles.js';
import { skeletonRows } from '../../ui/skeleton.js';
import { emptyState, errorState } from '../../ui/state-panel.js';
import { ActivityElement } from '../base/activity-element.js';
import { TypedText } from '../base/typed-text.js';
import { ViewController } from '../base/view-controller.js';
import { timelineStyles } from './activity-timeline.styles.js';
import { composer } from './composer.js';
import { entry } from './entry.js';
import { toFeed, type FeedSection } from './feed.js';

const PAGE = 20;
const NEWEST_FIRST = [{ field: 'modifiedAt', direction: 'desc' }] as const;

/**
 * The history of one record, of everything where none is given: newest first, who and when on each entry, through whom it came,
 * and a place to write a note.
 *
 * @element activity-timeline
 * @fires {ActivityCreateEvent} activity-create - Before a note is added; cancelable.
 * @fires {ActivityComposeEvent} activity-compose - Something else is to be planned; cancelable.
 * @fires {ActivityOpenEvent} activity-open - A subject was clicked; cancelable.
 * @fires {ActivityMoveStatusEvent} activity-move-status - Before an entry changes its status; cancelable.
 * @fires {ActivityCompleteEvent} activity-complete - After it, where it is to be completed; cancelable.
 * @fires {ActivitySavedEvent} activity-saved - Writes ended.
 * @fires {ActivityErrorEvent} activity-error - Something failed.
 * @csspart base - All of it.
 * @csspart composer - Where a note is written.
 * @csspart feed - What scrolls.
 * @csspart day - Heading of a day.
 * @csspart entry - One entry; also `overdue` or `closed`.
 * @csspart subject - The subject of an entry.
 * @csspart overdue - An entry that is late.
 * @csspart closed - An entry of what is completed or canceled.
 * @csspart text - The words of an entry.
 * @csspart tile - The glyph of a type.
 * @csspart record - The name of a record.
 * @csspart tag - A word beside the subject: how late, or how it ended; also its tone, `quiet` or `danger`.
 * @csspart quiet - A tag without alarm.
 * @csspart danger - A tag that says how late it is.
 * @csspart add-note - What adds the note.
 * @csspart load-more - What loads older entries.
 * @csspart button - A button; also `primary` or `disabled`.
 * @csspart primary - The one primary button.
 * @csspart disabled - A button, or an item of a menu, that can't be used now.
 * @csspart menu - The open menu.
 * @csspart menu-item - An item of it; also `disabled`.
 * @csspart skeleton - What stands in place of entries while they are loaded.
 * @csspart empty - What is said when there is nothing to show.
 * @csspart error - What is said when nothing could be loaded.
 * @csspart denied - What is said when it may not be seen.
 * @csspart retry - What tries again.
 * @csspart notices - The stack of notices, where the element stands alone.
 * @csspart notice - One notice; also `done` or `error`.
 * @csspart waiting - What is said while one is offline, or changes wait to be sent.
 * @csspart waiting-change - One change in the list of what waits.
 * @csspart dialog - A dialog: what waits to be sent, or two versions of an activity.
 * @csspart dialog-header - The line of a dialog's title.
 * @csspart dialog-body - What scrolls in it.
 * @csspart dialog-footer - Its buttons.
 * @csspart close - Its ×.
 * @csspart done - A notice of what was done.
 * @cssstate waiting - One is offline, or changes wait to be sent: leave room at the end of the page for the line that says so.
 * @cssstate loading - Nothing is there to be shown yet.
 * @cssstate empty - There is nothing to show.
 * @cssstate error - It could not be loaded.
 * @cssstate narrow - It has little room.
 */
export class ActivityTimeline extends ActivityElement {
  static override readonly styles: CSSResultGroup = [
    ActivityElement.styles,
    popoverStyles,
    richTextStyles,
    timelineStyles,
  ];

  /** Nobody can write a note here. */
  @property({ type: Boolean, attribute: 'without-composer' }) withoutComposer = false;

  /**
   * The note that is being written.
   * @internal
   */
  readonly note = new TypedText(this);
  /** @internal */
  @state() noteError = '';
  /** @internal */
  @state() isSaving = false;
  @state() private expanded: ReadonlySet<string> = new Set();

  /** @internal */
  readonly menu = new MenuController(this);
  readonly #view = new ViewController(this, () => this.#question);
  #announced = 0;
  #focusAfter: string | undefined;
  #feedOf: { rows: readonly Activity[]; zone: string; feed: FeedSection[] } | undefined;

  get #question(): ActivityQuery {
    const { about } = this;
    return {
      ...this.query,
      ...(about && {
        record: { ref: about, rollup: this.rollup ?? 'extended', parties: true },
      }),
      sort: this.query?.sort ?? NEWEST_FIRST,
      page: { size: PAGE },
    };
  }

  constructor() {
    super();
    this.addController(new NarrowController(this, this.internals));
  }

  /** @internal */
  isExpanded(id: string): boolean {
    return this.expanded.has(id);
  }

  /** @internal */
  toggle(id: string): void {
    const next = new Set(this.expanded);
    if (!next.delete(id)) next.add(id);
    this.expanded = next;
  }

  /** @internal */
  async move(activity: Activity, to: ActivityState): Promise<void> {
    this.#focusAfter = activity.id;
    await this.requests.moveStatus([activity], to);
  }

  /**
   * Adds the note; what was typed stays where it is until it is saved.
   * @internal
   */
  async addNote(): Promise<void> {
    const text = this.note.text.trim();
    if (this.isSaving) return;
    if (text === '') {
      this.noteError = this.words.say('timeline.note-empty');
      this.#textarea?.focus();
      return;
    }
    this.isSaving = true;
    this.noteError = '';
    const isSaved = this.note.saving();
    const outcome = await this.requests.create(this.draftFor('note', { description: text }), {
      quiet: true,
      key: this.#noteKey,
    });
    this.isSaving = false;
    if (outcome.isDone) {
      this.#noteKey = crypto.randomUUID();
      isSaved();
    } else {
      this.noteError = [this.words.say('error.save'), outcome.reason].filter(Boolean).join(' ');
    }
    this.#textarea?.focus();
  }

  /** A second save, after one whose answer got lost, is the same note. */
  #noteKey = crypto.randomUUID();

  get #textarea(): HTMLTextAreaElement | null {
    return this.renderRoot.querySelector('textarea');
  }

  get #feed(): FeedSection[] {
    const { rows } = this.#view;
    const zone = this.words.timeZone;
    if (this.#feedOf?.rows !== rows || this.#feedOf.zone !== zone) {
      this.#feedOf = { rows, zone, feed: toFeed(rows, zone) };
    }
    return this.#feedOf.feed;
  }

  protected override willUpdate(changes: PropertyValues): void {
    super.willUpdate(changes);
    if (!this.store || this.withoutComposer) return;
    const { about } = this;
    // Each record has a note of its own that is being written about it.
    if (!this.note.begin(about ? `timeline.note:${about.kind}:${about.id}` : 'timeline.note'))
      return;
    this.noteError = '';
    this.#noteKey = crypto.randomUUID();
  }

  protected override updated(): void {
    const view = this.#view.view;
    const count = this.#view.rows.length;
    this.setState('loading', view?.status === 'loading');
    this.setState('error', view?.status === 'failed');
    this.setState('empty', view?.status === 'ready' && count === 0);
    if (count > this.#announced && this.#announced > 0 && this.#loadedMore) {
      this.#loadedMore = false;
      this.context.announce(
        this.words.say('announce.loaded', count, this.#view.total?.value ?? count),
      );
    }
    this.#announced = count;
    this.#restoreFocus();
  }

  #loadedMore = false;

  /** An entry that was acted on has lost its button: its subject takes the focus. */
  #restoreFocus(): void {
    const id = this.#focusAfter;
    if (id === undefined || this.shadowRoot?.activeElement) return;
    const place = [...this.renderRoot.querySelectorAll<HTMLElement>('[data-focus]')].find(
      (element) => element.dataset['focus'] === id,
    );
    this.#focusAfter = undefined;
    const target = place?.querySelector<HTMLElement>('a, button') ?? place;
    if (target && !target.matches('a, button')) target.tabIndex = -1;
    target?.focus();
  }

  protected override renderContent(): TemplateResult {
    const { words } = this;
    return html`<section class="timeline" aria-label=${words.say('timeline.label')}>
      ${this.withoutComposer ? nothing : composer(this)}
      <div class="feed" part="feed">${this.#renderFeed()}</div>
      ${this.menu.render()}
    </section>`;
  }

  #renderFeed(): unknown {
    const { words } = this;
    const view = this.#view.view;
    const rows = this.#view.rows;
    if (!view || (view.status === 'loading' && rows.length === 0)) {
      return skeletonRows(6, words.say('loading.activities'));
    }
    if (view.status === 'failed' && rows.length === 0) {
      return errorState({
        title: words.say('error.load'),
        ...(view.error && { detail: words.failure(view.error) }),
        retry: { label: words.say('action.retry'), onClick: () => view.refresh() },
      });
    }
    if (rows.length === 0) {
      const name = this.about?.name;
      return emptyState({
        title: name === undefined ? words.say('empty.history') : words.say('empty.record', name),
      });
    }
    return html`
      ${view.failed.map(
        ({ source }) =>
          html`<p class="partial" role="status">${words.say('error.partial', source)}</p>`,
      )}
      ${repeat(
        this.#feed,
        ({ day }) => day ?? '',
        ({ day, entries }) => html`
          <h3 class="day" part="day">
            ${day === undefined ? words.say('day.none') : words.relativeDay(day)}
          </h3>
          <ol class="entries">
            ${repeat(
              entries,
              ({ id }) => id,
              (activity) => html`<li>${entry(this, activity)}</li>`,
            )}
          </ol>
        `,
      )}
      ${
        view.status === 'failed'
          ? html`<p class="partial" role="alert">
              ${words.say('error.load-more')}
              ${button({
                label: words.say('action.retry'),
                kind: 'link',
                onClick: () => view.refresh(),
              })}
            </p>`
          : nothing
      }
      ${
        view.hasMore
          ? html`<div class="more">
              ${button({
                label: words.say(view.isLoadingMore ? 'loading.more' : 'action.load-more'),
                kind: 'outline',
                disabled: view.isLoadingMore,
                part: 'load-more',
                onClick: () => {
                  this.#loadedMore = true;
                  view.loadMore();
                },
              })}
            </div>`
          : nothing
      }
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'activity-timeline': ActivityTimeline;
  }
}
