// The floor: a board drawn by hand, of which only what is seen is in the page, and on its cards the same things to be seen as on
// the kit's. No keys, no roles, no words of the user's, no store.
import { DUE, GLYPHS, OWNER, sheet as cardSheet } from './card.js';

const HEIGHT = 100;
const lanes = ['open', 'scheduled', 'completed', 'canceled'];
const cells = new Map();

const sheet = `
${cardSheet}
.f-board { display: flex; gap: 12px; block-size: 800px; padding: 12px; box-sizing: border-box }
.f-lane { flex: 1; display: flex; flex-direction: column; background: #f5f5f5; border-radius: 8px; min-block-size: 0 }
.f-lane.over { outline: 2px dashed #0f6cbd }
.f-lane h3 { margin: 8px 12px; font-size: 14px }
.f-scroll { flex: 1; overflow: auto; position: relative }
.f-card { position: absolute; inset-inline: 8px; block-size: 92px; box-sizing: border-box; padding: 10px 12px; background: #fff; border-radius: 6px; box-shadow: 0 1px 2px #0003; user-select: none }
.f-ghost { position: fixed; inset: 0 auto auto 0; inset-inline: auto; inline-size: 280px; pointer-events: none }
`;

function card({ id, subject, about }, index) {
  const element = document.createElement('div');
  element.className = 'f-card';
  element.dataset.id = id;
  element.style.insetBlockStart = `${index * HEIGHT}px`;
  const head = document.createElement('div');
  head.className = 'f-head';
  const tile = document.createElement('span');
  tile.className = 'f-tile';
  tile.append(glyph(GLYPHS.tile));
  const title = document.createElement('b');
  title.textContent = subject;
  const more = document.createElement('button');
  more.append(glyph(GLYPHS.more));
  head.append(tile, title, more);
  const below = document.createElement('div');
  below.textContent = about;
  const foot = document.createElement('div');
  foot.className = 'f-head';
  const due = document.createElement('span');
  due.append(glyph(GLYPHS.due), DUE);
  const face = document.createElement('span');
  face.className = 'f-tile';
  face.textContent = OWNER;
  foot.append(due, face);
  element.append(head, below, foot);
  return element;
}

function glyph(line) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 20 20');
  svg.setAttribute('width', '16');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', line);
  path.setAttribute('stroke', 'currentColor');
  svg.append(path);
  return svg;
}

function draw(cell) {
  const { scroll, canvas, rows, count } = cell;
  canvas.style.blockSize = `${rows.length * HEIGHT}px`;
  count.textContent = String(rows.length);
  const first = Math.max(0, Math.floor(scroll.scrollTop / HEIGHT) - 2);
  const last = Math.min(rows.length, Math.ceil((scroll.scrollTop + 740) / HEIGHT) + 2);
  const old = new Map([...canvas.children].map((one) => [one.dataset.id, one]));
  const next = rows.slice(first, last).map((row, offset) => {
    const known = old.get(row.id);
    if (!known) return card(row, first + offset);
    known.style.insetBlockStart = `${(first + offset) * HEIGHT}px`;
    return known;
  });
  canvas.replaceChildren(...next);
}

function laneAt(x, y) {
  return document.elementFromPoint(x, y)?.closest('.f-lane');
}

function drag(event) {
  const from = event.target.closest('.f-card');
  if (!from) return;
  const { left, top } = from.getBoundingClientRect();
  const grip = { x: event.clientX - left, y: event.clientY - top };
  const ghost = from.cloneNode(true);
  ghost.className = 'f-card f-ghost';
  document.body.append(ghost);
  let over;
  const move = ({ clientX, clientY }) => {
    ghost.style.transform = `translate(${clientX - grip.x}px, ${clientY - grip.y}px)`;
    const lane = laneAt(clientX, clientY);
    if (lane === over) return;
    over?.classList.remove('over');
    over = lane;
    over?.classList.add('over');
  };
  const end = () => {
    removeEventListener('pointermove', move);
    ghost.remove();
    over?.classList.remove('over');
    if (over) moveTo(from.dataset.id, over.dataset.lane);
  };
  addEventListener('pointermove', move);
  addEventListener('pointerup', end, { once: true });
}

function moveTo(id, to) {
  for (const cell of cells.values()) {
    const index = cell.rows.findIndex((row) => row.id === id);
    if (index < 0) continue;
    const [row] = cell.rows.splice(index, 1);
    cells.get(to).rows.unshift({ ...row, lane: to });
    draw(cell);
  }
  draw(cells.get(to));
}

export const dataOf = (cards) =>
  new Map(lanes.map((name) => [name, cards.filter((one) => one.lane === name)]));

export function mount(place, rows) {
  const style = document.createElement('style');
  style.textContent = sheet;
  const board = document.createElement('div');
  board.className = 'f-board';
  for (const name of lanes) {
    const lane = document.createElement('section');
    lane.className = 'f-lane';
    lane.dataset.lane = name;
    const head = document.createElement('h3');
    const count = document.createElement('span');
    head.append(`${name} `, count);
    const scroll = document.createElement('div');
    scroll.className = 'f-scroll';
    const canvas = document.createElement('div');
    scroll.append(canvas);
    lane.append(head, scroll);
    board.append(lane);
    const cell = { lane, scroll, canvas, count, rows: rows.get(name) };
    cells.set(name, cell);
    scroll.addEventListener('scroll', () => draw(cell), { passive: true });
  }
  board.addEventListener('pointerdown', drag);
  place.append(style, board);
  for (const cell of cells.values()) draw(cell);
}

export const find = (id) => document.querySelector(`.f-card[data-id="${id}"]`) ?? undefined;
export const lane = (name) => cells.get(name).lane;
export const laneOf = (id) => find(id)?.closest('.f-lane').dataset.lane;
export const move = moveTo;
export function add(row) {
  const cell = cells.get(row.lane);
  cell.rows.unshift(row);
  draw(cell);
}
