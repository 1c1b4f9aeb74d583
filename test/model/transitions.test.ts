import { expect } from '@open-wc/testing';
import { ACTIVITY_STATES } from '../../src/model/activity.js';
import { builtInTypes } from '../../src/model/built-in-types.js';
import { reachableStates, transition } from '../../src/model/transitions.js';

describe('transitions', () => {
  for (const type of builtInTypes) {
    it(`of ${type.name} are Dynamics’`, () => {
      for (const from of ACTIVITY_STATES) {
        const closed = from === 'completed' || from === 'canceled';
        for (const to of ACTIVITY_STATES) {
          const answer = transition({ state: from }, to, type);
          const expected = type.states[to] !== undefined && !closed;
          expect(answer.allowed, `${from} to ${to}`).to.equal(expected);
          if (answer.allowed) expect(answer.reasons[0]?.name).to.equal(answer.default);
        }
      }
    });
  }

  it('leave what has no life cycle alone', () => {
    const note = builtInTypes.find(({ name }) => name === 'note');
    expect(note && reachableStates({ state: null }, note)).to.deep.equal([]);
    expect(note && transition({ state: null }, 'completed', note)).to.deep.equal({
      allowed: false,
      why: 'no-life-cycle',
    });
  });

  it('offer no reason that only a backend gives', () => {
    const email = builtInTypes.find(({ name }) => name === 'email');
    const answer = email && transition({ state: 'open' }, 'completed', email);
    const offered = answer?.allowed ? answer.reasons.map(({ name }) => name) : [];
    expect(offered).to.deep.equal(['completed', 'sent', 'received']);
    const known = email?.states.completed?.reasons.map(({ name }) => name);
    expect(known).to.include.members(['pending-send', 'sending']);
  });

  it('follow a type that says otherwise', () => {
    const [task] = builtInTypes;
    const reopening = task && { ...task, transitions: { completed: ['open'] as const } };
    expect(reopening && reachableStates({ state: 'completed' }, reopening)).to.deep.equal(['open']);
    expect(reopening && reachableStates({ state: 'canceled' }, reopening)).to.deep.equal([]);
  });
});
