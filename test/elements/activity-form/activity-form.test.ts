import { expect, oneEvent } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { html } from 'lit';
import '../../../src/define/activity-context.js';
import '../../../src/define/activity-form.js';
import type { ActivityContext } from '../../../src/elements/activity-context/activity-context.js';
import type { ActivityForm } from '../../../src/elements/activity-form/activity-form.js';
import type { Activity } from '../../../src/model/activity.js';
import { failure } from '../../../src/provider/failure.js';
import type { MemoryProvider } from '../../../src/provider/memory/memory-provider.js';
import type { ActivityDataProvider } from '../../../src/provider/provider.js';
import { storeFor } from '../../../src/store/store-for.js';
import { memoryPreferences } from '../../../src/elements/base/preferences.js';
import { deepActiveElement } from '../../../src/ui/deep-focus.js';
import {
  activity,
  cecil,
  clock,
  inContext,
  jun,
  memory,
  mona,
  wingtip,
} from '../../support/fixtures.js';
import { FormPage, textOf } from '../../support/form.js';
import { waitUntil } from '../../support/until.js';

const CALL = { locale: 'en', timeZone: 'UTC' };

const WRITE = { ...CALL, signal: new AbortController().signal, idempotencyKey: 'other' };

function task(more: Partial<Activity> = {}): Activity {
  return activity({
    subject: 'Send revised quote',
    description: 'With the discount',
    regarding: wingtip,
    priority: 'normal',
    ...more,
  });
}

interface Stage {
  readonly form: FormPage<ActivityForm>;
  readonly element: ActivityForm;
  readonly context: ActivityContext;
  readonly opener: HTMLButtonElement;
}

/** A form in a context, beside a button that has the focus when it opens. */
async function stage(
  row: Pick<Activity, 'id'>,
  provider: ActivityDataProvider,
  mode: 'dialog' | 'inline' = 'dialog',
): Promise<Stage> {
  const context = (await inContext(
    provider,
    html`<button>Open</button><activity-form .mode=${mode}></activity-form>`,
  )) as ActivityContext;
  const element = context.querySelector('activity-form');
  const opener = context.querySelector('button');
  if (!element || !opener) throw new Error('no form');
  opener.focus();
  element.activityId = row.id;
  element.open = true;
  await element.updateComplete;
  return { form: new FormPage(element), element, context, opener };
}

async function opened(
  row: Activity,
  provider: ActivityDataProvider = memory([row]),
  mode: 'dialog' | 'inline' = 'dialog',
): Promise<Stage> {
  const made = await stage(row, provider, mode);
  await made.form.isReady();
  return made;
}

const stored = (provider: MemoryProvider, { id }: Activity): Promise<Activity> =>
  provider.get(id, CALL);

/** Somebody else changes it, somewhere else. */
async function elsewhere(
  provider: MemoryProvider,
  { id }: Activity,
  patch: Parameters<MemoryProvider['update']>[1],
): Promise<void> {
  await provider.update(id, patch, WRITE);
}

const focusIsAt = (input: HTMLElement): Promise<void> =>
  waitUntil(() => deepActiveElement() === input, 'focus');

