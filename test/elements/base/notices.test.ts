import { expect } from '@open-wc/testing';
import { activity, memory } from '../../support/fixtures.js';
import { GridHarness, press, until } from '../../support/grid.js';

async function stage(): Promise<{ grid: GridHarness; root: ShadowRoot }> {
  const rows = ['One', 'Two', 'Three'].map((subject) => activity({ subject }));
  const grid = await GridHarness.mount(memory(rows));
  const root = grid.context.shadowRoot as ShadowRoot;
  grid.element.focus();
  grid.cell('Two', 'Subject').focus();
  await grid.updated();
  expect(grid.focus).to.equal('Two | Subject');
  void grid.element.requests.moveStatus([rows[0] ?? activity()], 'completed');
  await until(() => grid.findButton('Undo', root), 'the notice stands');
  return { grid, root };
}

/** As a mouse does: the press takes the focus, or in some browsers leaves it nowhere. */
function click(button: HTMLButtonElement, { takesFocus = true } = {}): void {
  const init = { bubbles: true, composed: true };
  button.dispatchEvent(new PointerEvent('pointerdown', init));
  if (takesFocus) button.focus();
  else (document.activeElement as HTMLElement | null)?.blur();
  button.click();
}

describe('a notice', () => {
  for (const name of ['Undo', 'Dismiss']) {
    it(`gives the focus back to where it was: ${name}, pressed`, async () => {
      const { grid, root } = await stage();
      click(grid.button(name, root));
      await until(() => grid.notices.length === 0, 'it is gone');
      expect(grid.focus).to.equal('Two | Subject');
    });

    it(`gives the focus back to where it was: ${name}, by the keyboard`, async () => {
      const { grid, root } = await stage();
      grid.button(name, root).focus();
      await press('Enter');
      await until(() => grid.notices.length === 0, 'it is gone');
      expect(grid.focus).to.equal('Two | Subject');
    });
  }

  it('gives the focus back where the press left it nowhere', async () => {
    const { grid, root } = await stage();
    click(grid.button('Dismiss', root), { takesFocus: false });
    await until(() => grid.focus === 'Two | Subject');
  });

  it('gives the focus to whose notice it is where the place it had is gone', async () => {
    const { grid, root } = await stage();
    const other = document.createElement('button');
    grid.context.append(other);
    other.focus();
    grid.button('Dismiss', root).focus();
    other.remove();
    grid.button('Dismiss', root).click();
    await until(() => grid.focus === 'Two | Subject', grid.focus);
  });

  it('with an undo stays longer than one without', async () => {
    const { grid, root } = await stage();
    for (const text of ['First', 'Second', 'Third']) {
      grid.element.context.notify({ kind: 'done', text });
    }
    await grid.updated();
    expect(
      grid.notices.map((text) => /completed|First|Second|Third/.exec(text)?.[0]),
    ).to.deep.equal(['completed', 'Second', 'Third']);
    expect(grid.findButton('Undo', root)).not.to.equal(undefined);
  });

  it('is taken away with its focus when it is done with elsewhere', async () => {
    const { grid, root } = await stage();
    grid.button('Undo', root).focus();
    const takeAway = grid.element.context.notify({ kind: 'done', text: 'Another' });
    await until(() => grid.notices.includes('Another'));
    takeAway();
    await until(() => !grid.notices.includes('Another'));
    expect(root.activeElement?.textContent.trim(), 'the other keeps it').to.equal('Undo');
  });
});
