import { aTimeout, expect, fixture, html } from '@open-wc/testing';
import '../../src/define/activity-context.js';
import '../../src/define/activity-form.js';
import '../../src/define/activity-grid.js';
import '../../src/define/activity-kanban.js';
import '../../src/define/activity-quick-create.js';
import '../../src/define/activity-timeline.js';
import type { ActivityContext } from '../../src/elements/activity-context/activity-context.js';
import type { ActivityElement } from '../../src/elements/base/activity-element.js';
import { registerMessages } from '../../src/i18n/locale.js';
import { zhTW } from '../../src/i18n/zh-TW.js';
import { deepActiveElement } from '../../src/ui/deep-focus.js';
import { activity, clock, inContext, memory } from '../support/fixtures.js';
import { FormPage, textOf } from '../support/form.js';
import { until } from '../support/grid.js';
import { Heard } from '../support/heard.js';

registerMessages('zh-TW', zhTW);

async function contextWith(
  provider: unknown,
  content: Parameters<typeof inContext>[1],
): Promise<ActivityContext> {
  return (await inContext(provider, content)) as ActivityContext;
}

function rootOf(context: Element, tag: string): ShadowRoot {
  const root = context.querySelector(tag)?.shadowRoot;
  if (!root) throw new Error(`no ${tag}`);
  return root;
}

function subject(root: ShadowRoot, text: string): HTMLElement | undefined {
  const subjects = [...root.querySelectorAll<HTMLElement>('.subject:not(.cell)')];
  return subjects.find((one) => textOf(one) === text);
}

function dialogs(context: ActivityContext): string[] {
  const opened = context.shadowRoot?.querySelectorAll('activity-form, activity-quick-create') ?? [];
  return [...opened].map(({ localName }) => localName);
}

