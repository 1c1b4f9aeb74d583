import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { PRIORITIES, sameRecord, type RecordRef } from '../../model/activity.js';
import type { ActivityType } from '../../model/activity-type.js';
import { toFilter, type ColumnFilter } from '../../model/column-filter.js';
import { DUE_BUCKETS } from '../../model/due-buckets.js';
import { DUE_FILTERS } from '../../model/due.js';
import { addDays } from '../../model/time.js';
import { button } from '../../ui/button.js';
import { chip } from '../../ui/chip.js';
import type { MenuGroup, MenuItem } from '../../ui/menu.js';
import type { Column } from '../base/columns.js';
import type { ActivityWorkspace } from './activity-workspace.js';
import {
  WORKSPACE_OWNERS,
  isDueRange,
  isFiltered,
  isWorkspaceDue,
  type WorkspaceDue,
  type WorkspaceFilters,
  type WorkspaceOwner,
} from './workspace-state.js';
import { PEOPLE } from './record-picker.js';

/**
 * What is filtered, a chip each, and what clears all. Where there is little room they are one line that scrolls: what is set stands
 * first then, so that it is in sight.
 */
export function filterBar(workspace: ActivityWorkspace): TemplateResult {
  const { words, isNarrow } = workspace;
  const chips = [
    typeChip(workspace),
    dueChip(workspace),
    ownerChip(workspace),
    priorityChip(workspace),
    regardingChip(workspace),
    stateChip(workspace),
    ...columnChips(workspace),
  ].filter((one) => one !== undefined);
  const clear = isFiltered(workspace)
    ? button({
        label: words.say('action.clear-filters'),
        kind: 'link',
        small: true,
        onClick: () => workspace.clearFilters(),
      })
    : nothing;
  const drawn = (some: readonly FilterChip[]): (readonly [string, unknown])[] =>
    some.map((one) => [one.name, filterChip(workspace, one)]);
  const ordered = isNarrow
    ? [
        ...drawn(chips.filter(isSet)),
        ['clear', clear] as const,
        ...drawn(chips.filter((one) => !isSet(one))),
      ]
    : drawn(chips);
  return html`<div
    class="bar filter-bar${isNarrow ? ' strip' : ''}"
    part="filter-bar"
    role="group"
    aria-label=${words.say('filter.title')}
  >
    ${repeat(
      ordered,
      // Each its own: the focus on one that goes is not another one's then.
      ([name]) => name,
      ([, one]) => one,
    )}
    <slot name="filters"></slot>
    ${isNarrow ? nothing : clear}
  </div>`;
}

interface FilterChip {
  readonly name: string;
  /** What is filtered by: "Owner". */
  readonly field: string;
  /** What it is filtered to; empty: not. */
  readonly values: readonly string[];
  /** The words of the chip, where they are not field and values. */
  readonly label?: string;
  readonly cleared: Partial<WorkspaceFilters>;
  readonly groups: () => readonly MenuGroup[];
}

function isSet({ values }: FilterChip): boolean {
  return values.length > 0;
}

function filterChip(workspace: ActivityWorkspace, filter: FilterChip): TemplateResult {
  const { words } = workspace;
  const { field, values, label, cleared, groups } = filter;
  const isOn = isSet(filter);
  return chip({
    label:
      label ??
      (isOn ? words.say('filter.is', field, words.list(values)) : words.say('filter.all', field)),
    on: isOn,
    popup: 'menu',
    ...(isOn && {
      remove: {
        label: words.say('filter.remove', field),
        onClick: () => workspace.choose(cleared),
      },
    }),
    onClick: (event) =>
      workspace.menu.toggle(event.currentTarget as HTMLElement, { label: field, groups }),
  });
}

function typeChip(workspace: ActivityWorkspace): FilterChip {
  const { words, store, types: chosen } = workspace;
  // Notes have no state: only the personal view has them. What was chosen stands in the menu all the same, as long as that is open.
  const isShown = ({ name, states }: ActivityType): boolean =>
    workspace.view === 'personal' || chosen.includes(name) || Object.keys(states).length > 0;
  const all = (): ActivityType[] => {
    const known = [...(store?.types ?? [])].filter(isShown);
    const unknown = chosen.filter((name) => !known.some((type) => type.name === name));
    return [...known, ...unknown.map((type) => workspace.typeOf({ type }))];
  };
  return {
    name: 'type',
    field: words.say('field.type'),
    values: chosen.map((name) => words.typeName(workspace.typeOf({ type: name }))),
    cleared: { types: [] },
    groups: () => [
      {
        items: all().map((type) => ({
          label: words.typeName(type),
          icon: type.icon,
          kind: 'checkbox',
          checked: workspace.types.includes(type.name),
          onSelect: () => workspace.choose({ types: toggled(workspace.types, type.name) }),
        })),
      },
    ],
  };
}

