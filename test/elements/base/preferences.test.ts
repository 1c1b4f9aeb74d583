import { expect, html } from '@open-wc/testing';
import '../../../src/define/activity-context.js';
import '../../../src/define/activity-grid.js';
import type { ActivityElement } from '../../../src/elements/base/activity-element.js';
import {
  DevicePreferences,
  changePreference,
  memoryPreferences,
  readPreference,
} from '../../../src/elements/base/preferences.js';
import type { Json } from '../../../src/model/json.js';
import type { ActivityPreferences } from '../../../src/provider/preferences.js';
import { createMemoryProvider } from '../../../src/provider/memory/memory-provider.js';
import { inContext, memory, mona, jun } from '../../support/fixtures.js';
import { until } from '../../support/grid.js';

/** Another page of the user: it shares nothing with this one but the device. */
function page(user: string, provider = 'test'): DevicePreferences {
  return new DevicePreferences(() => Promise.resolve({ provider, user }));
}

async function without<T>(name: 'indexedDB', work: () => Promise<T>): Promise<T> {
  const own = Object.getOwnPropertyDescriptor(globalThis, name);
  Object.defineProperty(globalThis, name, {
    configurable: true,
    get: () => {
      throw new DOMException('refused', 'SecurityError');
    },
  });
  try {
    return await work();
  } finally {
    if (own) Object.defineProperty(globalThis, name, own);
    else Reflect.deleteProperty(globalThis, name);
  }
}

describe('preferences of the device', () => {
  beforeEach(async () => {
    await Promise.all([page('a').forget(), page('b').forget(), page('a', 'other').forget()]);
  });

  it('are there again on the next page, each user’s and each data source’s own', async () => {
    await page('a').write('grid.columns', ['subject', { due: null }]);
    expect(await page('a').read('grid.columns')).to.deep.equal(['subject', { due: null }]);
    expect(await page('b').read('grid.columns')).to.equal(undefined);
    expect(await page('a', 'other').read('grid.columns')).to.equal(undefined);
    await page('a').write('grid.columns', undefined);
    expect(await page('a').read('grid.columns')).to.equal(undefined);
  });

  it('are forgotten as a whole, and nobody else’s with them', async () => {
    await page('a').write('one', 1);
    await page('a').write('two', 2);
    await page('b').write('one', 'b');
    await page('a').forget();
    expect(await page('a').read('one')).to.equal(undefined);
    expect(await page('a').read('two')).to.equal(undefined);
    expect(await page('b').read('one')).to.equal('b');
  });

  it('tell other tabs of the same user what was written', async () => {
    const heard: string[] = [];
    const end = page('a').subscribe((key) => heard.push(key));
    await page('b').write('not-mine', 1);
    await page('a').write('mine', 1);
    await until(() => heard.includes('mine'));
    end();
    expect(heard).to.deep.equal(['mine']);
  });

  it('lose no change that two tabs make at the same moment', async () => {
    const add = (value: string) => (old: Json | undefined) => [
      ...(Array.isArray(old) ? (old as readonly Json[]) : []),
      value,
    ];
    const names = ['1', '2', '3', '4'];
    await Promise.all(names.map((name) => changePreference(page('a'), 'views', add(name))));
    expect(await page('a').read('views')).to.have.members(names);
  });

  it('are read with what this page is about to keep, and without what it failed to', async () => {
    const kept = memoryPreferences();
    const changed = changePreference(kept, 'order', () => ['1']);
    expect(await readPreference(kept, 'order')).to.deep.equal(['1']);
    await changed;
    const refusing = memoryPreferences();
    await refusing.write('order', ['1']);
    refusing.write = () => Promise.reject(new Error('the server is gone'));
    const refused = changePreference(refusing, 'order', () => ['2']);
    expect(await readPreference(refusing, 'order')).to.deep.equal(['1']);
    expect(await refused.catch(String)).to.contain('the server is gone');
  });

  describe('that a page which goes was about to keep', () => {
    const go = (): void => void dispatchEvent(new PageTransitionEvent('pagehide'));
    const stay = (): void =>
      void dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    const left = (): readonly string[] =>
      Object.keys(localStorage).filter((name) => name.startsWith('activity-kit:preferences:'));
    const put = (value: string) => (old: Json | undefined) => [
      value,
      ...(Array.isArray(old) ? (old as readonly Json[]) : []),
    ];

    let free: () => void = () => undefined;
    afterEach(() => {
      free();
      stay();
    });

    /** A page that knows its user, and whose changes wait until they are free. */
    async function slow(kept: readonly string[]): Promise<DevicePreferences> {
      const it = page('a');
      await it.write('views', kept);
      const until = new Promise<void>((resolve) => (free = resolve));
      for (const key of ['views', 'order']) {
        await new Promise<void>((taken) => {
          void navigator.locks.request(`activity-kit.preferences ${key}`, () => {
            taken();
            return until;
          });
        });
      }
      return it;
    }

    it('are kept when the next one begins', async () => {
      const gone = await slow(['old']);
      const changed = changePreference(gone, 'views', put('new'));
      void gone.write('show', 'board');
      go();
      expect(await page('b').read('views'), 'nobody else’s').to.equal(undefined);
      expect(await page('a').read('views')).to.deep.equal(['new', 'old']);
      expect(await page('a').read('show')).to.equal('board');
      free();
      await changed;
    });

    it('are kept beside what another tab changed meanwhile', async () => {
      const gone = await slow(['old', 'renamed before']);
      const changed = changePreference(gone, 'views', (old) =>
        put('renamed')(put('new')((old as readonly string[]).slice(0, -1))),
      );
      const ordered = changePreference(gone, 'order', () => ({ open: ['1'] }));
      go();
      // It was open before, and has read what there was to make up for.
      const database = indexedDB.open('activity-kit.preferences');
      await new Promise((resolve) => (database.onsuccess = resolve));
      const store = database.result
        .transaction('preferences', 'readwrite')
        .objectStore('preferences');
      store.put(['theirs', 'old', 'renamed before'], ['test', 'a', 'views']);
      store.put({ done: ['2'] }, ['test', 'a', 'order']);
      await new Promise((resolve) => (store.transaction.oncomplete = resolve));
      database.result.close();
      expect(await page('a').read('views')).to.deep.equal(['renamed', 'new', 'theirs', 'old']);
      expect(await page('a').read('order')).to.deep.equal({ open: ['1'], done: ['2'] });
      free();
      await Promise.all([changed, ordered]);
    });

    it('are made once: what the page could keep after all, or made up for, is left to nobody', async () => {
      const gone = await slow(['old']);
      const changed = changePreference(gone, 'views', put('new'));
      go();
      expect(left()).to.have.length(1);
      // Begun while it goes.
      const end = gone.hold('draft', () => 'typed');
      expect(localStorage.getItem(left()[0] ?? '')).to.contain('typed');
      end();
      free();
      await changed;
      expect(left()).to.deep.equal([]);
      expect(await page('a').read('views')).to.deep.equal(['new', 'old']);
    });

    it('are forgotten with all the rest', async () => {
      const gone = await slow(['old']);
      const changed = changePreference(gone, 'views', put('new'));
      go();
      await page('a').forget();
      expect(left()).to.deep.equal([]);
      free();
      await changed;
    });
  });

  it('last as long as the page where the browser refuses to keep them, which is told once', async () => {
    await without('indexedDB', async () => {
      let told = 0;
      const it = page('a');
      it.onRefused = () => (told += 1);
      await it.write('one', 1);
      await it.write('two', 2);
      expect(await it.read('one')).to.equal(1);
      expect(await it.read('three')).to.equal(undefined);
      expect(told).to.equal(1);
      let failed: unknown;
      await it.forget().catch((thrown: unknown) => (failed = thrown));
      expect(failed).to.be.instanceOf(DOMException);
    });
  });
});

