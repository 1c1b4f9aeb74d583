import type { Activity } from '../../../src/model/activity.js';

/** The same eight cells in every grid. */
export const FIELDS = [
  'type',
  'subject',
  'regarding',
  'due',
  'priority',
  'status',
  'owner',
  'created',
] as const;

const TYPES = ['task', 'phonecall', 'email', 'letter'] as const;
const STATUS = { task: 'not-started', phonecall: 'open', email: 'draft', letter: 'open' } as const;
const PEOPLE = ['Mona Sanders', 'Jun Park', 'Priya Bennett', 'Cecil Langer'];
const FIRST = Date.parse('2026-11-01T00:00:00Z');

export function makeActivities(count: number): readonly Activity[] {
  return Array.from({ length: count }, (_, index): Activity => {
    const type = TYPES[index % TYPES.length] ?? 'task';
    const owner = PEOPLE[index % PEOPLE.length] ?? '';
    const at = new Date(FIRST + index * 60_000).toISOString();
    return {
      id: `id-${String(index)}`,
      type,
      subject: `Follow up number ${String((index * 7919) % count)}`,
      state: 'open',
      statusReason: STATUS[type],
      due: at,
      priority: index % 3 === 0 ? 'high' : 'normal',
      owner: { kind: 'user', id: owner, name: owner },
      regarding: {
        kind: 'account',
        id: `a-${String(index % 500)}`,
        name: `Account ${String(index % 500)}`,
      },
      createdAt: at,
      version: '1',
    };
  });
}

export type PlainRow = { [field in (typeof FIELDS)[number] | 'id']: string };

/** For the grids that show what they are given: values as they are, worded by their cells. */
export function makePlainRows(count: number): PlainRow[] {
  return makeActivities(count).map((one) => ({
    id: one.id,
    type: one.type,
    subject: one.subject,
    regarding: one.regarding?.name ?? '',
    due: one.due ?? '',
    priority: one.priority ?? '',
    status: one.statusReason ?? '',
    owner: one.owner?.name ?? '',
    created: one.createdAt ?? '',
  }));
}

const day = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'medium',
  timeStyle: 'short',
  timeZone: 'Europe/Berlin',
});

/** What stands in a cell, the same in every grid: the subject is a link; type, status and owner have a sign beside their word. */
export function makeContent(field: string): HTMLElement {
  if (field === 'subject') {
    const link = document.createElement('a');
    link.href = '#';
    return link;
  }
  const content = document.createElement('span');
  if (field === 'type' || field === 'status' || field === 'owner') {
    content.append(document.createElement('i'), '');
  }
  return content;
}

/** Puts a row's value into what `makeContent` made. */
export function fillContent(content: HTMLElement, field: string, value: string): void {
  const words = field === 'due' || field === 'created' ? day.format(Date.parse(value)) : value;
  const target = content.firstElementChild ? content.lastChild : content;
  if (target && target.textContent !== words) target.textContent = words;
}

/** What every grid of the benchmark can do. */
export interface Contestant {
  /** Makes the data: of no grid's account. */
  prepare(count: number): void;
  mount(place: HTMLElement, count: number): void | Promise<void>;
  scroller(): Element | null | undefined;
  /** Subjects of the rows in sight, in order; a row without its words is ''. */
  subjects(): readonly string[];
  /** By subject, the last first. */
  sort(): void | Promise<void>;
  /** Subjects that contain a 7. */
  filter(): void | Promise<void>;
  /** The first row gets this subject. */
  update(subject: string): void | Promise<void>;
  /** Resolves when all rows are completed. */
  completeAll(): void | Promise<void>;
}
