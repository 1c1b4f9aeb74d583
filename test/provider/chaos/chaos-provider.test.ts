import { expect } from '@open-wc/testing';
import type { Activity } from '../../../src/model/activity.js';
import {
  createChaosProvider,
  type ChaosFaults,
  type ChaosProvider,
  type ChaosTimer,
} from '../../../src/provider/chaos/chaos-provider.js';
import { FAILURE_CODES, toFailure } from '../../../src/provider/failure.js';
import { createMemoryProvider } from '../../../src/provider/memory/memory-provider.js';
import type { ActivityDataProvider, ProviderChange } from '../../../src/provider/provider.js';
import { activities, ana, now } from '../sample.js';

const call = { locale: 'en', timeZone: 'UTC' };
let keys = 0;
const write = () => ({ ...call, idempotencyKey: `key-${String(keys++)}` });

/** Time that stands until what waits is due. */
function virtualTimer(): ChaosTimer & { pass(milliseconds: number): Promise<void> } {
  let time = 0;
  const waiting: { at: number; go: () => void }[] = [];
  return {
    now: () => time,
    wait: (milliseconds) =>
      new Promise((go) => {
        waiting.push({ at: time + milliseconds, go });
      }),
    async pass(milliseconds) {
      const end = time + milliseconds;
      for (;;) {
        for (let turn = 0; turn < 20; turn++) await Promise.resolve();
        waiting.sort((a, b) => a.at - b.at);
        if ((waiting[0]?.at ?? Infinity) > end) break;
        const next = waiting.shift();
        time = next?.at ?? end;
        next?.go();
      }
      time = end;
    },
  };
}

const memory = () => createMemoryProvider({ activities, user: ana, now });
const codeOf = (answer: Promise<unknown>): Promise<string> =>
  answer.then(
    () => 'answered',
    (thrown: unknown) => toFailure(thrown).code,
  );
const subjectOf = async (provider: ActivityDataProvider, id: string) =>
  (await provider.get?.(id, call))?.subject;

