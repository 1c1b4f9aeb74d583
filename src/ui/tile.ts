import { nothing, type TemplateResult } from 'lit';
import { hue, hueClass } from './hue.js';
import { glyphOf } from './icon.js';
import { html } from './tight-html.js';

export interface TileOptions {
  /** The type's word, for where it does not stand beside the tile anyway. */
  readonly label?: string;
  readonly size?: 'small' | 'large';
}

/** A type's glyph on its soft tone. `type` undefined: one the host did not define. */
export function tile(
  type: { readonly icon: string; readonly hue: string } | undefined,
  { label, size }: TileOptions = {},
): TemplateResult<1> {
  const { icon: name, hue: tone } = type ?? { icon: 'unknown', hue: 'unknown' };
  const { classes, d } = glyphOf(name, size === 'large' ? 20 : 16);
  return html`<span
    class="tile ${size ?? ''} ${hueClass(tone)}"
    part="tile"
    role=${label === undefined ? nothing : 'img'}
    aria-label=${label ?? nothing}
    title=${label ?? nothing}
    ${hue(tone)}
  >
    <svg class=${classes} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d=${d}></path>
    </svg>
  </span>`;
}
