import { expect, oneEvent } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { html } from 'lit';
import '../../../src/define/activity-context.js';
import '../../../src/define/activity-quick-create.js';
import type { ActivityQuickCreate } from '../../../src/elements/activity-quick-create/activity-quick-create.js';
import type { Activity, ActivityDraft } from '../../../src/model/activity.js';
import { failure } from '../../../src/provider/failure.js';
import type { ActivityDataProvider, Session } from '../../../src/provider/provider.js';
import { storeFor } from '../../../src/store/store-for.js';
import { memoryPreferences } from '../../../src/elements/base/preferences.js';
import { deepActiveElement } from '../../../src/ui/deep-focus.js';
import { cecil, clock, inContext, jun, memory, mona, wingtip } from '../../support/fixtures.js';
import { FormPage, textOf } from '../../support/form.js';
import { waitUntil } from '../../support/until.js';

const CALL = { locale: 'en', timeZone: 'UTC' };

interface Stage {
  readonly form: FormPage<ActivityQuickCreate>;
  readonly element: ActivityQuickCreate;
  readonly context: HTMLElement;
  readonly opener: HTMLButtonElement;
}

async function stage(
  properties: Partial<ActivityQuickCreate> = {},
  provider: ActivityDataProvider = memory([]),
): Promise<Stage> {
  const context = await inContext(
    provider,
    html`<button>New</button><activity-quick-create></activity-quick-create>`,
  );
  const element = context.querySelector('activity-quick-create');
  const opener = context.querySelector('button');
  if (!element || !opener) throw new Error('no quick create');
  await storeFor(provider)
    .ready(CALL)
    .catch(() => undefined);
  Object.assign(element, properties);
  await element.updateComplete;
  return { form: new FormPage(element), element, context, opener };
}

/** In a dialog, opened by a button that has the focus. */
async function dialog(
  draft: ActivityDraft,
  provider: ActivityDataProvider = memory([]),
): Promise<Stage> {
  const made = await stage({ mode: 'dialog', draft }, provider);
  made.opener.focus();
  made.element.open = true;
  await waitUntil(() => made.form.isOpen, 'the dialog is open');
  return made;
}

async function rowsOf(provider: ActivityDataProvider): Promise<readonly Activity[]> {
  const answer = await provider.query({}, { ...CALL, signal: new AbortController().signal });
  return 'rows' in answer ? answer.rows : answer;
}

const refusing = (thrown: unknown): ActivityDataProvider => ({
  ...memory([]),
  create: () => Promise.reject(thrown as Error),
});

const focusIsAt = (input: HTMLElement): Promise<void> =>
  waitUntil(() => deepActiveElement() === input, 'focus');

