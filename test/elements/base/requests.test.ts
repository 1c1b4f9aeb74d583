import { expect, fixture } from '@open-wc/testing';
import { html } from 'lit';
import '../../../src/define/activity-context.js';
import '../../../src/define/activity-timeline.js';
import type { ActivityContext } from '../../../src/elements/activity-context/activity-context.js';
import type { ActivityTimeline } from '../../../src/elements/activity-timeline/activity-timeline.js';
import type { Activity } from '../../../src/model/activity.js';
import { failure } from '../../../src/provider/failure.js';
import type { ActivityDataProvider } from '../../../src/provider/provider.js';
import type { MemoryProvider } from '../../../src/provider/memory/memory-provider.js';
import { activity, clock, inContext, memory } from '../../support/fixtures.js';
import { waitUntil } from '../../support/until.js';

const CALL = { locale: 'en', timeZone: 'UTC' };

/** The next event of this name. */
function heard<Name extends keyof HTMLElementEventMap>(
  element: HTMLElement,
  name: Name,
): Promise<HTMLElementEventMap[Name]> {
  return new Promise((resolve) => element.addEventListener(name, resolve, { once: true }));
}

interface Stage {
  context: ActivityContext;
  element: ActivityTimeline;
  root: ShadowRoot;
  row: Activity;
  provider: MemoryProvider;
  complete(): void;
  noticed(): string;
}

async function stage(
  wrap: (provider: MemoryProvider) => ActivityDataProvider = (same) => same,
): Promise<Stage> {
  const row = activity({ subject: 'Quote' });
  const provider = memory([row]);
  const context = (await inContext(
    wrap(provider),
    html`<activity-timeline></activity-timeline>`,
  )) as ActivityContext;
  const element = context.querySelector('activity-timeline');
  const root = element?.shadowRoot;
  if (!element || !root) throw new Error('no timeline');
  await waitUntil(() => root.querySelector('article') !== null);
  return {
    context,
    element,
    root,
    row,
    provider,
    complete: () => root.querySelector<HTMLElement>('[aria-label="Complete Quote"]')?.click(),
    noticed: () => context.shadowRoot?.querySelector('.notices')?.textContent.trim() ?? '',
  };
}

describe('what the backend can’t take back', () => {
  const holding = (provider: MemoryProvider): ActivityDataProvider => ({
    ...provider,
    capabilities: async () => ({ ...(await provider.capabilities(CALL)), undo: 'hold' }),
  });
  const stateOf = async (provider: MemoryProvider, row: Activity): Promise<unknown> =>
    (await provider.get(row.id, CALL)).state;
  const undoOf = (context: ActivityContext): HTMLElement | null | undefined =>
    context.shadowRoot?.querySelector<HTMLElement>('.notice.done .notice-action');

  it('is shown as done and not sent, so that Undo calls it off', async () => {
    const { context, complete, provider, row, noticed } = await stage(holding);
    complete();
    await waitUntil(() => noticed().includes('1 activity completed'));
    expect(context.store?.row(row.id)?.state).to.equal('completed');
    expect(await stateOf(provider, row)).to.equal('open');
    // Nobody waits for it.
    expect(context.store?.isBusy(row.id)).to.equal(false);
    undoOf(context)?.click();
    await waitUntil(() => context.store?.row(row.id)?.state === 'open');
    globalThis.dispatchEvent(new Event('pagehide'));
    expect(await stateOf(provider, row)).to.equal('open');
  });

  it('goes out where the page is put away; that it was refused then is told', async () => {
    let isRefused = false;
    const { complete, provider, row, noticed } = await stage((source) => ({
      ...holding(source),
      transition: (...args) =>
        isRefused ? Promise.reject(failure('forbidden')) : source.transition(...args),
    }));
    complete();
    await waitUntil(() => noticed().includes('1 activity completed'));
    isRefused = true;
    globalThis.dispatchEvent(new Event('pagehide'));
    await waitUntil(() => noticed().includes('Quote was not saved.'));
    expect(await stateOf(provider, row)).to.equal('open');
    globalThis.dispatchEvent(new Event('pageshow'));
  });

  it('is sent at once, without Undo, where the host leaves no time', async () => {
    const { context, element, complete, provider, row, noticed } = await stage(holding);
    context.setAttribute('undo-seconds', '0');
    await context.updateComplete;
    await element.updateComplete;
    complete();
    await waitUntil(() => noticed().includes('1 activity completed'));
    expect(await stateOf(provider, row)).to.equal('completed');
    expect(undoOf(context)).to.equal(null);
  });
});

