import type { TemplateResult } from 'lit';
import { icons } from '../theme/icons.js';
import { html } from './tight-html.js';

/** Icons that point along the line of reading, and so turn round in right-to-left. */
const mirrored: ReadonlySet<string> = new Set([
  'chevron-left',
  'chevron-right',
  'undo',
  'redo',
  'reply',
  'reply-all',
  'forward',
  'assign',
  'send',
  'grid',
  'open',
]);

const isPath = (value: string): boolean => /^\s*[Mm]\s*[-+.\d]/.test(value);

/**
 * A glyph of 20 px (or 16) in the colour of the text, hidden from assistive technology: whoever shows it alone names the
 * control it stands in. `name` is one of the icon set, or the `d` of a path in a box of 20 × 20 (a host's own type);
 * anything else is drawn as `unknown`.
 */
export function icon(name: string, size: 20 | 16 = 20): TemplateResult<1> {
  const { classes, d } = glyphOf(name, size);
  return html`<svg class=${classes} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
    <path d=${d}></path>
  </svg>`;
}

/** What `icon()` draws, for what has the `svg` in a template of its own, since it is drawn by the hundred. */
export function glyphOf(name: string, size: 20 | 16 = 20): { classes: string; d: string } {
  const known = Object.hasOwn(icons, name) ? icons[name as keyof typeof icons] : undefined;
  return {
    classes: `icon${size === 16 ? ' small-icon' : ''}${mirrored.has(name) ? ' mirrored' : ''}`,
    d: known ?? (isPath(name) ? name : icons.unknown),
  };
}

const recordIcons: ReadonlySet<string> = new Set([
  'account',
  'contact',
  'lead',
  'opportunity',
  'user',
  'team',
]);

/** The icon's name for a kind of record; kinds the kit does not know get the one for any record. */
export function recordIcon(kind: string): string {
  return recordIcons.has(kind) ? kind : 'record';
}