describe('activity-quick-create', () => {
  const fields: Record<string, readonly string[]> = {
    task: ['Subject*', 'Regarding', 'Owner', 'Due', 'Priority', 'Percent complete', 'Description'],
    phonecall: [
      'Subject*',
      'From*',
      'To*',
      'Regarding',
      'Owner',
      'Due',
      'Priority',
      'Direction',
      'Phone number',
      'Left voicemail',
      'Description',
    ],
    email: [
      'Subject',
      'From',
      'To',
      'Cc',
      'Bcc',
      'Regarding',
      'Owner',
      'Due',
      'Priority',
      'Direction',
      'Description',
    ],
    appointment: [
      'Subject*',
      'Organizer',
      'Required attendees',
      'Optional attendees',
      'Regarding',
      'Owner',
      'Start*',
      'End*',
      'All day',
      'Repeat',
      'Priority',
      'Location',
      'Description',
    ],
    note: ['Subject', 'Regarding', 'Description*'],
    letter: [
      'Subject*',
      'From',
      'To',
      'Cc',
      'Bcc',
      'Regarding',
      'Owner',
      'Due',
      'Priority',
      'Direction',
      'Address',
      'Description',
    ],
    fax: [
      'Subject*',
      'From',
      'To',
      'Regarding',
      'Owner',
      'Due',
      'Priority',
      'Direction',
      'Fax number',
      'Cover page',
      'Number of pages',
      'Description',
    ],
  };
  for (const [type, expected] of Object.entries(fields)) {
    it(`asks what a ${type} needs, and marks what must be filled in`, async () => {
      const { form } = await stage({ type });
      expect(form.labels).to.deep.equal(expected);
      await expect(form.element).to.be.accessible();
    });
  }

  it('fills in what it can know', async () => {
    const { form } = await stage({ type: 'phonecall', record: cecil });
    expect(form.chosen('From')).to.deep.equal(['Mona Sanders']);
    expect(form.chosen('To')).to.deep.equal(['Cecil Langer']);
    expect(form.chosen('Regarding')).to.deep.equal(['Cecil Langer']);
    form.element.type = 'appointment';
    await form.element.updateComplete;
    expect(form.input('Start').value).to.equal('2026-11-23');
    const [, time] = form.field('Start').querySelectorAll('input');
    expect(time?.value).to.equal('12:00');
  });

  it('saves what was filled in, asks the host first, tells it and closes', async () => {
    const provider = memory([]);
    const { form, element } = await stage({ record: wingtip }, provider);
    await form.enter('Subject', 'Send the packing list');
    await form.choose('Priority', 'High');
    const order: string[] = [];
    let asked: ActivityDraft | undefined;
    element.addEventListener('activity-create', (event) => {
      asked = event.detail.draft;
      order.push('create');
    });
    element.addEventListener('activity-saved', () => order.push('saved'));
    const closed = oneEvent(element, 'close');
    form.button('Save and close').click();
    await closed;
    expect(order).to.deep.equal(['create', 'saved']);
    expect(asked).to.deep.equal({
      type: 'task',
      subject: 'Send the packing list',
      priority: 'high',
      regarding: wingtip,
      owner: mona,
    });
    const [row] = await rowsOf(provider);
    expect(row?.subject).to.equal('Send the packing list');
    expect(row?.owner).to.deep.equal(mona);
    await waitUntil(() => form.input('Subject').value === '', 'it is empty again');
  });

  for (const key of ['Control', 'Meta']) {
    it(`saves with ${key}+Enter, also from the middle of a field`, async () => {
      const provider = memory([]);
      const { form, element } = await stage({ type: 'note' }, provider);
      await form.enter('Description', 'He agreed.');
      const closed = oneEvent(element, 'close');
      form.input('Description').dispatchEvent(
        new KeyboardEvent('keydown', {
          key: 'Enter',
          ctrlKey: key === 'Control',
          metaKey: key === 'Meta',
          bubbles: true,
          composed: true,
          cancelable: true,
        }),
      );
      await closed;
      expect((await rowsOf(provider)).map(({ description }) => description)).to.deep.equal([
        'He agreed.',
      ]);
    });
  }

  it('goes on with the next one about the same', async () => {
    const provider = memory([]);
    const { form } = await stage({ type: 'phonecall', record: cecil }, provider);
    await form.enter('Subject', 'First');
    await form.enter('Description', 'About the pallets');
    form.button('Save and new').click();
    await waitUntil(() => form.input('Subject').value === '', 'the next one');
    expect(form.input('Description').value).to.equal('');
    expect(form.chosen('To')).to.deep.equal(['Cecil Langer']);
    await focusIsAt(form.input('Subject'));
    expect(form.root.querySelector('[role=status].saved')?.textContent).to.equal('Saved');
    await form.enter('Subject', 'Second');
    form.button('Save and new').click();
    await waitUntil(async () => (await rowsOf(provider)).length === 2);
  });

  it('says at the fields and above them what is missing, and asks nobody', async () => {
    const { form, element } = await stage({ type: 'phonecall' });
    let asked = 0;
    element.addEventListener('activity-create', () => (asked += 1));
    form.button('Save and close').click();
    await focusIsAt(form.input('Subject'));
    expect(form.errorOf('Subject')).to.equal('Subject is needed.');
    expect(form.errorOf('To')).to.equal('To is needed.');
    expect(form.alerts[0]).to.equal('2 fields need attention Subject is needed. To is needed.');
    form.button('To is needed.').click();
    await focusIsAt(form.input('To'));
    expect(asked).to.equal(0);
    await expect(element).to.be.accessible();
    await form.enter('Subject', 'Back');
    expect(form.errorOf('Subject')).to.equal('');
  });
});

