import { expect, fixture, html } from '@open-wc/testing';
import fc from 'fast-check';
import { icons } from '../../src/theme/icons.js';
import { waitUntil } from '../support/until.js';
import { face, faceHue, initials } from '../../src/ui/face.js';
import { icon } from '../../src/ui/icon.js';
import { snippet } from '../../src/ui/marked.js';
import { status } from '../../src/ui/status.js';
import { tile } from '../../src/ui/tile.js';

describe('icon', () => {
  const drawn = async (name: string): Promise<string | null | undefined> => {
    const element = await fixture(html`<div>${icon(name)}</div>`);
    return element.querySelector('path')?.getAttribute('d');
  };

  it('draws what the set has under the name', async () => {
    expect(await drawn('task')).to.equal(icons.task);
  });

  it('draws a path that a host brings', async () => {
    expect(await drawn('M3 3h14v14H3z')).to.equal('M3 3h14v14H3z');
  });

  it('draws the unknown kind for anything else, also for what every object has', async () => {
    expect(await drawn('constructor')).to.equal(icons.unknown);
    expect(await drawn('Music')).to.equal(icons.unknown);
    expect(await drawn('')).to.equal(icons.unknown);
  });

  it('is silent', async () => {
    const element = await fixture(html`<div>${icon('task')}</div>`);
    expect(element.querySelector('svg')?.getAttribute('aria-hidden')).to.equal('true');
  });
});

describe('initials', () => {
  for (const [name, expected] of [
    ['Mona Sanders', 'MS'],
    ['陳怡君', '陳'],
    ['陳怡君 (Emily Chen)', '陳'],
    ['Emily Chen（陳怡君）', 'EC'],
    ['Ludwig van der Berg', 'LB'],
    ['madonna', 'M'],
    ['Ünal Öz', 'ÜÖ'],
    ['e\u0301mile zola', 'E\u0301Z'],
    ['straße ßen', 'SS'],
    ['محمد علي', 'م'],
    ['김민준', '김'],
    ['O’Neil, Pat', 'OP'],
    ['80 glass doors', '8D'],
    ['«Север» Завод', 'СЗ'],
    ['  ', ''],
    ['—', ''],
  ] as const) {
    it(`of "${name}" are "${expected}"`, () => {
      expect(initials(name)).to.equal(expected);
    });
  }
});

describe('face', () => {
  it('keeps its hue with the id, and spreads ids over all six', () => {
    expect(faceHue('a')).to.equal(faceHue('a'));
    const used = new Set(Array.from({ length: 200 }, (_, i) => faceHue(`user-${i}`)));
    expect([...used].sort()).to.deep.equal([1, 2, 3, 4, 5, 6]);
  });

  it('has a name only where it stands alone', async () => {
    const mona = { kind: 'user', id: '1', name: 'Mona Sanders' };
    const element = await fixture(html`<div>${face(mona)}${face(mona, { alone: true })}</div>`);
    const [silent, alone] = element.querySelectorAll('.face');
    expect(silent?.getAttribute('aria-hidden')).to.equal('true');
    expect(alone?.getAttribute('aria-label')).to.equal('Mona Sanders');
    expect(alone?.getAttribute('role')).to.equal('img');
  });

  it('shows its picture, and its initials where that can’t be loaded or is none', async () => {
    const mona = { kind: 'user', id: '1', name: 'Mona Sanders' };
    const good = 'data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAACAkQBADs=';
    const faces = [good, 'data:image/png;base64,AAAA', 'javascript:alert(1)'].map((picture) =>
      face({ ...mona, picture }),
    );
    const element = await fixture(html`<div>${faces}</div>`);
    const pictures = [...element.querySelectorAll('img')];
    expect(pictures.map(({ src }) => src)).to.deep.equal([good, 'data:image/png;base64,AAAA']);
    for (const one of pictures) one.loading = 'eager';
    await waitUntil(() => pictures[0]?.complete && pictures[1]?.matches('.failed'));
    expect(pictures[0]?.matches('.failed')).to.equal(false);
    expect(element.textContent.replace(/\s/g, '')).to.equal('MSMSMS');
  });

  it('shows the kind of a record whose name may not be read', async () => {
    const element = await fixture(html`<div>${face({ kind: 'team', id: '1' })}</div>`);
    expect(element.querySelector('path')?.getAttribute('d')).to.equal(icons.team);
  });
});

describe('tile', () => {
  it('takes the kit’s hue by class', async () => {
    const element = await fixture(html`<div>${tile({ icon: 'email', hue: 'email' })}</div>`);
    expect(element.querySelector('.tile')).to.have.class('hue-email');
  });

  it('takes a host’s colour, and a host’s token by its name', async () => {
    const element = await fixture(
      html`<div>
        ${tile({ icon: 'task', hue: '#0af' })}${tile({ icon: 'task', hue: 'visit' })}
      </div>`,
    );
    const [color, token] = element.querySelectorAll<HTMLElement>('.tile.hue-own');
    expect(color?.style.getPropertyValue('--_own-hue')).to.equal('#0af');
    expect(token?.style.getPropertyValue('--_own-hue')).to.contain('--activity-visit');
  });

  it('lets nothing but a colour or a name in', async () => {
    const hue = 'url(https://example.com/x)';
    const element = await fixture(html`<div>${tile({ icon: 'task', hue })}</div>`);
    expect(element.querySelector('.tile')).to.have.class('hue-unknown');
    expect(element.querySelector<HTMLElement>('.tile')?.style.length).to.equal(0);
  });
});

describe('status', () => {
  it('says its word beside the dot and shows what is locked', async () => {
    const element = await fixture(
      html`<div>${status('completed', 'Made', { name: 'Completed', locked: true })}</div>`,
    );
    expect(element.textContent?.trim()).to.equal('Made');
    expect(element.querySelector('.dot')).to.have.class('completed');
    expect(element.querySelector('path')?.getAttribute('d')).to.equal(icons.lock);
  });

  it('tells the state to who does not see its dot, unless the word says it', async () => {
    const dotOf = async (word: string): Promise<Element | null> => {
      const element = await fixture(html`<div>${status('open', word, { name: 'Open' })}</div>`);
      return element.querySelector('[role=img]:not([aria-hidden])');
    };
    expect((await dotOf('Tentative'))?.ariaLabel).to.equal('Open');
    expect(await dotOf('Open')).to.equal(null);
  });
});

describe('the piece of a text that was found', () => {
  const text = 'Asked for the fitting rooms;\n\n the Price was not discussed. '.repeat(9);

  it('begins shortly before it, at a word, and stands on one line', () => {
    expect(snippet(text, ' price ')).to.match(
      /^… fitting rooms; the Price was not discussed\. Asked .+…$/,
    );
    expect(snippet('The price', 'price')).to.equal('The price');
    expect(snippet('價格'.repeat(40) + '折扣', '折扣')).to.match(/^… .{20}折扣$/u);
  });

  it('is none where it is not there, or nothing was searched for', () => {
    expect([snippet(text, 'giraffe'), snippet(text, '  '), snippet('', 'x')]).to.deep.equal([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('holds what was found, wherever it is and however long', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 400 }),
        fc.nat(),
        fc.nat(40),
        (all, from, length) => {
          const letters = [...all.replace(/\s+/g, ' ').trim()];
          const sought = letters
            .slice(from % (letters.length + 1))
            .slice(0, length + 1)
            .join('')
            .trim();
          const found = snippet(all, sought);
          if (sought === '') expect(found).to.equal(undefined);
          else expect(found?.toLowerCase()).to.contain(sought.toLowerCase());
        },
      ),
    );
  });
});
