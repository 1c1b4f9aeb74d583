import { hues } from '../theme/tokens.js';
import { cssom, type StyleProperties } from './cssom.js';

const known: ReadonlySet<string> = new Set(hues);

/** The class that gives an element and what is in it `--_kind` and `--_kind-soft` of a type's hue. Use with `hue()`. */
export function hueClass(hue: string): string {
  if (known.has(hue)) return `hue-${hue}`;
  return ownHue(hue) ? 'hue-own' : 'hue-unknown';
}

/**
 * Hands a host's own hue to `hueClass()`; nothing for the kit's hues:
 * `<li class="card ${hueClass(type.hue)}" ${hue(type.hue)}>`.
 */
export function hue(hue: string): ReturnType<typeof cssom> {
  return cssom((!known.has(hue) && ownHue(hue)) || {});
}

/** A colour is taken as it is; another word is the host's token `--activity-<word>`. */
function ownHue(hue: string): StyleProperties | undefined {
  if (globalThis.CSS?.supports('color', hue)) return { '--_own-hue': hue };
  if (!/^[a-z][\w-]*$/i.test(hue)) return undefined;
  return {
    '--_own-hue': `var(--activity-${hue}, var(--_unknown))`,
    '--_own-hue-soft': `var(--activity-${hue}-soft, color-mix(in oklab, var(--_own-hue) 14%, var(--_surface)))`,
  };
}
