import base from '@syncfusion/ej2-base/styles/material.css?inline';
import sheet from '@syncfusion/ej2-kanban/styles/material.css?inline';
import { Kanban } from '@syncfusion/ej2-kanban';
import { cardHtml, sheet as cardSheet } from './card.js';

const lanes = ['open', 'scheduled', 'completed', 'canceled'];
let kanban;
let root;

export function prepare() {
  const style = document.createElement('style');
  style.textContent = base + sheet + cardSheet;
  document.head.append(style);
}

export const dataOf = (cards) =>
  cards.map(({ id, lane: name, subject, about }) => ({
    Id: id,
    Status: name,
    Title: subject,
    Summary: about,
  }));

/** As its documentation advises for many cards: only what is seen is drawn, with cards of one height; what is on them by its template. */
export function mount(place, dataSource) {
  root = document.createElement('div');
  place.append(root);
  kanban = new Kanban({
    dataSource,
    keyField: 'Status',
    columns: lanes.map((name) => ({ headerText: name, keyField: name })),
    cardSettings: { headerField: 'Id', template: cardHtml('${Title}', '${Summary}') },
    enableVirtualization: true,
    cardHeight: '92px',
    height: '800px',
    width: '1280px',
  });
  kanban.appendTo(root);
}

export const find = (id) => root?.querySelector(`.e-card[data-id="${id}"]`) ?? undefined;
export const lane = (name) => root.querySelector(`.e-content-cells[data-key="${name}"]`);
export const laneOf = (id) => find(id)?.closest('.e-content-cells')?.dataset.key;
export function move(id, to) {
  const [row] = kanban.kanbanData.filter((one) => one.Id === id);
  kanban.updateCard({ ...row, Status: to }, 0);
}
export const add = ({ id, lane: name, subject, about }) =>
  kanban.addCard({ Id: id, Status: name, Title: subject, Summary: about }, 0);