describe('activity-form', () => {
  it('shows an activity: what it is, by whom, how it stands, and its fields', async () => {
    const row = task({ due: '2026-11-22T16:00:00Z', createdAt: '2026-11-12T08:14:00Z' });
    const { form, element } = await opened(row);
    expect(form.isOpen).to.equal(true);
    expect(form.title).to.equal('Send revised quote');
    const header = textOf(form.root.querySelector('.dialog-header'));
    // Engines differ in the comma after the weekday.
    expect(header).to.match(/Task · created by Mona Sanders, Thu,? 12 Nov/);
    expect(header).to.contain('Not started');
    expect(form.input('Subject').value).to.equal('Send revised quote');
    expect(form.input('Description').value).to.equal('With the discount');
    expect(form.chosen('Regarding')).to.deep.equal(['Wingtip Toys']);
    expect(textOf(form.field('Due'))).to.contain('Yesterday');
    await form.isStill();
    await expect(element).to.be.accessible();
  });

  it('says that it loads, and loads a partial row whole', async () => {
    let answer: ((row: Activity) => void) | undefined;
    const row = task();
    const { form, element } = await stage(row, {
      ...memory([row]),
      get: () => new Promise((resolve) => (answer = resolve)),
    });
    await waitUntil(() => element.matches(':state(loading)'));
    expect(textOf(form.root.querySelector('.skeleton'))).to.equal('Loading activity');
    await waitUntil(() => form.isOpen && answer, 'the row is asked for');
    answer?.(row);
    await form.isReady();
    expect(element.matches(':state(loading)')).to.equal(false);
  });

  it('offers to take back what was saved', async () => {
    const row = task();
    const provider = memory([row]);
    const { form, context } = await opened(row, provider, 'inline');
    await form.enter('Subject', 'Send the last quote');
    form.button('Save').click();
    const undo = (): HTMLElement | null | undefined =>
      context.shadowRoot?.querySelector<HTMLElement>('.notice-action');
    await waitUntil(() => undo(), 'it is offered');
    expect(textOf(context.shadowRoot?.querySelector('.notice'))).to.contain(
      'Send the last quote saved',
    );
    expect((await stored(provider, row)).subject).to.equal('Send the last quote');
    undo()?.click();
    await waitUntil(
      async () => (await stored(provider, row)).subject === 'Send revised quote',
      'it is taken back',
    );
    await waitUntil(() => form.input('Subject').value === 'Send revised quote', 'it is shown');
  });

  it('does not wait for what a list shows already', async () => {
    const row = task();
    const provider: ActivityDataProvider = {
      ...memory([row]),
      get: () => new Promise(() => undefined),
    };
    const view = storeFor(provider, { clock }).view({}, { locale: 'en-GB', timeZone: 'UTC' });
    const end = view.subscribe(() => undefined);
    await waitUntil(() => view.rows.length === 1);
    const { form } = await stage(row, provider);
    expect(form.input('Subject').value).to.equal('Send revised quote');
    end();
  });

  it('says that it is not there any more', async () => {
    const { form } = await stage({ id: 'gone' }, memory([]));
    await waitUntil(() => form.alerts.length > 0);
    expect(form.alerts).to.deep.equal([
      'This activity does not exist any more, or you may not read it.',
    ]);
    expect(form.hasButton('Try again')).to.equal(false);
  });

  it('says why it could not be loaded, and tries again', async () => {
    const row = task();
    const provider = memory([row]);
    let fails = true;
    const { form, element } = await stage(row, {
      ...provider,
      get: (...args) => (fails ? Promise.reject(failure('network')) : provider.get(...args)),
    });
    await waitUntil(() => form.alerts.length > 0);
    expect(form.alerts[0]).to.contain('This activity could not be loaded.');
    expect(form.alerts[0]).to.contain('no connection');
    expect(element.matches(':state(error)')).to.equal(true);
    fails = false;
    form.button('Try again').click();
    await form.isReady();
    expect(element.matches(':state(error)')).to.equal(false);
  });

  it('shows another activity when its id is set', async () => {
    const [first, second] = [task(), task({ subject: 'Another' })];
    const { form, element } = await opened(first, memory([first, second]));
    element.activityId = second.id;
    await waitUntil(() => form.title === 'Another');
    expect(form.input('Subject').value).to.equal('Another');
  });
});

