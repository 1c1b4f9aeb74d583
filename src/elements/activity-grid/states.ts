import { html, nothing, type TemplateResult } from 'lit';
import { mayCreate } from '../../provider/may.js';
import type { ActivityView } from '../../store/activity-view.js';
import { button, type ButtonOptions } from '../../ui/button.js';
import { icon } from '../../ui/icon.js';
import { skeletonRows } from '../../ui/skeleton.js';
import { deniedState, emptyState, errorState } from '../../ui/state-panel.js';
import type { ActivityElement } from '../base/activity-element.js';
import type { ActivityGrid } from './activity-grid.js';
import type { Sections } from './sections.js';

/*
 * What stands above the rows, and in their place: template functions of a grid and its view.
 */

const SKELETON_ROWS = 10;

/** Lines above the rows: what is shown is old, or not all. */
export function notes(
  grid: ActivityElement,
  view: ActivityView | undefined,
  hasRows: boolean,
  isSaidBelow: boolean,
): unknown {
  const { words, store } = grid;
  const failed = view?.status === 'failed' && hasRows && !isSaidBelow ? view.error : undefined;
  return html`
    ${store && !store.isOnline ? note('offline', words.say('sync.offline')) : nothing}
    ${
      failed
        ? note('error', `${words.say('error.load')} ${words.failure(failed)}`, {
            label: words.say('action.retry'),
            onClick: () => view?.refresh(),
          })
        : nothing
    }
    ${view?.failed.map(({ source }) =>
      note('warning', words.say('error.partial', source), {
        label: words.say('action.retry'),
        onClick: () => view.refresh(),
      }),
    )}
  `;
}

function note(
  kind: 'offline' | 'error' | 'warning',
  text: string,
  action?: ButtonOptions,
): TemplateResult {
  return html`<div class="note ${kind}" part="note" role="status">
    ${icon(kind, 16)}<span class="grow" dir="auto">${text}</span>
    ${action ? button({ ...action, kind: 'link', small: true, part: 'retry' }) : nothing}
  </div>`;
}

/** In place of rows: loading, failed, empty. */
export function body(
  grid: ActivityGrid,
  view: ActivityView | undefined,
  { isHeld, isEmpty, isLoading }: Sections,
): unknown {
  const { words } = grid;
  if (isHeld) return html`<div class="progress" aria-hidden="true"></div>`;
  if (!isEmpty) return nothing;
  if (isLoading) {
    return skeletonRows(SKELETON_ROWS, words.say('loading.activities'));
  }
  if (view?.status === 'failed') return failure(grid, view);
  return html`<slot name="empty">${empty(grid, view)}</slot>`;
}

function failure({ words }: ActivityElement, view: ActivityView): TemplateResult {
  const { error } = view;
  const retry = { label: words.say('action.retry'), onClick: () => view.refresh() };
  const why = error && words.failure(error);
  return error?.code === 'forbidden'
    ? deniedState({ title: words.say('error.load'), ...(why && { reason: why }), actions: [retry] })
    : errorState({ title: words.say('error.load'), ...(why && { detail: why }), retry });
}

/** Why there is nothing, and what to do next. */
function empty(grid: ActivityGrid, view: ActivityView | undefined): TemplateResult {
  const { words, store, about, query } = grid;
  const search = view?.question.search ?? query?.search;
  if (search) return emptyState({ title: words.say('empty.search', search) });
  if (Object.keys(grid.filters).length > 0) {
    return emptyState({
      title: words.say('empty.filtered'),
      actions: [{ label: words.say('action.clear-filters'), onClick: () => grid.clearFilters() }],
    });
  }
  if (query?.filter) return emptyState({ title: words.say('empty.filtered') });
  const mayAdd = grid.context.canCompose && store && mayCreate('task', store.permissions) === true;
  return emptyState({
    title: about
      ? words.say('empty.record', words.recordName(about))
      : words.say('empty.activities'),
    actions: mayAdd
      ? [
          {
            label: words.say('action.new-task'),
            icon: 'add',
            kind: 'primary',
            onClick: () => void grid.requests.compose(grid.draftFor('task')),
          },
        ]
      : [],
  });
}
