import type { Sort } from '../../model/query.js';
import type { MenuGroup, MenuItem } from '../../ui/menu.js';
import type { ActivityGrid } from './activity-grid.js';
import type { Column } from '../base/columns.js';
import { canGroupBy } from './groups.js';

/*
 * What can be done with a column, and with the columns as a whole: menus of the grid. All that a pointer can do to a header is here
 * too.
 */

export function columnMenu(grid: ActivityGrid, column: Column): readonly MenuGroup[] {
  return [
    { items: sortItems(grid, column) },
    { items: [...filterItems(grid, column), ...groupItems(grid, column)] },
    { items: placeItems(grid, column) },
    { items: [columnsItem(grid)] },
  ];
}

/** Groups, columns, what can be done with what is shown as a whole. */
export function viewMenu(grid: ActivityGrid): readonly MenuGroup[] {
  const { words } = grid;
  const groupable = grid.layoutOfColumns.all.filter((column) => canGroupBy(grid, column));
  const groups: MenuItem[] = [
    {
      label: words.say('grid.no-groups'),
      kind: 'radio',
      checked: grid.groupBy === undefined,
      onSelect: () => grid.setGroupBy(undefined),
    },
    ...groupable.map((column): MenuItem => ({
      label: words.label(column.label),
      kind: 'radio',
      checked: grid.groupBy === column.name,
      onSelect: () => grid.setGroupBy(column.name),
    })),
  ];
  return [
    ...(grid.isNarrow ? [] : filterGroup(grid)),
    { label: words.say('grid.group-by'), items: groups },
    { items: grid.isNarrow ? [columnsItem(grid), arrangeItem(grid)] : [columnsItem(grid)] },
    ...grid.exports.groups(),
  ];
}

/** Columns that are filtered, shown or not. */
export function filteredColumns(grid: ActivityGrid): readonly Column[] {
  return grid.layoutOfColumns.all.filter(({ name }) => grid.filters[name] !== undefined);
}

/** What is filtered, also by a column that is not shown: each opens what it is set and cleared by. */
function filterGroup(grid: ActivityGrid): readonly MenuGroup[] {
  const { words } = grid;
  const columns = filteredColumns(grid);
  if (columns.length === 0) return [];
  const open = (column: Column): void => {
    const opener = grid.headerOf('acts')?.querySelector('button');
    if (opener) grid.filterPanel.open(opener, column);
  };
  return [
    {
      label: words.say('grid.filtered'),
      items: columns.map((column) => ({
        label: words.label(column.label),
        kind: 'checkbox',
        checked: true,
        keepOpen: false,
        onSelect: () => open(column),
      })),
    },
    { items: [clearFiltersItem(grid)] },
  ];
}

export function clearFiltersItem(grid: ActivityGrid): MenuItem {
  return {
    label: grid.words.say('action.clear-filters'),
    icon: 'close',
    onSelect: () => grid.clearFilters(),
  };
}

function sortItems(grid: ActivityGrid, { field }: Column): MenuItem[] {
  const { words } = grid;
  if (field === undefined || !grid.canSortBy(field)) return [];
  const [first] = grid.sort;
  const isOnly = first?.field === field && grid.sort.length === 1;
  const rest = grid.sort.filter((sort) => sort.field !== field);
  const by = (direction: 'asc' | 'desc'): MenuItem => ({
    label: words.say(direction === 'asc' ? 'grid.sort-ascending' : 'grid.sort-descending'),
    icon: direction === 'asc' ? 'sort-up' : 'sort-down',
    kind: 'radio',
    checked: isOnly && first.direction === direction,
    onSelect: () => grid.setSort([{ field, direction }]),
  });
  const also = (direction: 'asc' | 'desc'): MenuItem => ({
    label: words.say(
      direction === 'asc' ? 'grid.sort-also-ascending' : 'grid.sort-also-descending',
    ),
    icon: 'sort',
    onSelect: () => grid.setSort([...rest, { field, direction }]),
  });
  return [by('asc'), by('desc'), ...(rest.length > 0 ? [also('asc'), also('desc')] : [])];
}

function filterItems(grid: ActivityGrid, column: Column): MenuItem[] {
  const { words } = grid;
  if (!grid.canFilterBy(column)) return [];
  const isFiltered = grid.filters[column.name] !== undefined;
  return [
    {
      label: words.say('grid.filter-by', words.label(column.label)),
      icon: 'filter',
      onSelect: () => {
        const header = grid.headerOf(column.name) ?? grid.headerOf('main');
        if (header) grid.filterPanel.open(header, column);
      },
    },
    ...(isFiltered
      ? [
          {
            label: words.say('grid.clear-filter'),
            icon: 'close',
            onSelect: () => grid.setFilter(column, undefined),
          },
        ]
      : []),
  ];
}