describe('a create that fails', () => {
  async function failed(
    provider: ActivityDataProvider,
    prepare: (element: ActivityQuickCreate) => void = () => undefined,
  ): Promise<{ form: FormPage<ActivityQuickCreate>; closed: () => boolean }> {
    const { form, element } = await stage({ type: 'task' }, provider);
    let isClosed = false;
    element.addEventListener('close', () => (isClosed = true));
    prepare(element);
    await form.enter('Subject', 'Do not lose me');
    await form.enter('Description', 'Nor me');
    form.button('Save and close').click();
    await waitUntil(() => form.alerts.length > 0, 'it says so');
    expect(form.input('Subject').value).to.equal('Do not lose me');
    expect(form.input('Description').value).to.equal('Nor me');
    return { form, closed: () => isClosed };
  }

  it('keeps all as typed and says why, and can be tried again', async () => {
    const kept = memory([]);
    let fails = true;
    const provider: ActivityDataProvider = {
      ...kept,
      create: (...args) => (fails ? Promise.reject(failure('network')) : kept.create(...args)),
    };
    const { form, closed } = await failed(provider);
    expect(form.alerts[0]).to.equal(
      'Not saved. What you entered is kept here. There is no connection to the server. Try again when you are online.',
    );
    expect(closed()).to.equal(false);
    fails = false;
    form.button('Save and close').click();
    await waitUntil(closed);
    expect((await rowsOf(kept)).map(({ subject }) => subject)).to.deep.equal(['Do not lose me']);
  });

  it('is the same create when it is saved again, though its answer was lost', async () => {
    const kept = memory([]);
    let loses = true;
    const { form, closed } = await failed({
      ...kept,
      create: async (...args) => {
        const row = await kept.create(...args);
        if (loses) throw failure('timeout');
        return row;
      },
    });
    loses = false;
    await form.enter('Subject', 'Said again');
    form.button('Save and close').click();
    await waitUntil(closed);
    expect((await rowsOf(kept)).map(({ subject }) => subject)).to.deep.equal(['Said again']);
  });

  it('gives up on a server that never answers', async () => {
    const provider: ActivityDataProvider = {
      ...memory([]),
      create: () => new Promise(() => undefined),
    };
    storeFor(provider, { clock, writeLimit: 50 });
    const { form } = await failed(provider);
    expect(form.alerts[0]).to.contain('The server did not answer in time.');
  });

  it('heeds a veto', async () => {
    const provider = memory([]);
    const { form } = await failed(provider, (element) => {
      element.addEventListener('activity-create', (event) => event.preventDefault());
    });
    expect(form.alerts).to.deep.equal(['Not saved. What you entered is kept here.']);
    expect(await rowsOf(provider)).to.have.length(0);
  });

  it('waits for the host and says what it says', async () => {
    let refuse: (reason: Error) => void = () => undefined;
    const answer = new Promise((_, reject) => (refuse = reject));
    const made = failed(memory([]), (element) => {
      element.addEventListener('activity-create', (event) => {
        event.waitUntil(answer);
        const save = () => element.shadowRoot?.querySelector('[part~=save]');
        void waitUntil(() => save()?.textContent?.trim() === 'Saving', 'it says that it saves')
          .then(() => expect(save()?.ariaDisabled).to.equal('true'))
          .then(() => refuse(new Error('The budget is closed.')), refuse);
      });
    });
    const { form } = await made;
    expect(form.alerts[0]).to.contain('The budget is closed.');
  });

  it('says at the fields what the server says of them', async () => {
    const { form } = await failed(
      refusing({
        ...failure('validation'),
        fields: { subject: 'This subject is taken.', percentComplete: 'Half is not enough.' },
      }),
    );
    expect(form.errorOf('Subject')).to.equal('This subject is taken.');
    expect(form.errorOf('Percent complete')).to.equal('Half is not enough.');
    await focusIsAt(form.input('Subject'));
    await form.enter('Subject', 'Another');
    expect(form.errorOf('Subject')).to.equal('');
  });

  it('is told after the dialog was closed over it', async () => {
    let refuse: (reason: unknown) => void = () => undefined;
    const { form, context } = await dialog(
      { type: 'task', subject: 'As it came' },
      { ...memory([]), create: () => new Promise((_, reject) => (refuse = reject)) },
    );
    form.button('Save and close').click();
    await waitUntil(() => form.hasButton('Saving'));
    form.button('Close').click();
    await waitUntil(() => form.asks, 'nothing is closed over a save unasked');
    form.button('Discard changes').click();
    await waitUntil(() => !form.isOpen);
    refuse(failure('forbidden'));
    await waitUntil(
      () =>
        context.shadowRoot?.querySelector('.notice')?.textContent?.includes('Not saved.') ?? false,
    );
  });
});