describe('one date of several that repeat', () => {
  const WEEKLY = {
    type: 'appointment',
    subject: 'Review',
    start: '2026-11-23T08:00:00Z',
    end: '2026-11-23T09:00:00Z',
    series: { id: '', role: 'master', rule: 'FREQ=WEEKLY;BYDAY=MO;COUNT=4', zone: 'UTC' },
  } as const;

  async function dates(provider: MemoryProvider): Promise<readonly Activity[]> {
    const sort = [{ field: 'start', direction: 'asc' as const }];
    return (await provider.query({ sort }, CALL)).rows;
  }

  it('is changed and deleted as the user says: it, with all later ones, or all; several are each meant alone', async () => {
    const provider = memory([]);
    await provider.create('m', WEEKLY, { ...CALL, idempotencyKey: 'm' });
    const context = (await inContext(provider, html``)) as ActivityContext;
    const { requests } = context;
    /** The dates, as the store knows them. */
    const known = async (): Promise<readonly Activity[]> => {
      const rows = await dates(provider);
      for (const { id } of rows) await context.store?.load(id, context.asker);
      return rows;
    };
    const subjects = async (): Promise<string[]> =>
      (await dates(provider)).map(({ subject }) => subject);
    const choices = (): HTMLElement[] => [
      ...(context.shadowRoot?.querySelectorAll<HTMLElement>('[part~=scope-question] button') ?? []),
    ];
    const answer = async (name: string): Promise<void> => {
      const choice = (): HTMLElement | undefined =>
        choices().find((one) => (one.ariaLabel ?? one.textContent.trim()) === name);
      await waitUntil(choice, name);
      choice()?.click();
      await waitUntil(() => choices().length === 0, 'the question to go');
    };
    const [, second] = await known();
    if (!second) throw new Error('no dates');

    const left = requests.update([second], { subject: 'Not this' });
    await answer('Close');
    expect((await left).isDone).to.equal(false);
    expect(await subjects()).not.to.include('Not this');

    const asked = heard(context, 'activity-update');
    const changed = requests.update([second], { subject: 'Demo' });
    await answer('This and all later ones');
    expect((await asked).detail.scope).to.equal('following');
    expect((await changed).isDone).to.equal(true);
    expect(await subjects()).to.deep.equal(['Review', 'Demo', 'Demo', 'Demo']);

    const several = (await known()).slice(0, 2);
    expect((await requests.update(several, { subject: 'Both' })).isDone).to.equal(true);
    expect(choices()).to.deep.equal([]);
    expect(await subjects()).to.deep.equal(['Both', 'Both', 'Demo', 'Demo']);

    const [, , last] = await known();
    if (!last) throw new Error('no third date');
    expect(requests.asksFirst({ kind: 'remove' }, [last])).to.equal(true);
    const removed = requests.remove([last]);
    await answer('Only this one');
    await removed;
    expect(await subjects()).to.deep.equal(['Both', 'Both', 'Demo']);
  });
});

describe('an interval', () => {
  it('asks anew what is shown, where the backend tells nothing', async () => {
    const { context, provider, root } = await stage(({ subscribe: _subscribe, ...mute }) => mute);
    context.setAttribute('refresh-interval', '1');
    await context.updateComplete;
    const draft = { type: 'task', subject: 'Somebody else’s' };
    await provider.create(crypto.randomUUID(), draft, { ...CALL, idempotencyKey: 'theirs' });
    await waitUntil(() => root.textContent.includes('Somebody else’s'), 'asked', { timeout: 4000 });
  });
});

