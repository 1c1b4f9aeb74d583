// What stands on a card of every board but the kit's, which draws the same things: tile, subject, menu, record, due, owner.
export const GLYPHS = {
  tile: 'M4 4h12v12H4z',
  more: 'M4 10h2M9 10h2M14 10h2',
  due: 'M10 4v6l4 2',
};
export const DUE = '1 Jan 2027, 09:00';
export const OWNER = 'MS';

export const sheet = `
.f-head { display: flex; gap: 8px; align-items: center }
.f-head b { flex: 1; min-inline-size: 0; overflow: hidden; white-space: nowrap; text-overflow: ellipsis }
.f-tile { inline-size: 24px; block-size: 24px; border-radius: 4px; background: #ebf3fc }
`;

const glyph = (line) =>
  `<svg viewBox="0 0 20 20" width="16"><path d="${line}" stroke="currentColor"></path></svg>`;

/** The inside of a card as HTML, for boards that take it so. */
export const cardHtml = (subject, about) =>
  `<div class="f-head"><span class="f-tile">${glyph(GLYPHS.tile)}</span><b>${subject}</b>` +
  `<button>${glyph(GLYPHS.more)}</button></div><div>${about}</div>` +
  `<div class="f-head"><span>${glyph(GLYPHS.due)}${DUE}</span><span class="f-tile">${OWNER}</span></div>`;
