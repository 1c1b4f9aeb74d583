/**
 * The first sheet of every element: `static styles = [tokensStyles, controlsStyles, own]`.
 *
 * Everything an element draws, its dialogs and menus too, stands inside one `<div class="base" part="base">`. That `.base`
 *   - reads each public token once into a private property `--_<name>` (see `tokens.ts` for the names), so that no element
 *     declares a public one and a host's value passes through;
 *   - takes nothing of the host's text styles (font, colour, case, alignment, cursor …) but keeps its direction,
 *     colour scheme and visibility;
 *   - follows the density by its class (`compact`, `comfortable`, `touch`; without one, a coarse pointer means `touch`),
 *     `prefers-reduced-motion` (`--_duration` ~0; `--_duration-fade` for a fade that may stay) and forced colours.
 *
 * `hue-task`, `hue-phonecall` … `hue-unknown` and `hue-own` set `--_kind` (glyph, edge) and `--_kind-soft` (tile) for
 * what they stand on and inside it; `src/ui/hue.ts` chooses among them.
 */
import { css, unsafeCSS } from 'lit';
import { colors, hues, sizes, type ColorToken, type SizeToken } from './tokens.js';

function declare(name: string, fluent: string | undefined, value: string): string {
  const own = fluent === undefined ? value : `var(--${fluent}, ${value})`;
  return `--_${name}: var(--activity-${name}, ${own});`;
}

const colorDeclarations = Object.entries<ColorToken>(colors).map(([name, token]) =>
  declare(name, token.fluent, `light-dark(${token.light}, ${token.dark})`),
);
const sizeDeclarations = Object.entries<SizeToken>(sizes).map(([name, token]) =>
  declare(name, token.fluent, token.value),
);

function density(of: 'compact' | 'touch'): string {
  return Object.entries<SizeToken>(sizes)
    .flatMap(([name, token]) => {
      const value = token[of];
      return value === undefined ? [] : [declare(name, token.fluent, value)];
    })
    .join('\n');
}

/** What a colour becomes where the user has chosen the colours: fills become the page, all that is read the text. */
function forced(name: string): string {
  if (/^(surface|face-\d$)|-(surface|soft)$/.test(name)) return 'Canvas';
  if (/^brand(-hover)?$|^danger$|^focus$/.test(name)) return 'Highlight';
  if (name === 'on-brand') return 'HighlightText';
  if (name === 'text-disabled') return 'GrayText';
  if (name === 'brand-text' || name === 'link-inverse') return 'LinkText';
  return 'CanvasText';
}
const forcedDeclarations = Object.keys(colors)
  .filter((name) => name !== 'scrim')
  .map((name) => `--_${name}: ${forced(name)};`)
  .join('\n');

const hueRules = hues
  .map((hue) => `.hue-${hue} { --_kind: var(--_${hue}); --_kind-soft: var(--_${hue}-soft); }`)
  .join('\n');

export const tokensStyles = css`
  :host {
    display: block;
  }
  :host([hidden]) {
    display: none;
  }

  .base {
    all: initial;
    display: block;
    box-sizing: border-box;
    color-scheme: inherit;
    visibility: inherit;
    pointer-events: inherit;
    forced-color-adjust: inherit;
    scrollbar-color: inherit;

    --_font-cjk: 'Noto Sans CJK TC';
    ${unsafeCSS([...colorDeclarations, ...sizeDeclarations].join('\n'))}
    --_duration-fade: var(--_duration);
    --_kind: var(--_unknown);
    --_kind-soft: var(--_unknown-soft);

    font-family: var(--_font);
    font-size: var(--_font-size);
    line-height: var(--_line-height);
    color: var(--_text);
    accent-color: var(--_brand);
    text-align: start;
    overflow-wrap: break-word;
    -webkit-font-smoothing: antialiased;
    -webkit-tap-highlight-color: transparent;
    -webkit-text-size-adjust: 100%;
    text-size-adjust: 100%;
  }

  .base:lang(zh) {
    --_font-cjk: 'Microsoft JhengHei UI', 'PingFang TC', 'Noto Sans CJK TC', 'Noto Sans TC';
  }
  .base:lang(zh-Hans),
  .base:lang(zh-CN) {
    --_font-cjk: 'Microsoft YaHei UI', 'PingFang SC', 'Noto Sans CJK SC', 'Noto Sans SC';
  }
  .base:lang(ja) {
    --_font-cjk: 'Yu Gothic UI', 'Hiragino Sans', 'Noto Sans CJK JP', 'Noto Sans JP';
  }
  .base:lang(ko) {
    --_font-cjk: 'Malgun Gothic', 'Apple SD Gothic Neo', 'Noto Sans CJK KR', 'Noto Sans KR';
  }

  .base.compact {
    ${unsafeCSS(density('compact'))}
  }
  .base.touch {
    ${unsafeCSS(density('touch'))}
  }
  @media (pointer: coarse) {
    .base:not(.comfortable, .compact) {
      ${unsafeCSS(density('touch'))}
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .base {
      --_duration: 1ms;
      --_duration-move: 1ms;
      --_duration-fade: 80ms;
    }
  }

  @media (forced-colors: active) {
    .base {
      ${unsafeCSS(forcedDeclarations)}
    }
  }

  ${unsafeCSS(hueRules)}
  .hue-own {
    --_kind: color-mix(in oklab, var(--_own-hue) 70%, var(--_text));
    --_kind-soft: var(--_own-hue-soft, color-mix(in oklab, var(--_own-hue) 14%, var(--_surface)));
  }

  /* Not of ::before and ::after: a rule for all of them has a style worked out for two of each element, drawn or not. */
  :where(.base) * {
    box-sizing: border-box;
  }
  :where(.base) :where(h1, h2, h3, h4, p, ul, ol, dl, dd, figure, fieldset, legend) {
    margin: 0;
    padding: 0;
    border: 0;
    min-inline-size: 0;
    font: inherit;
  }
  :where(.base) :where(ul, ol) {
    list-style: none;
  }
  :where(.base) :where(button, input, select, textarea) {
    margin: 0;
    font: inherit;
    letter-spacing: inherit;
    color: inherit;
  }
  :where(.base) :where(button) {
    padding: 0;
    border: 0;
    background: none;
    text-align: inherit;
    cursor: pointer;
  }
  :where(.base) :where(a) {
    color: inherit;
    text-decoration: none;
  }
  :where(.base) :where(a:hover) {
    text-decoration: underline;
  }
  :where(.base) :where([popover], dialog) {
    margin: 0;
    padding: 0;
    border: 0;
    color: inherit;
    background: none;
  }
  .base [hidden]:not([hidden='until-found']) {
    display: none;
  }
  :where(.base) :focus-visible {
    outline: var(--_stroke-focus) solid var(--_focus);
    outline-offset: 1px;
  }
`;
