import { expect, html } from '@open-wc/testing';
import '../../../src/define/activity-context.js';
import type { ActivityContext } from '../../../src/elements/activity-context/activity-context.js';
import type { Activity, ActivityPatch } from '../../../src/model/activity.js';
import type { ActivityDataProvider, ProviderChange } from '../../../src/provider/provider.js';
import { failure } from '../../../src/provider/failure.js';
import { createJournal } from '../../../src/store/journal/indexeddb-journal.js';
import { activity, inContext, memory } from '../../support/fixtures.js';
import { textOf } from '../../support/form.js';
import { waitUntil } from '../../support/until.js';

const CALL = { locale: 'en', timeZone: 'UTC' };

function rootOf(context: ActivityContext): ShadowRoot {
  if (!context.shadowRoot) throw new Error('not drawn');
  return context.shadowRoot;
}

function press(context: ActivityContext, name: string): void {
  const buttons = [...rootOf(context).querySelectorAll('button')];
  const found = buttons.find(
    (one) => (one.ariaLabel ?? textOf(one)) === name || textOf(one) === name,
  );
  if (!found)
    throw new Error(`no button ${name}: ${textOf(rootOf(context).querySelector('.base'))}`);
  found.click();
}

const says = (context: ActivityContext, text: string): Promise<void> =>
  waitUntil(() => textOf(rootOf(context).querySelector('.base')).includes(text), text);

const row = activity({ subject: 'Quote' });

/** A context on a backend that does not tell what others do, whose connection can be cut. */
async function stage({
  name = `waiting-${crypto.randomUUID()}`,
  isReached = true,
  written = Promise.resolve(),
  rows = [row],
  isRefused = false,
  lost = [] as readonly Activity[],
} = {}) {
  const source = memory(rows);
  let tell: (change: ProviderChange) => void = () => undefined;
  const provider: ActivityDataProvider = {
    ...source,
    name,
    update: async (...write) => {
      await written;
      if (lost.some(({ id }) => id === write[0])) throw failure('network');
      if (isRefused) throw failure('forbidden', 'Not yours.');
      return source.update(...write);
    },
    session: (call) => (isReached ? source.session(call) : Promise.reject(failure('network'))),
    subscribe: (listener) => {
      tell = listener;
      return () => undefined;
    },
  };
  const context = (await inContext(provider, html``)) as ActivityContext;
  const { store } = context;
  if (!store) throw new Error('no store');
  store.view({}, context.asker).subscribe(() => undefined);
  if (isReached) await waitUntil(() => store.row(row.id));
  const connect = (online: boolean): void => tell({ kind: 'connection', online });
  const edit = (patch: ActivityPatch) => context.requests.update(rows, patch);
  const reach = (): void => {
    isReached = true;
    store.refresh();
  };
  return { context, source, connect, edit, reach };
}

