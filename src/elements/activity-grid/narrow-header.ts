import { html, nothing, type TemplateResult } from 'lit';
import { button } from '../../ui/button.js';
import { icon } from '../../ui/icon.js';
import { menuButton, type MenuGroup, type MenuItem } from '../../ui/menu.js';
import type { ActivityGrid } from './activity-grid.js';
import { clearFiltersItem, sortWay, sortedAs, viewMenu } from './column-menu.js';
import { sortedAlsoBy, type Column } from '../base/columns.js';

/*
 * The header where there is little room: template functions of the grid. No column has a header of its own there, so the order, the
 * filters, and groups and columns are a menu each. All that can be done with the header of a column can be done by them.
 */

/** The order is its one button; filters and groups stand beside it. */
export function narrowHeader(grid: ActivityGrid): TemplateResult {
  const { words } = grid;
  const [sort, ...further] = grid.sort;
  const column = grid.layoutOfColumns.byField(sort?.field);
  const field = column ? words.label(column.label) : (sort?.field ?? '');
  const state = [
    words.say('sort.state', field, sortWay(grid, sort?.direction)),
    ...sortedAs(grid).slice(1),
  ].join('; ');
  const isFiltered = Object.keys(grid.filters).length > 0;
  return html`<div
    class="cell main"
    part="header main"
    role="columnheader"
    data-col="main"
    data-entered
    tabindex="-1"
    aria-sort=${sort?.direction === 'desc' ? 'descending' : 'ascending'}
  >
    ${button({
      label: words.say(isFiltered ? 'grid.filtered' : 'action.filter'),
      icon: 'filter',
      iconOnly: true,
      small: true,
      tabIndex: -1,
      pressed: isFiltered,
      onClick: (event) => {
        const opener = event.currentTarget as Element;
        grid.menu.toggle(opener, {
          label: words.say('action.filter'),
          groups: () => filterGroups(grid, opener),
          placement: 'bottom-end',
        });
      },
    })}
    ${menuButton(grid.menu, {
      label: words.say('grid.view-options'),
      icon: 'group',
      iconOnly: true,
      small: true,
      tabIndex: -1,
      placement: 'bottom-end',
      groups: () => viewMenu(grid),
    })}
    <button
      type="button"
      class="sort sorted"
      part="sort sorted"
      tabindex="-1"
      aria-haspopup="menu"
      aria-label=${state}
      title=${state}
      data-rank=${further.length > 0 ? `+${String(further.length)}` : nothing}
      @click=${(event: MouseEvent) => {
        const opener = event.currentTarget as Element;
        grid.menu.toggle(opener, {
          label: words.say('action.sort'),
          groups: () => sortGroups(grid, opener),
          placement: 'bottom-end',
        });
      }}
    >
      <span class="label clip">${field}</span>${icon(
        sort?.direction === 'desc' ? 'sort-down' : 'sort-up',
        16,
      )}
    </button>
  </div>`;
}

/** Shown ones, and those that are in use, stand first; the others in a menu behind. */
function parted(
  grid: ActivityGrid,
  columns: readonly Column[],
  isUsed: (column: Column) => boolean,
): readonly [near: readonly Column[], far: readonly Column[]] {
  const { shown } = grid.layoutOfColumns;
  const isNear = (column: Column): boolean => shown.includes(column) || isUsed(column);
  return [
    [
      ...shown.filter((column) => columns.includes(column)),
      ...columns.filter((one) => isNear(one) && !shown.includes(one)),
    ],
    columns.filter((column) => !isNear(column)),
  ];
}

/** Opens a further menu in the place of one. */
function opens(
  grid: ActivityGrid,
  opener: Element,
  label: string,
  groups: () => readonly MenuGroup[],
): MenuItem {
  return {
    label,
    onSelect: () => void grid.menu.open(opener, { label, groups, placement: 'bottom-end' }),
  };
}

function sortGroups(grid: ActivityGrid, opener: Element): readonly MenuGroup[] {
  const { words } = grid;
  const [sort] = grid.sort;
  const sortable = grid.layoutOfColumns.all.filter(
    ({ field }) => field !== undefined && grid.canSortBy(field),
  );
  const [near, far] = parted(grid, sortable, ({ field }) => field === sort?.field);
  const by = ({ label, field = '', firstDirection }: Column): MenuItem => ({
    label: words.label(label),
    kind: 'radio',
    checked: sort?.field === field,
    onSelect: () => grid.setSort([{ field, direction: firstDirection }]),
  });
  const more = opens(grid, opener, words.say('grid.further-columns'), () => [
    { items: far.map(by) },
  ]);
  return [
    { items: near.map(by) },
    {
      items: (['asc', 'desc'] as const).map((direction) => ({
        label: sortWay(grid, direction),
        kind: 'radio',
        checked: sort?.direction === direction,
        onSelect: () => grid.setSort(sort ? [{ ...sort, direction }, ...grid.sort.slice(1)] : []),
      })),
    },
    {
      items: [
        ...(sortable.length > 1
          ? [opens(grid, opener, words.say('grid.sort-then'), () => thenGroups(grid, sortable))]
          : []),
        ...(far.length > 0 ? [more] : []),
      ],
    },
  ];
}

/** What the rows are sorted by behind the first: each on or off, and which way. */
function thenGroups(grid: ActivityGrid, sortable: readonly Column[]): readonly MenuGroup[] {
  const { words } = grid;
  const [first, ...further] = grid.sort;
  const at = (column: Column): number => further.findIndex(({ field }) => field === column.field);
  const others = sortable.filter(({ field }) => field !== first?.field);
  const [near, far] = parted(grid, others, (column) => at(column) >= 0);
  const also = (column: Column): MenuItem => ({
    label: words.label(column.label),
    kind: 'checkbox',
    checked: at(column) >= 0,
    onSelect: () =>
      grid.setSort(
        at(column) >= 0
          ? grid.sort.filter(({ field }) => field !== column.field)
          : sortedAlsoBy(column, grid.sort),
      ),
  });
  const ways = further.flatMap((sort): MenuGroup[] => {
    const column = grid.layoutOfColumns.byField(sort.field);
    if (!column) return [];
    return [
      {
        label: words.label(column.label),
        items: (['asc', 'desc'] as const).map((direction) => ({
          label: sortWay(grid, direction),
          kind: 'radio',
          checked: sort.direction === direction,
          keepOpen: true,
          onSelect: () =>
            grid.setSort(grid.sort.map((one) => (one === sort ? { ...one, direction } : one))),
        })),
      },
    ];
  });
  return [{ items: near.map(also) }, ...ways, { items: far.map(also) }];
}

function filterGroups(grid: ActivityGrid, opener: Element): readonly MenuGroup[] {
  const { words } = grid;
  const columns = grid.layoutOfColumns.all.filter((column) => grid.canFilterBy(column));
  const isFiltered = ({ name }: Column): boolean => grid.filters[name] !== undefined;
  const [near, far] = parted(grid, columns, isFiltered);
  const by = (column: Column): MenuItem => ({
    label: words.label(column.label),
    kind: 'checkbox',
    checked: isFiltered(column),
    keepOpen: false,
    onSelect: () => grid.filterPanel.open(opener, column),
  });
  const more = opens(grid, opener, words.say('grid.further-columns'), () => [
    { items: far.map(by) },
  ]);
  return [
    { items: near.map(by) },
    {
      items: [
        ...(far.length > 0 ? [more] : []),
        ...(Object.keys(grid.filters).length > 0 ? [clearFiltersItem(grid)] : []),
      ],
    },
  ];
}
