import { expect, fixture, html } from '@open-wc/testing';
import { render } from 'lit';
import { richText, type RichTextOptions } from '../../src/ui/rich-text.js';
import { loadSanitizer, MAX_HTML, useTrustedTypesPolicy } from '../../src/ui/sanitize.js';

async function shown(text: string, options: RichTextOptions = {}): Promise<HTMLElement> {
  return fixture<HTMLElement>(html`<div ${richText(text, options)}></div>`);
}

const htmlOf = async (text: string, options: RichTextOptions = {}): Promise<string> =>
  (await shown(text, { format: 'html', ...options })).innerHTML;

describe('rich text', () => {
  before(() => loadSanitizer());

  it('shows plain text as it is', async () => {
    const element = await shown('1 < 2 <b>&amp;\n</b>');
    expect(element.textContent).to.equal('1 < 2 <b>&amp;\n</b>');
    expect(element.childElementCount).to.equal(0);
  });

  it('keeps simple formatting, lists, quotes and tables', async () => {
    const text =
      '<p>Hi <b>Ana</b>, <em>as said</em>:</p><ul><li>one</li></ul><blockquote>old</blockquote>' +
      '<table><tbody><tr><td colspan="2">1</td></tr></tbody></table>';
    expect(await htmlOf(text)).to.equal(text);
  });

  it('takes what could run or disguise itself, and keeps the words', async () => {
    expect(
      await htmlOf(
        '<div id="x" class="y" style="position:fixed" onclick="alert(1)">a<script>alert(2)</script><form>b<input name="c"></form></div>',
      ),
    ).to.equal('<div>ab</div>');
  });

  it('opens links elsewhere, and only those of the web, mail and telephone', async () => {
    const element = await shown(
      '<a href="https://example.com/a">a</a><a href="java&#10;script:alert(1)">b</a><a href="/c">c</a><a href="mailto:d@example.com">d</a>',
      { format: 'html' },
    );
    const links = [...element.querySelectorAll('a')];
    expect(links.map((link) => link.getAttribute('href'))).to.deep.equal([
      'https://example.com/a',
      null,
      null,
      'mailto:d@example.com',
    ]);
    expect(links[0]?.rel).to.equal('noopener noreferrer nofollow');
    expect(links[0]?.target).to.equal('_blank');
  });

  it('lets in pictures of other sites only when the user asks for them', async () => {
    const picture = new URL('/test/corpora/none.png', location.href).href;
    const element = await shown(`a<img src="${picture}" alt="Logo">`, {
      format: 'html',
      showImages: 'Show images',
    });
    expect(element.querySelector('img')).to.equal(null);
    expect(element.textContent).to.equal('aLogoShow images');
    const button = element.querySelector('button');
    expect(button?.textContent).to.equal('Show images');
  });

  it('shows pictures that come with the text', async () => {
    const pixel = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';
    expect(await htmlOf(`<img src="${pixel}">`)).to.equal(`<img src="${pixel}">`);
    expect(await htmlOf('x<img src="data:image/svg+xml,<svg/>">')).to.equal('x');
  });

  it('shows as plain text what is too long to be parsed', async () => {
    const element = await shown(`<p>${'x'.repeat(MAX_HTML)}</p>`, { format: 'html' });
    expect(element.childElementCount).to.equal(0);
    expect(element.textContent).to.have.length(MAX_HTML);
  });

  it('shows the words, and says so, where the page lets it parse nothing', async () => {
    const problems: string[] = [];
    const refuse = (): never => {
      throw new TypeError('refused');
    };
    useTrustedTypesPolicy({ createHTML: refuse, createScriptURL: refuse });
    try {
      const element = await shown('<p>Call <b>Ana</b></p>', {
        format: 'html',
        onProblem: (problem) => problems.push(problem),
      });
      expect(element.textContent).to.equal('Call Ana');
      expect(problems).to.have.length(1);
    } finally {
      useTrustedTypesPolicy(undefined);
    }
  });

  it('follows another text', async () => {
    const container = document.createElement('div');
    for (const text of ['<i>a</i>', '<b>b</b>']) {
      render(html`<p ${richText(text, { format: 'html' })}></p>`, container);
      expect(container.querySelector('p')?.innerHTML).to.equal(text);
    }
  });
});
