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
