import { expect } from '@open-wc/testing';
import type { RecordRef } from '../../src/model/activity.js';
import { failure, type FailureCode } from '../../src/provider/failure.js';
import { ActivityStore } from '../../src/store/activity-store.js';
import type { Journal } from '../../src/store/journal/journal.js';
import { clock, memory } from '../support/fixtures.js';
import { MemoryDevice, type MemoryTab } from './model/memory-journal.js';
import { ManualTimers, settled } from './support.js';

/* A page is loaded while the backend cannot say who the user is: what waits on the device is the last user's, and stays it. */

const asker = { locale: 'en', timeZone: 'Europe/Berlin' };
const ANA: RecordRef = { kind: 'user', id: 'ana', name: 'Ana' };
const BEN: RecordRef = { kind: 'user', id: 'ben', name: 'Ben' };

/** A device with a journal for each user, and a backend that answers or not. */
class Stage {
  readonly provider = memory([]);
  readonly #devices = new Map<string, MemoryDevice>();
  #tabs: MemoryTab[] = [];
  #lastUser: string | undefined;
  user = ANA;
  problem: FailureCode | undefined;
  /** The backend does not answer who it is until this is called. */
  answer: (() => void) | undefined;
  timers = new ManualTimers();

  device(user: RecordRef): MemoryDevice {
    const name = `user:${user.id}`;
    const device = this.#devices.get(name) ?? new MemoryDevice();
    this.#devices.set(name, device);
    return device;
  }