function dueChip(workspace: ActivityWorkspace): FilterChip {
  const { words } = workspace;
  const due = isWorkspaceDue(workspace.due) ? workspace.due : undefined;
  const item = (option: WorkspaceDue | undefined): MenuItem => ({
    label: dueName(workspace, option),
    kind: 'radio',
    checked: due === option,
    onSelect: () => workspace.choose({ due: option }),
  });
  const buckets = DUE_BUCKETS.filter((bucket) => bucket !== 'overdue');
  return {
    name: 'due',
    field: words.say('field.due'),
    values: due === undefined ? [] : [due],
    label: dueName(workspace, due),
    cleared: { due: undefined },
    groups: () => [
      { items: [undefined, ...DUE_FILTERS].map(item) },
      { label: words.say('bucket.title'), items: buckets.map(item) },
    ],
  };
}

/** A due filter in the user's words. */
export function dueName({ words }: ActivityWorkspace, due: WorkspaceDue | undefined): string {
  if (due === undefined) return words.say('due.any');
  if (isDueRange(due)) {
    const [from = '', to = ''] = due.split('..');
    if (from === '') return words.say('due.before', words.day(to, 'short-year'));
    if (to === '') return words.say('due.from', words.day(from, 'short-year'));
    return words.say('due.between', words.days(from, addDays(to, -1)));
  }
  const bucket = DUE_BUCKETS.find((name) => name === due);
  if (bucket && bucket !== 'overdue') return words.say('due.on', words.say(`bucket.${bucket}`));
  return words.say(`due.${due as (typeof DUE_FILTERS)[number]}`);
}

function ownerChip(workspace: ActivityWorkspace): FilterChip {
  const { words, store, owner } = workspace;
  const field = words.say('field.owner');
  const item = (value: WorkspaceOwner | undefined, label: string): MenuItem => ({
    label,
    kind: 'radio',
    checked: sameOwner(owner, value),
    onSelect: () => workspace.choose({ owner: value }),
  });
  const team = store?.session.team;
  const people = Array.isArray(team) ? (team as readonly RecordRef[]).slice(0, 20) : [];
  const others =
    typeof owner === 'object' && !people.some((one) => sameRecord(one, owner)) ? [owner] : [];
  return {
    name: 'owner',
    field,
    values: owner === undefined ? [] : [ownerName(workspace, owner)],
    cleared: { owner: undefined },
    groups: () => [
      {
        items: [
          item(undefined, words.say('filter.anyone')),
          ...WORKSPACE_OWNERS.map((name) => item(name, ownerName(workspace, name))),
        ],
      },
      { items: [...people, ...others].map((one) => item(one, words.recordName(one))) },
      { items: pickItem(workspace, 'owner', words.say('filter.choose-person')) },
    ],
  };
}

export function ownerName({ words }: ActivityWorkspace, owner: WorkspaceOwner): string {
  if (typeof owner === 'object') return words.recordName(owner);
  return words.say(`record.${owner}`);
}

function sameOwner(a: WorkspaceOwner | undefined, b: WorkspaceOwner | undefined): boolean {
  return a === b || (typeof a === 'object' && typeof b === 'object' && sameRecord(a, b));
}

function priorityChip(workspace: ActivityWorkspace): FilterChip {
  const { words, priorities } = workspace;
  return {
    name: 'priority',
    field: words.say('field.priority'),
    values: priorities.map((priority) => words.say(`priority.${priority}`)),
    cleared: { priorities: [] },
    groups: () => [
      {
        items: PRIORITIES.toReversed().map((priority) => ({
          label: words.say(`priority.${priority}`),
          kind: 'checkbox',
          checked: workspace.priorities.includes(priority),
          onSelect: () => workspace.choose({ priorities: toggled(workspace.priorities, priority) }),
        })),
      },
    ],
  };
}

/** Which record: what is about it. Where this is a record's page already, there is none to choose. */
function regardingChip(workspace: ActivityWorkspace): FilterChip | undefined {
  const { words, regarding } = workspace;
  const items = pickItem(workspace, 'regarding', words.say('filter.choose-record'));
  if (workspace.about || (items.length === 0 && !regarding)) return undefined;
  return {
    name: 'regarding',
    field: words.say('field.regarding'),
    values: regarding ? [words.recordName(regarding)] : [],
    cleared: { regarding: undefined },
    groups: () => [
      {
        items: [
          {
            label: words.say('filter.any-record'),
            kind: 'radio',
            checked: regarding === undefined,
            onSelect: () => workspace.choose({ regarding: undefined }),
          },
          ...recent(workspace).map((record): MenuItem => ({
            label: words.recordName(record),
            icon: record.kind,
            kind: 'radio',
            checked: sameRecord(record, regarding),
            onSelect: () => workspace.choose({ regarding: record }),
          })),
        ],
      },
      { items },
    ],
  };
}