describe('an element', () => {
  const mount = async (provider: unknown): Promise<ActivityElement> => {
    const context = await inContext(provider, html`<activity-grid></activity-grid>`);
    const grid = context.querySelector('activity-grid');
    if (!grid) throw new Error('no grid');
    return grid;
  };

  it('keeps them under its provider’s name and its user', async () => {
    const named = (user: typeof mona) =>
      createMemoryProvider({ name: 'preferences-test', user, now: () => 0 });
    const grid = await mount(named(mona));
    await grid.preferences.write('grid.x', 'kept');
    expect(await (await mount(named(mona))).preferences.read('grid.x')).to.equal('kept');
    expect(await (await mount(named(jun))).preferences.read('grid.x')).to.equal(undefined);
    await grid.preferences.forget();
  });

  it('keeps those of a nameless provider as long as the page, for all who share it', async () => {
    const provider = memory([]);
    await (await mount(provider)).preferences.write('grid.x', 'kept');
    expect(await (await mount(provider)).preferences.read('grid.x')).to.equal('kept');
    expect(await (await mount(memory([]))).preferences.read('grid.x')).to.equal(undefined);
  });

  it('takes the provider’s, before that the host’s from the context, and its own before that', async () => {
    const [ofProvider, ofContext, own]: ActivityPreferences[] = [
      memoryPreferences(),
      memoryPreferences(),
      memoryPreferences(),
    ];
    const grid = await mount({ ...memory([]), ...(ofProvider && { preferences: ofProvider }) });
    expect(grid.preferences).to.equal(ofProvider);
    const context = grid.closest('activity-context');
    if (!context) throw new Error('no context');
    context.preferences = ofContext;
    await context.updateComplete;
    expect(grid.preferences).to.equal(ofContext);
    grid.preferences = own;
    expect(grid.preferences).to.equal(own);
    grid.preferences = undefined;
    expect(grid.preferences).to.equal(ofContext);
  });
});
