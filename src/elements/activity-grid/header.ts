import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../../ui/icon.js';
import type { MenuGroup } from '../../ui/menu.js';
import type { ActivityGrid } from './activity-grid.js';
import { ALL_COLUMNS, type Column } from './columns.js';
import { HEAD, rowElementId } from './grid-navigation.js';

/*
 * The header: template functions of the grid. A narrow one holds what selects all, and the order as a menu.
 */

export interface HeaderContext {
  readonly columns: readonly Column[];
  readonly narrow: boolean;
  readonly selected: number;
  readonly rows: number;
}

export function header(grid: ActivityGrid, context: HeaderContext): TemplateResult {
  return html`<div
    id=${rowElementId(HEAD)}
    class="row head"
    part="head"
    role="row"
    data-id=${HEAD}
    aria-rowindex="1"
  >
    ${selectAll(grid, context)}
    ${context.narrow ? sortMenu(grid) : context.columns.map((column) => columnHeader(grid, column))}
    <div class="cell acts" role="columnheader" data-col="acts" tabindex="-1">
      <span class="visually-hidden">${grid.words.say('grid.acts')}</span>
    </div>
  </div>`;
}

function selectAll(grid: ActivityGrid, { selected, rows }: HeaderContext): TemplateResult {
  return html`<div class="cell select" role="columnheader" data-col="select" tabindex="-1">
    <input
      type="checkbox"
      class="check"
      part="checkbox"
      tabindex="-1"
      aria-label=${grid.words.say('action.select-all')}
      .checked=${rows > 0 && selected === rows}
      .indeterminate=${selected > 0 && selected < rows}
    />
  </div>`;
}

function columnHeader(grid: ActivityGrid, column: Column): TemplateResult {
  const { name, label, sortField } = column;
  const [sort] = grid.sort;
  const direction = sort?.field === sortField ? sort.direction : undefined;
  const word = grid.words.say(label);
  const title = html`<span class="label clip">${word}</span>`;
  return html`<div
    class="cell ${name}"
    part="header ${name}"
    role="columnheader"
    data-col=${name}
    tabindex="-1"
    aria-sort=${direction === undefined ? nothing : direction === 'asc' ? 'ascending' : 'descending'}
  >
    ${
      grid.canSortBy(sortField)
        ? html`<button
            type="button"
            class="sort ${direction ? 'sorted' : ''}"
            part="sort${direction ? ' sorted' : ''}"
            tabindex="-1"
            title=${name === 'type' || name === 'priority' ? word : nothing}
            @click=${() => grid.sortBy(column)}
          >
            ${title}${icon(direction === 'desc' ? 'sort-down' : 'sort-up', 16)}
          </button>`
        : title
    }
  </div>`;
}

function sortMenu(grid: ActivityGrid): TemplateResult {
  const { words } = grid;
  const [sort] = grid.sort;
  const column = ALL_COLUMNS.find(({ sortField }) => sortField === sort?.field);
  const field = column ? words.say(column.label) : (sort?.field ?? '');
  const direction = words.say(sort?.direction === 'desc' ? 'sort.descending' : 'sort.ascending');
  return html`<div
    class="cell main"
    part="header main"
    role="columnheader"
    data-col="main"
    tabindex="-1"
    aria-sort=${sort?.direction === 'desc' ? 'descending' : 'ascending'}
  >
    <button
      type="button"
      class="sort sorted"
      part="sort sorted"
      tabindex="-1"
      aria-haspopup="menu"
      aria-label=${words.say('sort.state', field, direction)}
      title=${words.say('sort.state', field, direction)}
      @click=${(event: MouseEvent) =>
        grid.menu.toggle(event.currentTarget as Element, {
          label: words.say('action.sort'),
          groups: () => sortGroups(grid),
          placement: 'bottom-end',
        })}
    >
      <span class="label">${field}</span>${icon(
        sort?.direction === 'desc' ? 'sort-down' : 'sort-up',
        16,
      )}
    </button>
  </div>`;
}

function sortGroups(grid: ActivityGrid): readonly MenuGroup[] {
  const { words } = grid;
  const [sort] = grid.sort;
  const byField = ALL_COLUMNS.filter(({ sortField }) => grid.canSortBy(sortField)).map(
    ({ label, sortField, firstDirection }) => ({
      label: words.say(label),
      kind: 'radio' as const,
      checked: sort?.field === sortField,
      onSelect: () => grid.setSort([{ field: sortField, direction: firstDirection }]),
    }),
  );
  const byDirection = (['asc', 'desc'] as const).map((direction) => ({
    label: words.say(direction === 'asc' ? 'sort.ascending' : 'sort.descending'),
    kind: 'radio' as const,
    checked: sort?.direction === direction,
    onSelect: () => grid.setSort(sort ? [{ ...sort, direction }] : []),
  }));
  return [{ items: byField }, { items: byDirection }];
}