describe('quick create in a dialog', () => {
  it('has the focus in its line; in the subject, of a note in its text, where that is begun or there is none', async () => {
    const { form } = await dialog({ type: 'task' });
    await focusIsAt(form.input('In one line'));
    expect(form.title).to.equal('New task');
    const begun = await dialog({ type: 'task', subject: 'Call back' });
    await focusIsAt(begun.form.input('Subject'));
    const note = await stage({ mode: 'dialog', draft: { type: 'note' }, withoutLine: true });
    note.element.open = true;
    await waitUntil(() => note.form.isOpen, 'the dialog is open');
    await focusIsAt(note.form.input('Description'));
    await note.form.isStill();
    await expect(note.element).to.be.accessible();
  });

  for (const way of ['Escape', '×']) {
    const leave = async (form: FormPage): Promise<void> => {
      if (way === 'Escape') await sendKeys({ press: 'Escape' });
      else form.button('Close').click();
    };

    it(`closes at once by ${way} where nothing was typed, and gives the focus back`, async () => {
      const { form, element, opener } = await dialog({ type: 'task', subject: 'Given' });
      const closed = oneEvent(element, 'close');
      await leave(form);
      await closed;
      expect(element.open).to.equal(false);
      await focusIsAt(opener);
    });

    it(`asks by ${way} before what was typed is lost`, async () => {
      const { form, element, opener } = await dialog({ type: 'task' });
      await form.enter('Subject', 'Typed');
      await leave(form);
      await waitUntil(() => form.asks, 'it asks');
      expect(textOfDialog(form)).to.contain('Discard your changes?');
      await form.isStill();
      await expect(element).to.be.accessible();
      form.button('Keep editing').click();
      await waitUntil(() => !form.asks);
      await focusIsAt(form.input('Subject'));
      expect(form.input('Subject').value).to.equal('Typed');
      expect(element.open).to.equal(true);
      await leave(form);
      await waitUntil(() => form.asks, 'it asks again');
      const closed = oneEvent(element, 'close');
      form.button('Discard changes').click();
      await closed;
      await focusIsAt(opener);
      element.open = true;
      await waitUntil(() => form.isOpen);
      expect(form.input('Subject').value).to.equal('');
    });
  }

  it('takes Escape for keep editing where it asks', async () => {
    const { form } = await dialog({ type: 'task' });
    await form.enter('Subject', 'Typed');
    await sendKeys({ press: 'Escape' });
    await waitUntil(() => form.asks);
    await sendKeys({ press: 'Escape' });
    await waitUntil(() => !form.asks);
    expect(form.isOpen).to.equal(true);
    expect(form.input('Subject').value).to.equal('Typed');
  });

  it('saves and closes, and gives the focus back', async () => {
    const { form, element, opener } = await dialog({ type: 'task' });
    await form.enter('Subject', 'Typed');
    const closed = oneEvent(element, 'close');
    form.button('Save and close').click();
    await closed;
    await focusIsAt(opener);
  });

  it('keeps what was typed when the host hides it', async () => {
    const { form, element } = await dialog({ type: 'task' });
    let closes = 0;
    element.addEventListener('close', () => (closes += 1));
    await form.enter('Subject', 'Typed');
    element.open = false;
    await waitUntil(() => !form.isOpen);
    element.open = true;
    await waitUntil(() => form.isOpen);
    expect(form.input('Subject').value).to.equal('Typed');
    expect(closes).to.equal(0);
  });
});

