import { expect, fixture, html } from '@open-wc/testing';
import { render } from 'lit';
import { button } from '../../src/ui/button.js';
import { chip } from '../../src/ui/chip.js';
import { cssom, type StyleProperties } from '../../src/ui/cssom.js';
import { searchBox } from '../../src/ui/search-box.js';
import { segmented } from '../../src/ui/segmented.js';
import { emptyState, errorState } from '../../src/ui/state-panel.js';

const nothing = (): void => {};

describe('button', () => {
  it('does nothing while disabled, keeps its place in the tab order and says why', async () => {
    let clicks = 0;
    const element = await fixture<HTMLElement>(
      html`<div>
        ${button({
          label: 'Complete',
          disabled: true,
          why: 'It is closed',
          onClick: () => clicks++,
        })}
      </div>`,
    );
    const control = element.querySelector('button');
    control?.click();
    control?.focus();
    expect(clicks).to.equal(0);
    expect(document.activeElement).to.equal(control);
    expect(control?.getAttribute('aria-description')).to.equal('It is closed');
    expect(control?.title).to.equal('It is closed');
    expect(control?.getAttribute('part')).to.equal('button disabled');
  });

  it('has a name and a tooltip where only its icon is seen', async () => {
    const element = await fixture(
      html`<div>${button({ label: 'More', icon: 'more', iconOnly: true, onClick: nothing })}</div>`,
    );
    const control = element.querySelector('button');
    expect(control?.ariaLabel).to.equal('More');
    expect(control?.title).to.equal('More');
    await expect(element).to.be.accessible();
  });
});

describe('chip', () => {
  it('that is on is taken off by its own ×', async () => {
    const done: string[] = [];
    const element = await fixture(
      html`<div>
        ${chip({
          label: 'Due: today',
          on: true,
          onClick: () => done.push('open'),
          remove: { label: 'Remove filter Due', onClick: () => done.push('remove') },
        })}
      </div>`,
    );
    const [label, remove] = element.querySelectorAll('button');
    label?.click();
    remove?.click();
    expect(done).to.deep.equal(['open', 'remove']);
    expect(remove?.ariaLabel).to.equal('Remove filter Due');
    await expect(element).to.be.accessible();
  });
});

describe('segmented', () => {
  it('says the chosen one, and asks to change it', async () => {
    const asked: string[] = [];
    const element = await fixture(
      html`<div>
        ${segmented({
          label: 'Show as',
          name: 'show',
          value: 'grid',
          segments: [
            { value: 'grid', label: 'Grid' },
            { value: 'kanban', label: 'Kanban', icon: 'kanban', iconOnly: true },
          ],
          onChange: (value) => asked.push(value),
        })}
      </div>`,
    );
    const [grid, kanban] = element.querySelectorAll('input');
    expect(grid?.checked).to.equal(true);
    kanban?.click();
    expect(asked).to.deep.equal(['kanban']);
    await expect(element).to.be.accessible();
  });
});

describe('search box', () => {
  it('is emptied by its × and by Escape', async () => {
    const values: string[] = [];
    const element = await fixture(
      html`<div>
        ${searchBox({
          label: 'Search activities',
          clearLabel: 'Clear',
          value: 'quote',
          onInput: (value) => values.push(value),
        })}
      </div>`,
    );
    element.querySelector('button')?.click();
    const escape = new KeyboardEvent('keydown', { key: 'Escape', cancelable: true, bubbles: true });
    element.querySelector('input')?.dispatchEvent(escape);
    expect(values).to.deep.equal(['', '']);
    expect(escape.defaultPrevented).to.equal(true);
    await expect(element).to.be.accessible();
  });
});

describe('state panels', () => {
  it('offer the next act, and interrupt only for an error', async () => {
    const done: string[] = [];
    const element = await fixture<HTMLElement>(
      html`<div>
        ${emptyState({
          title: 'Nothing due',
          actions: [{ label: 'Show all 128', onClick: () => done.push('all') }],
        })}
        ${errorState({
          title: 'The server did not answer',
          detail: 'Your change is kept on this device.',
          retry: { label: 'Try again', onClick: () => done.push('retry') },
        })}
      </div>`,
    );
    for (const control of element.querySelectorAll('button')) control.click();
    expect(done).to.deep.equal(['all', 'retry']);
    expect(element.querySelector('[role=alert]')?.textContent).to.contain('did not answer');
    expect(element.querySelectorAll('[role=alert]').length).to.equal(1);
  });
});

describe('cssom', () => {
  it('sets, changes and takes away properties without a style attribute in the template', async () => {
    const container = await fixture<HTMLElement>(html`<div></div>`);
    const show = (properties: StyleProperties): void => {
      render(html`<p ${cssom(properties)}></p>`, container);
    };
    const style = (): string | undefined => container.querySelector('p')?.style.cssText;
    show({ 'inset-block-start': '40%', '--_column': 2 });
    expect(style()).to.equal('inset-block-start: 40%; --_column: 2;');
    show({ '--_column': 3 });
    expect(style()).to.equal('--_column: 3;');
    show({ '--_column': undefined });
    expect(style()).to.equal('');
  });
});
