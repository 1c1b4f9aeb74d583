import { expect, fixture } from '@open-wc/testing';
import { render, type TemplateResult } from 'lit';
import { flat, inlined, inlinedAll } from '../../src/ui/flat-html.js';
import { html } from '../../src/ui/tight-html.js';

const word = (text: string, tone: string): TemplateResult<1> =>
  flat`<b class="word ${tone}">${text}</b>`;
const list = (
  words: readonly string[],
  more?: string,
): TemplateResult<1> => flat`<p title=${words.join()}>
    ${inlinedAll(words.map((text) => word(text, 'quiet')))}
    ${more === undefined ? 'none' : html`<i>${more}</i>`}
    <u>${inlined(word('last', 'loud'))}</u>
  </p>`;

describe('a template with others in it', () => {
  it('is one template: the same one whenever the same are in it', () => {
    const first = list(['a', 'b']);
    expect(first.strings.join('|')).to.equal(
      '<p title=|><b class="word |">|</b><b class="word |">|</b>|<u><b class="word |">|</b></u></p>',
    );
    expect(first.values).to.deep.equal(['a,b', 'quiet', 'a', 'quiet', 'b', 'none', 'loud', 'last']);
    expect(list(['c', 'd'], 'more').strings).to.equal(first.strings);
    expect(list(['c']).strings).to.not.equal(first.strings);
  });

  it('is drawn, and drawn anew in the same elements', async () => {
    const place = await fixture<HTMLElement>('<div></div>');
    render(list(['a', 'b']), place);
    const before = [...place.querySelectorAll('b')];
    expect(place.textContent).to.equal('abnonelast');
    render(list(['c', 'd'], 'more'), place);
    expect(place.textContent).to.equal('cdmorelast');
    expect([...place.querySelectorAll('b')]).to.deep.equal(before);
    expect(before.map(({ className }) => className)).to.deep.equal([
      'word quiet',
      'word quiet',
      'word loud',
    ]);
    render(list([]), place);
    expect(place.textContent).to.equal('nonelast');
  });
});
