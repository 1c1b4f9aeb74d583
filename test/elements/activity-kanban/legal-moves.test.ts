import { expect } from '@open-wc/testing';
import { laneStates } from '../../../src/elements/activity-kanban/groups.js';
import type { Activity, ActivityState } from '../../../src/model/activity.js';
import type { ActivityType } from '../../../src/model/activity-type.js';
import { ActivityTypes } from '../../../src/model/activity-types.js';
import { transition } from '../../../src/model/transitions.js';
import { failure } from '../../../src/provider/failure.js';
import { createMemoryProvider } from '../../../src/provider/memory/memory-provider.js';
import { NOW, activity, siteVisit } from '../../support/fixtures.js';
import { boardOf, type Board } from '../../support/kanban.js';
import { waitUntil } from '../../support/until.js';

const types = new ActivityTypes([siteVisit]);
const lanes = laneStates(types);

/** One in each state of a type. */
function rowsOf({ name, states }: ActivityType): readonly Activity[] {
  return (Object.keys(states) as ActivityState[]).map((state) =>
    activity({
      subject: `${name} ${state}`,
      type: name,
      state,
      statusReason: states[state]?.default ?? '',
      due: '2026-12-01T09:00:00Z',
      actualEnd: new Date(NOW - 60_000).toISOString(),
    }),
  );
}

function legalOf(rows: readonly Activity[]): string[] {
  return rows.flatMap((row) =>
    lanes
      .filter((to) => to !== row.state && transition(row, to, types.get(row.type)).allowed)
      .map((to) => `${row.subject} to ${to}`),
  );
}

/** A board whose provider writes down what it is asked, and refuses it, so that each card stays where it is. */
async function watched(rows: readonly Activity[]): Promise<{ board: Board; asked: string[] }> {
  const asked: string[] = [];
  const subjects = new Map(rows.map(({ id, subject }) => [id, subject]));
  const other = activity({ type: 'appointment', state: 'scheduled', statusReason: 'busy' });
  const board = await boardOf(
    {
      // Beside it something of each state, so that all lanes stand.
      ...createMemoryProvider({ activities: [...rows, other], types: [siteVisit], now: () => NOW }),
      transition: (id: string, { state }: { state: ActivityState }) => {
        asked.push(`${subjects.get(id) ?? id} to ${state}`);
        return Promise.reject(failure('forbidden'));
      },
    },
    { reasons: 'default' },
  );
  await waitUntil(() => board.all('article').length > rows.length, 'all cards');
  return { board, asked };
}

function press(board: Board, key: string): void {
  const init = { key, bubbles: true, composed: true, cancelable: true };
  board.root.activeElement?.dispatchEvent(new KeyboardEvent('keydown', init));
}

async function byKeys(board: Board, { subject, state }: Activity, to: ActivityState) {
  board.card(subject).focus();
  press(board, 'm');
  const steps = lanes.indexOf(to) - lanes.indexOf(state ?? 'open');
  for (let step = Math.abs(steps); step > 0; step--) {
    press(board, steps < 0 ? 'ArrowLeft' : 'ArrowRight');
  }
  press(board, 'Enter');
  await board.element.updateComplete;
}

async function byMenu(board: Board, { subject }: Activity, to: ActivityState) {
  await board.openMenu(subject);
  board.menuItem(board.element.words.stateName(to)).click();
  press(board, 'Escape');
  await waitUntil(() => board.menuItems.length === 0, 'the menu is closed');
}

describe('of all moves from all states the legal ones reach the provider, and only those', () => {
  for (const [way, move] of Object.entries({ keys: byKeys, menu: byMenu })) {
    for (const type of [...types].filter(({ states }) => Object.keys(states).length > 0)) {
      it(`by ${way}: ${type.name}`, async () => {
        const rows = rowsOf(type);
        const { board, asked } = await watched(rows);
        for (const row of rows) {
          for (const to of lanes.filter((lane) => lane !== row.state)) {
            await move(board, row, to);
            await waitUntil(() => board.card(row.subject).ariaBusy !== 'true', 'it is back');
          }
        }
        expect(asked.toSorted()).to.deep.equal(legalOf(rows).toSorted());
      });
    }
  }
});
