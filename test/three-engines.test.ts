import { expect } from '@open-wc/testing';
import { LitElement, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';

@customElement('test-three-engines')
class ThreeEngines extends LitElement {
  @property() word = 'ready';

  override render() {
    return html`<p>${this.word}</p>`;
  }
}

// The tool chain itself: decorators compile the way Lit wants them in every engine.
describe('a Lit element with decorators', () => {
  it('renders what its property says', async () => {
    const element = new ThreeEngines();
    document.body.append(element);
    element.word = 'set';
    await element.updateComplete;
    expect(element.shadowRoot?.textContent).to.equal('set');
    element.remove();
  });
});
