import { TabulatorFull } from 'tabulator-tables';
import 'tabulator-tables/dist/css/tabulator.min.css';
import { FIELDS, makePlainRows } from './data.ts';
let table;
let place;
let ids = [];
const contestant = {
  async mount(where, count) {
    place = where;
    const data = makePlainRows(count);
    ids = data.map(({ id }) => id);
    const target = document.createElement('div');
    where.append(target);
    table = new TabulatorFull(target, {
      data,
      index: 'id',
      height: '100%',
      layout: 'fitColumns',
      rowHeight: 40,
      selectableRows: true,
      columns: FIELDS.map((field) => ({ title: field, field })),
    });
    await new Promise((resolve) => table.on('tableBuilt', resolve));
  },
  scroller: () => place.querySelector('.tabulator-tableholder'),
  subjects: () =>
    [...place.querySelectorAll('.tabulator-row')]
      .filter((row) => {
        const { top, bottom } = row.getBoundingClientRect();
        return bottom > 40 && top < innerHeight;
      })
      .map((row) => row.querySelector('[tabulator-field=subject]')?.textContent.trim() ?? ''),
  sort: () => table.setSort('subject', 'desc'),
  filter: () => table.setFilter('subject', 'like', '7'),
  update: (subject) =>
    table.updateData([{ id: table.getRowFromPosition(1).getData().id, subject }]),
  completeAll() {
    table.selectRow();
    return table.updateData(ids.map((id) => ({ id, status: 'Completed' })));
  },
};
export { contestant };
