import '../../../src/define/activity-grid.js';
import '../../../src/define/activity-kanban.js';
import type { Activity } from '../../../src/model/activity.js';
import type { ActivityDataProvider } from '../../../src/provider/provider.js';
import type { Clock } from '../../../src/store/clock.js';

/** What stands on the page: a list in the order of its subjects, or a board. */
export type ScreenKind = 'grid' | 'kanban';

const STATES: readonly (readonly [state: string, word: string])[] = [
  ['open', 'Open'],
  ['scheduled', 'Scheduled'],
  ['completed', 'Completed'],
  ['canceled', 'Canceled'],
];

/** An element on the page as a user has it: what he reads there, and the button by which he completes. */
export interface Screen {
  /** What is wrong with what stands there once all is drawn, when the server has these. */
  problem(all: readonly Activity[]): Promise<string | undefined>;
  /** Presses the button of one of the rows; false where none can be completed. */
  complete(which: number): Promise<boolean>;
  leave(): void;
}

export function show(kind: ScreenKind, provider: ActivityDataProvider, clock: Clock): Screen {
  const place = document.createElement('div');
  place.style.setProperty('inline-size', '900px');
  const element = document.createElement(`activity-${kind}`);
  const columns = kind === 'grid' && { columns: ['subject', 'status'] };
  const query = { sort: [{ field: 'subject', direction: 'asc' as const }] };
  Object.assign(element, { provider, clock, locale: 'en', timeZone: 'UTC', query, ...columns });
  place.append(element);
  document.body.append(place);

  async function drawn(): Promise<ShadowRoot> {
    do {
      await element.updateComplete;
      await new Promise((resolve) => requestAnimationFrame(resolve));
    } while (element.isUpdatePending);
    if (!element.shadowRoot) throw new Error('nothing is drawn');
    return element.shadowRoot;
  }

  return {
    async problem(all) {
      const root = await drawn();
      return kind === 'grid' ? problemOfRows(root, all) : problemOfLanes(root, all);
    },
    async complete(which) {
      const buttons = [...(await drawn()).querySelectorAll<HTMLElement>('button.complete')].filter(
        (button) => !button.closest('[aria-hidden=true]') && button.ariaDisabled !== 'true',
      );
      const button = buttons[which % Math.max(1, buttons.length)];
      button?.click();
      return button !== undefined;
    },
    leave: () => place.remove(),
  };
}

function problemOfRows(root: ShadowRoot, all: readonly Activity[]): string | undefined {
  const rows = [...root.querySelectorAll('[role=row][aria-selected]:not([aria-hidden])')];
  const shown = rows.map((row) =>
    ['subject', 'status']
      .map((part) => textOf(row.querySelector(`[role=gridcell][part~=${part}]`)))
      .join(': '),
  );
  const expected = [...all]
    .sort((a, b) => (a.subject < b.subject ? -1 : 1))
    .map(({ subject, state }) => `${subject}: ${state === 'open' ? 'Not started' : wordOf(state)}`);
  return difference(shown, expected);
}

/** How many each lane says it has, and where the cards stand that are in sight. */
function problemOfLanes(root: ShadowRoot, all: readonly Activity[]): string | undefined {
  const lanes = [...root.querySelectorAll('section')];
  const names = lanes.map((lane) => textOf(lane.querySelector('h3 .visually-hidden')));
  const counts = STATES.map(([name, word]) => {
    const count = String(all.filter(({ state }) => state === name).length);
    return `${word}, ${count} of ${count}`;
  });
  const cards = lanes.flatMap((lane, index) =>
    [...lane.querySelectorAll('li:not([aria-hidden=true]) article')].map(
      (card) => `${names[index]?.split(',', 1)[0] ?? ''}: ${card.ariaLabel ?? ''}`,
    ),
  );
  const expected = new Set(all.map(({ subject, state }) => `${wordOf(state)}: ${subject}`));
  return difference(
    [...names, ...cards],
    [...counts, ...cards.filter((card, at) => expected.has(card) && cards.indexOf(card) === at)],
  );
}

function difference(shown: readonly string[], expected: readonly string[]): string | undefined {
  const [seen, is] = [shown.join('; '), expected.join('; ')];
  return seen === is ? undefined : `on screen: ${seen}\n  is: ${is}`;
}

const wordOf = (state: string | null): string => STATES.find(([name]) => name === state)?.[1] ?? '';

const textOf = (node: Element | null): string =>
  (node?.textContent ?? '').replaceAll(/\s+/g, ' ').trim();
