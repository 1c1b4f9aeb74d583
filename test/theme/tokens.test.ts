import { expect, fixture, html } from '@open-wc/testing';
import { LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { colors, hues, type ColorToken } from '../../src/theme/tokens.js';
import { tokensStyles } from '../../src/theme/tokens.styles.js';

type ColorName = keyof typeof colors;
type Scheme = 'light' | 'dark';

/** Relative luminance of `#rrggbb`, after WCAG 2.2. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const value = parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: ColorName, b: ColorName, scheme: Scheme): number {
  const [dark = 0, light = 0] = [a, b]
    .map((name) => luminance((colors[name] as ColorToken)[scheme]))
    .sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

const surfaces: ColorName[] = [
  'surface',
  'surface-sunken',
  'surface-raised',
  'surface-hover',
  'surface-selected',
];
const faces = ['1', '2', '3', '4', '5', '6'] as const;

/** What is read, and on what. */
const texts: [ColorName, ColorName[]][] = [
  ['text', [...surfaces, 'surface-pressed', ...hues.map((hue) => `${hue}-soft` as const)]],
  ['text-quiet', [...surfaces, ...hues.map((hue) => `${hue}-soft` as const)]],
  ['brand-text', surfaces],
  ['danger-text', [...surfaces, 'danger-surface']],
  ['warning-text', [...surfaces, 'warning-surface']],
  ['success-text', [...surfaces, 'success-surface']],
  ['on-brand', ['brand', 'brand-hover', 'danger']],
  ['text-inverse', ['surface-inverse']],
  ['link-inverse', ['surface-inverse']],
  ...hues.map((hue): [ColorName, ColorName[]] => [hue, [`${hue}-soft`, 'surface']]),
  ...faces.map((face): [ColorName, ColorName[]] => [`face-${face}-text`, [`face-${face}`]]),
];

/** Glyphs, and edges that say where a control is. */
const graphics: [ColorName, ColorName[]][] = [
  ['border-control', surfaces],
  // Its gap shows the surface, never what has the focus.
  ['focus', surfaces],
  ['brand', ['surface', 'surface-raised']],
  ...hues.map((hue): [ColorName, ColorName[]] => [hue, surfaces]),
];

@customElement('test-tokens')
class TestTokens extends LitElement {
  static override styles = tokensStyles;
  @property() density = '';

  override render() {
    return html`<div class="base ${this.density}"><p>Words</p></div>`;
  }

  value(property: string): string {
    const words = this.renderRoot.querySelector('p');
    if (!words) throw new Error('not rendered');
    return getComputedStyle(words).getPropertyValue(property).trim();
  }

  color(property: string): string {
    const words = this.renderRoot.querySelector('p');
    if (!words) throw new Error('not rendered');
    words.style.setProperty('color', `var(${property})`);
    return getComputedStyle(words).color;
  }
}

describe('tokens', () => {
  for (const scheme of ['light', 'dark'] as const) {
    it(`keep words readable in ${scheme}`, () => {
      const poor = texts.flatMap(([text, on]) =>
        on
          .filter((surface) => contrast(text, surface, scheme) < 4.5)
          .map((surface) => `${text} on ${surface}: ${contrast(text, surface, scheme).toFixed(2)}`),
      );
      expect(poor).to.deep.equal([]);
    });

    it(`keep glyphs and edges visible in ${scheme}`, () => {
      const poor = graphics.flatMap(([mark, on]) =>
        on
          .filter((surface) => contrast(mark, surface, scheme) < 3)
          .map((surface) => `${mark} on ${surface}: ${contrast(mark, surface, scheme).toFixed(2)}`),
      );
      expect(poor).to.deep.equal([]);
    });
  }

  it('take the host’s token first, then the Fluent one, then the kit’s', async () => {
    const frame = document.createElement('div');
    const element = await fixture<TestTokens>(html`<test-tokens></test-tokens>`, {
      parentNode: document.body.appendChild(frame),
    });
    frame.style.setProperty('color-scheme', 'light');
    expect(element.color('--_brand')).to.equal('rgb(15, 108, 189)');
    frame.style.setProperty('--colorBrandBackground', 'rgb(1, 2, 3)');
    expect(element.color('--_brand')).to.equal('rgb(1, 2, 3)');
    frame.style.setProperty('--activity-brand', 'rgb(4, 5, 6)');
    expect(element.color('--_brand')).to.equal('rgb(4, 5, 6)');
  });

  it('follow color-scheme', async () => {
    const element = await fixture<TestTokens>(html`<test-tokens></test-tokens>`);
    element.style.setProperty('color-scheme', 'light');
    expect(element.color('--_surface')).to.equal('rgb(255, 255, 255)');
    element.style.setProperty('color-scheme', 'dark');
    expect(element.color('--_surface')).to.equal('rgb(31, 31, 31)');
  });

  it('declare nothing public, so that what the host sets reaches what it slots', () => {
    expect(tokensStyles.cssText).not.to.match(/(^|[;{\s])--(activity|color|font|spacing)[\w-]*:/);
  });

  it('change their sizes with the density', async () => {
    const element = await fixture<TestTokens>(
      html`<test-tokens .density=${'comfortable'}></test-tokens>`,
    );
    expect(element.value('--_row')).to.equal('40px');
    element.density = 'compact';
    await element.updateComplete;
    expect(element.value('--_row')).to.equal('32px');
    element.density = 'touch';
    await element.updateComplete;
    expect(element.value('--_control')).to.equal('44px');
  });

  it('keep the host’s text styles out and its direction in', async () => {
    const frame = document.createElement('div');
    frame.dir = 'rtl';
    const element = await fixture<TestTokens>(html`<test-tokens></test-tokens>`, {
      parentNode: document.body.appendChild(frame),
    });
    for (const [property, value] of [
      ['font', 'italic 900 40px/3 serif'],
      ['text-transform', 'uppercase'],
      ['letter-spacing', '1em'],
      ['text-align', 'center'],
      ['white-space', 'pre'],
      ['cursor', 'wait'],
      ['color', 'red'],
    ] as const) {
      frame.style.setProperty(property, value);
    }
    expect(element.value('font-style')).to.equal('normal');
    expect(element.value('font-size')).to.equal('14px');
    expect(element.value('line-height')).to.equal('20px');
    expect(element.value('text-transform')).to.equal('none');
    expect(element.value('letter-spacing')).to.equal('normal');
    expect(element.value('text-align')).to.equal('start');
    expect(element.value('white-space')).to.equal('normal');
    expect(element.value('cursor')).to.equal('auto');
    expect(element.value('direction')).to.equal('rtl');
  });
});