  readonly journal: Journal = {
    open: ({ user }) => {
      this.#lastUser = user;
      const tab = this.device(user === 'user:ana' ? ANA : BEN).tab();
      this.#tabs.push(tab);
      return tab.open({ user });
    },
    lastUser: () => this.#lastUser,
    forgetUser: () => (this.#lastUser = undefined),
  };

  /** The page before is gone. */
  load(): ActivityStore {
    for (const tab of this.#tabs) tab.close();
    this.#tabs = [];
    this.timers = new ManualTimers();
    const refuse = (): void => {
      if (this.problem) throw failure(this.problem);
    };
    const { provider } = this;
    return new ActivityStore(
      {
        ...provider,
        name: 'stage',
        session: async (call) => {
          await new Promise<void>((resolve) => (this.answer ? (this.answer = resolve) : resolve()));
          refuse();
          return { ...(await provider.session(call)), user: this.user };
        },
        create: async (id, draft, options) => {
          refuse();
          return provider.create(id, { ...draft, owner: this.user }, options);
        },
      },
      { clock, timers: this.timers, journal: this.journal },
    );
  }

  /** On the page of this user, whom the backend knows, something is done that does not go out. */
  async leaveWaiting(subject: string): Promise<void> {
    this.problem = undefined;
    const store = this.load();
    await store.ready(asker);
    await settled();
    this.problem = 'network';
    await Promise.all([create(store, subject), this.timers.pass(3000)]);
    expect(this.device(this.user).entries).to.have.length(1);
  }

  get made(): Promise<string[]> {
    return this.provider
      .query({ sort: [{ field: 'subject', direction: 'asc' }] }, asker)
      .then(({ rows }) => rows.map(({ subject, owner }) => `${subject} by ${owner?.id ?? ''}`));
  }

  /** The backend can be asked again, as this user. */
  async reconnect(store: ActivityStore, user = this.user): Promise<void> {
    this.user = user;
    this.problem = undefined;
    store.refresh();
    await settled();
    await this.timers.pass(5000);
  }
}

const create = (store: ActivityStore, subject: string) =>
  store.create({ type: 'task', subject }, asker);

const waits = ({ writer }: ActivityStore): string[] =>
  writer.waiting.map((change) => (change.kind === 'create' ? (change.draft.subject ?? '') : ''));

describe('a page whose user nobody can tell', () => {
  let stage: Stage;

  beforeEach(() => (stage = new Stage()));

  it('saves nothing where no user was ever known, and that is told at once; with the next act it is asked again', async () => {
    stage.problem = 'network';
    const store = stage.load();
    const first = await create(store, 'A');
    expect(first).to.have.nested.property('error.code', 'network');
    stage.problem = undefined;
    expect(await create(store, 'B')).not.to.have.property('error');
    await stage.timers.pass(0);
    expect(await stage.made).to.deep.equal(['B by ana']);
  });

  it('shows at once what waits, sends nothing, and sends it once the backend knows the user again', async () => {
    await stage.leaveWaiting('A');
    const store = stage.load();
    await settled();
    expect(waits(store)).to.deep.equal(['A']);
    expect(store.view({}, asker).rows, 'seen').to.deep.equal([]);
    await stage.timers.pass(60_000);
    expect(await stage.made).to.deep.equal([]);
    await stage.reconnect(store);
    expect(await stage.made).to.deep.equal(['A by ana']);
    expect(waits(store)).to.deep.equal([]);
  });

  it('asks by itself who the user is, until it is told', async () => {
    await stage.leaveWaiting('A');
    const store = stage.load();
    await settled();
    stage.problem = undefined;
    await stage.timers.pass(20_000);
    expect(await stage.made).to.deep.equal(['A by ana']);
    expect(waits(store)).to.deep.equal([]);
  });

  it('saves what is done meanwhile, which goes out behind what waited', async () => {
    await stage.leaveWaiting('A');
    const store = stage.load();
    await settled();
    const [result] = await Promise.all([create(store, 'B'), stage.timers.pass(3000)]);
    expect(result).to.have.property('isWaiting', true);
    expect(waits(store)).to.deep.equal(['A', 'B']);
    await stage.reconnect(store);
    expect(await stage.made).to.deep.equal(['A by ana', 'B by ana']);
    expect(stage.device(ANA).entries).to.deep.equal([]);
  });

  it('lets another user neither see nor send what the first had done, and keeps it for them', async () => {
    await stage.leaveWaiting('A');
    const store = stage.load();
    await settled();
    expect(waits(store)).to.deep.equal(['A']);
    await stage.reconnect(store, BEN);
    expect(waits(store)).to.deep.equal([]);
    expect(store.rows.keys().next().done, 'rows').to.equal(false);
    expect([...store.rows.visibleRows()]).to.deep.equal([]);
    expect(await stage.made).to.deep.equal([]);

    const later = stage.load();
    await stage.reconnect(later, ANA);
    expect(await stage.made).to.deep.equal(['A by ana']);
  });

  it('gives what is done meanwhile to whoever it was', async () => {
    await stage.leaveWaiting('A');
    const store = stage.load();
    await settled();
    await Promise.all([create(store, 'B'), stage.timers.pass(3000)]);
    await stage.reconnect(store, BEN);
    expect(await stage.made).to.deep.equal(['B by ben']);
    expect(stage.device(BEN).entries).to.deep.equal([]);
    expect(stage.device(ANA).entries.map(({ entry }) => entry.write)).to.have.length(1);
    expect(waits(store)).to.deep.equal([]);
  });

  describe('because the backend does not answer at all', () => {
    let store: ActivityStore;

    beforeEach(async () => {
      await stage.leaveWaiting('A');
      stage.problem = undefined;
      stage.answer = () => undefined;
      store = stage.load();
      await stage.timers.pass(2999);
    });

    const answer = async (): Promise<void> => {
      stage.answer?.();
      stage.answer = undefined;
      await settled();
      await stage.timers.pass(5000);
    };

    it('shows within three seconds what waits, saves what is done, and sends both once it is told', async () => {
      expect(waits(store)).to.deep.equal(['A']);
      await Promise.all([create(store, 'B'), stage.timers.pass(3000)]);
      expect(waits(store)).to.deep.equal(['A', 'B']);
      expect(await stage.made).to.deep.equal([]);
      await answer();
      expect(await stage.made).to.deep.equal(['A by ana', 'B by ana']);
      expect(waits(store)).to.deep.equal([]);
    });

    it('hides it again, and keeps it, where it is another user', async () => {
      stage.user = BEN;
      await answer();
      expect(waits(store)).to.deep.equal([]);
      expect(await stage.made).to.deep.equal([]);
      expect(stage.device(ANA).entries).to.have.length(1);
    });

    it('hides it again, and keeps it, where nobody is signed in; what was done meanwhile is called refused', async () => {
      const made = create(store, 'B');
      await settled();
      stage.problem = 'unauthenticated';
      await answer();
      expect(await made).to.have.nested.property('error.code', 'unauthenticated');
      expect(waits(store)).to.deep.equal([]);
      const kept = stage.device(ANA).entries.map(({ entry }) => entry.write);
      expect(kept).to.have.length(1).and.have.nested.property('[0].draft.subject', 'A');
    });
  });

  for (const [how, begin] of [
    ['where the backend says that nobody is signed in', () => (stage.problem = 'unauthenticated')],
    ['where they signed out', () => stage.journal.forgetUser('stage')],
    ['while the backend has not answered yet', () => (stage.answer = () => undefined)],
  ] as const) {
    it(`shows nothing of the last user ${how}`, async () => {
      await stage.leaveWaiting('A');
      begin();
      const store = stage.load();
      await settled();
      expect(waits(store)).to.deep.equal([]);
      expect(stage.device(ANA).entries).to.have.length(1);
    });
  }
});
