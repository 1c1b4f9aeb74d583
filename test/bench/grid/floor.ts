import {
  FIELDS,
  fillContent,
  makeContent,
  makePlainRows,
  type Contestant,
  type PlainRow,
} from './data.js';

/*
 * The floor: plain elements, windowed by hand, with the same cells and nothing else: no keyboard, no ARIA, no menus. Less than this
 * nothing can cost that shows these rows.
 */

const HEIGHT = 40;
const MORE = 8;

let all: PlainRow[] = [];
let shown: PlainRow[] = [];
let scroller: HTMLElement;
let body: HTMLElement;
const pool: HTMLElement[] = [];

function draw(): void {
  const first = Math.max(0, Math.floor(scroller.scrollTop / HEIGHT) - MORE);
  const end = Math.min(
    shown.length,
    Math.ceil((scroller.scrollTop + scroller.clientHeight) / HEIGHT) + MORE,
  );
  body.style.transform = `translateY(${String(first * HEIGHT)}px)`;
  while (pool.length < end - first) {
    const row = document.createElement('div');
    row.className = 'row';
    const box = document.createElement('input');
    box.type = 'checkbox';
    row.append(box);
    for (const field of FIELDS) {
      const cell = document.createElement('div');
      cell.append(makeContent(field));
      row.append(cell);
    }
    pool.push(row);
    body.append(row);
  }
  pool.forEach((row, at) => {
    const data = shown[first + at];
    row.hidden = at >= end - first || !data;
    if (!data) return;
    FIELDS.forEach((field, index) => {
      const content = row.children[index + 1]?.firstElementChild;
      if (content) fillContent(content as HTMLElement, field, data[field]);
    });
  });
}

export const contestant: Contestant = {
  prepare(count) {
    all = shown = makePlainRows(count);
  },
  mount(place) {
    const style = document.createElement('style');
    style.textContent = `
      .scroller { block-size: 100%; overflow: auto; }
      .row { display: grid; grid-template-columns: 40px 40px 2fr repeat(6, 1fr); align-items: center; block-size: ${String(HEIGHT)}px; border-bottom: 1px solid #ddd; contain: layout style; }
      .row[hidden] { display: none; }
      .row > div { overflow: hidden; white-space: nowrap; text-overflow: ellipsis; padding: 0 8px; }`;
    scroller = document.createElement('div');
    scroller.className = 'scroller';
    const height = document.createElement('div');
    height.style.blockSize = `${String(shown.length * HEIGHT)}px`;
    body = document.createElement('div');
    height.append(body);
    scroller.append(height);
    place.append(style, scroller);
    scroller.addEventListener('scroll', draw, { passive: true });
    draw();
  },
  scroller: () => scroller,
  subjects: () =>
    pool
      .filter((row) => {
        if (row.hidden) return false;
        const { top, bottom } = row.getBoundingClientRect();
        return bottom > 0 && top < innerHeight;
      })
      .map((row) => row.querySelector('a')?.textContent ?? ''),
  sort() {
    shown = [...shown].sort((a, b) => (a.subject < b.subject ? 1 : -1));
    scroller.scrollTop = 0;
    draw();
  },
  filter() {
    shown = all.filter(({ subject }) => subject.includes('7'));
    scroller.scrollTop = 0;
    draw();
  },
  update(subject) {
    const [first] = shown;
    if (first) first.subject = subject;
    draw();
  },
  completeAll() {
    for (const row of all) row.status = 'Completed';
    draw();
  },
};
