import '../../../src/define/activity-calendar.js';
import '../../../src/define/activity-context.js';
import '../../../src/define/activity-form.js';
import '../../../src/define/activity-grid.js';
import '../../../src/define/activity-kanban.js';
import '../../../src/define/activity-quick-create.js';
import '../../../src/define/activity-timeline.js';
import type { ActivityForm } from '../../../src/elements/activity-form/activity-form.js';
import type { ActivityQuickCreate } from '../../../src/elements/activity-quick-create/activity-quick-create.js';
import type { ActivityElement } from '../../../src/elements/base/activity-element.js';
import { memoryPreferences } from '../../../src/elements/base/preferences.js';
import type { Activity } from '../../../src/model/activity.js';
import { ActivityTypes } from '../../../src/model/activity-types.js';
import { evaluate } from '../../../src/model/evaluate.js';
import type { ActivityDataProvider } from '../../../src/provider/provider.js';
import type { Clock } from '../../../src/store/clock.js';
import { FormPage, textOf } from '../../support/form.js';

/** What stands on the page: a list in the order of its subjects, a board, the form of one activity, a month of them, or their history. */
export type ScreenKind = 'grid' | 'kanban' | 'form' | 'calendar' | 'timeline';

const STATES: readonly (readonly [state: string, word: string])[] = [
  ['open', 'Open'],
  ['scheduled', 'Scheduled'],
  ['completed', 'Completed'],
  ['canceled', 'Canceled'],
];

/** An element on the page as a user has it: what he reads there, and what he does by it. Answers false where it is not for that. */
export interface Screen {
  /** What is wrong with what stands there once all is drawn, when the server has these. */
  problem(all: readonly Activity[]): Promise<string | undefined>;
  /** By the button of one of the rows. */
  complete(activity: Activity | undefined, which: number): Promise<boolean>;
  /** Types another subject and saves. */
  edit?(activity: Activity | undefined, subject: string): Promise<boolean>;
  /** Fills in something new, and saves. */
  create?(subject: string): Promise<boolean>;
  /** What is filled in and could not be saved is saved once more, or given up. True: time is to pass. */
  finish?(): Promise<boolean>;
  leave(): void;
}

export function show(kind: ScreenKind, provider: ActivityDataProvider, clock: Clock): Screen {
  const place = document.createElement('div');
  place.style.setProperty('inline-size', '900px');
  const shared = { provider, clock, locale: 'en', timeZone: 'UTC', query: IN_ORDER };
  const own = { preferences: memoryPreferences() };
  const make = <T extends keyof HTMLElementTagNameMap>(
    tag: T,
    parent: Element,
    more: Partial<HTMLElementTagNameMap[T]>,
  ): HTMLElementTagNameMap[T] => {
    const element = Object.assign(document.createElement(tag), more);
    parent.append(element);
    return element;
  };
  document.body.append(place);
  const leave = (): void => place.remove();
  switch (kind) {
    case 'grid':
    case 'kanban': {
      const columns = kind === 'grid' && { columns: ['subject', 'status'] };
      const element = make(`activity-${kind}`, place, { ...shared, ...columns });
      return { ...listScreen(kind, element), leave };
    }
    case 'form':
      return {
        ...formScreen(make('activity-form', place, { ...shared, ...own, mode: 'inline' })),
        leave,
      };
    case 'timeline':
      return {
        ...timelineScreen(make('activity-timeline', place, { ...shared, ...own, query: {} })),
        leave,
      };
    case 'calendar': {
      const context = make('activity-context', place, { ...shared, ...own });
      return {
        ...calendarScreen(context, make('activity-calendar', context, { date: '2026-11-26' })),
        leave,
      };
    }
  }
}

const IN_ORDER = { sort: [{ field: 'subject', direction: 'asc' as const }] };

async function drawn(element: ActivityElement): Promise<ShadowRoot> {
  do {
    await element.updateComplete;
    await new Promise((resolve) => requestAnimationFrame(resolve));
  } while (element.isUpdatePending);
  if (!element.shadowRoot) throw new Error('nothing is drawn');
  return element.shadowRoot;
}

function listScreen(kind: 'grid' | 'kanban', element: ActivityElement): Omit<Screen, 'leave'> {
  return {
    async problem(all) {
      const root = await drawn(element);
      return kind === 'grid' ? problemOfRows(root, all) : problemOfLanes(root, all);
    },
    async complete(_activity, which) {
      const root = await drawn(element);
      const buttons = [...root.querySelectorAll<HTMLElement>('button.complete')].filter(
        (button) => !button.closest('[aria-hidden=true]') && button.ariaDisabled !== 'true',
      );
      const button = buttons[which % Math.max(1, buttons.length)];
      button?.click();
      return button !== undefined;
    },
  };
}

