import { nothing, type TemplateResult } from 'lit';
import { cache } from 'lit/directives/cache.js';
import { guard } from 'lit/directives/guard.js';
import { isClosed, type Activity } from '../../model/activity.js';
import { mayMoveTo } from '../../provider/may.js';
import { button } from '../../ui/button.js';
import { cssom } from '../../ui/cssom.js';
import { flat, inlined, inlinedAll } from '../../ui/flat-html.js';
import { icon } from '../../ui/icon.js';
import { html } from '../../ui/tight-html.js';
import { subjectOf } from '../base/subject-link.js';
import type { ActivityGrid } from './activity-grid.js';
import { cellContent, due, priority, secondLine, subject, typeTile } from './cells.js';
import { isBuiltIn, type Column } from '../base/columns.js';
import type { DrawnItem } from './drawn-items.js';
import { rowElementId } from './grid-navigation.js';
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
  /** Stands for whatever all rows are drawn by, the words, the minute, what may be done: the same as long as all of it is. */
  readonly shared: unknown;
}

/** One place of the list; nothing is asked of it where all that it shows is the same. */
export function item(grid: ActivityGrid, drawn: DrawnItem, context: RowContext): unknown {
  const { section, activity } = drawn;
  const { shared } = context;
  // What stands for a row makes way for it and comes again: neither is made anew.
  if (section) {
    return guard([drawn, shared], () => cache(groupRow(grid, drawn, section, context)));
  }
  if (!activity) return guard([drawn, shared], () => cache(blankRow(grid, drawn, context)));
  const states: RowStates = {
    isSelected: context.isSelected(activity.id),
    isBusy: grid.isBusy(activity),
    isCurrent: activity.id === grid.current,
    isBad: (grid.store?.problemsOf(activity.id).length ?? 0) > 0,
  };
  const { isSelected, isBusy, isCurrent, isBad } = states;
  return guard([drawn, shared, isSelected, isBusy, isCurrent, isBad], () =>
    cache(row(grid, drawn, activity, states, context)),
  );
}

interface RowStates {
  readonly isSelected: boolean;
  /** It is being written. */
  readonly isBusy: boolean;
  readonly isCurrent: boolean;
  /** It came with invalid data. */
  readonly isBad: boolean;
}

/** The kit's own columns are parts by their names, all others `custom`. */
export function partOf({ name }: Column): string {
  return isBuiltIn(name) ? name : 'custom';
}

function row(
  grid: ActivityGrid,
  { index, isLeaving, away }: DrawnItem,
  activity: Activity,
  { isSelected, isBusy, isCurrent, isBad }: RowStates,
  context: RowContext,
): TemplateResult {
  const { id } = activity;
  const words = stateWords(isSelected, isBusy, isLeaving, isClosed(activity), away !== undefined);
  const states = isCurrent ? `${words} current` : words;
  return flat`<div
    id=${rowElementId(id)}
    class=${states}
    part=${states}
    role="row"
    data-id=${id}
    aria-rowindex=${isLeaving ? nothing : index + 2}
    aria-level=${context.isGrouped ? 2 : nothing}
    aria-selected=${String(isSelected)}
    aria-current=${isCurrent ? 'true' : nothing}
    aria-busy=${isBusy ? 'true' : nothing}
    aria-hidden=${isLeaving ? 'true' : nothing}
    ?inert=${isLeaving}
    ${cssom(away === undefined ? IN_PLACE : { 'inset-block-start': `${String(away)}px` })}
  >
    ${inlined(selectCell(grid, activity, isSelected, context))}
    ${guard([activity, context.shared, isBusy, isBad], () =>
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

function selectCell(
  grid: ActivityGrid,
  activity: Activity,
  isSelected: boolean,
  { narrow, frozen }: RowContext,
): TemplateResult<1> {
  const label = grid.words.say('action.select-subject', subjectOf(grid, activity));
  return flat`<div
    class=${frozen > 0 && !narrow ? 'cell select frozen' : 'cell select'}
    role="gridcell"
    data-col="select"
    tabindex="-1"
  >
    ${narrow ? inlined(typeTile(grid, activity)) : nothing}
    <input
      type="checkbox"
      class="check"
      part="checkbox"
      tabindex="-1"
      aria-label=${label}
      .checked=${isSelected}
    />
  </div>`;
}

/** All cells as one template: what a row costs is what stands in it. */
function wideCells(
  grid: ActivityGrid,
  activity: Activity,
  { columns, frozen, wideType }: RowContext,
): TemplateResult<1> {
  return flat`${inlinedAll(
    columns.map((column, index) =>
      flat(cellStrings(column, index < frozen), cellContent(grid, column, activity, wideType)),
    ),
  )}
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

const cells = new Map<string, TemplateStringsArray>();

/** A column's cell around what stands in it. */
function cellStrings(column: Column, isFrozen: boolean): TemplateStringsArray {
  const name = column.name.replace(/[^\w.-]/g, '');
  const part = `cell ${partOf(column)}`;
  const classes = isFrozen ? `${part} frozen` : part;
  const key = `${classes} ${name}`;
  let strings = cells.get(key);
  if (!strings) {
    const start = `<div class="${classes}" part="${part}" role="gridcell" data-col="${name}" tabindex="-1">`;
    const texts = [start, '</div>'];
    cells.set(key, (strings = Object.assign(texts, { raw: texts })));
  }
  return strings;
}

/** Two lines: subject and due, then regarding, status and priority. */
function narrowCells(grid: ActivityGrid, activity: Activity): TemplateResult<1> {
  return flat`<div class="cell main" part="cell main" role="gridcell" data-col="main" tabindex="-1">
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

function completeButton(grid: ActivityGrid, activity: Activity): unknown {
  const { store, words } = grid;
  if (!grid.acts.canEver('complete') || !store) return nothing;
  if (activity.state === null || isClosed(activity)) return nothing;
  if (activity.access === 'busy') return nothing;
  const permission = mayMoveTo('completed', activity, store.permissions);
  const isBusy = grid.isBusy(activity);
  const label = words.say('action.mark-complete');
  if (!isBusy && permission === true) {
    // In every row, and so drawn with as little as can be.
    return flat`<button
      type="button"
      class="button plain icon-only small complete"
      part="button"
      aria-label=${label}
      tabindex="-1"
      @click=${grid.rowButtons.complete}
    >
      ${inlined(icon('complete'))}
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
    onClick: grid.rowButtons.complete,
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
  const { openMenu, openMenuByKey } = grid.rowButtons;
  return inlined(
    flat`<button
      type="button"
      class="button plain icon-only small"
      part="button"
      aria-label=${grid.words.say('action.more-for', subjectOf(grid, activity))}
      aria-haspopup="menu"
      tabindex="-1"
      @click=${openMenu}
      @keydown=${openMenuByKey}
    >
      ${inlined(icon('more'))}
    </button>`,
  );
}
