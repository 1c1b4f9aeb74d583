import { expect, fixture, html } from '@open-wc/testing';
import { sendMouse } from '@web/test-runner-commands';
import { LitElement } from 'lit';
import { customElement } from 'lit/decorators.js';
import { controlsStyles } from '../../src/theme/controls.styles.js';
import { tokensStyles } from '../../src/theme/tokens.styles.js';
import { deepActiveElement } from '../../src/ui/deep-focus.js';
import { MenuController, menuButton, type MenuGroup } from '../../src/ui/menu.js';
import { PopoverController } from '../../src/ui/popover.js';
import { popoverStyles } from '../../src/ui/popover.styles.js';
import { press } from '../support/keys.js';
import { waitUntil } from '../support/until.js';

@customElement('test-menu')
class TestMenu extends LitElement {
  static override styles = [tokensStyles, controlsStyles, popoverStyles];
  readonly done: string[] = [];
  orphaned = 0;
  unread = true;
  withOpener = true;
  /** Whether the menu begins with commands, or with what can be checked. */
  beginsWithCommands = true;
  readonly menu = new MenuController(this, { onOrphan: () => this.orphaned++ });
  readonly popover_ = new PopoverController(this);

  readonly #groups = (): readonly MenuGroup[] => {
    const groups = this.#all();
    return this.beginsWithCommands ? groups : groups.toReversed();
  };

  readonly #all = (): readonly MenuGroup[] => [
    {
      label: 'Move to',
      items: [
        { label: 'Completed', onSelect: () => this.done.push('Completed') },
        {
          label: 'Scheduled',
          disabled: true,
          why: 'Tasks cannot be scheduled',
          onSelect: () => this.done.push('Scheduled'),
        },
        { label: 'Canceled', onSelect: () => this.done.push('Canceled') },
      ],
    },
    {
      items: [
        { label: 'Flagged', kind: 'checkbox', checked: false, onSelect: () => undefined },
        {
          label: 'Unread',
          kind: 'checkbox',
          checked: this.unread,
          onSelect: () => {
            this.unread = !this.unread;
            this.requestUpdate();
          },
        },
      ],
    },
  ];

  override render() {
    return html`<div class="base">
      ${
        this.withOpener
          ? menuButton(this.menu, {
              label: 'More',
              icon: 'more',
              iconOnly: true,
              groups: this.#groups,
            })
          : ''
      }
      <button id="after">After</button>
      <button
        id="days"
        aria-haspopup="dialog"
        @click=${(event: MouseEvent) => this.popover_.toggle(event.currentTarget as Element)}
      >
        2 more
      </button>
      ${this.menu.render()}
      ${this.popover_.render({ label: 'Monday', content: html`<button>Inside</button>` })}
    </div>`;
  }

  find(selector: string): HTMLElement {
    const found = this.renderRoot.querySelector<HTMLElement>(selector);
    if (!found) throw new Error(`no ${selector}`);
    return found;
  }

  get opener(): HTMLElement {
    return this.find('[aria-haspopup=menu]');
  }
}

const focusedWord = (): string | undefined =>
  (deepActiveElement() as HTMLElement | null)?.dataset['label'];
const at = (word: string): Promise<void> =>
  waitUntil(() => focusedWord() === word, `focus comes to ${word}, not ${focusedWord()}`);