describe('quick create in the page', () => {
  it('lets another type be chosen, and keeps what both have', async () => {
    const { form } = await stage({ record: cecil });
    await form.enter('Subject', 'Quote');
    await form.enter('Description', 'With the discount');
    await form.enter('Percent complete', '50');
    await form.choose('Priority', 'High');
    await form.choose('Activity type', 'Phone call');
    expect(form.title).to.equal('New phone call');
    expect(form.element.type).to.equal('phonecall');
    expect(form.input('Subject').value).to.equal('Quote');
    expect(form.input('Description').value).to.equal('With the discount');
    expect(form.chosen('From')).to.deep.equal(['Mona Sanders']);
    const checked = form.field('Priority').querySelector<HTMLInputElement>('input:checked');
    expect(checked?.value).to.equal('high');
    const created = oneEvent(form.element, 'activity-create');
    form.button('Save and close').click();
    const { detail } = (await created) as unknown as HTMLElementEventMap['activity-create'];
    expect(detail.draft.type).to.equal('phonecall');
    expect(detail.draft.fields).to.deep.equal({ direction: 'outgoing' });
  });

  it('forgets what was wrong with fields that the other type has not', async () => {
    const { form } = await stage({ type: 'task' });
    await form.enter('Subject', 'Quote');
    await form.enter('Percent complete', '500');
    form.button('Save and close').click();
    await waitUntil(() => form.errorOf('Percent complete') !== '');
    await form.choose('Activity type', 'Note');
    await form.enter('Description', 'Text');
    const saved = oneEvent(form.element, 'activity-saved');
    form.button('Save and close').click();
    await saved;
  });

  it('closes by × and Escape: at once, or after asking', async () => {
    const { form, element } = await stage({});
    const closed = oneEvent(element, 'close');
    form.button('Close').click();
    await closed;
    await form.enter('Subject', 'Typed');
    await sendKeys({ press: 'Escape' });
    await waitUntil(() => form.asks);
    const closedAgain = oneEvent(element, 'close');
    form.button('Discard changes').click();
    await closedAgain;
    await waitUntil(() => form.input('Subject').value === '');
  });

  it('says why nothing can be created', async () => {
    const { form } = await stage(
      {},
      {
        ...memory([]),
        capabilities: () =>
          Promise.resolve({ acts: { create: { reason: 'no-licence-or-role' as const } } }),
      },
    );
    expect(form.root.textContent).to.contain('You do not have the necessary license or role.');
    expect(form.hasButton('Save and close')).to.equal(false);
  });
});

