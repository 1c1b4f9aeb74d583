import { expect, fixture, html } from '@open-wc/testing';
import { sendMouse } from '@web/test-runner-commands';
import { LitElement } from 'lit';
import { customElement } from 'lit/decorators.js';
import { controlsStyles } from '../../src/theme/controls.styles.js';
import { tokensStyles } from '../../src/theme/tokens.styles.js';
import { deepActiveElement } from '../../src/ui/deep-focus.js';
import { DialogController } from '../../src/ui/dialog.js';
import { dialogStyles } from '../../src/ui/dialog.styles.js';
import { press } from '../support/keys.js';
import { waitUntil } from '../support/until.js';

@customElement('test-dialog')
class TestDialog extends LitElement {
  static override styles = [tokensStyles, controlsStyles, dialogStyles];
  readonly log: string[] = [];
  mayLeave = true;
  withOpener = true;
  isSlow = false;
  readonly dialog = new DialogController(this, {
    lightDismiss: true,
    onCancel: async () => {
      this.log.push('cancel');
      await Promise.resolve();
      return this.mayLeave;
    },
    onClose: () => this.log.push('close'),
    onOrphan: () => this.log.push('orphan'),
  });

  override render() {
    return html`<div class="base">
      ${this.withOpener ? html`<button id="opener">Open</button>` : ''}
      ${this.dialog.render({
        title: 'Send revised quote',
        closeLabel: 'Close',
        size: 'small',
        body: html`<label>Subject <input class="input" data-autofocus /></label>`,
        footer: html`<button>Save</button>`,
      })}
    </div>`;
  }

  protected override async getUpdateComplete(): Promise<boolean> {
    const isDone = await super.getUpdateComplete();
    if (this.isSlow) await new Promise((resolve) => setTimeout(resolve, 30));
    return isDone;
  }

  find(selector: string): HTMLElement {
    const found = this.renderRoot.querySelector<HTMLElement>(selector);
    if (!found) throw new Error(`no ${selector}`);
    return found;
  }
}

const escape = (): Promise<void> => press('Escape');

describe('dialog', () => {
  let element: TestDialog;
  beforeEach(async () => {
    element = await fixture(html`<test-dialog></test-dialog>`);
    element.find('#opener').focus();
    await element.dialog.show();
  });
  afterEach(() => element.dialog.hide());

  it('is modal, has its title as its name and puts the focus where it is asked to', async () => {
    expect(element.find('dialog').matches(':modal')).to.equal(true);
    expect(element.find('dialog').ariaLabel).to.equal('Send revised quote');
    expect(deepActiveElement()).to.equal(element.find('input'));
    await expect(element).to.be.accessible();
  });

  it('closes by Escape and gives the focus back through the shadow root', async () => {
    await escape();
    await waitUntil(() => !element.dialog.isOpen);
    expect(element.log).to.deep.equal(['cancel', 'close']);
    expect(deepActiveElement()).to.equal(element.find('#opener'));
    await element.updateComplete;
    expect(element.renderRoot.querySelector('dialog')).to.equal(null);
  });

  it('stays while leaving is refused, however often Escape is pressed', async () => {
    element.mayLeave = false;
    for (let i = 0; i < 4; i++) await escape();
    expect(element.log).to.deep.equal(['cancel', 'cancel', 'cancel', 'cancel']);
    expect(element.find('dialog').matches(':modal')).to.equal(true);
  });

  it('comes back when it was closed from outside and leaving is refused', async () => {
    element.mayLeave = false;
    (element.find('dialog') as HTMLDialogElement).close();
    await waitUntil(() => element.log.includes('cancel'));
    await waitUntil(() => element.find('dialog').matches(':modal'));
  });

  it('is open where it was hidden and shown at once', async () => {
    const host = element;
    // The browser tells of its end before it is drawn again.
    host.isSlow = true;
    host.dialog.hide();
    await host.dialog.show();
    host.isSlow = false;
    expect(host.dialog.isOpen).to.equal(true);
    expect(host.renderRoot.querySelector('dialog')?.open).to.equal(true);
    expect(host.log).to.deep.equal(['close']);
  });

  it('closes by a press outside, not by one that only ends there', async () => {
    const { left, top } = element.find('.dialog-body').getBoundingClientRect();
    const inside: [number, number] = [Math.round(left + 5), Math.round(top + 5)];
    await sendMouse({ type: 'move', position: inside });
    await sendMouse({ type: 'down' });
    await sendMouse({ type: 'move', position: [4, 4] });
    await sendMouse({ type: 'up' });
    expect(element.dialog.isOpen).to.equal(true);
    await sendMouse({ type: 'click', position: [4, 4] });
    await waitUntil(() => !element.dialog.isOpen);
  });

  it('closes by its ×', async () => {
    element.find('.dialog-header button').click();
    await waitUntil(() => !element.dialog.isOpen);
    expect(element.log).to.deep.equal(['cancel', 'close']);
  });

  it('says so when what had the focus before is gone', async () => {
    element.withOpener = false;
    element.requestUpdate();
    await element.updateComplete;
    element.dialog.hide();
    expect(element.log).to.deep.equal(['orphan', 'close']);
  });

  it('stands again after its element was moved', async () => {
    const { parentElement } = element;
    const frame = document.createElement('section');
    parentElement?.append(frame);
    frame.append(element);
    await waitUntil(() => element.find('dialog').matches(':modal'));
    expect(element.log).to.deep.equal([]);
  });

  it('stacks over those of other elements, and Escape closes the topmost', async () => {
    const other = await fixture<TestDialog>(html`<test-dialog></test-dialog>`);
    await other.dialog.show();
    expect(element.find('dialog').dataset['under']).to.equal('1');
    await escape();
    await waitUntil(() => !other.dialog.isOpen);
    expect(element.dialog.isOpen).to.equal(true);
    expect(element.find('dialog').dataset['under']).to.equal(undefined);
    expect(deepActiveElement()).to.equal(element.find('input'));
    expect(element.log).to.deep.equal([]);
  });
});
