import 'activity-kit/activity-context.js';
import 'activity-kit/activity-kanban.js';
import type { Activity, ActivityState, ActivityType } from 'activity-kit';
import { createMemoryProvider, type MemoryProvider } from 'activity-kit/providers/memory.js';

interface Card {
  readonly id: string;
  readonly lane: ActivityState;
  readonly subject: string;
  readonly about: string;
  readonly order: number;
}

const states = ['open', 'scheduled', 'completed', 'canceled'] as const;
/** Goes everywhere, as the cards of all other boards do. */
const type: ActivityType = {
  name: 'visit',
  label: 'Visit',
  plural: 'Visits',
  icon: 'location',
  hue: 'appointment',
  states: Object.fromEntries(
    states.map((state) => [state, { reasons: [{ name: state, label: state }], default: state }]),
  ),
  transitions: Object.fromEntries(states.map((state) => [state, states])),
  deadline: 'due',
  roles: [],
  fields: [],
};

const DAY = Date.parse('2027-01-01T00:00:00Z');
const dueOf = (order: number): string => new Date(DAY + order * 60_000).toISOString();
let provider: MemoryProvider;
let kanban: HTMLElement | undefined;
const options = () => ({ locale: 'en', timeZone: 'UTC', idempotencyKey: crypto.randomUUID() });

export function dataOf(cards: readonly Card[]): readonly Activity[] {
  const modifiedAt = new Date().toISOString();
  return cards.map(({ id, lane: state, subject, about, order }) => ({
    id,
    type: 'visit',
    subject,
    state,
    statusReason: state,
    regarding: { kind: 'account', id: about, name: about },
    owner: { kind: 'user', id: 'mona', name: 'Mona Sanders' },
    due: dueOf(order),
    modifiedAt,
    actualEnd: new Date(Date.now() - (order + 1) * 1000).toISOString(),
  }));
}

export function mount(place: HTMLElement, activities: readonly Activity[]): void {
  provider = createMemoryProvider({ types: [type], activities });
  const context = document.createElement('activity-context');
  Object.assign(context, { provider, timeZone: 'UTC' });
  kanban = document.createElement('activity-kanban');
  kanban.style.blockSize = '800px';
  context.append(kanban);
  place.append(context);
}

export const find = (id: string): Element | undefined =>
  kanban?.shadowRoot?.querySelector(`li[data-id="${id}"]:not([data-gone])`) ?? undefined;
export const lane = (name: string): Element | null | undefined =>
  kanban?.shadowRoot?.querySelector(`[data-lane=${name}]`);
export const laneOf = (id: string): string | undefined =>
  find(id)?.closest<HTMLElement>('[data-lane]')?.dataset['lane'];
export const move = (id: string, to: ActivityState): Promise<unknown> =>
  provider.transition(id, { state: to, patch: { actualEnd: new Date().toISOString() } }, options());
export const add = ({ id, lane: state, subject, order }: Card): Promise<unknown> =>
  provider.create(id, { type: 'visit', subject, state, due: dueOf(order) }, options());
