import { nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { button, type ButtonOptions } from '../../ui/button.js';
import { cssom } from '../../ui/cssom.js';
import { icon } from '../../ui/icon.js';
import { errorState } from '../../ui/state-panel.js';
import { dot } from '../../ui/status.js';
import { html } from '../../ui/tight-html.js';
import type { ActivityElement } from '../base/activity-element.js';
import type { Group } from './groups.js';
import type { LaneSum } from './lane-sums.js';
import { cellName, totalWords, type Lane, type LaneCard } from './lanes.js';

/** What stands above a lane, or above all cells of one where the lanes have rows. */
export interface LaneHead {
  readonly lane: Group;
  readonly id: string;
  /** How many of how many are shown: "10", "1,204"; undefined while nothing is known. */
  readonly counts: readonly [shown: string, total: string] | undefined;
  /** How many it should hold at most, where it holds more. */
  readonly exceeded: number | undefined;
  /** Undefined where none is wanted, or known yet. */
  readonly sum: LaneSum | undefined;
  readonly isCollapsed: boolean;
  /** Why it would not take what is lifted. */
  readonly refusal: string | undefined;
  /** Its +; none where nothing may be created in it. */
  readonly add: ButtonOptions | undefined;
  /** The button of its menu. */
  readonly menu: unknown;
  readonly onExpand: () => void;
}

export interface CellOptions {
  readonly refusal: string | undefined;
  /** What is lifted may be put between two of its cards. */
  readonly hasSlot: boolean;
  /** Not to be seen: it is drawn for what is carried from it. */
  readonly isAway: boolean;
  readonly start: (index: number) => number;
  /** Loading takes long enough to be shown. */
  readonly isSlow: boolean;
  /** Something can be dropped there, or added. */
  readonly isInviting: boolean;
  readonly card: (card: LaneCard) => unknown;
  /** Cards that must stay where they are: a write of them is on its way, or they are edited. */
  readonly isFixed: (card: LaneCard) => boolean;
  readonly onMore: () => void;
  readonly onRetry: () => void;
  /** Brings what was closed longer ago; left out where all is there. */
  readonly onOlder: (() => void) | undefined;
}

/** One lane: its head, and its cards. */
export function lane(
  host: ActivityElement,
  head: LaneHead,
  shown: Lane,
  options: CellOptions,
): TemplateResult {
  const marks = marksOf(options, head);
  return html`<section
    class="lane ${marks} ${options.isAway ? 'away' : ''}"
    part="lane ${stateOf(head.lane)} ${marks}"
    data-lane=${head.lane.key}
    data-cell=${shown.cell.key}
  >
    ${laneHeader(host, head)}
    ${head.isCollapsed ? nothing : cards(host, shown, options, { labelledBy: head.id })}
  </section>`;
}

/** Where a lane and a row cross: its cards. */
export function cell(
  host: ActivityElement,
  head: LaneHead,
  shown: Lane,
  options: CellOptions,
): TemplateResult {
  const marks = marksOf(options, head);
  return html`<div
    class="lane cell ${marks} ${options.isAway ? 'away' : ''}"
    part="lane ${stateOf(head.lane)} ${marks}"
    data-lane=${head.lane.key}
    data-cell=${shown.cell.key}
  >
    ${
      head.isCollapsed
        ? nothing
        : cards(host, shown, options, { label: cellName(host.words, shown.cell) })
    }
  </div>`;
}

/** The head of a lane alone, above its cells. */
export function laneHeader(host: ActivityElement, head: LaneHead): TemplateResult {
  const { words } = host;
  const { lane: group, id, counts, exceeded, isCollapsed, refusal, add, menu } = head;
  const name = group.label;
  const money = (head.sum?.money ?? []).map((one) => words.money(one)).join(' + ');
  const sum = money === '' || head.sum?.isWhole ? money : words.say('kanban.sum-at-least', money);
  const spoken = [
    counts ? words.say('kanban.lane', name, ...counts) : name,
    exceeded !== undefined && words.say('kanban.limit-exceeded', exceeded),
    sum,
  ].filter(Boolean);
  if (isCollapsed) {
    return html`<div class="lane-header" part="lane-header" data-head=${group.key}>
      <h3 id=${id} class="lane-title">
        <button
          type="button"
          class="lane-expand"
          part="button"
          aria-expanded="false"
          aria-label=${spoken.join(', ')}
          title=${words.say('action.expand')}
          @click=${head.onExpand}
        >
          ${dotOf(group)}<span class="strong">${name}</span>
          <bdi class="quiet num">${counts?.[1]}</bdi>
        </button>
      </h3>
    </div>`;
  }
  return html`<div class="lane-header" part="lane-header" data-head=${group.key}>
    <h3 id=${id} class="lane-title">
      <span class="visually-hidden">${spoken.join(', ')}</span>
      <span class="with" aria-hidden="true">
        ${dotOf(group)}<span class="strong clip">${name}</span>
        <bdi
          class="num ${exceeded === undefined ? 'quiet' : 'exceeded'}"
          part="lane-count ${exceeded === undefined ? '' : 'exceeded'}"
          >${counts ? counts.join(' / ') : nothing}</bdi
        >
        ${exceeded === undefined ? nothing : html`<span class="exceeded">${icon('warning', 16)}</span>`}
      </span>
    </h3>
    ${
      refusal === undefined
        ? html`<span class="lane-acts">${add ? button(add) : nothing}${menu}</span>`
        : html`<span class="lane-refusal small quiet strong lines-2" part="lane-refusal" dir="auto"
            >${refusal}</span
          >`
    }
    ${
      sum === ''
        ? nothing
        : html`<bdi
            class="lane-sum small quiet num lines-2"
            part="lane-sum"
            title=${sum}
            aria-hidden="true"
            >${sum}</bdi
          >`
    }
  </div>`;
}

/** How many stand in it, as far as that is known. */
export function laneTotal({ words }: ActivityElement, { total, shown }: Lane): string {
  return total ? totalWords(words, total) : words.number(shown);
}

function cards(
  host: ActivityElement,
  shown: Lane,
  options: CellOptions,
  { label, labelledBy }: { readonly label?: string; readonly labelledBy?: string },
): TemplateResult {
  // The list is always drawn: what is lifted from it hangs on it until it is let go.
  return html`<div class="cards" tabindex="-1">
    ${notice(host, shown, options)}
    <ul class="card-list" aria-label=${label ?? nothing} aria-labelledby=${labelledBy ?? nothing}>
      ${repeat(
        shown.cards,
        ({ activity }) => activity.id,
        (card) => item(shown, card, options),
      )}
    </ul>
    ${options.hasSlot ? html`<div class="slot" part="slot" hidden></div>` : nothing}
    ${more(host, shown, options)}
  </div>`;
}

function item(
  { shown, total }: Lane,
  one: LaneCard,
  { card, isFixed, start }: CellOptions,
): TemplateResult {
  const { activity, place, isPinned, index } = one;
  return html`<li
    data-id=${activity.id}
    ?data-fixed=${isFixed(one)}
    ?data-lifted=${place === 'lifted'}
    ?data-gone=${place === 'gone'}
    ?data-pinned=${isPinned}
    aria-hidden=${place === 'gone' ? 'true' : nothing}
    aria-posinset=${index + 1}
    aria-setsize=${total?.relation === 'exact' ? Math.max(total.value, shown) : -1}
    ${cssom({ 'inset-block-start': isPinned && place !== 'gone' ? `${start(index)}px` : undefined })}
  >
    ${card(one)}
  </li>`;
}

/** What stands above the cards: still loading, nothing there, not to be had. */
function notice(
  { words }: ActivityElement,
  { cards: drawn, shown, status, error }: Lane,
  { onRetry, onOlder, isSlow, isInviting }: CellOptions,
): unknown {
  if (status === 'failed' && error) {
    const retry = { label: words.say('action.retry'), onClick: onRetry };
    if (shown === 0) {
      return errorState({
        title: words.say('error.load'),
        detail: words.failure(error),
        retry,
      });
    }
    return html`<div class="lane-error small" part="lane-error" role="alert">
      <span class="grow" dir="auto">${words.failure(error)}</span>
      ${button({ ...retry, kind: 'link', small: true, part: 'retry' })}
    </div>`;
  }
  if (drawn.length > 0) return nothing;
  if (status === 'loading') {
    return isSlow ? skeletonCards(words.say('loading.activities')) : nothing;
  }
  return html`<p class="lane-empty small quiet" part="lane-empty">
    ${words.say(onOlder ? 'kanban.none-of-late' : isInviting ? 'empty.lane' : 'kanban.empty')}
  </p>`;
}

/** The end of what is loaded: a button, for who does not scroll. */
function more(
  { words }: ActivityElement,
  { hasMore, isLoadingMore, status }: Lane,
  { onMore, onOlder }: CellOptions,
): unknown {
  if (status === 'loading' || status === 'failed') return nothing;
  if (hasMore) {
    return button({
      label: words.say(isLoadingMore ? 'loading.more' : 'action.load-more'),
      small: true,
      className: 'load-more',
      part: 'load-more',
      disabled: isLoadingMore,
      onClick: onMore,
    });
  }
  if (!onOlder) return nothing;
  return button({
    label: words.say('kanban.show-older'),
    small: true,
    className: 'load-more',
    part: 'show-older',
    onClick: onOlder,
  });
}

function marksOf({ refusal }: CellOptions, { isCollapsed }: LaneHead): string {
  return [refusal !== undefined && 'refuses', isCollapsed && 'collapsed'].filter(Boolean).join(' ');
}

function stateOf({ trait }: Group): string {
  return trait.by === 'state' ? trait.state : '';
}

function dotOf({ trait }: Group): unknown {
  return trait.by === 'state' ? dot(trait.state) : nothing;
}

function skeletonCards(label: string): TemplateResult {
  return html`<div class="skeleton skeleton-cards" part="skeleton">
    <span class="visually-hidden">${label}</span>
    ${[1, 2, 3].map(
      () =>
        html`<div class="card skeleton-card" aria-hidden="true">
          <div class="with">
            <span class="skeleton-bar glyph"></span><span class="skeleton-bar grow"></span>
          </div>
          <span class="skeleton-bar half"></span>
          <span class="skeleton-bar third"></span>
        </div>`,
    )}
  </div>`;
}
