import { expect, fixture } from '@open-wc/testing';
import { render } from 'lit';
import { html, tightened } from '../../src/ui/tight-html.js';

const strings = (text: TemplateStringsArray, ..._: unknown[]): string[] => [...tightened(text)];

describe('a template without the white space that means nothing', () => {
  it('keeps words, attributes and what stands beside them', () => {
    expect(
      strings`<p class="a > b"
        title=${1}
        lang="en"
      >
        Hello <b>  world </b> and ${2} others
        ${3} ${4}
      </p>`,
    ).to.deep.equal([
      '<p class="a > b"\n        title=',
      '\n        lang="en"\n      >\n        Hello <b>  world </b> and ',
      ' others\n        ',
      '',
      '</p>',
    ]);
  });

  it('draws what is in it, with an explicit space where one is meant', async () => {
    const place = await fixture<HTMLElement>('<div></div>');
    const draw = (name: string, more: boolean): unknown =>
      render(
        html` <i class=${name}> ${name} </i>${' '} ${more ? html` <b> ${name} </b> ` : ''} `,
        place,
      );
    draw('one', true);
    expect(place.textContent).to.equal('one one');
    draw('two', false);
    expect(place.textContent).to.equal('two ');
    expect(place.querySelector('i')?.className).to.equal('two');
  });
});
