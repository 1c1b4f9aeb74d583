import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { applyPatch, type Activity, type ActivityDraft } from '../../src/model/activity.js';
import { changedPaths, changesBetween, valueAt, withValue } from '../../src/model/draft.js';

const call: ActivityDraft = {
  type: 'phonecall',
  subject: 'Pallets',
  fields: { phoneNumber: '+31 10 555 0142', direction: 'outgoing' },
  parties: [
    { role: 'from', record: { kind: 'user', id: 'u1' } },
    { role: 'to', record: { kind: 'contact', id: 'c1' } },
    { role: 'to', address: 'ana@example.com' },
  ],
};

describe('a draft by path', () => {
  it('reads fields of all kinds', () => {
    expect(valueAt(call, 'subject')).to.equal('Pallets');
    expect(valueAt(call, 'fields.direction')).to.equal('outgoing');
    expect(valueAt(call, 'parties.to')).to.have.length(2);
    expect(valueAt(call, 'parties.cc')).to.deep.equal([]);
    expect(valueAt(call, 'due')).to.equal(undefined);
  });

  it('writes without touching what it was given', () => {
    const frozen = structuredClone(call);
    const due = withValue(call, 'due', '2026-11-23');
    const number = withValue(due, 'fields.phoneNumber', undefined);
    const to = withValue(number, 'parties.to', []);
    expect(to).to.deep.equal({
      type: 'phonecall',
      subject: 'Pallets',
      due: '2026-11-23',
      fields: { direction: 'outgoing' },
      parties: [{ role: 'from', record: { kind: 'user', id: 'u1' } }],
    });
    expect(call).to.deep.equal(frozen);
  });

  it('is itself where nothing changes', () => {
    expect(withValue(call, 'subject', 'Pallets')).to.equal(call);
    expect(withValue(call, 'parties.to', valueAt(call, 'parties.to'))).to.equal(call);
    expect(withValue(call, 'due', undefined)).to.equal(call);
  });

  it('keeps a role where it stood', () => {
    const next = withValue(call, 'parties.from', [
      { role: 'from', record: { kind: 'user', id: 'u2' } },
    ]);
    expect(next.parties?.map(({ role }) => role)).to.deep.equal(['from', 'to', 'to']);
    const added = withValue(call, 'parties.cc', [{ role: 'cc', address: 'b@example.com' }]);
    expect(added.parties?.map(({ role }) => role)).to.deep.equal(['from', 'to', 'to', 'cc']);
  });
});

describe('changesBetween', () => {
  it('names what differs, null for what was cleared, and never what is the provider’s', () => {
    const row: Activity = {
      ...call,
      id: '1',
      version: '7',
      subject: 'Pallets',
      state: 'open',
      due: '2026-11-23',
      createdAt: '2026-11-01T00:00:00Z',
    };
    const { id: _id, version: _version, createdAt: _createdAt, ...whole } = row;
    expect(changesBetween(row, whole)).to.deep.equal({});
    const { due: _due, ...rest } = whole;
    const after = { ...rest, subject: 'Doors', fields: { direction: 'outgoing', pages: 3 } };
    expect(changesBetween(row, after)).to.deep.equal({
      subject: 'Doors',
      due: null,
      fields: { phoneNumber: null, pages: 3 },
    });
    expect([...changedPaths(row, after)].sort()).to.deep.equal([
      'due',
      'fields.pages',
      'fields.phoneNumber',
      'subject',
    ]);
  });

  it('tells which role changed', () => {
    const after = withValue(call, 'parties.to', []);
    expect([...changedPaths(call, after)]).to.deep.equal(['parties.to']);
  });

  it('makes of the one row the other', () => {
    const value = fc.option(fc.string(), { nil: undefined });
    const draft = fc.record({
      subject: fc.string(),
      due: value,
      description: value,
      fields: fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.integer()),
    });
    fc.assert(
      fc.property(draft, draft, (before, after) => {
        const row = { id: '1', type: 'task', state: 'open', ...before } as Activity;
        const wanted = { type: 'task', state: 'open', ...after } as ActivityDraft;
        const written = applyPatch(row, changesBetween(row, wanted));
        expect(changesBetween(written, wanted)).to.deep.equal({});
      }),
    );
  });
});
