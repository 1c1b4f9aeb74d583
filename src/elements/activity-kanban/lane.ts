import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { ActivityState } from '../../model/activity.js';
import { button, type ButtonOptions } from '../../ui/button.js';
import { errorState } from '../../ui/state-panel.js';
import { dot } from '../../ui/status.js';
import type { ActivityElement } from '../base/activity-element.js';
import type { Lane, LaneCard } from './lanes.js';

export interface LaneOptions {
  /** The lane under what is lifted, which would take it. */
  readonly isTarget: boolean;
  /** Why it would not take what is lifted. */
  readonly refusal: string | undefined;
  /** Its +; none where nothing may be created in it. */
  readonly add: ButtonOptions | undefined;
  readonly card: (card: LaneCard) => unknown;
  /** Cards that must stay where they are: a write of them is on its way. */
  readonly isFixed: (card: LaneCard) => boolean;
  readonly onMore: (state: ActivityState) => void;
  readonly onRetry: (state: ActivityState) => void;
}

/** How many there are: "40", "5,000+". */
export function laneTotal({ words }: ActivityElement, { total, shown }: Lane): string {
  if (!total) return words.number(shown);
  return total.relation === 'exact'
    ? words.number(total.value)
    : words.say('count.at-least', total.value);
}

/** One lane: its heading, and the cards of one state. */
export function lane(host: ActivityElement, shown: Lane, options: LaneOptions): TemplateResult {
  const { state } = shown;
  const { isTarget, refusal } = options;
  const marks = [isTarget && 'target', refusal !== undefined && 'refuses']
    .filter(Boolean)
    .join(' ');
  // The list is always drawn: what is lifted from it hangs on it until it is let go.
  return html`<section class="lane ${marks}" part="lane ${state} ${marks}" data-lane=${state}>
    ${header(host, shown, options)}
    <div class="cards" tabindex="-1">
      ${notice(host, shown, options)}
      <ul class="card-list" aria-labelledby="lane-${state}">
        ${repeat(
          shown.cards,
          ({ activity }) => activity.id,
          (card) => item(card, options),
        )}
      </ul>
      ${more(host, shown, options)}
    </div>
  </section>`;
}

function header(host: ActivityElement, shown: Lane, { refusal, add }: LaneOptions): TemplateResult {
  const { words } = host;
  const name = words.stateName(shown.state);
  const [some, all] = [words.number(shown.shown), laneTotal(host, shown)];
  const isCounted = shown.status !== 'loading';
  return html`<div class="lane-header" part="lane-header">
    <h3 id="lane-${shown.state}" class="lane-title">
      <span class="visually-hidden"
        >${isCounted ? words.say('kanban.lane', name, some, all) : name}</span
      >
      <span class="with" aria-hidden="true">
        ${dot(shown.state)}<span class="strong clip">${name}</span>
        <bdi class="quiet num" part="lane-count">${isCounted ? `${some} / ${all}` : nothing}</bdi>
      </span>
    </h3>
    ${
      refusal === undefined
        ? add
          ? button(add)
          : nothing
        : html`<span class="lane-refusal small quiet strong lines-2" part="lane-refusal" dir="auto"
            >${refusal}</span
          >`
    }
  </div>`;
}

function item({ activity, place }: LaneCard, { card, isFixed }: LaneOptions): TemplateResult {
  const entry: LaneCard = { activity, place };
  return html`<li
    data-id=${activity.id}
    ?data-fixed=${isFixed(entry)}
    ?data-lifted=${place === 'lifted'}
    ?data-gone=${place === 'gone'}
    aria-hidden=${place === 'gone' ? 'true' : nothing}
  >
    ${card(entry)}
  </li>`;
}

/** What stands above the cards: still loading, nothing there, not to be had. */
function notice(
  { words }: ActivityElement,
  { state, cards, status, error }: Lane,
  { onRetry }: LaneOptions,
): unknown {
  if (status === 'failed' && error) {
    const retry = { label: words.say('action.retry'), onClick: () => onRetry(state) };
    if (cards.length === 0) {
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
  if (cards.length > 0) return nothing;
  if (status === 'loading') return skeletonCards(words.say('loading.activities'));
  return html`<p class="lane-empty small quiet" part="lane-empty">${words.say('empty.lane')}</p>`;
}

/** The end of what is loaded: a button, and before it what tells that the end is near. */
function more(
  { words }: ActivityElement,
  { state, hasMore, isLoadingMore, status }: Lane,
  { onMore }: LaneOptions,
): unknown {
  if (!hasMore || status === 'loading' || status === 'failed') return nothing;
  return html`<div class="near-end" data-state=${state}></div>
    ${button({
      label: words.say(isLoadingMore ? 'loading.more' : 'action.load-more'),
      small: true,
      className: 'load-more',
      part: 'load-more',
      disabled: isLoadingMore,
      onClick: () => onMore(state),
    })}`;
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