describe('what is typed before all is known', () => {
  it('stays when user and types arrive, and what they bring is filled in around it', async () => {
    let arrive: (session: Session) => void = () => undefined;
    const provider: ActivityDataProvider = {
      ...memory([]),
      session: () => new Promise((resolve) => (arrive = resolve)),
    };
    const context = await inContext(
      provider,
      html`<activity-quick-create type="phonecall"></activity-quick-create>`,
    );
    const element = context.querySelector('activity-quick-create');
    if (!element) throw new Error('no quick create');
    const form = await new FormPage(element).isReady();
    await form.enter('Subject', 'Typed early');
    await form.choose('Direction', 'Incoming');
    await waitUntil(() => form.chosen('From').length === 0);
    arrive({
      user: jun,
      types: [
        {
          name: 'visit',
          label: { en: 'Visit' },
          plural: { en: 'Visits' },
          icon: 'appointment',
          hue: 'task',
          states: {},
          deadline: 'due',
          roles: [],
          fields: [],
        },
      ],
    });
    await waitUntil(() => form.chosen('From')[0] === 'Jun Park', 'the user is known');
    expect(form.input('Subject').value).to.equal('Typed early');
    const direction = form.field('Direction').querySelector<HTMLInputElement>('input:checked');
    expect(direction?.value).to.equal('incoming');
    await form.choose('Activity type', 'Visit');
    expect(form.title).to.equal('New visit');
  });

  it('stays when the host renders the same draft anew, and goes when it gives another', async () => {
    const { form, element } = await stage({ draft: { type: 'task', regarding: wingtip } });
    await form.enter('Subject', 'Typed');
    element.draft = { type: 'task', regarding: { ...wingtip } };
    element.messages = { 'field.subject': 'What' };
    await element.updateComplete;
    expect(form.input('What').value).to.equal('Typed');
    element.draft = { type: 'task', subject: 'Given' };
    await element.updateComplete;
    expect(form.input('What').value).to.equal('Given');
  });

  it('stays when the page goes on to another record, which it is about then', async () => {
    const { form, element } = await stage({ type: 'phonecall', record: wingtip });
    await form.enter('Subject', 'Typed');
    element.record = cecil;
    await element.updateComplete;
    expect(form.input('Subject').value).to.equal('Typed');
    expect(form.chosen('Regarding')).to.deep.equal(['Cecil Langer']);
    expect(form.chosen('To')).to.deep.equal(['Cecil Langer']);
  });

  it('switches the type and keeps what both have', async () => {
    const { form, element } = await dialog({ type: 'task', regarding: cecil });
    await form.enter('Subject', 'About the pallets');
    await form.choose('Priority', 'High');
    form.button('Change type').click();
    await waitUntil(() => form.all('[role^=menuitem]').length > 0, 'the menu is open');
    form
      .all('[role^=menuitem]')
      .find((item) => textOf(item) === 'Phone call')
      ?.click();
    await waitUntil(() => form.title === 'New phone call', 'it is a phone call');
    expect(form.input('Subject').value).to.equal('About the pallets');
    expect(form.chosen('To')).to.deep.equal(['Cecil Langer']);
    expect(element.draft).to.deep.equal({ type: 'task', regarding: cecil });
  });

  it('logs what is done already in one create', async () => {
    const provider = memory([]);
    const { form } = await stage({ draft: { type: 'phonecall', regarding: cecil } }, provider);
    await form.enter('Subject', 'Asked for the address');
    form.all<HTMLInputElement>('input[value=log]')[0]?.click();
    await waitUntil(() => form.labels.includes('Actual end'), 'it asks when');
    form.button('Save and close').click();
    await waitUntil(async () => (await rowsOf(provider)).length === 1);
    const [row] = await rowsOf(provider);
    expect(row?.state).to.equal('completed');
    expect(row?.statusReason).to.equal('made');
    expect(row?.actualEnd).to.equal('2026-11-23T10:35:00Z');
  });

  it('says in the description how it went where the source has no other place for it', async () => {
    const kept = memory([]);
    const fields = { outcome: 'no such column' };
    const provider: ActivityDataProvider = {
      ...kept,
      create: (id, draft, options) =>
        draft.outcome === undefined
          ? kept.create(id, draft, options)
          : Promise.reject(failure('unsupported', '', { fields })),
    };
    const draft = { type: 'phonecall', regarding: cecil, state: 'completed' } as const;
    const { form } = await stage({ draft }, provider);
    await form.enter('Subject', 'Asked for the address');
    await form.enter('Description', 'At noon');
    form.all<HTMLInputElement>('input[value=reached]')[0]?.click();
    form.button('Save and close').click();
    await waitUntil(async () => (await rowsOf(kept)).length === 1);
    const [row] = await rowsOf(kept);
    expect([row?.state, row?.description]).to.deep.equal(['completed', 'At noon\n\nReached']);
  });

  it('says that it begins as canceled, and lets that be thought over', async () => {
    const begin = { type: 'task', state: 'canceled', subject: 'Old idea' } as const;
    const provider = memory([]);
    const { form } = await stage({ draft: begin }, provider);
    const ways = (): string[] =>
      form.all('[role=radiogroup] label').map((one) => textOf(one).trim());
    expect(ways()).to.include.members(['To do', 'Already done', 'Canceled']);
    const chosen = form.all<HTMLInputElement>('input[name=log]:checked');
    expect(chosen.map(({ value }) => value)).to.deep.equal(['canceled']);
    form.button('Save and close').click();
    await waitUntil(async () => (await rowsOf(provider))[0]?.state === 'canceled');

    const other = memory([]);
    const { form: again } = await stage({ draft: begin }, other);
    again.all<HTMLInputElement>('input[value=plan]')[0]?.click();
    again.button('Save and close').click();
    await waitUntil(async () => (await rowsOf(other))[0]?.state === 'open');
  });

  it('stands at the end of the page in mode side', async () => {
    const made = await stage({ mode: 'side', draft: { type: 'task' } });
    made.element.open = true;
    await waitUntil(() => made.form.isOpen, 'the pane is open');
    expect(made.form.root.querySelector('dialog')?.classList.contains('dialog-side')).to.equal(
      true,
    );
  });

  describe('what was typed and not saved', () => {
    const KEY = 'quick-create.draft:';
    let preferences = memoryPreferences();
    const kept = async (): Promise<string> => JSON.stringify(await preferences.read(KEY)) ?? '';

    beforeEach(() => (preferences = memoryPreferences()));

    async function shown(): Promise<Stage> {
      const made = await stage({ mode: 'dialog', draft: { type: 'task' }, preferences });
      made.element.open = true;
      await waitUntil(() => made.form.isOpen, 'the dialog is open');
      return made;
    }

    /** The element goes without a word, as with a crash. */
    async function abandon(): Promise<void> {
      const { form, element } = await shown();
      await form.enter('Subject', 'Nearly lost');
      await form.enter('Regarding', 'Cec');
      await waitUntil(async () => (await kept()).includes('"Cec"'), 'it is kept');
      element.remove();
    }

    it('is offered again, and taken up whole', async () => {
      await abandon();
      const { form } = await shown();
      await waitUntil(() => form.hasButton('Restore'), 'it is offered');
      expect(form.input('Subject').value).to.equal('');
      form.button('Restore').click();
      await waitUntil(() => form.input('Subject').value === 'Nearly lost');
      expect(form.input('Regarding').value).to.equal('Cec');
      expect(form.hasButton('Restore')).to.equal(false);
    });

    it('is gone for good once the user says so', async () => {
      await abandon();
      const { form } = await shown();
      await waitUntil(() => form.hasButton('Discard'), 'it is offered');
      form.button('Discard').click();
      await waitUntil(async () => (await kept()) === '');
    });

    it('is not kept once it is saved', async () => {
      const { form, element } = await shown();
      await form.enter('Subject', 'Saved');
      await waitUntil(async () => (await kept()) !== '', 'it is kept');
      const closed = oneEvent(element, 'close');
      form.button('Save and close').click();
      await closed;
      await waitUntil(async () => (await kept()) === '', 'it is let go');
    });

    it('is kept while another one is typed', async () => {
      await abandon();
      const { form } = await shown();
      await form.enter('Subject', 'Another');
      await waitUntil(async () => (await kept()).includes('Another'));
      expect(await kept()).to.contain('Nearly lost');
    });
  });
});

function textOfDialog(form: FormPage): string {
  return form.root.querySelector('[role=alertdialog]')?.textContent ?? '';
}
