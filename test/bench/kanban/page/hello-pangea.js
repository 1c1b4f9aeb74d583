import { DragDropContext, Draggable, Droppable } from '@hello-pangea/dnd';
import { createElement as h, memo, useCallback, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { DUE, GLYPHS, OWNER, sheet } from './card.js';

const lanes = ['open', 'scheduled', 'completed', 'canceled'];
const columnStyle = {
  flex: 1,
  display: 'flex',
  flexDirection: 'column',
  background: '#f5f5f5',
  borderRadius: 8,
  minHeight: 0,
};
const cardStyle = {
  boxSizing: 'border-box',
  height: 92,
  margin: '0 8px 8px',
  padding: '10px 12px',
  background: '#fff',
  borderRadius: 6,
  boxShadow: '0 1px 2px #0003',
};

const glyph = (line) =>
  h('svg', { viewBox: '0 0 20 20', width: 16 }, h('path', { d: line, stroke: 'currentColor' }));

let change;

/** As its documentation advises: cards are drawn anew only when they are others. */
const Card = memo(({ card, index }) =>
  h(Draggable, { draggableId: card.id, index }, (provided) =>
    h(
      'div',
      {
        ref: provided.innerRef,
        ...provided.draggableProps,
        ...provided.dragHandleProps,
        'data-card': card.id,
        style: { ...cardStyle, ...provided.draggableProps.style },
      },
      h(
        'div',
        { className: 'f-head' },
        h('span', { className: 'f-tile' }, glyph(GLYPHS.tile)),
        h('b', null, card.subject),
        h('button', null, glyph(GLYPHS.more)),
      ),
      h('div', null, card.about),
      h(
        'div',
        { className: 'f-head' },
        h('span', null, glyph(GLYPHS.due), DUE),
        h('span', { className: 'f-tile' }, OWNER),
      ),
    ),
  ),
);

const Cards = memo(({ cards }) =>
  cards.map((card, index) => h(Card, { key: card.id, card, index })),
);

const Column = memo(({ name, cards }) =>
  h(
    'section',
    { 'data-lane': name, style: columnStyle },
    h('h3', { style: { margin: '8px 12px' } }, `${name} ${cards.length}`),
    h(Droppable, { droppableId: name }, (provided) =>
      h(
        'div',
        {
          ref: provided.innerRef,
          ...provided.droppableProps,
          style: { flex: 1, overflow: 'auto', minHeight: 0 },
        },
        h(Cards, { cards }),
        provided.placeholder,
      ),
    ),
  ),
);

function Board({ initial }) {
  const [columns, setColumns] = useState(initial);
  change = setColumns;
  const onDragEnd = useCallback(({ source, destination }) => {
    if (!destination) return;
    setColumns((old) => {
      const next = { ...old, [source.droppableId]: [...old[source.droppableId]] };
      const [card] = next[source.droppableId].splice(source.index, 1);
      next[destination.droppableId] = [...next[destination.droppableId]];
      next[destination.droppableId].splice(destination.index, 0, card);
      return next;
    });
  }, []);
  return h(
    DragDropContext,
    { onDragEnd },
    h(
      'div',
      {
        style: { display: 'flex', gap: 12, height: 800, padding: 12, boxSizing: 'border-box' },
      },
      lanes.map((name) => h(Column, { key: name, name, cards: columns[name] })),
    ),
  );
}

export function prepare() {
  const style = document.createElement('style');
  style.textContent = sheet;
  document.head.append(style);
}

export const dataOf = (cards) =>
  Object.fromEntries(lanes.map((name) => [name, cards.filter((card) => card.lane === name)]));

export function mount(place, initial) {
  createRoot(place).render(h(Board, { initial }));
}

export const find = (id) => document.querySelector(`[data-card="${id}"]`) ?? undefined;
export const lane = (name) => document.querySelector(`[data-lane="${name}"]`);
export const laneOf = (id) => find(id)?.closest('[data-lane]').dataset.lane;
export const move = (id, to) =>
  change((old) => {
    const next = {};
    let moved;
    for (const name of lanes) {
      moved ??= old[name].find((card) => card.id === id);
      next[name] = old[name].some((card) => card.id === id)
        ? old[name].filter((card) => card.id !== id)
        : old[name];
    }
    next[to] = [moved, ...next[to]];
    return next;
  });
export const add = (card) => change((old) => ({ ...old, [card.lane]: [card, ...old[card.lane]] }));
