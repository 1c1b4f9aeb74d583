import { expect, fixture, html, nextFrame } from '@open-wc/testing';
import { LitElement } from 'lit';
import { customElement } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { deepActiveElement } from '../../src/ui/deep-focus.js';
import { FocusKeeper } from '../../src/ui/focus-keeper.js';
import { NarrowController } from '../../src/ui/narrow.js';
import { RovingController } from '../../src/ui/roving.js';
import { press } from '../support/keys.js';
import { waitUntil } from '../support/until.js';

@customElement('test-roving')
class TestRoving extends LitElement {
  ids = ['new', 'call', 'search', 'more'];
  readonly tools = new RovingController(this, { axis: 'horizontal' });

  override render() {
    return html`<div role="toolbar" @keydown=${this.tools.keydown} @focusin=${this.tools.focusin}>
      ${repeat(
        this.ids,
        (id) => id,
        (id) =>
          id === 'search'
            ? html`<input id=${id} aria-label="Search" ${this.tools.item(id)} />`
            : html`<button id=${id} ${this.tools.item(id)}>${id}</button>`,
      )}
    </div>`;
  }

  get stops(): string[] {
    return [...this.renderRoot.querySelectorAll('[tabindex="0"]')].map(({ id }) => id);
  }
}

describe('roving focus', () => {
  let element: TestRoving;
  beforeEach(async () => {
    element = await fixture(html`<test-roving></test-roving>`);
  });

  it('is one tab stop, the first at first', () => {
    expect(element.stops).to.deep.equal(['new']);
  });

  it('goes by arrows, Home and End, round its ends, and leaves the other axis alone', async () => {
    await element.tools.focus('new');
    await press('ArrowRight');
    expect(deepActiveElement()?.id).to.equal('call');
    await press('ArrowDown');
    expect(deepActiveElement()?.id).to.equal('call');
    await press('End');
    expect(deepActiveElement()?.id).to.equal('more');
    await press('ArrowRight');
    expect(deepActiveElement()?.id).to.equal('new');
    await press('ArrowLeft');
    expect(deepActiveElement()?.id).to.equal('more');
    await press('Home');
    expect(deepActiveElement()?.id).to.equal('new');
    expect(element.stops).to.deep.equal(['new']);
  });

  it('changes sides in right-to-left', async () => {
    element.dir = 'rtl';
    await element.tools.focus('new');
    await press('ArrowLeft');
    expect(deepActiveElement()?.id).to.equal('call');
  });

  it('leaves the keys of a text field to it', async () => {
    await element.tools.focus('search');
    await press('ArrowLeft');
    await press('Home');
    expect(deepActiveElement()?.id).to.equal('search');
  });

  it('follows focus that came by itself, and keeps a stop when that is gone', async () => {
    element.renderRoot.querySelector<HTMLElement>('#more')?.focus();
    expect(element.stops).to.deep.equal(['more']);
    element.ids = ['call', 'new'];
    element.requestUpdate();
    await element.updateComplete;
    expect(element.stops).to.deep.equal(['call']);
  });
});

@customElement('test-keeper')
class TestKeeper extends LitElement {
  ids = ['a', 'b', 'c', 'd'];
  readonly keeper = new FocusKeeper(this);

  override render() {
    return html`<ul data-focus-home tabindex="-1" id="home">
        ${repeat(
          this.ids,
          (id) => id,
          (id) =>
            html`<li data-id=${id} tabindex="-1" id=${id}>
              <button data-focus="complete" id="${id}-complete">Complete</button>
            </li>`,
        )}
      </ul>
      <button id="other">Other</button>`;
  }

  async show(...ids: string[]): Promise<string | undefined> {
    this.ids = ids;
    this.requestUpdate();
    await this.updateComplete;
    return deepActiveElement()?.id;
  }

  at(id: string): void {
    this.renderRoot.querySelector<HTMLElement>(`#${id}`)?.focus();
  }
}

describe('focus keeper', () => {
  let element: TestKeeper;
  beforeEach(async () => {
    element = await fixture(html`<test-keeper></test-keeper>`);
  });

  it('keeps the same control of the same id when rows move', async () => {
    element.at('c-complete');
    expect(await element.show('c', 'd', 'b', 'a')).to.equal('c-complete');
  });

  it('goes on to the successor, else the predecessor, and never to the same act there', async () => {
    element.at('c-complete');
    expect(await element.show('a', 'b', 'd')).to.equal('d');
    expect(await element.show('a', 'b')).to.equal('b');
  });

  it('goes to the container when nothing is left', async () => {
    element.at('b');
    expect(await element.show()).to.equal('home');
  });

  it('leaves focus alone that stands elsewhere', async () => {
    element.at('c');
    element.at('other');
    expect(await element.show('a')).to.equal('other');
  });

  it('finds the way back for an opener that went while a dialog had the focus', async () => {
    element.at('b-complete');
    await element.show('a', 'b', 'c');
    element.at('other');
    await element.show('a', 'c');
    element.keeper.restore();
    expect(deepActiveElement()?.id).to.equal('c');
  });
});

@customElement('test-narrow')
class TestNarrow extends LitElement {
  readonly changes: boolean[] = [];
  readonly size = new NarrowController(this, this.attachInternals(), {
    onChange: (narrow) => this.changes.push(narrow),
  });

  override render() {
    // Taller when narrow: the change of structure must not start a loop.
    return html`<p>${this.size.narrow ? 'narrow '.repeat(200) : 'wide'}</p>`;
  }
}

describe('narrow state', () => {
  it('follows the element’s own width, as a state that the page can style', async () => {
    const frame = await fixture<HTMLElement>(html`<div><test-narrow></test-narrow></div>`);
    const element = frame.querySelector('test-narrow') as TestNarrow;
    element.style.setProperty('display', 'block');
    frame.style.setProperty('inline-size', '320px');
    await waitUntil(() => element.size.narrow);
    await element.updateComplete;
    expect(element.matches(':state(narrow)')).to.equal(true);
    expect(element.renderRoot.textContent).to.contain('narrow');
    frame.style.setProperty('inline-size', '600px');
    await waitUntil(() => !element.size.narrow);
    expect(element.matches(':state(narrow)')).to.equal(false);
  });

  it('does not flip back for the width of a scrollbar', async () => {
    const frame = await fixture<HTMLElement>(html`<div><test-narrow></test-narrow></div>`);
    const element = frame.querySelector('test-narrow') as TestNarrow;
    element.style.setProperty('display', 'block');
    frame.style.setProperty('inline-size', '475px');
    await waitUntil(() => element.size.narrow);
    frame.style.setProperty('inline-size', '490px');
    await nextFrame();
    await nextFrame();
    expect(element.changes.filter((narrow) => !narrow)).to.deep.equal([]);
  });
});
