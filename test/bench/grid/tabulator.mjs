import { TabulatorFull } from 'tabulator-tables';
import 'tabulator-tables/dist/css/tabulator.min.css';
import { FIELDS, fillContent, makeContent, makePlainRows } from './data.ts';
let table;
let place;
let data = [];
let ids = [];

function formatter(cell) {
  const content = makeContent(cell.getField());
  fillContent(content, cell.getField(), cell.getValue());
  return content;
}

const contestant = {
  prepare(count) {
    data = makePlainRows(count);
    ids = data.map(({ id }) => id);
  },
  async mount(where) {
    place = where;
    const target = document.createElement('div');
    where.append(target);
    table = new TabulatorFull(target, {
      data,
      index: 'id',
      height: '100%',
      layout: 'fitColumns',
      rowHeight: 40,
      selectableRows: true,
      rowHeader: {
        formatter: 'rowSelection',
        titleFormatter: 'rowSelection',
        headerSort: false,
        width: 40,
      },
      columns: FIELDS.map((field) => ({ title: field, field, formatter })),
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