describe('a gesture', () => {
  it('asks first, writes, and tells', async () => {
    const { element, complete, provider, row, noticed } = await stage();
    const order: string[] = [];
    for (const name of ['activity-move-status', 'activity-complete', 'activity-saved'] as const) {
      document.addEventListener(name, () => order.push(name), { once: true });
    }
    const saved = heard(element, 'activity-saved');
    complete();
    const { detail } = await saved;
    expect(order).to.deep.equal(['activity-move-status', 'activity-complete', 'activity-saved']);
    expect(detail.action).to.equal('move-status');
    expect(detail.results.map(({ id }) => id)).to.deep.equal([row.id]);
    expect((await provider.get(row.id, CALL)).state).to.equal('completed');
    await waitUntil(() => noticed().includes('1 activity completed'));
  });

  it('is vetoed at once', async () => {
    const { context, complete, provider, row, root } = await stage();
    context.addEventListener('activity-move-status', (event) => event.preventDefault());
    complete();
    await new Promise((resolve) => setTimeout(resolve));
    expect((await provider.get(row.id, CALL)).state).to.equal('open');
    expect(root.querySelector('article')?.getAttribute('aria-busy')).to.equal(null);
  });

  it('is shown as pending while the host thinks, and vetoed with its reason', async () => {
    const { context, complete, provider, row, root, noticed } = await stage();
    let refuse: (reason: Error) => void = () => undefined;
    context.addEventListener('activity-complete', (event) =>
      event.waitUntil(new Promise((_, reject) => (refuse = reject))),
    );
    complete();
    await waitUntil(() => root.querySelector('article')?.getAttribute('aria-busy') === 'true');
    refuse(new Error('The boss says no'));
    await waitUntil(() => noticed().includes('The boss says no'));
    expect((await provider.get(row.id, CALL)).state).to.equal('open');
    await waitUntil(() => root.querySelector('article')?.getAttribute('aria-busy') === null);
  });

  it('is taken over by the host, whose rows are adopted', async () => {
    const { context, complete, provider, row, root } = await stage();
    let news = 0;
    context.addEventListener('activity-move-status', (event) =>
      event.respondWith(
        Promise.resolve([{ ...row, subject: 'Done by the host', state: 'completed' as const }]),
      ),
    );
    context.addEventListener('activity-complete', () => (news += 1));
    complete();
    await waitUntil(
      () => root.querySelector('h4')?.textContent.includes('Done by the host') === true,
    );
    expect(news).to.equal(1);
    expect((await provider.get(row.id, CALL)).subject).to.equal('Quote');
  });

  it('is vetoed in part', async () => {
    const { context, complete, provider, row, noticed } = await stage();
    context.addEventListener('activity-move-status', (event) =>
      event.exclude([row.id], 'Not this one'),
    );
    complete();
    await waitUntil(() => noticed().includes('Not this one'));
    expect((await provider.get(row.id, CALL)).state).to.equal('open');
  });

  it('can be decided only while it is asked', async () => {
    const { context, complete, element } = await stage();
    let kept: HTMLElementEventMap['activity-move-status'] | undefined;
    context.addEventListener('activity-move-status', (event) => (kept = event));
    const saved = heard(element, 'activity-saved');
    complete();
    await saved;
    expect(() => kept?.waitUntil(Promise.resolve())).to.throw(/while the event is dispatched/);
  });

  it('is taken back when the provider refuses it, and says why', async () => {
    const { element, complete, root, noticed } = await stage((provider) => ({
      ...provider,
      transition: () => Promise.reject(failure('forbidden', 'Only the owner may do this')),
    }));
    const failed = heard(element, 'activity-error');
    complete();
    const { detail } = await failed;
    expect(detail.error.code).to.equal('forbidden');
    await waitUntil(() => noticed().includes('Only the owner may do this'));
    await waitUntil(() => root.querySelector('[aria-label="Complete Quote"]') !== null);
  });
});