describe('activity-context', () => {
  it('gives all inside one store: what is done in one is seen in the others at once', async () => {
    const row = activity({ subject: 'Quote' });
    const context = await contextWith(
      memory([row]),
      html`<activity-grid></activity-grid><activity-timeline></activity-timeline>
        <activity-kanban></activity-kanban>`,
    );
    const timeline = rootOf(context, 'activity-timeline');
    const board = rootOf(context, 'activity-kanban');
    const complete = (): HTMLElement | null =>
      timeline.querySelector('[aria-label="Complete Quote"]');
    await until(() => complete() && board.querySelector('article'));
    complete()?.click();
    const lane = (): string | undefined =>
      board.querySelector('article')?.closest('section')?.querySelector('h3')?.textContent;
    await until(() => lane()?.includes('Completed'), 'on the board');
    await until(
      () =>
        textOf(rootOf(context, 'activity-grid').querySelector('[role=grid]')).includes('Completed'),
      'in the grid',
    );
  });

  it('takes no room and hands on language, zone, density, words and clock', async () => {
    const context = await contextWith(
      memory([activity({ due: '2026-11-23T15:30:00Z' })]),
      html`<activity-grid></activity-grid>`,
    );
    expect(getComputedStyle(context).display).to.equal('contents');
    const grid = rootOf(context, 'activity-grid');
    await until(
      () => textOf(grid.querySelector('.base')).includes('16:30'),
      'Berlin’s time, by its clock',
    );
    context.locale = 'zh-TW';
    context.timeZone = 'Asia/Taipei';
    context.density = 'compact';
    context.messages = { 'field.subject': '標題' };
    await until(
      () =>
        textOf(grid.querySelector('.base')).includes('23:30') ||
        textOf(grid.querySelector('.base')).includes('11:30'),
    );
    await until(() => textOf(grid.querySelector('.base')).includes('標題'));
    expect(grid.querySelector('.base')?.matches('.compact[lang=zh-TW]')).to.equal(true);
    const element = context.querySelector<ActivityElement>('activity-grid');
    if (element) element.messages = { 'field.subject': '主題' };
    await until(
      () => textOf(grid.querySelector('.base')).includes('主題'),
      'the element’s own beat it',
    );
  });

  it('opens by a click on a subject, and gives the focus back', async () => {
    const context = await contextWith(
      memory([activity({ subject: 'Quote' })]),
      html`<activity-grid></activity-grid>`,
    );
    const grid = rootOf(context, 'activity-grid');
    await until(() => subject(grid, 'Quote'), 'the row');
    subject(grid, 'Quote')?.focus();
    subject(grid, 'Quote')?.click();
    await until(() => dialogs(context).join() === 'activity-form', 'the form');
    const form = context.shadowRoot?.querySelector('activity-form');
    if (!form) throw new Error('no form');
    const page = await new FormPage(form).isReady();
    expect(page.title).to.equal('Quote');
    page.button('Close').click();
    await until(() => dialogs(context).length === 0, 'closed');
    await until(() => deepActiveElement() === subject(grid, 'Quote'), 'focus is back');
  });

  it('opens and composes for a button of the host', async () => {
    const row = activity({ subject: 'Quote' });
    const context = await contextWith(memory([row]), html`<button>New</button>`);
    context.querySelector('button')?.focus();
    await context.compose({ type: 'note' });
    await until(() => dialogs(context).join() === 'activity-quick-create');
    await context.open(row);
    await until(() => dialogs(context).join() === 'activity-quick-create,activity-form');
    await until(() => context.shadowRoot?.activeElement?.localName === 'activity-form');
  });

  it('opens nothing where the host does it itself, at once or later', async () => {
    const row = activity();
    const context = await contextWith(memory([row]), html``);
    context.addEventListener('activity-open', (event) => event.preventDefault());
    context.addEventListener('activity-compose', (event) =>
      event.waitUntil(Promise.reject(new Error('Not now'))),
    );
    await context.open(row);
    await context.compose({ type: 'task' });
    await context.updateComplete;
    expect(dialogs(context)).to.deep.equal([]);
    await until(() => textOf(context.shadowRoot?.querySelector('.notices')).includes('Not now'));
  });

  it('makes real links of what has an address, and no others', async () => {
    const context = await contextWith(
      memory([activity({ subject: 'Safe' }), activity({ subject: 'Unsafe' })]),
      html`<activity-grid></activity-grid>`,
    );
    context.hrefFor = (target) =>
      'activity' in target && target.activity.subject === 'Safe' ? '#safe' : 'javascript:alert(1)';
    const grid = rootOf(context, 'activity-grid');
    await until(() => subject(grid, 'Safe')?.getAttribute('href') === '#safe', 'a link');
    expect(subject(grid, 'Unsafe')?.localName).to.equal('button');
  });

  it('says what happened in one place, and takes it away when it was read', async () => {
    const row = activity({ subject: 'Quote' });
    const context = await contextWith(memory([row]), html`<activity-timeline></activity-timeline>`);
    const heard = new Heard(context.shadowRoot);
    const timeline = rootOf(context, 'activity-timeline');
    const complete = (): HTMLElement | null =>
      timeline.querySelector('[aria-label="Complete Quote"]');
    await until(complete);
    complete()?.click();
    const notice = (): HTMLElement | null | undefined =>
      context.shadowRoot?.querySelector<HTMLElement>('.notice');
    await until(notice);
    expect(textOf(notice())).to.contain('1 activity completed');
    await heard.says((said) => said === '1 activity completed', 'it is read out');
    await expect(context).to.be.accessible();
    notice()?.querySelector<HTMLElement>('[aria-label=Dismiss]')?.click();
    await until(() => !notice());
  });

  it('reads out all that is said, one after the other, and again what is said twice', async () => {
    const context = await contextWith(memory([]), html`<activity-timeline></activity-timeline>`);
    const heard = new Heard(context.shadowRoot);
    const said = ['First', 'Second', 'Second', 'Third'];
    const { context: speaker } = context.querySelector('activity-timeline') ?? context;
    for (const text of said) speaker.announce(text);
    speaker.announce('Not saved', true);
    await until(() => heard.all.includes('Not saved'), 'all of it');
    expect(heard.all).to.deep.equal([...said, 'Not saved']);
    const region = context.shadowRoot?.querySelector('.visually-hidden[role=alert]');
    await until(() => region && textOf(region) === '', 'it is taken away');
  });

  it('is found whatever comes first: element, context, provider', async () => {
    const grid = document.createElement('activity-grid');
    const context = document.createElement('activity-context');
    const place = await fixture<HTMLElement>(html`<div></div>`);
    place.append(context);
    context.append(grid);
    await grid.updateComplete;
    context.clock = clock;
    context.provider = memory([activity({ subject: 'Late' })]);
    await until(() => grid.shadowRoot && subject(grid.shadowRoot, 'Late'));
    const other = document.createElement('activity-context');
    other.provider = memory([activity({ subject: 'Other' })]);
    place.append(other);
    other.append(grid);
    await until(() => grid.shadowRoot && subject(grid.shadowRoot, 'Other'), 'of the other context');
  });

  it('complains of no missing data source while nothing is in it', async () => {
    const warnings: unknown[] = [];
    const { warn } = console;
    console.warn = (text: unknown) => warnings.push(text);
    try {
      await fixture(html`<activity-context></activity-context>`);
      // As long as an element gives its data source to come.
      await aTimeout(0);
      await aTimeout(0);
    } finally {
      console.warn = warn;
    }
    expect(warnings.filter((text) => String(text).includes('activity-context'))).to.have.length(0);
  });
});
