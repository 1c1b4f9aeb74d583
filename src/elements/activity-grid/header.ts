import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { icon } from '../../ui/icon.js';
import { menuButton } from '../../ui/menu.js';
import type { ActivityGrid } from './activity-grid.js';
import { columnMenu, filteredColumns, sortWay, viewMenu } from './column-menu.js';
import type { Column } from '../base/columns.js';
import { HEAD, rowElementId } from './grid-navigation.js';
import { narrowHeader } from './narrow-header.js';
import { partOf } from './rows.js';

/*
 * The header: template functions of the grid. A narrow one holds what selects all, and the order, filters and groups as menus.
 */

export interface HeaderContext {
  readonly columns: readonly Column[];
  readonly narrow: boolean;
  /** How many of the first columns stay in sight. */
  readonly frozen: number;
  readonly isAll: boolean;
  readonly isAny: boolean;
}

export function header(grid: ActivityGrid, context: HeaderContext): TemplateResult {
  const { columns, frozen } = context;
  return html`<div
    id=${rowElementId(HEAD)}
    class="row head"
    part="head"
    role="row"
    data-id=${HEAD}
    aria-rowindex="1"
  >
    ${selectAll(grid, context)}
    ${
      context.narrow
        ? narrowHeader(grid)
        : // A header that is moved takes the focus along.
          repeat(
            columns,
            ({ name }) => name,
            (column, index) => columnHeader(grid, column, index < frozen),
          )
    }
    <div class="cell acts" role="columnheader" data-col="acts" tabindex="-1">
      ${
        context.narrow
          ? html`<span class="visually-hidden">${grid.words.say('grid.acts')}</span>`
          : html`${viewButton(grid, columns)}<span class="visually-hidden"
                >${grid.words.say('grid.acts')}</span
              >`
      }
    </div>
  </div>`;
}

/** What no header shows, because its column is none of those shown, is shown here: that the rows are filtered by it. */
function viewButton(grid: ActivityGrid, shown: readonly Column[]): TemplateResult {
  const { words } = grid;
  const isFiltered = filteredColumns(grid).some((column) => !shown.includes(column));
  const label = words.say('grid.view-options');
  return html`${isFiltered ? filteredSign(grid) : nothing}${menuButton(grid.menu, {
    label: isFiltered ? `${label}; ${words.say('grid.filtered')}` : label,
    icon: 'more',
    iconOnly: true,
    small: true,
    tabIndex: -1,
    placement: 'bottom-end',
    groups: () => viewMenu(grid),
  })}`;
}

function filteredSign({ words }: ActivityGrid): TemplateResult {
  return html`<span
    class="filtered"
    part="filtered"
    role="img"
    aria-label=${words.say('grid.is-filtered')}
    >${icon('filter', 16)}</span
  >`;
}

function selectAll(grid: ActivityGrid, { isAll, isAny, frozen }: HeaderContext): TemplateResult {
  return html`<div
    class="cell select ${frozen > 0 ? 'frozen' : ''}"
    role="columnheader"
    data-col="select"
    tabindex="-1"
  >
    <input
      type="checkbox"
      class="check"
      part="checkbox"
      tabindex="-1"
      aria-label=${grid.words.say('action.select-all')}
      .checked=${isAll}
      .indeterminate=${isAny && !isAll}
    />
  </div>`;
}

function columnHeader(grid: ActivityGrid, column: Column, isFrozen: boolean): TemplateResult {
  const { name, label, field } = column;
  const at = field === undefined ? -1 : grid.sort.findIndex((sort) => sort.field === field);
  const direction = at < 0 ? undefined : grid.sort[at]?.direction;
  const word = grid.words.label(label);
  // Only one may say so by `aria-sort`; the others say it in words.
  const isFirst =
    at === 0 && column === grid.layoutOfColumns.shown.find((one) => one.field === field);
  const then = at > 0 ? `${grid.words.say('sort.then', word, sortWay(grid, direction))}. ` : '';
  const part = partOf(column);
  const isFiltered = grid.filters[name] !== undefined;
  const isResized = grid.layoutOfColumns.resizing === name;
  const title = html`<span class="label clip">${word}</span>${
      isFiltered ? filteredSign(grid) : nothing
    }`;
  return html`<div
    class="cell ${part} ${isFrozen ? 'frozen' : ''} ${isResized ? 'resizing' : ''}"
    part="header ${part}"
    role="columnheader"
    data-col=${name}
    tabindex="-1"
    aria-sort=${!isFirst ? nothing : direction === 'asc' ? 'ascending' : 'descending'}
    @pointerdown=${(event: PointerEvent) => grid.layoutOfColumns.dragByPointer(event, name)}
    @contextmenu=${(event: MouseEvent) => {
      event.preventDefault();
      void grid.menu.open(
        { x: event.clientX, y: event.clientY },
        { label: word, groups: () => columnMenu(grid, column) },
      );
    }}
  >
    ${
      field !== undefined && grid.canSortBy(field)
        ? html`<button
            type="button"
            class="sort ${direction ? 'sorted' : ''}"
            part="sort${direction ? ' sorted' : ''}"
            tabindex="-1"
            title=${word}
            data-rank=${direction && grid.sort.length > 1 ? at + 1 : nothing}
            aria-description=${then + grid.words.say('grid.header-keys')}
            @click=${(event: MouseEvent) => grid.sortBy(column, event.shiftKey)}
          >
            ${title}${icon(direction === 'desc' ? 'sort-down' : 'sort-up', 16)}
          </button>`
        : title
    }
    <button
      type="button"
      class="column-menu"
      part="column-menu"
      tabindex="-1"
      aria-haspopup="menu"
      aria-label=${grid.words.say('grid.column-menu', word)}
      title=${grid.words.say('grid.column-menu', word)}
      @click=${(event: MouseEvent) =>
        grid.menu.toggle(event.currentTarget as Element, {
          label: word,
          groups: () => columnMenu(grid, column),
        })}
    >
      ${icon('chevron-down', 16)}
    </button>
    <span
      class="resizer"
      aria-hidden="true"
      @pointerdown=${(event: PointerEvent) => grid.layoutOfColumns.resizeByPointer(event, name)}
    ></span>
  </div>`;
}
