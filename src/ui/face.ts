import { nothing, type TemplateResult } from 'lit';
import type { RecordRef } from '../model/activity.js';
import { icon, recordIcon } from './icon.js';
import { html } from './tight-html.js';

const FACES = 6;

export interface FaceOptions {
  /** It stands alone: it gets the name as its accessible name and tooltip. Otherwise it is silent. */
  readonly alone?: boolean;
  readonly size?: 'small' | 'large';
  /** Further classes. */
  readonly className?: string;
}

/** A record's picture, else its initials in a round of a hue that stays with its id; its kind's glyph where there is no name. */
export function face(
  ref: RecordRef,
  { alone = false, size, className = '' }: FaceOptions = {},
): TemplateResult<1> {
  const letters = ref.name === undefined ? '' : remembered(ref.name);
  const named = alone && ref.name !== undefined;
  const classes = `face ${size ?? ''} ${letters ? `face-${faceHue(ref.id)}` : ''} ${className}`;
  const image = picture(ref);
  // Of most people nothing but letters: of as few nodes as can be, since faces stand in every row.
  if (letters && image === nothing) {
    return html`<span
      class=${classes}
      part="face"
      role=${named ? 'img' : nothing}
      aria-label=${named ? ref.name : nothing}
      aria-hidden=${named ? nothing : 'true'}
      title=${named ? ref.name : nothing}
      .textContent=${letters}
    ></span>`;
  }
  return html`<span
    class=${classes}
    part="face"
    role=${named ? 'img' : nothing}
    aria-label=${named ? ref.name : nothing}
    aria-hidden=${named ? nothing : 'true'}
    title=${named ? ref.name : nothing}
    >${letters || icon(recordIcon(ref.kind), 16)}${image}</span
  >`;
}

/** Over the initials, which show where it can't be loaded: a policy of the page may forbid it. */
function picture({ picture: address }: RecordRef): unknown {
  if (typeof address !== 'string' || !isPicture(address)) return nothing;
  return html`<img
    class="face-picture"
    src=${address}
    alt=""
    draggable="false"
    loading="lazy"
    decoding="async"
    referrerpolicy="no-referrer"
    @error=${settled}
    @load=${settled}
  />`;
}

function settled({ type, currentTarget }: Event): void {
  (currentTarget as Element).classList.toggle('failed', type === 'error');
}

function isPicture(address: string): boolean {
  if (/^data:image\/(?:avif|gif|jpeg|png|webp)[;,]/i.test(address)) return true;
  try {
    return PICTURE_SCHEMES.has(new URL(address, 'https://relative.invalid').protocol);
  } catch {
    return false;
  }
}

const PICTURE_SCHEMES = new Set(['http:', 'https:', 'blob:']);

/** Initials by name: the same few people stand in every row. */
const known = new Map<string, string>();

function remembered(name: string): string {
  let letters = known.get(name);
  if (letters === undefined) {
    if (known.size > 2000) known.clear();
    known.set(name, (letters = initials(name)));
  }
  return letters;
}

/** A number of 1 to 6 that is always the same for an id. */
export function faceHue(id: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193);
  return (((hash ^ (hash >>> 15)) >>> 0) % FACES) + 1;
}

/** Scripts whose names start with the surname and in which one letter stands for it. */
const surnameFirst = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
/** Scripts in which two letters side by side are read as initials. */
const cased = /^(\p{Lu}|\p{Ll}|\p{Lt}|\p{N})/u;

/**
 * One or two letters for a name: "Mona Sanders" → MS, "陳怡君" → 陳, "Madonna" → M, "محمد علي" → م.
 * Names in brackets and leading punctuation do not count. '' when there is no letter at all.
 */
export function initials(name: string): string {
  const words = name
    .replace(/[([（【].*?(?:[)\]）】]|$)/gu, ' ')
    .split(/[\s,，、·]+/u)
    .map((word) => word.replace(/^[^\p{L}\p{N}\p{Extended_Pictographic}]+/u, ''))
    .filter(Boolean);
  const first = words[0];
  if (first === undefined) return '';
  const last = words.length > 1 ? words[words.length - 1] : undefined;
  const pair = !surnameFirst.test(first) && cased.test(first) && last && cased.test(last);
  return [first, ...(pair ? [last] : [])].map(initial).join('');
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The first letter as it is seen (accents and joined marks with it), in upper case. */
function initial(word: string): string {
  const [letter] = graphemes.segment(word);
  return letter === undefined
    ? ''
    : letter.segment.toLocaleUpperCase('en').slice(0, letter.segment.length);
}