describe('what waits to be sent', () => {
  it('is told while one is offline, listed as saved here, and as sent when it went out', async () => {
    const { context, source, connect, edit } = await stage();
    context.journal = createJournal();
    await context.updateComplete;
    connect(false);
    await says(context, 'Offline.');
    void edit({ subject: 'Offer' });
    await says(context, '1 change is saved here.');
    press(context, 'Show changes');
    await context.updateComplete;
    const entry = (): string =>
      textOf(rootOf(context).querySelector('[role=dialog] li, dialog li'));
    await waitUntil(() => entry().includes('Offer') && entry().includes('saved here'));
    expect(entry(), 'since when').to.contain('Just now');
    connect(true);
    await waitUntil(() => entry().includes('sent'), 'sent');
    expect((await source.get(row.id, CALL)).subject).to.equal('Offer');
  });

  it('is told of some of many, with how many are sent, so that both are all', async () => {
    const rows = [row, activity({ subject: 'Call' }), activity({ subject: 'Letter' })];
    const { context, edit } = await stage({ rows, lost: rows.slice(1) });
    context.journal = createJournal();
    await context.updateComplete;
    void edit({ priority: 'high' });
    await says(context, '3 activities changed · 1 sent · 2 saved here, to be sent');
  });

  it('is told beside what is done; what is refused in the end of one act, together', async () => {
    const rows = [row, activity({ subject: 'Call' }), activity({ subject: 'Letter' })];
    const { context, connect, edit } = await stage({ rows, isRefused: true });
    const failed: (readonly string[])[] = [];
    context.addEventListener('activity-error', ({ detail }) => failed.push(detail.ids));
    context.journal = createJournal();
    await context.updateComplete;
    connect(false);
    void edit({ priority: 'high' });
    await says(context, '3 activities changed · 3 saved here, to be sent');
    connect(true);
    await says(context, '3 activities not saved. Not yours.');
    const notices = [...rootOf(context).querySelectorAll('.notice.error')].map(textOf);
    expect(notices.filter((text) => text.includes('not saved'))).to.have.length(1);
    expect(failed.flat().sort()).to.deep.equal(rows.map(({ id }) => id).sort());
  });

  it('is seen on a page that is loaded without a network, and sent once that is back', async () => {
    const name = `waiting-${crypto.randomUUID()}`;
    const before = await stage({ name });
    before.context.journal = createJournal();
    await before.context.updateComplete;
    before.connect(false);
    void before.edit({ subject: 'Offer' });
    await says(before.context, '1 change is saved here.');
    before.context.remove();
    // It goes, and with it its turn to send.
    window.dispatchEvent(new PageTransitionEvent('pagehide'));

    const { context, source, reach } = await stage({ name, isReached: false });
    context.journal = createJournal();
    await says(context, '1 change is saved here.');
    press(context, 'Show changes');
    await context.updateComplete;
    await says(context, 'Quote');
    await says(context, 'saved here');
    reach();
    await waitUntil(async () => (await source.get(row.id, CALL)).subject === 'Offer');
  });

  it('is listened for by one element of a data source, however many have come and gone', async () => {
    const source = memory([row]);
    let listening = 0;
    for (let left = 4; left > 0; left--) {
      const context = (await inContext(source, html``)) as ActivityContext;
      const writer = context.store?.writer;
      if (!writer) throw new Error('no store');
      if (left === 4) {
        const onLate = writer.onLate.bind(writer);
        writer.onLate = (listener) => {
          const end = onLate(listener);
          listening += 1;
          return () => {
            listening -= 1;
            end();
          };
        };
      }
      context.requestUpdate();
      await context.updateComplete;
      context.remove();
    }
    expect(listening).to.equal(1);
  });

  it('is asked about before the page goes, unless it is saved here', async () => {
    let arrive: () => void = () => undefined;
    const written = new Promise<void>((resolve) => (arrive = resolve));
    const { context, connect, edit } = await stage({ written });
    const asks = (): boolean => {
      const event = new Event('beforeunload', { cancelable: true });
      window.dispatchEvent(event);
      return event.defaultPrevented;
    };
    expect(asks(), 'nothing waits').to.equal(false);
    void edit({ subject: 'Offer' });
    await waitUntil(asks, 'asked');
    arrive();
    await waitUntil(() => !asks(), 'it is done');
    context.journal = createJournal();
    await context.updateComplete;
    connect(false);
    void edit({ subject: 'Saved' });
    await says(context, '1 change is saved here.');
    expect(asks()).to.equal(false);
  });

  it('is given up by Discard', async () => {
    const { context, source, connect, edit } = await stage();
    context.journal = createJournal();
    await context.updateComplete;
    connect(false);
    void edit({ subject: 'Offer' });
    await says(context, '1 change is saved here.');
    press(context, 'Show changes');
    await context.updateComplete;
    press(context, 'Discard: Offer');
    await says(context, 'Nothing waits.');
    connect(true);
    await waitUntil(() => !rootOf(context).querySelector('[part=waiting]'));
    expect((await source.get(row.id, CALL)).subject).to.equal('Quote');
  });

  for (const [choice, result] of [
    ['Keep mine', 'Mine'],
    ['Take theirs', 'Other'],
  ] as const) {
    it(`shows both sides of a conflict field by field: ${choice}`, async () => {
      const { context, source, edit } = await stage();
      await source.update(row.id, { subject: 'Other' }, { ...CALL, idempotencyKey: 'theirs' });
      void edit({ subject: 'Mine' });
      await says(context, 'Somebody else changed Other.');
      press(context, 'Compare');
      await context.updateComplete;
      const cells = [...rootOf(context).querySelectorAll('dialog tbody :is(th, td)')].map(textOf);
      expect(cells).to.deep.equal(['Subject', 'Mine', 'Other']);
      await expect(context).shadowDom.to.be.accessible();
      press(context, choice);
      await waitUntil(() => !rootOf(context).querySelector('[part=waiting]'), 'settled');
      expect((await source.get(row.id, CALL)).subject).to.equal(result);
    });
  }
});