/** The chosen record, and those that what is selected is about. */
function recent({ regarding, selected }: ActivityWorkspace): RecordRef[] {
  const about = selected.flatMap((row) => (row.regarding?.name === undefined ? [] : row.regarding));
  const records = new Map<string, RecordRef>();
  for (const record of [...(regarding ? [regarding] : []), ...about]) {
    if (records.size < 8) records.set(`${record.kind} ${record.id}`, record);
  }
  return [...records.values()];
}

function stateChip(workspace: ActivityWorkspace): FilterChip | undefined {
  const { words, states } = workspace;
  if (states.length === 0) return undefined;
  return {
    name: 'state',
    field: words.say('field.state'),
    values: states.map((state) => words.stateName(state)),
    cleared: { states: [] },
    groups: () => [
      {
        items: (['open', 'scheduled', 'completed', 'canceled'] as const).map((state) => ({
          label: words.stateName(state),
          kind: 'checkbox',
          checked: workspace.states.includes(state),
          onSelect: () => workspace.choose({ states: toggled(workspace.states, state) }),
        })),
      },
    ],
  };
}

/** What the grid's columns are filtered by, however it is shown. */
function columnChips(workspace: ActivityWorkspace): readonly FilterChip[] {
  const { words, columnFilters } = workspace;
  return Object.entries(columnFilters).flatMap(([name, filter]): FilterChip | [] => {
    const column = workspace.columns.find((one) => one.name === name);
    // What narrows nothing down is no filter.
    if (column && !toFilter(column, filter, words.timeZone)) return [];
    const { [name]: _, ...others } = columnFilters;
    const cleared = { columnFilters: others };
    const field = column ? words.label(column.label) : name;
    return {
      name: `column ${name}`,
      field,
      values: [columnFilterName(workspace, column, filter)],
      cleared,
      groups: () => [
        {
          items: [
            {
              label: words.say('filter.remove', field),
              icon: 'close',
              onSelect: () => workspace.choose(cleared),
            },
          ],
        },
      ],
    };
  });
}

/** What a column is filtered to, in the user's words. */
function columnFilterName(
  workspace: ActivityWorkspace,
  column: Column | undefined,
  filter: ColumnFilter,
): string {
  const { words } = workspace;
  switch (filter.kind) {
    case 'text':
      return filter.contains;
    case 'choice':
      return words.list(filter.values.map((value) => choiceName(workspace, column, value)));
    case 'record':
      return words.list([
        ...(filter.isMe ? [words.say('record.me')] : []),
        ...filter.records.map((one) => words.recordName(one)),
      ]);
    case 'time': {
      const { from, to } = filter;
      if (from !== undefined && to !== undefined) return words.days(from, to);
      return from === undefined
        ? `${words.say('grid.filter-to')} ${words.day(to ?? '', 'short-year')}`
        : `${words.say('grid.filter-from')} ${words.day(from, 'short-year')}`;
    }
    case 'number':
      return [
        ...(filter.min === undefined ? [] : [`≥ ${words.number(filter.min)}`]),
        ...(filter.max === undefined ? [] : [`≤ ${words.number(filter.max)}`]),
      ].join(', ');
    case 'boolean':
      return words.say(filter.value ? 'value.yes' : 'value.no');
    case 'empty':
      return words.say('grid.filter-empty');
  }
}

function choiceName(
  workspace: ActivityWorkspace,
  column: Column | undefined,
  value: string,
): string {
  const { words } = workspace;
  if (column?.kind.kind === 'type') return words.typeName(workspace.typeOf({ type: value }));
  const choices = column?.kind.kind === 'choice' ? column.kind.choices : [];
  const choice = choices.find((one) => one.value === value);
  return choice ? words.label(choice.label) : value;
}

function pickItem(
  workspace: ActivityWorkspace,
  filter: 'owner' | 'regarding',
  label: string,
): MenuItem[] {
  const { words, store } = workspace;
  if (!store?.provider.lookup) return [];
  const field = words.say(`field.${filter}`);
  const onSelect = (): void =>
    workspace.picker.open({
      title: words.say('filter.by', field),
      label: field,
      kinds: filter === 'owner' ? PEOPLE : [],
      run: (record) => workspace.choose({ [filter]: record }),
    });
  return [{ label, icon: 'search', onSelect }];
}

function toggled<T>(names: readonly T[], name: T): readonly T[] {
  return names.includes(name) ? names.filter((other) => other !== name) : [...names, name];
}
