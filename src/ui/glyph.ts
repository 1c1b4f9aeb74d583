import { unsafeCSS, type CSSResult } from 'lit';
import { icons } from '../theme/icons.js';

/**
 * The declarations that draw a glyph of the set as a `::before`, in the colour of the text: for what is drawn by the hundred with the
 * same glyph, since it takes no node. A path in CSS is not fetched, so that no policy of the page forbids it.
 */
export function glyphBox(name: keyof typeof icons, size: 20 | 16 = 20): CSSResult {
  // A path knows no viewBox: it is drawn in 20 px and made smaller, in the room of what is seen of it.
  const smaller = size === 16 ? 'scale: 0.8; margin: -2px;' : '';
  return unsafeCSS(`
    content: '';
    display: block;
    flex: none;
    inline-size: 20px;
    block-size: 20px;
    background: currentColor;
    clip-path: path('${icons[name]}');
    ${smaller}
  `);
}