/** One activity after the other in the same form; what could not be saved stays in it until it is, or is given up. */
function formScreen(element: ActivityForm): Omit<Screen, 'leave'> {
  const page = new FormPage(element);
  let hasTried = false;
  const isDirty = (): boolean => page.hasButton('Discard changes');
  const show = async (activity: Activity | undefined): Promise<boolean> => {
    if (activity?.state !== 'open') return false;
    await drawn(element);
    if (!isDirty()) element.activityId = activity.id;
    await drawn(element);
    return true;
  };
  const press = (name: string): boolean => {
    const isThere = page.hasButton(name) && !page.button(name).disabled;
    if (isThere) page.button(name).click();
    return isThere;
  };
  const isFilledIn = (): boolean => page.all('.form-field input:not([readonly])').length > 0;
  return {
    async edit(activity, subject) {
      if (!(await show(activity)) || !isFilledIn()) return false;
      await page.enter('Subject', subject);
      return press('Save');
    },
    complete: async (activity) => (await show(activity)) && press('Complete'),
    async finish() {
      await drawn(element);
      if (!isDirty()) return false;
      const isSaved = !hasTried && press('Save');
      hasTried = true;
      return isSaved || press('Discard changes');
    },
    async problem(all) {
      const id = element.activityId;
      if (id === undefined) return undefined;
      await drawn(element);
      const row = all.find((one) => one.id === id);
      const fields = page.all('.form-field').length > 0;
      const shown = fields
        ? [page.title, page.input('Subject').value, textOf(page.root.querySelector('.status'))]
        : [textOf(page.root.querySelector('.dialog-body'))];
      const expected = row
        ? [row.subject, row.subject, row.state === 'open' ? 'Not started' : wordOf(row.state)]
        : ['This activity does not exist any more, or you may not read it.'];
      return difference(shown, expected);
    },
  };
}

const NEWEST_FIRST = { sort: [{ field: 'modifiedAt', direction: 'desc' as const }] };

/** A history, into which notes are written. */
function timelineScreen(element: ActivityElement): Omit<Screen, 'leave'> {
  const composer = async (): Promise<HTMLTextAreaElement | null> =>
    (await drawn(element)).querySelector('textarea');
  const buttons = async (): Promise<HTMLButtonElement[]> => [
    ...(await drawn(element)).querySelectorAll('button'),
  ];
  const save = async (): Promise<boolean> => {
    const button = (await buttons()).find((one) => textOf(one) === 'Add note');
    const isFree = button !== undefined && button.ariaDisabled !== 'true' && !button.disabled;
    if (isFree) button.click();
    return isFree;
  };
  return {
    async complete(_activity, which) {
      const all = await buttons();
      const free = all.filter(
        ({ ariaLabel, ariaDisabled }) =>
          ariaLabel?.startsWith('Complete ') && ariaDisabled !== 'true',
      );
      const button = free[which % Math.max(1, free.length)];
      button?.click();
      return button !== undefined;
    },
    async create(subject) {
      const area = await composer();
      if (!area) return false;
      // One that could not be saved still waits for that.
      if (area.value === '') {
        area.value = subject;
        area.dispatchEvent(new InputEvent('input', { bubbles: true }));
      }
      return save();
    },
    async finish() {
      const area = await composer();
      return area !== null && area.value !== '' && save();
    },
    async problem(all) {
      if ((await composer())?.value) return 'the note is still not saved';
      const entries = [...(await drawn(element)).querySelectorAll('article')];
      const shown = entries.map((entry) => {
        const isOpen = entry.querySelector('button[aria-label^="Complete "]') !== null;
        return `${textOf(entry.querySelector('h4'))}${isOpen ? ': open' : ''}`;
      });
      const context = { types: new ActivityTypes(), timeZone: 'UTC' };
      const expected = evaluate(all, NEWEST_FIRST, context).rows.map(
        ({ subject, description, state }) =>
          `${subject || (description ?? '')}${state === 'open' ? ': open' : ''}`,
      );
      return difference(shown, expected);
    },
  };
}

/** A month, in which something new is planned on one of its days. */
function calendarScreen(
  context: ActivityElement,
  calendar: ActivityElement,
): Omit<Screen, 'leave'> {
  let count = 0;
  const pane = async (): Promise<FormPage<ActivityQuickCreate> | undefined> => {
    await drawn(calendar);
    const element = (await drawn(context)).querySelector('activity-quick-create');
    if (!element) return undefined;
    await drawn(element);
    return new FormPage(element);
  };
  const save = (page: FormPage): boolean => {
    const isFree = page.hasButton('Save and close') && !page.button('Save and close').disabled;
    if (isFree) page.button('Save and close').click();
    return isFree;
  };
  return {
    complete: () => Promise.resolve(false),
    async create(subject) {
      const root = await drawn(calendar);
      const days = [...root.querySelectorAll('[data-day]')].filter(({ classList }) =>
        ['outside', 'today'].every((name) => !classList.contains(name)),
      );
      const open = await pane();
      if (!open) {
        const day = days[(count += 1) % Math.max(1, days.length)];
        day?.querySelector<HTMLElement>('.add button')?.click();
      }
      const page = await pane();
      // One that could not be saved still waits for that.
      if (page && !open) await page.enter('Subject', subject);
      return page !== undefined && save(page);
    },
    async finish() {
      const page = await pane();
      return page !== undefined && save(page);
    },
    async problem(all) {
      if (await pane()) return 'the new appointment is still not saved';
      const days = [...(await drawn(calendar)).querySelectorAll('[data-day]')];
      const shown = days.map((day) => `${dayOf(day)}: ${day.getAttribute('data-count') ?? ''}`);
      const entries = days.flatMap((day) =>
        [...day.querySelectorAll('.entry .what')].map((entry) => `${dayOf(day)}: ${textOf(entry)}`),
      );
      const rows = all.map(
        (row) => `${(row.start ?? row.due)?.slice(0, 10) ?? ''}: ${row.subject}`,
      );
      const counts = days.map((day) => {
        const own = rows.filter((row) => row.startsWith(`${dayOf(day)}: `));
        return `${dayOf(day)}: ${String(own.length)}`;
      });
      return difference(
        [...shown, ...entries],
        [
          ...counts,
          ...entries.filter((entry, at) => rows.includes(entry) && entries.indexOf(entry) === at),
        ],
      );
    },
  };
}

const dayOf = (day: Element): string => day.getAttribute('data-day') ?? '';

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