describe('editing', () => {
  it('saves what was changed and nothing else, and stays open', async () => {
    const row = task();
    const provider = memory([row]);
    const { form, element } = await opened(row, provider);
    const asked = oneEvent(element, 'activity-update');
    await form.enter('Subject', 'Send the final quote');
    form.button('Save').click();
    const { detail } = (await asked) as unknown as HTMLElementEventMap['activity-update'];
    expect(detail.patch).to.deep.equal({ subject: 'Send the final quote' });
    await waitUntil(() => form.title === 'Send the final quote');
    await waitUntil(() => textOf(form.root.querySelector('[role=status].saved')) === 'Saved');
    expect((await stored(provider, row)).subject).to.equal('Send the final quote');
    expect(form.isOpen).to.equal(true);
    expect(form.hasButton('Discard changes')).to.equal(false);
  });

  it('saves and closes, by its button and by Ctrl+Enter', async () => {
    const row = task();
    const provider = memory([row]);
    const { form, element, opener } = await opened(row, provider);
    await form.enter('Subject', 'By button');
    let closed = oneEvent(element, 'close');
    form.button('Save and close').click();
    await closed;
    expect((await stored(provider, row)).subject).to.equal('By button');
    await focusIsAt(opener);

    element.open = true;
    await form.isReady();
    await form.enter('Subject', 'By key');
    closed = oneEvent(element, 'close');
    form.input('Subject').dispatchEvent(
      new KeyboardEvent('keydown', {
        key: 'Enter',
        ctrlKey: true,
        bubbles: true,
        composed: true,
      }),
    );
    await closed;
    expect((await stored(provider, row)).subject).to.equal('By key');
  });

  it('writes nothing where nothing was changed', async () => {
    const { form, element } = await opened(task());
    let asked = 0;
    element.addEventListener('activity-update', () => (asked += 1));
    const closed = oneEvent(element, 'close');
    form.button('Save and close').click();
    await closed;
    expect(asked).to.equal(0);
  });

  it('takes edits back by Discard', async () => {
    const { form } = await opened(task());
    await form.enter('Subject', 'Typed');
    form.button('Discard changes').click();
    await waitUntil(() => form.input('Subject').value === 'Send revised quote');
    expect(form.hasButton('Discard changes')).to.equal(false);
  });

  it('is held up by what is missing', async () => {
    const { form } = await opened(task());
    await form.enter('Subject', ' ');
    form.button('Save').click();
    await waitUntil(() => form.errorOf('Subject') === 'Subject is needed.');
    await focusIsAt(form.input('Subject'));
  });

  for (const [how, thrown, says] of [
    ['refused', failure('forbidden'), 'You do not have permission for this.'],
    ['in conflict', failure('conflict'), 'Somebody else changed it in the meantime.'],
  ] as const) {
    it(`keeps what was typed when a save is ${how}, and says why`, async () => {
      const row = task();
      const { form } = await opened(row, {
        ...memory([row]),
        update: () => Promise.reject(thrown),
      });
      await form.enter('Subject', 'Do not lose me');
      form.button('Save and close').click();
      await waitUntil(() => form.alerts.length > 0);
      expect(form.alerts[0]).to.contain('Not saved. What you entered is kept here.');
      expect(form.alerts[0]).to.contain(says);
      expect(form.input('Subject').value).to.equal('Do not lose me');
      expect(form.title).to.equal('Send revised quote');
      expect(form.hasButton('Discard changes')).to.equal(true);
      expect(form.isOpen).to.equal(true);
    });
  }

  it('keeps what is typed while a save is under way', async () => {
    const row = task();
    const provider = memory([row]);
    let go: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (go = resolve));
    const { form } = await opened(row, {
      ...provider,
      update: async (...args) => {
        await gate;
        return provider.update(...args);
      },
    });
    await form.enter('Subject', 'First');
    form.button('Save and close').click();
    await waitUntil(() => form.hasButton('Saving'));
    await form.enter('Description', 'Typed meanwhile');
    go();
    await waitUntil(() => form.hasButton('Save and close'));
    expect(form.isOpen).to.equal(true);
    expect(textOf(form.root.querySelector('.saved')), 'not all is').to.equal('');
    expect(form.input('Description').value).to.equal('Typed meanwhile');
    expect(form.hasButton('Discard changes')).to.equal(true);
    form.button('Save').click();
    await waitUntil(async () => (await stored(provider, row)).description === 'Typed meanwhile');
    expect((await stored(provider, row)).subject).to.equal('First');
  });

  it('shows what others change, beneath what was typed', async () => {
    const row = activity({
      type: 'email',
      subject: 'Delivery dates',
      statusReason: 'draft',
      parties: [
        { role: 'from', record: mona },
        { role: 'to', record: cecil },
      ],
    });
    const provider = memory([row]);
    const { form } = await opened(row, provider);
    await form.enter('Subject', 'Mine');
    await elsewhere(provider, row, {
      subject: 'Theirs',
      description: 'Theirs too',
      parties: [...(row.parties ?? []), { role: 'cc', record: jun }],
    });
    await waitUntil(() => form.chosen('Cc')[0] === 'Jun Park');
    expect(form.input('Description').value).to.equal('Theirs too');
    expect(form.input('Subject').value).to.equal('Mine');
    form.button('Save draft').click();
    await waitUntil(async () => (await stored(provider, row)).subject === 'Mine');
    expect((await stored(provider, row)).parties).to.have.length(3);
  });

  it('lets what was typed be read after others deleted it', async () => {
    const row = task();
    const provider = memory([row]);
    const { form } = await opened(row, provider);
    await form.enter('Description', 'Typed for an hour');
    await provider.remove(row.id, WRITE);
    await waitUntil(() => form.alerts.length > 0);
    expect(form.alerts[0]).to.contain('does not exist any more');
    expect(form.input('Description').value).to.equal('Typed for an hour');
    form.button('Discard changes').click();
    await waitUntil(() => form.all('.form-field').length === 0);
  });

  it('shows what others made of the one it shows, though another was being saved when they did', async () => {
    const [first, second] = [task(), task({ subject: 'Order samples' })];
    const kept = memory([first, second]);
    let end: (() => void) | undefined;
    const provider: ActivityDataProvider = {
      ...kept,
      update: async (...args) => {
        await new Promise<void>((resolve) => (end = resolve));
        throw args[0] === first.id ? failure('forbidden') : new Error('never asked');
      },
    };
    const { form, element, context } = await opened(first, provider, 'inline');
    await form.enter('Subject', 'Send quote again');
    form.button('Save').click();
    await waitUntil(() => end !== undefined);
    element.activityId = second.id;
    await waitUntil(() => form.title === 'Order samples');
    await kept.update(second.id, { subject: 'Order more samples' }, WRITE);
    await waitUntil(() => form.title === 'Order more samples');
    end?.();
    await waitUntil(() => form.input('Subject').value === 'Order more samples');
    // That the other was not saved is said, and is no matter of this one.
    const notice = (): string => textOf(context.shadowRoot?.querySelector('[part~=notice]'));
    await waitUntil(() => notice() !== '');
    expect(form.alerts).to.have.length(0);
    expect(form.hasButton('Discard changes')).to.equal(false);
  });

  it('goes on with what was typed where a removal is refused, or undone', async () => {
    const row = task();
    const kept = memory([row]);
    let refuse: () => void = () => undefined;
    const provider: ActivityDataProvider = {
      ...kept,
      remove: () => new Promise((_, reject) => (refuse = () => reject(failure('forbidden')))),
    };
    const { form, element } = await opened(row, provider, 'inline');
    await form.enter('Description', 'Typed for an hour');
    const removal = element.store?.act({ kind: 'remove', ids: [row.id] }, { asker: element.asker });
    await waitUntil(() => form.alerts[0]?.includes('does not exist any more') === true);
    refuse();
    await removal;
    await waitUntil(() => form.alerts.length === 0);
    expect(form.input('Description').value).to.equal('Typed for an hour');
    form.button('Save').click();
    await waitUntil(async () => (await stored(kept, row)).description === 'Typed for an hour');
  });
});

