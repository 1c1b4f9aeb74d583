import { nothing, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { isClosed, type Activity } from '../../model/activity.js';
import { mayMoveTo } from '../../provider/may.js';
import { button } from '../../ui/button.js';
import { cssom } from '../../ui/cssom.js';
import { glyphOf, icon } from '../../ui/icon.js';
import { menuOpener } from '../../ui/menu.js';
import { html } from '../../ui/tight-html.js';
import { subjectOf } from '../base/subject-link.js';
import type { ActivityGrid } from './activity-grid.js';
import { cellContent, due, priority, secondLine, subject, typeTile } from './cells.js';
import { isBuiltIn, type Column } from './columns.js';
import type { DrawnItem } from './drawn-items.js';
import { rowElementId } from './grid-navigation.js';
import { rowMenu } from './row-menu.js';
import type { Section } from './sections.js';

/*
 * The rows: template functions of the grid. What stands in a row is drawn anew only when something that it shows changed; `shared`
 * is what all rows depend on.
 */

export interface RowContext {
  readonly columns: readonly Column[];
  readonly narrow: boolean;
  /** How many of the first columns stay in sight. */
  readonly frozen: number;
  /** The column of the type has room for its word. */
  readonly wideType: boolean;
  readonly isGrouped: boolean;
  readonly isSelected: (id: string) => boolean;
  /** Whatever all rows are drawn by: the words, the minute, what may be done. */
  readonly shared: readonly unknown[];
}

/** One place of the list. */
export function item(grid: ActivityGrid, drawn: DrawnItem, context: RowContext): TemplateResult {
  if (drawn.section) return groupRow(grid, drawn, drawn.section, context);
  return drawn.activity
    ? row(grid, drawn, drawn.activity, context)
    : blankRow(grid, drawn, context);
}

/** The kit's own columns are parts by their names, all others `custom`. */
export function partOf({ name }: Column): string {
  return isBuiltIn(name) ? name : 'custom';
}

function row(
  grid: ActivityGrid,
  { index, isLeaving, away }: DrawnItem,
  activity: Activity,
  context: RowContext,
): TemplateResult {
  const { id } = activity;
  const isSelected = context.isSelected(id);
  const isBusy = grid.isBusy(activity);
  const states = stateWords(isSelected, isBusy, isLeaving, isClosed(activity), away !== undefined);
  const isBad = (grid.store?.problemsOf(id).length ?? 0) > 0;
  return html`<div
    id=${rowElementId(id)}
    class=${states}
    part=${states}
    role="row"
    data-id=${id}
    aria-rowindex=${isLeaving ? nothing : index + 2}
    aria-level=${context.isGrouped ? 2 : nothing}
    aria-selected=${String(isSelected)}
    aria-busy=${isBusy ? 'true' : nothing}
    aria-hidden=${isLeaving ? 'true' : nothing}
    ?inert=${isLeaving}
    ${cssom(away === undefined ? IN_PLACE : { 'inset-block-start': `${String(away)}px` })}
  >
    ${guard(
      [activity, isSelected, grid.words, grid.store?.types, context.narrow, context.frozen],
      () => selectCell(grid, activity, isSelected, context),
    )}
    ${guard([activity, isBusy, isBad, ...context.shared], () =>
      context.narrow ? narrowCells(grid, activity) : wideCells(grid, activity, context),
    )}
  </div>`;
}

const IN_PLACE = {};

function stateWords(
  isSelected: boolean,
  isBusy: boolean,
  isLeaving: boolean,
  isDone: boolean,
  isAway: boolean,
): string {
  let words = 'row';
  if (isSelected) words += ' selected';
  if (isBusy) words += ' busy';
  if (isLeaving) words += ' leaving';
  if (isDone) words += ' closed';
  if (isAway) words += ' away';
  return words;
}

/** What stands for a row that is on its way. */
function blankRow(
  grid: ActivityGrid,
  { key, index, away }: DrawnItem,
  { isGrouped }: RowContext,
): TemplateResult {
  return html`<div
    id=${rowElementId(key)}
    class="row blank ${away === undefined ? '' : 'away'}"
    part="row"
    role="row"
    data-id=${key}
    aria-rowindex=${index + 2}
    aria-level=${isGrouped ? 2 : nothing}
    aria-busy="true"
    ${cssom(away === undefined ? IN_PLACE : { 'inset-block-start': `${String(away)}px` })}
  >
    <div class="cell whole" role="gridcell" data-col="whole" tabindex="-1">
      <span class="visually-hidden">${grid.words.say('loading.more')}</span
      ><span class="bone" part="skeleton"></span>
    </div>
  </div>`;
}

/** The header of a group: what it is, how many are in it, and whether they are shown. */
function groupRow(
  grid: ActivityGrid,
  { key, index, away }: DrawnItem,
  { group, total, isCollapsed }: Section,
  { columns, narrow }: RowContext,
): TemplateResult {
  if (!group) return html``;
  const { words } = grid;
  const count = total
    ? total.relation === 'exact'
      ? words.number(total.value)
      : words.say('count.at-least', total.value)
    : '';
  return html`<div
    id=${rowElementId(key)}
    class="row group ${away === undefined ? '' : 'away'}"
    part="group"
    role="row"
    data-id=${key}
    aria-rowindex=${index + 2}
    aria-level="1"
    aria-expanded=${String(!isCollapsed)}
    ${cssom(away === undefined ? IN_PLACE : { 'inset-block-start': `${String(away)}px` })}
  >
    <div
      class="cell whole"
      role="gridcell"
      data-col="whole"
      aria-colspan=${narrow ? 3 : columns.length + 2}
      tabindex="-1"
    >
      <button
        type="button"
        class="group-button"
        tabindex="-1"
        @click=${() => grid.toggleGroup(group.key)}
      >
        ${icon(isCollapsed ? 'chevron-right' : 'chevron-down', 16)}<bdi
          class="strong ${group.isLate ? 'overdue' : ''}"
          >${group.label}</bdi
        ><span class="num quiet">${count}</span>
      </button>
    </div>
  </div>`;
}

/** What selects the row: drawn anew by itself, since all may be selected at once. */
function selectCell(
  grid: ActivityGrid,
  activity: Activity,
  isSelected: boolean,
  { narrow, frozen }: RowContext,
): TemplateResult {
  return html`<div
    class=${frozen > 0 && !narrow ? 'cell select frozen' : 'cell select'}
    role="gridcell"
    data-col="select"
    tabindex="-1"
  >
    ${narrow ? typeTile(grid, activity) : nothing}
    <input
      type="checkbox"
      class="check"
      part="checkbox"
      tabindex="-1"
      aria-label=${grid.words.say('action.select-subject', subjectOf(grid, activity))}
      .checked=${isSelected}
    />
  </div>`;
}

function wideCells(
  grid: ActivityGrid,
  activity: Activity,
  { columns, frozen, wideType }: RowContext,
): TemplateResult {
  return html`${columns.map((column, index) => {
      const { name } = column;
      const part = `cell ${partOf(column)}`;
      return html`<div
        class=${index < frozen ? `${part} frozen` : part}
        part=${part}
        role="gridcell"
        data-col=${name}
        tabindex="-1"
      >
        ${cellContent(grid, column, activity, wideType)}
      </div>`;
    })}
    <div
      class="cell acts"
      part="cell acts"
      role="gridcell"
      data-col="acts"
      data-entered
      tabindex="-1"
    >
      ${completeButton(grid, activity)}${moreButton(grid, activity)}
    </div>`;
}

/** Two lines: subject and due, then regarding, status and priority. */
function narrowCells(grid: ActivityGrid, activity: Activity): TemplateResult {
  return html`<div class="cell main" part="cell main" role="gridcell" data-col="main" tabindex="-1">
      <span class="first">${subject(grid, activity)}</span>
      <span class="when small">${due(grid, activity)}</span>
      <span class="second small quiet">${secondLine(grid, activity)}</span>
      <span class="rank small">${priority(grid, activity)}</span>
    </div>
    <div class="cell acts" part="cell acts" role="gridcell" data-col="acts" tabindex="-1">
      ${moreButton(grid, activity)}
    </div>`;
}

// ── what can be done to a row ──────────────────────────────────────────────────────────────────

const { d: COMPLETE } = glyphOf('complete');
const { d: MORE } = glyphOf('more');

function completeButton(grid: ActivityGrid, activity: Activity): unknown {
  const { store, words } = grid;
  if (!grid.canMove || !store || activity.state === null || isClosed(activity)) return nothing;
  if (activity.access === 'busy') return nothing;
  const permission = mayMoveTo('completed', activity, store.permissions);
  const isBusy = grid.isBusy(activity);
  const label = words.say('action.mark-complete');
  const complete = (): void => void grid.requests.moveStatus([activity], 'completed');
  if (!isBusy && permission === true) {
    // In every row, and so drawn with as little as can be.
    return html`<button
      type="button"
      class="button plain icon-only small complete"
      part="button"
      aria-label=${label}
      tabindex="-1"
      @click=${complete}
    >
      <svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
        <path d=${COMPLETE}></path>
      </svg>
    </button>`;
  }
  return button({
    label,
    icon: 'complete',
    iconOnly: true,
    small: true,
    tabIndex: -1,
    className: 'complete',
    disabled: true,
    why: permission === true ? words.say('sync.saving') : words.refusal(permission),
    onClick: complete,
  });
}

function moreButton(grid: ActivityGrid, activity: Activity): unknown {
  if (activity.access === 'busy') return nothing;
  const { store } = grid;
  if (
    !grid.context.canOpen &&
    !store?.provider.update &&
    !grid.canMove &&
    !store?.provider.remove
  ) {
    return nothing;
  }
  const label = grid.words.say('action.more-for', subjectOf(grid, activity));
  const { click, keydown } = menuOpener(grid.menu, {
    label,
    placement: 'bottom-end',
    groups: () => rowMenu(grid, store?.row(activity.id) ?? activity),
  });
  return html`<button
    type="button"
    class="button plain icon-only small"
    part="button"
    aria-label=${label}
    aria-haspopup="menu"
    tabindex="-1"
    @click=${click}
    @keydown=${keydown}
  >
    <svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d=${MORE}></path>
    </svg>
  </button>`;
}
