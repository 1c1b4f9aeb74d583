import { expect } from '@open-wc/testing';
import { checkActivity } from '../../src/model/check.js';
import type { RecordRef } from '../../src/model/activity.js';

const row = (id: string, owner: unknown): unknown => ({
  id,
  type: 'task',
  subject: 'Call back',
  state: 'open',
  owner,
});

describe('checkActivity', () => {
  it('keeps a person who stands in many rows once, and none of the host’s own objects', () => {
    const records = new Map<string, RecordRef>();
    const given = [1, 2].map((nth) =>
      row(`t${String(nth)}`, { kind: 'user', id: 'u', name: 'Mona' }),
    );
    const [first, second] = given.map((one) => checkActivity(one, records).row);
    expect(first?.owner).to.deep.equal({ kind: 'user', id: 'u', name: 'Mona' });
    expect(second?.owner).to.equal(first?.owner);
    expect(given.map((one) => (one as { owner: unknown }).owner)).not.to.include(first?.owner);
  });

  it('takes no record for another with the same id', () => {
    const records = new Map<string, RecordRef>();
    const owners = [
      { kind: 'user', id: '1', name: 'Mona' },
      { kind: 'team', id: '1', name: 'Mona' },
      { kind: 'user', id: '1', name: 'Mona Sanders' },
      { kind: 'user', id: '1' },
      { kind: 'user', id: '1', name: 'Mona' },
    ];
    const taken = owners.map((owner) => checkActivity(row('t', owner), records).row?.owner);
    expect(taken).to.deep.equal(owners);
  });

  it('still looks closer at a record that is like a known one, but for what is wrong with it', () => {
    const records = new Map<string, RecordRef>();
    checkActivity(row('t1', { kind: 'user', id: 'u', name: 'Mona' }), records);
    const wrong = checkActivity(row('t2', { kind: 'user', id: 'u', name: 7 }), records);
    expect(wrong.row).not.to.have.property('owner');
    expect(wrong.problems).to.deep.equal(['activity t2: owner is not { kind, id, name }']);
    const more = { kind: 'user', id: 'u', name: 'Mona', email: 'mona@example.com' };
    expect(checkActivity(row('t3', more), records).row?.owner).to.deep.equal(more);
  });
});