describe('changing the status', () => {
  it('completes with the unsaved edits in one write, and closes', async () => {
    const row = task();
    const kept = memory([row]);
    const writes: unknown[] = [];
    const provider: ActivityDataProvider = {
      ...kept,
      update: (...args) => {
        writes.push('update');
        return kept.update(...args);
      },
      transition: (id, to, options) => {
        writes.push(to);
        return kept.transition(id, to, options);
      },
    };
    const { form, element, context } = await opened(row, provider);
    await form.enter('Description', 'Done by phone');
    const closed = oneEvent(element, 'close');
    form.button('Complete').click();
    await closed;
    expect(writes).to.deep.equal([{ state: 'completed', patch: { description: 'Done by phone' } }]);
    const saved = await stored(kept, row);
    expect([saved.state, saved.description]).to.deep.equal(['completed', 'Done by phone']);
    await waitUntil(() =>
      textOf(context.shadowRoot?.querySelector('.notice')).includes('1 activity completed'),
    );
  });

  it('cancels', async () => {
    const row = task();
    const provider = memory([row]);
    const { form, element } = await opened(row, provider);
    const closed = oneEvent(element, 'close');
    form.button('Cancel task').click();
    await closed;
    expect((await stored(provider, row)).state).to.equal('canceled');
  });

  it('keeps the edits where the host vetoes, and says what it says', async () => {
    const row = task();
    const provider = memory([row]);
    const { form, context } = await opened(row, provider);
    context.addEventListener('activity-complete', (event) => {
      expect(event.detail.patch).to.deep.equal({ description: 'Done' });
      event.waitUntil(Promise.reject(new Error('The order is not paid.')));
    });
    await form.enter('Description', 'Done');
    form.button('Complete').click();
    await waitUntil(() => form.alerts.length > 0);
    expect(form.alerts[0]).to.contain('The order is not paid.');
    expect(form.input('Description').value).to.equal('Done');
    expect((await stored(provider, row)).state).to.equal('open');
    expect(textOf(form.root.querySelector('.status'))).to.equal('Not started');
  });

  it('asks for nothing that is missing where nothing was edited', async () => {
    const row = activity({ type: 'phonecall', statusReason: 'open', subject: 'No parties' });
    const provider = memory([row]);
    const { form, element } = await opened(row, provider);
    const closed = oneEvent(element, 'close');
    form.button('Complete').click();
    await waitUntil(() => form.root.querySelector('#complete-reason'), 'it asks how it went');
    form.button('Complete').click();
    await closed;
    expect((await stored(provider, row)).state).to.equal('completed');
  });
});