describe('menu', () => {
  let element: TestMenu;
  beforeEach(async () => {
    element = await fixture(html`<test-menu></test-menu>`);
    element.opener.focus();
  });

  it('opens by Enter on its first item and by ArrowUp on its last', async () => {
    await press('Enter');
    await at('Completed');
    await press('Escape');
    await press('ArrowUp');
    await at('Unread');
  });

  it('opens on what is checked where it begins with choices', async () => {
    element.beginsWithCommands = false;
    await press('Enter');
    await at('Unread');
    await press('Escape');
    element.unread = false;
    await press('Enter');
    await at('Flagged');
  });

  it('goes by arrows round its ends, over what is disabled too, and by Home and End', async () => {
    await press('ArrowDown');
    await at('Completed');
    await press('ArrowDown');
    await at('Scheduled');
    await press('End');
    await at('Unread');
    await press('ArrowDown');
    await at('Completed');
    await press('End');
    await press('Home');
    await at('Completed');
    await press('ArrowUp');
    await at('Unread');
  });

  it('goes to what is typed, and by the same letter on to the next', async () => {
    await press('ArrowDown');
    await at('Completed');
    await press('s');
    await at('Scheduled');
    await press('Escape');
    await press('ArrowDown');
    await at('Completed');
    await press('c');
    await at('Canceled');
    await press('c');
    await at('Completed');
  });

  it('does nothing for a disabled item, and says why', async () => {
    await press('ArrowDown');
    await at('Completed');
    await press('s');
    await at('Scheduled');
    await press('Enter');
    expect(element.done).to.deep.equal([]);
    expect(deepActiveElement()?.getAttribute('aria-description')).to.equal(
      'Tasks cannot be scheduled',
    );
    expect(element.menu.isOpen).to.equal(true);
  });

  it('chooses, closes and gives the focus back before it acts', async () => {
    await press('ArrowDown');
    await at('Completed');
    await press('Home');
    await at('Completed');
    await press('Enter');
    expect(element.done).to.deep.equal(['Completed']);
    expect(deepActiveElement()).to.equal(element.opener);
    await element.updateComplete;
    expect(element.renderRoot.querySelector('[role=menu]')).to.equal(null);
    expect(element.opener.hasAttribute('aria-expanded')).to.equal(false);
  });

  it('stays open for a checkbox and shows it changed', async () => {
    await press('ArrowDown');
    await at('Completed');
    await press('End');
    await at('Unread');
    expect(element.opener.ariaExpanded).to.equal('true');
    await press('Enter');
    await element.updateComplete;
    expect(deepActiveElement()?.ariaChecked).to.equal('false');
    expect(element.menu.isOpen).to.equal(true);
  });

  it('closes by Escape, and no dialog or host around it hears that', async () => {
    let heard = 0;
    const listener = (): number => heard++;
    document.addEventListener('keydown', listener);
    await press('ArrowDown');
    await at('Completed');
    heard = 0;
    await press('Escape');
    document.removeEventListener('keydown', listener);
    expect(element.menu.isOpen).to.equal(false);
    expect(heard).to.equal(0);
    expect(deepActiveElement()).to.equal(element.opener);
  });

  it('closes by Tab and goes on to what follows its button', async () => {
    await press('ArrowDown');
    await at('Completed');
    await press('Tab');
    expect(element.menu.isOpen).to.equal(false);
    expect(deepActiveElement()).to.equal(element.find('#after'));
  });

  it('closes by a press elsewhere', async () => {
    await press('ArrowDown');
    await at('Completed');
    await sendMouse({ type: 'click', position: [600, 500] });
    await waitUntil(() => !element.menu.isOpen, 'it is closed');
  });

  it('closes by a second click on its button', async () => {
    element.opener.click();
    await at('Completed');
    element.opener.click();
    expect(element.menu.isOpen).to.equal(false);
    expect(deepActiveElement()).to.equal(element.opener);
  });

  it('lets only one be open, of whatever element', async () => {
    const other = await fixture<TestMenu>(html`<test-menu></test-menu>`);
    element.opener.click();
    await at('Completed');
    other.opener.click();
    await waitUntil(() => other.renderRoot.querySelector('[role=menu] :focus'));
    expect(element.menu.isOpen).to.equal(false);
    expect(other.menu.isOpen).to.equal(true);
  });

  it('says so when what opened it is gone', async () => {
    await press('ArrowDown');
    await at('Completed');
    element.withOpener = false;
    element.requestUpdate();
    await element.updateComplete;
    await press('Escape');
    expect(element.orphaned).to.equal(1);
  });

  it('opens at a point', async () => {
    await element.menu.open({ x: 120, y: 80 }, { label: 'Row', groups: [{ items: [] }] });
    const { left, top } = element.find('[role=menu]').style;
    expect([left, top]).to.deep.equal(['120px', '84px']);
    element.menu.close();
    expect(deepActiveElement()).to.equal(element.opener);
  });

  it('that takes the place of another begins at its first item, whatever was scrolled before', async () => {
    const items = (word: string): readonly MenuGroup[] => [
      { items: Array.from({ length: 60 }, (_, at) => ({ label: `${word} ${at}`, onSelect() {} })) },
    ];
    const menu = (): HTMLElement => element.find('[role=menu]');
    const isInSight = (word: string): boolean => {
      const frame = menu().getBoundingClientRect();
      const box = element.find(`[data-label="${word}"]`).getBoundingClientRect();
      return box.top >= frame.top && box.bottom <= frame.bottom;
    };
    await element.menu.open(element.opener, { label: 'Options', groups: items('Option') });
    menu().scrollTop = menu().scrollHeight;
    await element.menu.open(element.opener, { label: 'Columns', groups: items('Column') });
    expect(focusedWord()).to.equal('Column 0');
    expect(isInSight('Column 0')).to.equal(true);
    await element.menu.open(element.opener, { label: 'Up', groups: items('Row'), focus: 'last' });
    expect(focusedWord()).to.equal('Row 59');
    expect(isInSight('Row 59'), 'the one that has the focus').to.equal(true);
  });

  it('hangs on the far side of its button in right-to-left', async () => {
    const frame = await fixture<HTMLElement>(html`<div dir="rtl"><test-menu></test-menu></div>`);
    const mirrored = frame.querySelector('test-menu') as TestMenu;
    await mirrored.updateComplete;
    mirrored.opener.click();
    await at('Completed');
    const menu = mirrored.find('[role=menu]').getBoundingClientRect();
    expect(Math.round(menu.right)).to.equal(
      Math.round(mirrored.opener.getBoundingClientRect().right),
    );
  });

  it('is accessible while open', async () => {
    element.opener.click();
    await at('Completed');
    await expect(element).to.be.accessible();
  });
});

describe('popover', () => {
  it('takes the focus, and gives it back by Escape', async () => {
    const element = await fixture<TestMenu>(html`<test-menu></test-menu>`);
    const days = element.find('#days');
    days.focus();
    days.click();
    await waitUntil(() => deepActiveElement()?.role === 'dialog');
    expect(days.ariaExpanded).to.equal('true');
    await press('Escape');
    expect(deepActiveElement()).to.equal(days);
  });

  it('stays while the menu of something in it is open', async () => {
    const element = await fixture<TestMenu>(html`<test-menu></test-menu>`);
    await element.popover_.open(element.find('#days'));
    const inside = element.find('[role=dialog] button');
    await element.menu.open(inside, {
      label: 'Inside',
      groups: [{ items: [{ label: 'Open', onSelect: () => {} }] }],
    });
    await at('Open');
    expect(element.popover_.isOpen).to.equal(true);
    await press('Escape');
    expect(element.popover_.isOpen).to.equal(true);
    expect(deepActiveElement()).to.equal(inside);
    await element.menu.open(element.opener, { label: 'Other', groups: [] });
    expect(element.popover_.isOpen).to.equal(false);
  });
});
