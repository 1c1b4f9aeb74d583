import { expect } from '@open-wc/testing';
import {
  carried,
  firstField,
  nextDraft,
  prefilled,
} from '../../../src/elements/activity-quick-create/prefill.js';
import type { ActivityDraft } from '../../../src/model/activity.js';
import { ActivityTypes } from '../../../src/model/activity-types.js';
import { NOW, TIME_ZONE, cecil, mona, pilot, wingtip } from '../../support/fixtures.js';

const types = new ActivityTypes();

function filled(draft: ActivityDraft, { user = mona, now = NOW } = {}): ActivityDraft {
  return prefilled(draft, types.get(draft.type), { user, now, timeZone: TIME_ZONE });
}

describe('prefilled', () => {
  it('lets the user call whom it is about', () => {
    expect(filled({ type: 'phonecall', regarding: cecil })).to.deep.equal({
      type: 'phonecall',
      regarding: cecil,
      owner: mona,
      parties: [
        { role: 'from', record: mona },
        { role: 'to', record: cecil },
      ],
      fields: { direction: 'outgoing' },
    });
  });

  it('writes to nobody where it is about something that cannot be written to', () => {
    expect(filled({ type: 'email', regarding: pilot }).parties).to.deep.equal([
      { role: 'from', record: mona },
    ]);
  });

  it('begins an appointment with the next half hour of the user’s clock, and invites the contact', () => {
    const draft = filled({ type: 'appointment', regarding: cecil });
    expect([draft.start, draft.end]).to.deep.equal([
      '2026-11-23T11:00:00Z',
      '2026-11-23T11:30:00Z',
    ]);
    expect(draft.parties).to.deep.equal([
      { role: 'organizer', record: mona },
      { role: 'required', record: cecil },
    ]);
    expect(filled({ type: 'appointment', regarding: wingtip }).parties).to.have.length(1);
  });

  it('goes on into the next day before midnight', () => {
    const now = Date.parse('2026-11-23T22:45:00Z');
    expect(filled({ type: 'appointment' }, { now }).start).to.equal('2026-11-23T23:00:00Z');
  });

  it('ends what has a start: half an hour later, or with its day', () => {
    const timed = filled({ type: 'appointment', start: '2026-11-24T08:00:00Z' });
    expect(timed.end).to.equal('2026-11-24T08:30:00Z');
    expect(filled({ type: 'appointment', start: '2026-11-24' }).end).to.equal('2026-11-25');
    expect(filled({ type: 'appointment', start: 'soon' }).end).to.equal(undefined);
  });

  it('changes nothing that the draft says', () => {
    const draft: ActivityDraft = {
      type: 'phonecall',
      regarding: cecil,
      parties: [{ role: 'to', record: wingtip }],
      fields: { direction: 'incoming' },
    };
    const { parties, fields } = filled(draft);
    expect(fields).to.deep.equal({ direction: 'incoming' });
    expect(parties).to.deep.equal([
      { role: 'to', record: wingtip },
      { role: 'from', record: mona },
    ]);
  });

  it('gives a task to the user, and nobody where nobody is known', () => {
    expect(filled({ type: 'task', regarding: cecil })).to.deep.equal({
      type: 'task',
      regarding: cecil,
      owner: mona,
    });
    const draft = prefilled({ type: 'letter' }, types.get('letter'), {
      user: undefined,
      now: NOW,
      timeZone: TIME_ZONE,
    });
    expect(draft).to.deep.equal({ type: 'letter', fields: { direction: 'outgoing' } });
  });
});

describe('another type', () => {
  it('takes a due date that was typed for when it begins, and the other way round', () => {
    const due = '2026-11-24T14:00:00Z';
    expect(
      carried({ type: 'task', due }, new Set(['due']), types.get('appointment'), TIME_ZONE),
    ).to.deep.equal({ start: due, end: '2026-11-24T14:30:00Z' });
    expect(
      carried(
        { type: 'appointment', start: due },
        new Set(['start']),
        types.get('task'),
        TIME_ZONE,
      ),
    ).to.deep.equal({ due });
    expect(
      carried({ type: 'appointment', start: due }, new Set(), types.get('task'), TIME_ZONE),
    ).to.deep.equal({});
  });
});

describe('the next one', () => {
  it('is of the same kind about the same', () => {
    const draft: ActivityDraft = { type: 'task', subject: 'Call', regarding: null, state: 'open' };
    expect(nextDraft(draft)).to.deep.equal({ type: 'task', regarding: null, state: 'open' });
  });

  it('begins with the subject, a note with its text', () => {
    const first = (type: string): string => firstField(types.get(type));
    expect(['task', 'email', 'note', 'fax'].map(first)).to.deep.equal([
      'subject',
      'subject',
      'description',
      'subject',
    ]);
  });
});
