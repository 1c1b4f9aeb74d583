import { html, nothing, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { ACTIVITY_STATES, isClosed, type Activity } from '../../model/activity.js';
import { mayMoveTo } from '../../provider/may.js';
import { button } from '../../ui/button.js';
import { menuButton, type MenuGroup, type MenuItem } from '../../ui/menu.js';
import { subjectOf } from '../base/subject-link.js';
import type { ActivityGrid } from './activity-grid.js';
import { CELLS, due, priority, secondLine, subject, tooltip, typeTile } from './cells.js';
import type { Column } from './columns.js';
import { rowElementId } from './grid-navigation.js';
import type { ShownRow } from './shown-rows.js';

/*
 * The rows: template functions of the grid. What stands in a row is drawn anew only when something that it shows changed; `shared`
 * is what all rows depend on.
 */

export interface RowContext {
  readonly columns: readonly Column[];
  readonly narrow: boolean;
  readonly isSelected: (id: string) => boolean;
  /** Whatever all rows are drawn by: the words, the minute, what may be done. */
  readonly shared: readonly unknown[];
}

export function row(
  grid: ActivityGrid,
  { activity, isLeaving }: ShownRow,
  index: number,
  context: RowContext,
): TemplateResult {
  const { id } = activity;
  const isSelected = context.isSelected(id);
  const isBusy = grid.isBusy(activity);
  const states = [
    isSelected && 'selected',
    isBusy && 'busy',
    isLeaving && 'leaving',
    isClosed(activity) && 'closed',
  ]
    .filter(Boolean)
    .join(' ');
  const isBad = (grid.store?.problemsOf(id).length ?? 0) > 0;
  return html`<div
    id=${rowElementId(id)}
    class="row ${states}"
    part="row ${states}"
    role="row"
    data-id=${id}
    aria-rowindex=${isLeaving ? nothing : index + 2}
    aria-selected=${String(isSelected)}
    aria-busy=${isBusy ? 'true' : nothing}
    aria-hidden=${isLeaving ? 'true' : nothing}
    ?inert=${isLeaving}
  >
    ${guard([activity, isSelected, isBusy, isBad, ...context.shared], () =>
      context.narrow
        ? narrowCells(grid, activity, isSelected)
        : wideCells(grid, activity, isSelected, context.columns),
    )}
  </div>`;
}

function wideCells(
  grid: ActivityGrid,
  activity: Activity,
  isSelected: boolean,
  columns: readonly Column[],
): TemplateResult {
  return html`<div class="cell select" role="gridcell" data-col="select" tabindex="-1">
      ${checkbox(grid, activity, isSelected)}
    </div>
    ${columns.map(
      ({ name }) =>
        html`<div
          class="cell ${name}"
          part="cell ${name}"
          role="gridcell"
          data-col=${name}
          tabindex="-1"
          title=${tooltip(grid, name, activity) ?? nothing}
        >
          ${CELLS[name](grid, activity)}
        </div>`,
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

/** Two lines: subject and due, then regarding, status and priority. */
function narrowCells(grid: ActivityGrid, activity: Activity, isSelected: boolean): TemplateResult {
  return html`<div class="cell select" role="gridcell" data-col="select" tabindex="-1">
      ${typeTile(grid, activity)}${checkbox(grid, activity, isSelected)}
    </div>
    <div class="cell main" part="cell main" role="gridcell" data-col="main" tabindex="-1">
      <span class="first">${subject(grid, activity)}</span>
      <span class="when small">${due(grid, activity)}</span>
      <span class="second small quiet">${secondLine(grid, activity)}</span>
      <span class="rank small">${priority(grid, activity)}</span>
    </div>
    <div class="cell acts" part="cell acts" role="gridcell" data-col="acts" tabindex="-1">
      ${moreButton(grid, activity)}
    </div>`;
}

function checkbox(grid: ActivityGrid, activity: Activity, isSelected: boolean): TemplateResult {
  return html`<input
    type="checkbox"
    class="check"
    part="checkbox"
    tabindex="-1"
    aria-label=${grid.words.say('action.select-subject', subjectOf(grid, activity))}
    .checked=${isSelected}
  />`;
}

// ── what can be done to a row ──────────────────────────────────────────────────────────────────

function completeButton(grid: ActivityGrid, activity: Activity): unknown {
  const { store, words } = grid;
  if (!grid.canMove || !store || activity.state === null || isClosed(activity)) return nothing;
  if (activity.access === 'busy') return nothing;
  const permission = mayMoveTo('completed', activity, store.permissions);
  const isBusy = grid.isBusy(activity);
  return button({
    label: words.say('action.mark-complete'),
    icon: 'complete',
    iconOnly: true,
    small: true,
    tabIndex: -1,
    className: 'complete',
    disabled: isBusy || permission !== true,
    why: isBusy
      ? words.say('sync.saving')
      : permission === true
        ? undefined
        : words.refusal(permission),
    onClick: () => void grid.requests.moveStatus([activity], 'completed'),
  });
}

function moreButton(grid: ActivityGrid, activity: Activity): unknown {
  if (activity.access === 'busy') return nothing;
  const groups = (): readonly MenuGroup[] => menuOf(grid, grid.store?.row(activity.id) ?? activity);
  if (groups().every(({ items }) => items.length === 0)) return nothing;
  return menuButton(grid.menu, {
    label: grid.words.say('action.more-for', subjectOf(grid, activity)),
    icon: 'more',
    iconOnly: true,
    small: true,
    tabIndex: -1,
    placement: 'bottom-end',
    groups,
  });
}

function menuOf(grid: ActivityGrid, activity: Activity): readonly MenuGroup[] {
  const { words } = grid;
  const open: MenuItem = {
    label: words.say('action.open'),
    icon: 'open',
    onSelect: () => void grid.requests.open(activity),
  };
  return [
    { items: grid.context.canOpen ? [open] : [] },
    { label: words.say('action.change-status'), items: grid.canMove ? moves(grid, activity) : [] },
  ];
}

/** To every state its type has but its own; what is refused says why. */
function moves(grid: ActivityGrid, activity: Activity): MenuItem[] {
  const { store, words } = grid;
  const type = grid.typeOf(activity);
  if (!store || activity.state === null) return [];
  return ACTIVITY_STATES.filter((to) => to !== activity.state && type.states[to]).map((to) => {
    const permission = mayMoveTo(to, activity, store.permissions);
    const isBusy = grid.isBusy(activity);
    return {
      label: words.say('action.move-to-state', words.stateName(to)),
      disabled: isBusy || permission !== true,
      why: isBusy
        ? words.say('sync.saving')
        : permission === true
          ? undefined
          : isClosed(activity)
            ? words.say('refusal.closed')
            : words.refusal(permission),
      onSelect: () => void grid.requests.moveStatus([activity], to),
    };
  });
}
