import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import type { Activity, ActivityPatch } from '../../src/model/activity.js';
import { ActivityTypes } from '../../src/model/activity-types.js';
import type { Change } from '../../src/store/change.js';
import { applyChange, RowTable } from '../../src/store/rows.js';
import { activity } from '../support/fixtures.js';

const TYPES = new ActivityTypes();
const KEY = 'one';

const row = (more: Partial<Activity> = {}): Activity => activity({ id: KEY, ...more });
const edit = (patch: ActivityPatch): Change => ({
  ...{ kind: 'update', patch, key: KEY, idempotencyKey: crypto.randomUUID(), act: 'act', at: 0 },
  ...{ isOptimistic: true, before: undefined, version: undefined, state: 'queued', attempts: 0 },
});

type Event =
  | { readonly does: 'receive'; readonly version: number; readonly age: number }
  | { readonly does: 'write'; readonly subject: string; readonly isSeen: boolean }
  | { readonly does: 'end' | 'conflict'; readonly which: number }
  | { readonly does: 'drop' };

const events: fc.Arbitrary<Event[]> = fc.array(
  fc.oneof<fc.Arbitrary<Event>[]>(
    fc.record({
      does: fc.constant('receive' as const),
      version: fc.nat({ max: 12 }),
      age: fc.nat({ max: 4 }),
    }),
    fc.record({
      does: fc.constant('write' as const),
      subject: fc.constantFrom('A', 'B', 'C'),
      isSeen: fc.boolean(),
    }),
    fc.record({
      does: fc.constantFrom('end' as const, 'conflict' as const),
      which: fc.nat({ max: 5 }),
    }),
    fc.record({ does: fc.constant('drop' as const) }),
  ),
  { maxLength: 25 },
);

describe('the rows of a store', () => {
  it('are at every moment what the server said with what is pending on top, and the same object until that changes', () => {
    fc.assert(
      fc.property(events, (history) => {
        const rows = new RowTable(() => TYPES);
        const pending: Change[] = [];
        let now = 0;
        for (const event of history) {
          const before = rows.visible(KEY);
          now += 1;
          switch (event.does) {
            case 'receive': {
              const { version, age } = event;
              const answer = row({ version: String(version), subject: String(version) });
              rows.receive(answer, now - age, now);
              break;
            }
            case 'write': {
              const change = { ...edit({ subject: event.subject }), isOptimistic: event.isSeen };
              pending.push(change);
              rows.addPending(change);
              break;
            }
            case 'end': {
              const [ended] = pending.splice(event.which % (pending.length || 1), 1);
              if (ended) rows.removePending(ended);
              break;
            }
            case 'conflict': {
              const change = pending[event.which % (pending.length || 1)];
              if (change) change.state = 'conflicted';
              rows.show(KEY);
              break;
            }
            case 'drop':
              rows.drop(KEY, now);
          }
          const shown = pending.filter((one) => one.isOptimistic && one.state !== 'conflicted');
          const expected = shown.reduce<Activity | undefined>(
            (seen, change) => applyChange(seen, change, TYPES),
            rows.base(KEY),
          );
          expect(rows.visible(KEY)).to.deep.equal(expected);
          if (pending.length === 0) expect(rows.visible(KEY)).to.equal(rows.base(KEY));
          const isSame = JSON.stringify(before) === JSON.stringify(rows.visible(KEY));
          if (isSame) expect(rows.visible(KEY)).to.equal(before);
          const isPending = pending.some(({ state }) => state !== 'conflicted');
          expect([...rows.pendingKeys()]).to.deep.equal(isPending ? [KEY] : []);
        }
      }),
    );
  });

  it('never go back: an older answer, and a version known to be past, is not taken', () => {
    const rows = new RowTable(() => TYPES);
    const says = (version: string, asked: number, now = asked): unknown => {
      rows.receive(row({ version, subject: version }), asked, now);
      return rows.visible(KEY)?.subject;
    };
    expect(says('1', 1)).to.equal('1');
    // Asked before, and arrived after.
    expect(says('2', 3)).to.equal('2');
    expect(says('1', 2, 4)).to.equal('2');
    // A replica that lags, asked after an own write.
    rows.supersede(KEY, '2');
    expect(says('3', 5)).to.equal('3');
    expect(says('2', 9)).to.equal('3');
    rows.drop(KEY, 10);
    expect(says('3', 11)).to.equal(undefined);
    expect(says('4', 12)).to.equal('4');
  });

  it('remember the last eight versions that are past', () => {
    const rows = new RowTable(() => TYPES);
    for (let version = 1; version <= 9; version++) rows.supersede(KEY, String(version));
    expect(Array.from({ length: 9 }, (_, at) => rows.isPast(KEY, String(at + 1)))).to.deep.equal([
      false,
      ...Array.from({ length: 8 }, () => true),
    ]);
  });

  it('lose nothing of what they hold to an answer that holds less', () => {
    const rows = new RowTable(() => TYPES);
    const parties = [{ role: 'to', name: 'Cecil' }] as const;
    rows.receive(row({ description: 'All', parties, fields: { a: 1 } }), 1);
    rows.receive(row({ subject: 'Listed', loaded: [] }), 2);
    expect(rows.visible(KEY)).to.include({ subject: 'Listed', description: 'All' });
    expect(rows.visible(KEY)).not.to.have.property('loaded');
    rows.receive(row({ description: 'New', loaded: ['body'] }), 3);
    expect(rows.visible(KEY)).to.deep.include({ description: 'New', parties, fields: { a: 1 } });
    // What nobody has heard of yet stays unknown, and is not blank.
    const fresh = new RowTable(() => TYPES);
    fresh.receive(row({ loaded: [] }), 1);
    fresh.receive(row({ description: 'New', loaded: ['body'] }), 2);
    expect(fresh.visible(KEY)?.loaded).to.deep.equal(['body']);
  });

  it('are one under every name that the server gives them', () => {
    const rows = new RowTable(() => TYPES);
    rows.receive(row(), 1);
    rows.alias('server-1', KEY);
    rows.receive(row({ id: 'server-1', subject: 'Named' }), 2);
    expect(rows.keyOf('server-1')).to.equal(KEY);
    expect(rows.visible(KEY)?.subject).to.equal('Named');
    expect([...rows.keys()]).to.deep.equal([KEY]);
  });
});
