import '../../../src/define/activity-grid.js';
import type { ActivityGrid } from '../../../src/elements/activity-grid/activity-grid.js';
import type { Activity } from '../../../src/model/activity.js';
import { createMemoryProvider } from '../../../src/provider/memory/memory-provider.js';
import { FIELDS, makeActivities, type Contestant } from './data.js';

let activities: readonly Activity[] = [];
let ids: readonly string[] = [];
let grid: ActivityGrid;
let provider: ReturnType<typeof createMemoryProvider>;

export const contestant: Contestant = {
  prepare(count) {
    activities = makeActivities(count);
  },
  mount(place) {
    ids = activities.map(({ id }) => id);
    provider = createMemoryProvider({
      activities,
      user: { kind: 'user', id: 'u', name: 'U' },
    });
    grid = document.createElement('activity-grid');
    grid.style.setProperty('block-size', '100%');
    grid.locale = 'en-GB';
    grid.timeZone = 'Europe/Berlin';
    grid.columns = [...FIELDS];
    grid.provider = provider;
    place.append(grid);
    // The provider has them now: as the others do, who shows the rows holds them, once.
    activities = [];
  },
  scroller: () => grid.shadowRoot?.querySelector('.scroller'),
  subjects: () =>
    [...(grid.shadowRoot?.querySelectorAll('.rows > .row:not(.away)') ?? [])]
      .filter((row) => {
        const { top, bottom } = row.getBoundingClientRect();
        return bottom > 40 && top < innerHeight;
      })
      .map((row) => row.querySelector('.subject .subject')?.textContent.trim() ?? ''),
  sort: () => grid.setSort([{ field: 'subject', direction: 'desc' }]),
  filter: () => {
    const column = grid.layoutOfColumns.shown.find(({ name }) => name === 'subject');
    if (column) grid.setFilter(column, { kind: 'text', contains: '7' });
  },
  update: (subject) => {
    const id = grid.shadowRoot?.querySelector<HTMLElement>('.rows > .row')?.dataset['id'];
    const row = id === undefined ? undefined : grid.store?.row(id);
    if (row) provider.merge([{ ...row, subject, version: '2' }]);
  },
  async completeAll() {
    grid.selectAll();
    await grid.updateComplete;
    const rows = ids.flatMap((id) => grid.store?.row(id) ?? []);
    // Not all of them are loaded.
    await grid.acts.moveStatus(rows, 'completed', grid.restBeside(rows));
    await grid.updateComplete;
  },
};
