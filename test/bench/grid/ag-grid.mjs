import { AllCommunityModule, ModuleRegistry, createGrid } from 'ag-grid-community';
import { FIELDS, fillContent, makeContent, makePlainRows } from './data.ts';
ModuleRegistry.registerModules([AllCommunityModule]);
let api;
let place;
let rowData;

class Cell {
  init({ colDef, value }) {
    this.field = colDef.field;
    this.content = makeContent(this.field);
    fillContent(this.content, this.field, value);
  }
  getGui() {
    return this.content;
  }
  refresh({ value }) {
    fillContent(this.content, this.field, value);
    return true;
  }
}

const contestant = {
  prepare(count) {
    rowData = makePlainRows(count);
  },
  mount(where) {
    place = where;
    api = createGrid(where, {
      rowData,
      getRowId: ({ data }) => data.id,
      rowHeight: 40,
      rowSelection: { mode: 'multiRow' },
      columnDefs: FIELDS.map((field) => ({
        field,
        sortable: true,
        filter: true,
        flex: 1,
        cellRenderer: Cell,
      })),
    });
  },
  scroller: () => place.querySelector('.ag-body-viewport, .ag-grid-viewport'),
  subjects: () =>
    [...place.querySelectorAll('.ag-center-cols-container [role=row], .ag-row')]
      .filter((row) => {
        const { top, bottom } = row.getBoundingClientRect();
        return bottom > 49 && top < innerHeight;
      })
      .sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)
      .map((row) => row.querySelector('[col-id=subject]')?.textContent.trim() ?? ''),
  sort: () => api.applyColumnState({ state: [{ colId: 'subject', sort: 'desc' }] }),
  filter: () =>
    api.setFilterModel({ subject: { filterType: 'text', type: 'contains', filter: '7' } }),
  update: (subject) => {
    const node = api.getDisplayedRowAtIndex(0);
    if (node?.data) node.setData({ ...node.data, subject });
  },
  completeAll() {
    api.selectAll();
    const update = [];
    api.forEachNode(({ data }) => data && update.push({ ...data, status: 'Completed' }));
    api.applyTransaction({ update });
  },
};
export { contestant };