function groupItems(grid: ActivityGrid, column: Column): MenuItem[] {
  if (!canGroupBy(grid, column)) return [];
  const isOn = grid.groupBy === column.name;
  return [
    {
      label: grid.words.say(isOn ? 'grid.no-groups' : 'grid.group-by-this'),
      icon: 'group',
      onSelect: () => grid.setGroupBy(isOn ? undefined : column.name),
    },
  ];
}

function placeItems(grid: ActivityGrid, { name }: Column): MenuItem[] {
  const { words, layoutOfColumns: columns } = grid;
  const { shown } = columns;
  const at = shown.findIndex((column) => column.name === name);
  const resize = (): void => {
    const header = grid.headerOf(name);
    if (header) columns.resizeByKeys(name, header);
  };
  return [
    {
      label: words.say('grid.move-before'),
      disabled: at <= 0,
      onSelect: () => columns.move(name, -1),
    },
    {
      label: words.say('grid.move-after'),
      disabled: at < 0 || at >= shown.length - 1,
      onSelect: () => columns.move(name, 1),
    },
    // Where a row takes two lines no column has a width.
    ...(grid.isNarrow
      ? []
      : [
          { label: words.say('grid.resize'), onSelect: resize },
          {
            label: words.say('grid.freeze'),
            kind: 'checkbox' as const,
            checked: columns.frozen > 0,
            keepOpen: false,
            onSelect: () => columns.freeze(columns.frozen === 0),
          },
        ]),
    {
      label: words.say('grid.hide-column'),
      icon: 'hidden',
      disabled: shown.length < 2,
      onSelect: () => columns.show(name, false),
    },
  ];
}

/** Opens the list of all columns, to show and hide them and to have them as they were. */
function columnsItem(grid: ActivityGrid): MenuItem {
  const { words } = grid;
  return {
    label: words.say('grid.columns-list'),
    icon: 'columns',
    onSelect: () => {
      const opener = grid.shadowRoot?.activeElement ?? grid;
      void grid.menu.open(opener, { label: words.say('grid.columns'), groups: () => listed(grid) });
    },
  };
}

/** Leads to the menu of each column, where none has a header of its own. */
function arrangeItem(grid: ActivityGrid): MenuItem {
  const { words, layoutOfColumns } = grid;
  const label = words.say('grid.arrange-columns');
  const open = (name: string, groups: () => readonly MenuGroup[]): void =>
    void grid.menu.open(grid.shadowRoot?.activeElement ?? grid, { label: name, groups });
  const items = (): MenuItem[] =>
    layoutOfColumns.shown.map((column) => {
      const name = words.label(column.label);
      return { label: name, onSelect: () => open(name, () => columnMenu(grid, column)) };
    });
  return { label, icon: 'columns', onSelect: () => open(label, () => [{ items: items() }]) };
}

/** Which way, in words. */
export function sortWay({ words }: ActivityGrid, direction: Sort['direction'] = 'asc'): string {
  return words.say(direction === 'asc' ? 'sort.ascending' : 'sort.descending');
}

/** What the rows are sorted by, in words, one for each that is a column: "Sorted by Due, ascending", "then by Owner, ascending". */
export function sortedAs(grid: ActivityGrid, by: readonly Sort[] = grid.sort): readonly string[] {
  const { words, layoutOfColumns } = grid;
  const said = by.flatMap(({ field, direction }) => {
    const column = layoutOfColumns.byField(field);
    return column ? [[words.label(column.label), sortWay(grid, direction)] as const] : [];
  });
  return said.map(([field, way], index) =>
    words.say(index === 0 ? 'announce.sorted' : 'sort.then', field, way),
  );
}

function listed(grid: ActivityGrid): readonly MenuGroup[] {
  const { words, layoutOfColumns: columns } = grid;
  const { all, shown, isArranged } = columns;
  return [
    {
      label: words.say('grid.columns'),
      items: all.map(({ name, label }): MenuItem => ({
        label: words.label(label),
        kind: 'checkbox',
        checked: shown.some((column) => column.name === name),
        onSelect: () => columns.show(name, !shown.some((column) => column.name === name)),
      })),
    },
    {
      items: isArranged
        ? [
            {
              label: words.say('grid.reset-columns'),
              icon: 'undo',
              onSelect: () => columns.reset(),
            },
          ]
        : [],
    },
  ];
}
