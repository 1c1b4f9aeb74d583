import 'activity-kit/activity-context.js';
import 'activity-kit/activity-kanban.js';
import type { Activity, ActivityDataProvider, ActivityState, ActivityType } from 'activity-kit';
import { createChaosProvider } from 'activity-kit/providers/chaos.js';
import { createMemoryProvider } from 'activity-kit/providers/memory.js';

/** Goes from everywhere to everywhere. */
const visit: ActivityType = {
  name: 'site-visit',
  label: 'Site visit',
  plural: 'Site visits',
  icon: 'location',
  hue: 'appointment',
  states: {
    open: { reasons: [{ name: 'open', label: 'Open' }], default: 'open' },
    scheduled: { reasons: [{ name: 'planned', label: 'Planned' }], default: 'planned' },
    completed: { reasons: [{ name: 'done', label: 'Done' }], default: 'done' },
    canceled: { reasons: [{ name: 'off', label: 'Called off' }], default: 'off' },
  },
  transitions: {
    open: ['scheduled', 'completed', 'canceled'],
    scheduled: ['open', 'completed', 'canceled'],
    completed: ['open', 'scheduled', 'canceled'],
    canceled: ['open', 'scheduled', 'completed'],
  },
  deadline: 'due',
  roles: [],
  fields: [],
};

const STATES = ['open', 'scheduled', 'completed', 'canceled'] as const;
const REASONS = { open: 'open', scheduled: 'planned', completed: 'done', canceled: 'off' };

function rows(count: number, isMixed: boolean, states: readonly ActivityState[]): Activity[] {
  return Array.from({ length: count }, (_, index): Activity => {
    const isTask = isMixed && index % 5 === 0;
    const state: ActivityState = isTask ? 'open' : (states[index % states.length] ?? 'open');
    return {
      id: `a${String(index)}`,
      type: isTask ? 'task' : 'site-visit',
      subject: `Card ${String(index)}${index % 7 === 0 ? ', with a subject that takes two lines of it' : ''}`,
      state,
      statusReason: isTask ? 'not-started' : REASONS[state],
      due: new Date(Date.parse('2026-12-01T08:00:00Z') + index * 60_000).toISOString(),
      modifiedAt: new Date().toISOString(),
      ...(state === 'completed' || state === 'canceled'
        ? { actualEnd: new Date(Date.now() - index * 1000).toISOString() }
        : {}),
    };
  });
}

/** Puts a board on the page; what is written goes wrong as often as is said, and is answered late and out of turn. */
function start(
  count: number,
  {
    refusals = 0,
    latency = 0,
    isMixed = false,
    states: lanes = STATES as readonly ActivityState[],
  } = {},
) {
  const all = rows(count, isMixed, lanes);
  const inner = createMemoryProvider({ activities: all, types: [visit] });
  const illegal: string[] = [];
  const states = new Map(all.map(({ id, state }) => [id, state]));
  let writes = 0;
  const checked: ActivityDataProvider = {
    ...inner,
    transition: async (id, to, options) => {
      writes++;
      try {
        const row = await inner.transition(id, to, options);
        states.set(id, row.state);
        return row;
      } catch (error) {
        const { code } = error as { code?: string };
        if (code === 'transition-refused') illegal.push(`${id} to ${to.state}`);
        throw error;
      }
    },
  };
  const late: [number, number] = [0, latency];
  const reading = createChaosProvider(checked, { seed: 1, faults: { latency: late } });
  const writing = createChaosProvider(checked, {
    seed: 2,
    faults: { latency: late, errors: refusals, codes: ['forbidden'] },
  });
  const provider: ActivityDataProvider = {
    ...reading,
    ...(writing.transition && { transition: writing.transition }),
    ...(writing.update && { update: writing.update }),
  };
  const context = document.querySelector('activity-context');
  const board = document.createElement('activity-kanban');
  board.reasons = 'default';
  if (context) Object.assign(context, { provider });
  context?.replaceChildren(board);
  return {
    inner,
    provider,
    board,
    illegal,
    writes: () => writes,
    refused: () => writing.events.filter(({ fault }) => fault === 'forbidden').length,
    /** What the server has: id to state. */
    server: async () => {
      const { rows: all } = await inner.query(
        { page: { size: 100_000 } },
        { locale: 'en', timeZone: 'UTC' },
      );
      return Object.fromEntries(all.map(({ id, state }) => [id, state]));
    },
  };
}

Object.assign(window, { start });