describe('createChaosProvider', () => {
  it('is the provider inside as long as nothing is to go wrong', async () => {
    const inner = memory();
    const chaos = createChaosProvider(inner);
    expect(await chaos.query({}, call)).to.deep.equal(await inner.query({}, call));
    const row = await chaos.create('new', { type: 'task', subject: 'New' }, write());
    expect(await inner.get('new', call)).to.deep.equal(row);
    expect(chaos.events).to.deep.equal([]);
  });

  it('has the methods that the one inside has, and no others', () => {
    const inner: ActivityDataProvider = { query: () => Promise.resolve([]) };
    const bare = createChaosProvider(inner);
    expect(bare.create ?? bare.get ?? bare.subscribe ?? bare.attachments).to.equal(undefined);
    const full = memory();
    const methods = (provider: object): string[] =>
      Object.entries(provider)
        .filter(([, value]) => typeof value === 'function')
        .map(([name]) => name)
        .sort();
    const { merge: _merge, ...contract } = full;
    expect(methods(createChaosProvider(full))).to.deep.equal(methods(contract));
  });

  it('goes wrong in the same way for the same seed, and in another for another', async () => {
    const faults: ChaosFaults = { errors: 0.4, lostAnswers: 0.3, lag: 0.3 };
    const run = async (seed: number): Promise<readonly unknown[]> => {
      const chaos = createChaosProvider(memory(), { seed, faults, timer: virtualTimer() });
      for (let step = 0; step < 40; step++) {
        await codeOf(
          chaos.update(activities[0]?.id ?? '', { priority: 'low' }, write()) ?? Promise.resolve(),
        );
        await codeOf(chaos.query({}, call));
      }
      return chaos.events;
    };
    const first = await run(7);
    expect(first).to.not.be.empty;
    expect(await run(7)).to.deep.equal(first);
    expect(await run(8)).to.not.deep.equal(first);
  });

  it('draws a seed where none is given, with which the same happens again', async () => {
    const faults: ChaosFaults = { errors: 0.5 };
    const codes = async (chaos: ChaosProvider): Promise<readonly string[]> => {
      const all: string[] = [];
      for (let index = 0; index < 20; index++) all.push(await codeOf(chaos.query({}, call)));
      return all;
    };
    const drawn = createChaosProvider(memory(), { faults });
    const before = await codes(drawn);
    expect(await codes(createChaosProvider(memory(), { faults, seed: drawn.seed }))).to.deep.equal(
      before,
    );
  });

  it('fails with each code there is', async () => {
    for (const code of FAILURE_CODES) {
      const chaos = createChaosProvider(memory(), { faults: { errors: 1, codes: [code] } });
      expect(await codeOf(chaos.query({}, call))).to.equal(code);
    }
  });

  it('writes nothing where it fails before, and everything where only the answer is lost', async () => {
    const inner = memory();
    const chaos = createChaosProvider(inner, { faults: { errors: 1 } });
    await codeOf(chaos.create('a', { type: 'task', subject: 'A' }, write()));
    expect(await codeOf(inner.get('a', call))).to.equal('not-found');

    chaos.faults = { lostAnswers: 1 };
    const code = await codeOf(chaos.create('b', { type: 'task', subject: 'B' }, write()));
    expect(code).to.be.oneOf(['network', 'timeout']);
    expect((await inner.get('b', call)).subject).to.equal('B');
  });

  it('answers out of order where each takes its own time', async () => {
    const timer = virtualTimer();
    const chaos = createChaosProvider(memory(), { seed: 3, faults: { latency: [0, 100] }, timer });
    const order: number[] = [];
    for (let index = 0; index < 10; index++) {
      void chaos.query({}, call).then(() => order.push(index));
    }
    await timer.pass(300);
    expect(order).to.have.length(10);
    expect(order).to.not.deep.equal([...order].sort((a, b) => a - b));
  });

  it('never answers what hangs, until it is aborted', async () => {
    const chaos = createChaosProvider(memory(), { faults: { hangs: 1 } });
    const leave = new AbortController();
    const answer = codeOf(chaos.query({}, { ...call, signal: leave.signal }));
    leave.abort();
    expect(await answer).to.equal('aborted');
  });

  it('tells a change twice, late, or never', async () => {
    const inner = memory();
    const timer = virtualTimer();
    const chaos = createChaosProvider(inner, { timer, faults: { duplicates: 1 } });
    const heard: ProviderChange[] = [];
    const end = chaos.subscribe((change) => heard.push(change));
    const tellOne = async (): Promise<number> => {
      heard.length = 0;
      await inner.create(crypto.randomUUID(), { type: 'task', subject: 'Told' }, write());
      await timer.pass(0);
      return heard.length;
    };
    expect(await tellOne()).to.equal(2);
    chaos.faults = { lostChanges: 1 };
    expect(await tellOne()).to.equal(0);
    chaos.faults = { latency: [50, 50] };
    expect(await tellOne()).to.equal(0);
    await timer.pass(50);
    expect(heard).to.have.length(1);
    end();
    chaos.faults = {};
    expect(await tellOne()).to.equal(0);
  });

  it('fails with network while it is offline, and says when it is back and that something was missed', async () => {
    const chaos = createChaosProvider(memory());
    const heard: ProviderChange[] = [];
    chaos.subscribe((change) => heard.push(change));
    chaos.isOnline = false;
    expect(await codeOf(chaos.query({}, call))).to.equal('network');
    chaos.isOnline = true;
    expect(await codeOf(chaos.query({}, call))).to.equal('answered');
    expect(heard).to.deep.equal([
      { kind: 'connection', online: false },
      { kind: 'connection', online: true },
      { kind: 'invalidate' },
    ]);
  });

  type Chaos = ChaosProvider<ReturnType<typeof memory>>;

  describe('lagging behind its own writes', () => {
    const open = { filter: { field: 'state', op: 'eq', value: 'open' } } as const;
    const lagging = (): { chaos: Chaos; timer: ReturnType<typeof virtualTimer> } => {
      const timer = virtualTimer();
      const faults = { lag: 1, lagMs: 1000 };
      return { chaos: createChaosProvider(memory(), { seed: 1, timer, faults }), timer };
    };
    const rowsOf = async (chaos: ChaosProvider): Promise<readonly Activity[]> => {
      const answer = await chaos.query(open, call);
      return 'rows' in answer ? answer.rows : answer;
    };

    it('shows a row as it was, in lists too, and catches up', async () => {
      const { chaos, timer } = lagging();
      await timer.pass(5000);
      const before = await rowsOf(chaos);
      const [first] = before;
      const id = first?.id ?? '';
      await chaos.update(id, { subject: 'Later' }, write());
      await timer.pass(1);
      expect(await subjectOf(chaos, id)).to.equal(first?.subject);
      expect(await rowsOf(chaos)).to.deep.equal(before);
      await timer.pass(1000);
      expect(await subjectOf(chaos, id)).to.equal('Later');
    });

    it('shows what was removed or completed, and does not show what is new', async () => {
      const { chaos, timer } = lagging();
      await timer.pass(5000);
      const before = await rowsOf(chaos);
      const [first, second] = before;
      await chaos.remove(first?.id ?? '', write());
      await chaos.transition(second?.id ?? '', { state: 'completed' }, write());
      await chaos.create('new', { type: 'task', subject: 'New' }, write());
      await timer.pass(1);
      expect(await rowsOf(chaos)).to.deep.equal(before);
      const groups = [{ name: 'open', filter: open.filter }];
      const totals = await chaos.count({}, groups, call);
      expect(totals[0]?.value).to.equal(before.length);
      await timer.pass(1000);
      const ids = (await rowsOf(chaos)).map((row) => row.id);
      expect(ids).to.include('new');
      expect(ids).to.not.include(first?.id);
      expect(ids).to.not.include(second?.id);
    });
  });
});
