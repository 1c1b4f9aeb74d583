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
  /** What stands there once all is drawn, one text for each activity. */
  shown(): Promise<readonly string[]>;
  /** What should stand there when the server has these. */
  expected(all: readonly Activity[]): readonly string[];
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
    async shown() {
      const root = await drawn();
      return kind === 'grid' ? rowsOf(root) : cardsOf(root);
    },
    expected: (all) => (kind === 'grid' ? toRows(all) : toCards(all)),
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

function rowsOf(root: ShadowRoot): readonly string[] {
  const rows = [...root.querySelectorAll('[role=row][aria-selected]:not([aria-hidden])')];
  return rows.map((row) =>
    ['subject', 'status']
      .map((part) => textOf(row.querySelector(`[role=gridcell][part~=${part}]`)))
      .join(': '),
  );
}

function toRows(all: readonly Activity[]): readonly string[] {
  return [...all]
    .sort((a, b) => (a.subject < b.subject ? -1 : 1))
    .map(({ subject, state }) => `${subject}: ${state === 'open' ? 'Not started' : wordOf(state)}`);
}

function cardsOf(root: ShadowRoot): readonly string[] {
  const lanes = [...root.querySelectorAll('section')].flatMap((lane) => {
    const [name] = textOf(lane.querySelector('h3 .visually-hidden')).split(',');
    const cards = [...lane.querySelectorAll('li:not([aria-hidden=true]) article')];
    return cards.map((card) => `${name ?? ''}: ${card.ariaLabel ?? ''}`);
  });
  return lanes.sort();
}

function toCards(all: readonly Activity[]): readonly string[] {
  return STATES.flatMap(([state, word]) =>
    all.filter((one) => one.state === state).map(({ subject }) => `${word}: ${subject}`),
  ).sort();
}

const wordOf = (state: string | null): string => STATES.find(([name]) => name === state)?.[1] ?? '';

const textOf = (node: Element | null): string =>
  (node?.textContent ?? '').replaceAll(/\s+/g, ' ').trim();