describe('what may not be edited', () => {
  it('is read-only once it is closed, and says so', async () => {
    const { form, element } = await opened(task({ state: 'completed', statusReason: 'completed' }));
    expect(textOf(form.root.querySelector('.remark'))).to.equal('It is closed and read-only.');
    expect(form.input('Subject').readOnly).to.equal(true);
    expect(form.input('Priority').disabled).to.equal(true);
    expect(form.hasButton('Save and close')).to.equal(false);
    expect(form.hasButton('Complete')).to.equal(false);
    expect(form.hasButton('Remove Wingtip Toys')).to.equal(false);
    await form.isStill();
    await expect(element).to.be.accessible();
  });

  it('says why, and why an act is not offered', async () => {
    const row = task({
      can: {
        edit: { reason: 'own-application' },
        complete: { reason: 'no-licence-or-role' },
        cancel: true,
      },
    });
    const { form } = await opened(row);
    expect(textOf(form.root.querySelector('.remark'))).to.equal(
      'Your organization uses its own application for this.',
    );
    const complete = form.button('Complete');
    expect(complete.ariaDisabled).to.equal('true');
    expect(complete.title).to.equal('You do not have the necessary license or role.');
    expect(form.button('Cancel task').ariaDisabled).to.equal(null);
    expect(form.hasButton('Save')).to.equal(false);
  });

  it('becomes read-only when others close it', async () => {
    const row = task();
    const provider = memory([row]);
    const { form } = await opened(row, provider);
    await provider.transition(row.id, { state: 'canceled' }, WRITE);
    await waitUntil(() => form.root.querySelector('.remark') !== null);
    expect(textOf(form.root.querySelector('.status'))).to.contain('Canceled');
    expect(form.hasButton('Save and close')).to.equal(false);
  });
});

describe('leaving', () => {
  for (const way of ['Escape', '×']) {
    const leave = async (form: FormPage): Promise<void> => {
      if (way === 'Escape') await sendKeys({ press: 'Escape' });
      else form.button('Close').click();
    };

    it(`closes at once by ${way} where nothing was changed`, async () => {
      const { form, element, opener } = await opened(task());
      const closed = oneEvent(element, 'close');
      await leave(form);
      await closed;
      expect(element.open).to.equal(false);
      await focusIsAt(opener);
    });

    it(`asks by ${way} before edits are lost`, async () => {
      const { form, element, opener } = await opened(task());
      await form.enter('Subject', 'Typed');
      await leave(form);
      await waitUntil(() => form.asks);
      form.button('Keep editing').click();
      await focusIsAt(form.input('Subject'));
      await leave(form);
      await waitUntil(() => form.asks);
      form.button('Discard changes').click();
      await waitUntil(() => !element.open);
      await focusIsAt(opener);
      element.open = true;
      await form.isReady();
      expect(form.input('Subject').value).to.equal('Send revised quote');
    });
  }

  it('keeps what was typed when the host hides it', async () => {
    const { form, element } = await opened(task());
    await form.enter('Subject', 'Typed');
    element.open = false;
    await waitUntil(() => !form.isOpen);
    element.open = true;
    await form.isReady();
    expect(form.input('Subject').value).to.equal('Typed');
  });
});

