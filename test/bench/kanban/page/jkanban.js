import sheet from 'jkanban/dist/jkanban.css?inline';
import { cardHtml, sheet as cardSheet } from './card.js';
import script from 'jkanban/dist/jkanban.js?url&no-inline';

const lanes = ['open', 'scheduled', 'completed', 'canceled'];
let kanban;

/** It comes as a script that puts itself on the window. */
export function prepare() {
  const style = document.createElement('style');
  style.textContent = sheet + cardSheet;
  const element = document.createElement('script');
  element.src = script;
  document.head.append(style, element);
  return new Promise((resolve, reject) => {
    element.onload = resolve;
    element.onerror = reject;
  });
}

const item = ({ id, subject, about }) => ({
  id,
  title: cardHtml(subject, about),
});

export const dataOf = (cards) =>
  lanes.map((id) => ({
    id,
    title: id,
    item: cards.filter((card) => card.lane === id).map(item),
  }));

export function mount(place, boards) {
  place.id = 'place';
  place.style.overflow = 'auto';
  kanban = new globalThis.jKanban({
    element: '#place',
    gutter: '6px',
    widthBoard: '300px',
    boards,
  });
}

export const find = (id) => document.querySelector(`.kanban-item[data-eid="${id}"]`) ?? undefined;
export const lane = (name) => document.querySelector(`.kanban-board[data-id="${name}"]`);
export const laneOf = (id) => find(id)?.closest('.kanban-board').dataset.id;
export function move(id, to) {
  const old = find(id);
  const title = old.innerHTML;
  kanban.removeElement(id);
  kanban.addElement(to, { id, title }, 0);
}
export const add = (card) => kanban.addElement(card.lane, item(card), 0);