describe('a data source', () => {
  const shown = async (element: ActivityTimeline): Promise<string[]> => {
    await waitUntil(() => element.shadowRoot?.querySelector('article, .state-panel') != null);
    return [...(element.shadowRoot?.querySelectorAll('h4') ?? [])].map((h) => h.textContent.trim());
  };

  it('is an array: a seed that is never touched', async () => {
    const items = Object.freeze([Object.freeze(activity({ subject: 'Seed' }))]);
    const element = await fixture<ActivityTimeline>(
      html`<activity-timeline .items=${items} .clock=${clock}></activity-timeline>`,
    );
    expect(await shown(element)).to.deep.equal(['Seed']);
    element.shadowRoot?.querySelector<HTMLElement>('[aria-label="Complete Seed"]')?.click();
    await waitUntil(() => element.shadowRoot?.textContent.includes('Completed') === true);
    expect(items[0]?.state).to.equal('open');
    element.items = [activity({ subject: 'Another' })];
    await waitUntil(() => (element.shadowRoot?.querySelectorAll('h4').length ?? 0) === 2);
  });

  it('is one function', async () => {
    const rows = [activity({ subject: 'Read only' })];
    const element = await fixture<ActivityTimeline>(
      html`<activity-timeline
        .provider=${{ query: () => Promise.resolve(rows) }}
        .clock=${clock}
      ></activity-timeline>`,
    );
    expect(await shown(element)).to.deep.equal(['Read only']);
    const complete = element.shadowRoot?.querySelector('[aria-label="Complete Read only"]');
    expect(complete?.getAttribute('aria-disabled')).to.equal('true');
    expect(complete?.getAttribute('aria-description')).to.contain('not turned this on');
  });

  it('of an element’s own beats the context’s, set before or after it is connected', async () => {
    const context = await inContext(
      memory([activity({ subject: 'Of the context' })]),
      html`<activity-timeline></activity-timeline>`,
    );
    const element = context.querySelector('activity-timeline');
    if (!element) throw new Error('no timeline');
    expect(await shown(element)).to.deep.equal(['Of the context']);
    element.provider = memory([activity({ subject: 'Its own' })]);
    await waitUntil(
      () => element.shadowRoot?.querySelector('h4')?.textContent.includes('Its own') === true,
    );
  });

  it('comes later, with a context that is upgraded or given a provider later', async () => {
    const context = (await inContext(
      undefined,
      html`<activity-timeline></activity-timeline>`,
    )) as ActivityContext;
    const element = context.querySelector('activity-timeline');
    if (!element) throw new Error('no timeline');
    await waitUntil(() => element.shadowRoot?.querySelector('.state-panel') != null);
    context.provider = memory([activity({ subject: 'At last' })]);
    await waitUntil(
      () => element.shadowRoot?.querySelector('h4')?.textContent.includes('At last') === true,
    );
  });

  it('that is missing is said on screen, and once in the console', async () => {
    const warnings: unknown[] = [];
    const { warn } = console;
    console.warn = (text: unknown) => void warnings.push(text);
    try {
      const element = await fixture<ActivityTimeline>(
        html`<activity-timeline></activity-timeline>`,
      );
      await waitUntil(() => element.shadowRoot?.textContent.includes('No data source') === true);
      element.requestUpdate();
      await element.updateComplete;
      expect(
        warnings.filter((text) => String(text).includes('<activity-timeline>')),
      ).to.have.length(1);
    } finally {
      console.warn = warn;
    }
  });
});

describe('what was done', () => {
  const undoButton = (context: ActivityContext): HTMLElement | undefined =>
    [...(context.shadowRoot?.querySelectorAll('button') ?? [])].find(
      (button) => button.textContent.trim() === 'Undo',
    );

  it('is taken back by the notice’s Undo, which asks no host', async () => {
    const { context, complete, provider, row, noticed } = await stage();
    complete();
    await waitUntil(() => undoButton(context) !== undefined, 'no Undo');
    let asked = 0;
    context.addEventListener('activity-move-status', () => (asked += 1));
    undoButton(context)?.click();
    await waitUntil(() => !noticed().includes('completed'));
    const back = await provider.get(row.id, CALL);
    expect(back).to.include({ state: 'open', statusReason: 'not-started' });
    expect(back).not.to.have.property('actualEnd');
    expect(asked).to.equal(0);
  });

  it('is taken back as one, also where it were many, and only where nobody changed the same since', async () => {
    const { element, provider } = await stage();
    const rows = ['a', 'b', 'c'].map((subject) => activity({ subject }));
    provider.merge(rows);
    const { requests } = element;
    const outcome = await requests.update(rows, { priority: 'high' });
    expect(outcome.isDone).to.equal(true);
    const call = { ...CALL, idempotencyKey: 'theirs' };
    await provider.update(rows[1]?.id ?? '', { priority: 'low' }, call);
    const undone = await outcome.undo?.();
    expect(undone?.results.filter((one) => 'error' in one).map(({ id }) => id)).to.deep.equal([
      rows[1]?.id,
    ]);
    const priorities = await Promise.all(
      rows.map(async ({ id }) => (await provider.get(id, CALL)).priority),
    );
    expect(priorities).to.deep.equal([undefined, 'low', undefined]);
    expect(await outcome.undo?.()).to.equal(undone);
  });

  it('comes back as it was after a removal', async () => {
    const { element, provider, row } = await stage();
    const outcome = await element.requests.remove([row]);
    await outcome.undo?.();
    const { version: _new, ...back } = await provider.get(row.id, CALL);
    const { version: _old, ...was } = row;
    expect(back).to.deep.equal({ ...was, modifiedAt: '2026-11-23T10:35:00Z' });
  });

  it('is told as it goes on', async () => {
    const { element, provider } = await stage();
    const rows = Array.from({ length: 6 }, () => activity());
    provider.merge(rows);
    const seen: string[] = [];
    await element.requests.update(
      rows,
      { priority: 'high' },
      { onProgress: (done, total) => seen.push(`${String(done)}/${String(total)}`) },
    );
    expect(seen).to.deep.equal(['1/6', '2/6', '3/6', '4/6', '5/6', '6/6']);
  });
});
