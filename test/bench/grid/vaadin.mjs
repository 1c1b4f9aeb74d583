import '@vaadin/grid';
import '@vaadin/grid/vaadin-grid-selection-column.js';
import { FIELDS, fillContent, makeContent, makePlainRows } from './data.ts';
let all = [];
let shown = [];
let grid;
const contestant = {
  prepare(count) {
    all = shown = makePlainRows(count);
  },
  mount(place) {
    grid = document.createElement('vaadin-grid');
    grid.style.setProperty('block-size', '100%');
    grid.append(document.createElement('vaadin-grid-selection-column'));
    for (const field of FIELDS) {
      const column = document.createElement('vaadin-grid-column');
      column.setAttribute('path', field);
      column.renderer = (root, _, { item }) => {
        if (!root.firstElementChild) root.append(makeContent(field));
        fillContent(root.firstElementChild, field, item[field]);
      };
      grid.append(column);
    }
    grid.dataProvider = ({ page, pageSize }, answer) =>
      answer(shown.slice(page * pageSize, (page + 1) * pageSize), shown.length);
    place.append(grid);
  },
  scroller: () => grid.shadowRoot?.querySelector('#table'),
  subjects: () =>
    [...(grid.shadowRoot?.querySelectorAll('#items > tr') ?? [])]
      .filter((row) => {
        const { top, bottom } = row.getBoundingClientRect();
        return !row.hidden && bottom > 40 && top < innerHeight;
      })
      .sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)
      .map((row) => {
        const slot = row.children[2]?.querySelector('slot');
        return slot?.assignedElements()[0]?.textContent.trim() ?? '';
      }),
  sort() {
    shown = [...shown].sort((a, b) => (a.subject < b.subject ? 1 : -1));
    grid.clearCache();
  },
  filter() {
    shown = all.filter(({ subject }) => subject.includes('7'));
    grid.clearCache();
  },
  update(subject) {
    const [first] = shown;
    if (first) shown[0] = { ...first, subject };
    grid.clearCache();
  },
  completeAll() {
    grid.selectedItems = [...all];
    shown = all = all.map((row) => ({ ...row, status: 'Completed' }));
    grid.clearCache();
  },
};
export { contestant };