describe('activity-form in the page', () => {
  it('stands there without a dialog, and stays after it was completed', async () => {
    const row = task();
    const { form, element } = await opened(row, memory([row]), 'inline');
    expect(form.isOpen).to.equal(false);
    expect(form.root.querySelector('dialog')).to.equal(null);
    await expect(element).to.be.accessible();
    form.button('Complete').click();
    await waitUntil(() => form.root.querySelector('.remark') !== null);
    expect(form.title).to.equal('Send revised quote');
  });
});

describe('forms that stack', () => {
  it('close one by one by Escape, each giving the focus to the one below', async () => {
    const rows = ['First', 'Second', 'Third'].map((subject) => task({ subject }));
    const context = (await inContext(memory(rows), html`<button>Open</button>`)) as ActivityContext;
    const opener = context.querySelector('button');
    opener?.focus();
    const forms = (): FormPage<ActivityForm>[] =>
      [...(context.shadowRoot?.querySelectorAll('activity-form') ?? [])].map(
        (element) => new FormPage(element),
      );
    for (const [index, row] of rows.entries()) {
      await context.open(row);
      await waitUntil(() => forms().length === index + 1);
      await forms()[index]?.isReady();
      forms()[index]?.input('Subject').focus();
    }
    const titles = (): string[] => forms().map(({ title }) => title);
    expect(titles()).to.deep.equal(['First', 'Second', 'Third']);
    await forms()[2]?.enter('Subject', 'Typed');
    await sendKeys({ press: 'Escape' });
    await waitUntil(() => forms()[2]?.asks);
    forms()[2]?.button('Discard changes').click();
    await waitUntil(() => titles().length === 2);
    for (const left of [1, 0]) {
      const below = forms()[left];
      await waitUntil(() => deepActiveElement() === below?.input('Subject'), 'focus below');
      await sendKeys({ press: 'Escape' });
      await waitUntil(() => titles().length === left);
    }
    await waitUntil(() => deepActiveElement() === opener);
  });

  it('offers again what was typed and never saved, on top of what is new on the server', async () => {
    const row = task();
    const provider = memory([row]);
    const preferences = memoryPreferences();
    const key = `form.draft:${row.id}`;
    const shown = async (): Promise<Stage> => {
      const made = await stage(row, provider);
      made.context.preferences = preferences;
      await made.form.isReady();
      return made;
    };
    const before = await shown();
    await before.form.enter('Subject', 'Nearly lost');
    await waitUntil(async () => (await preferences.read(key)) !== undefined, 'it is kept');
    before.context.remove();
    await provider.update(row.id, { priority: 'high' }, WRITE);
    const { form } = await shown();
    await waitUntil(() => form.hasButton('Restore'), 'it is offered');
    form.button('Restore').click();
    await waitUntil(() => form.input('Subject').value === 'Nearly lost');
    form.button('Save').click();
    await waitUntil(async () => (await preferences.read(key)) === undefined, 'it is let go');
    const saved = await provider.get(row.id, WRITE);
    expect([saved.subject, saved.priority]).to.deep.equal(['Nearly lost', 'high']);
  });

  it('takes how it went and what was edited into one write', async () => {
    const call = task({
      type: 'phonecall',
      statusReason: 'open',
      parties: [
        { role: 'from', record: mona },
        { role: 'to', record: cecil },
      ],
    });
    const provider = memory([call]);
    const { form } = await opened(call, provider);
    await form.enter('Subject', 'Asked for the address');
    form.button('Complete').click();
    await waitUntil(() => form.root.querySelector('#complete-reason'), 'it asks how it went');
    await form.choose('Status reason', 'Received');
    form.button('Complete').click();
    await waitUntil(async () => (await provider.get(call.id, WRITE)).state === 'completed');
    const saved = await provider.get(call.id, WRITE);
    expect([saved.subject, saved.statusReason, saved.actualEnd]).to.deep.equal([
      'Asked for the address',
      'received',
      '2026-11-23T10:35:00Z',
    ]);
  });

  it('keeps what was said of how it went until it is written, wherever there is a place for it', async () => {
    const call = activity({
      type: 'phonecall',
      subject: 'Ring Ana',
      statusReason: 'open',
      description: 'About the panes',
      parties: [
        { role: 'from', record: mona },
        { role: 'to', record: cecil },
      ],
    });
    const provider = memory([call]);
    const fields = { outcomeNote: 'no such column' };
    const answers = [failure('server'), failure('unsupported', '', { fields })];
    const { form } = await opened(call, {
      ...provider,
      transition: (id, to, options) => {
        const next = answers.shift();
        return next ? Promise.reject(next) : provider.transition(id, to, options);
      },
    });
    form.button('Complete').click();
    await waitUntil(() => form.root.querySelector('#complete-note'), 'it asks how it went');
    await form.enter('How did it go?', 'She wants ten more');
    await form.enter('Actual duration', '1h 10');
    form.button('Complete').click();
    await waitUntil(() => form.root.querySelector('.how-it-went [role=alert]'), 'it says why');
    expect(form.input('How did it go?').value).to.equal('She wants ten more');
    form.button('Complete').click();
    await waitUntil(async () => (await provider.get(call.id, WRITE)).state === 'completed');
    const saved = await provider.get(call.id, WRITE);
    expect([saved.description, saved.actualDuration, saved.outcomeNote]).to.deep.equal([
      'About the panes\n\nShe wants ten more',
      70,
      undefined,
    ]);
  });

  it('says how it went once it is done, and nothing of it before', async () => {
    const said = {
      type: 'phonecall',
      actualEnd: '2026-11-20T09:30:00Z',
      actualDuration: 25,
      outcome: 'left-message',
      outcomeNote: 'On the machine',
    } as const;
    const done = activity({ ...said, state: 'completed', statusReason: 'made' });
    const { form } = await opened(done, memory([done]));
    const outcome = form.root.querySelector('[role=radiogroup][aria-label="Outcome"]');
    const chosen = outcome?.querySelector<HTMLInputElement>('input:checked');
    expect(textOf(chosen?.closest('label') ?? null)).to.equal('Left a message');
    expect(form.input('Outcome note').value).to.equal('On the machine');
    expect(form.input('Actual duration').value).to.contain('25');
    expect(form.root.textContent).to.contain('Actual end');

    const unusual = activity({ ...said, state: 'completed', outcome: 'by-pigeon' });
    const other = await opened(unusual, memory([unusual]));
    expect(other.form.root.textContent).to.contain('by-pigeon');

    const open = activity({ type: 'phonecall', statusReason: 'open', outcome: 'left-message' });
    const { form: before } = await opened(open, memory([open]));
    expect(before.root.textContent).not.to.contain('Outcome');
    expect(before.root.textContent).not.to.contain('Actual end');
  });

  it('shows both sides where somebody else saved meanwhile, and keeps mine', async () => {
    const row = task();
    const provider = memory([row]);
    const theirs = { ...row, subject: 'Theirs', version: '9', modifiedBy: jun };
    let isTheirs = false;
    const refusing: ActivityDataProvider = {
      ...provider,
      update: () => {
        isTheirs = true;
        return Promise.reject(failure('conflict', '', { row: theirs }));
      },
      get: (...asked) => (isTheirs ? Promise.resolve(theirs) : provider.get(...asked)),
    };
    const { form } = await opened(row, refusing);
    await form.enter('Subject', 'Mine');
    form.button('Save').click();
    await waitUntil(() => form.root.querySelector('.conflict'), 'both sides are shown');
    expect(textOf(form.root.querySelector('.conflict-field'))).to.contain(
      'Yours: Mine Theirs: Theirs',
    );
    expect(form.input('Subject').value).to.equal('Mine');
    form.button('Take theirs: Subject').click();
    await waitUntil(() => form.input('Subject').value === 'Theirs');
  });

  it('tells the form of the host what is filled in and what is wrong', async () => {
    const row = task();
    const { form, element } = await opened(row, memory([row]), 'inline');
    const outer = document.createElement('form');
    element.name = 'activity';
    element.parentElement?.append(outer);
    outer.append(element);
    await form.isReady();
    const value = (): unknown => JSON.parse(String(new FormData(outer).get('activity')));
    await waitUntil(() => new FormData(outer).has('activity'));
    expect((value() as Activity).subject).to.equal('Send revised quote');
    expect(outer.checkValidity()).to.equal(true);
    await form.enter('Subject', '');
    expect(outer.checkValidity()).to.equal(false);
  });
});
