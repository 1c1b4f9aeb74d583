import { expect } from '@open-wc/testing';
import { ActivityTypes } from '../../../src/model/activity-types.js';
import type { Filter } from '../../../src/model/query.js';
import { noteTable, pointerTable } from '../../../src/provider/odata/activity-tables.js';
import { dataverse } from '../../../src/provider/odata/dataverse.js';
import { toExpression, type Expression } from '../../../src/provider/odata/filter.js';

const me = '11111111-1111-4111-8111-111111111111';
const other = '22222222-2222-4222-8222-222222222222';
const context = { timeZone: 'Europe/Berlin', user: me, team: [other] };
const pointers = pointerTable(dataverse, new ActivityTypes());
const notes = noteTable(dataverse);

const ofActivities = (filter: Filter): Expression => toExpression(filter, pointers.fields, context);
const ofNotes = (filter: Filter): Expression => toExpression(filter, notes.fields, context);

describe('A filter as an OData expression', () => {
  const cases: [string, Filter, Expression][] = [
    [
      'states by number',
      { field: 'state', op: 'in', value: ['open', 'scheduled'] },
      '(statecode eq 0 or statecode eq 3)',
    ],
    [
      'states behind another in the order of the kit, not of the numbers',
      { field: 'state', op: 'gt', value: 'scheduled' },
      '(statecode eq 1 or statecode eq 2)',
    ],
    [
      'a reason by its number in each type that has it',
      { field: 'statusReason', op: 'eq', value: 'open' },
      "((activitytypecode eq 'phonecall' and statuscode eq 1) or (activitytypecode eq 'letter' and statuscode eq 1) or (activitytypecode eq 'fax' and statuscode eq 1))",
    ],
    [
      'quotes in texts',
      { field: 'subject', op: 'contains', value: "O'Bryan" },
      "contains(subject,'O''Bryan')",
    ],
    ['me', { field: 'owner', op: 'eq', value: 'me' }, `_ownerid_value eq ${me}`],
    ['my team', { field: 'owner', op: 'in', value: ['my-team'] }, `_ownerid_value eq ${other}`],
    [
      'a record',
      { field: 'regarding', op: 'eq', value: { kind: 'account', id: other } },
      `_regardingobjectid_value eq ${other}`,
    ],
    [
      'nothing in a lookup',
      { field: 'regarding', op: 'empty' },
      '_regardingobjectid_value eq null',
    ],
    [
      'a kind by the lookup that leads somewhere',
      { field: 'regarding.kind', op: 'eq', value: 'contact' },
      'regardingobjectid_contact/contactid ne null',
    ],
    [
      'the opposite of a place, which may be a due time where there is no start',
      { not: { field: 'place', op: 'lt', value: '2026-11-22T23:00:00Z' } },
      '(not (((scheduledstart ne null and scheduledstart lt 2026-11-22T23:00:00Z) or (scheduledstart eq null and scheduledend lt 2026-11-22T23:00:00Z))) or (scheduledstart eq null and scheduledend eq null))',
    ],
    [
      'a day of the user as an instant',
      { field: 'start', op: 'ge', value: '2026-11-23' },
      'scheduledstart ge 2026-11-22T23:00:00Z',
    ],
    [
      'what ends at the bound as before it, where whole days may end',
      { field: 'deadline', op: 'lt', value: '2026-11-23T23:00:00Z' },
      "(scheduledend lt 2026-11-23T23:00:00Z or (activitytypecode eq 'appointment' and scheduledend eq 2026-11-23T23:00:00Z and activity_pointer_appointment/any(o:o/isalldayevent eq true)))",
    ],
    [
      'what ends at the bound, but for whole days',
      { field: 'deadline', op: 'eq', value: '2026-11-23T23:00:00Z' },
      "(scheduledend eq 2026-11-23T23:00:00Z and not ((activitytypecode eq 'appointment' and scheduledend eq 2026-11-23T23:00:00Z and activity_pointer_appointment/any(o:o/isalldayevent eq true))))",
    ],
    [
      'a party in a role',
      { field: 'parties.to', op: 'eq', value: other },
      `activitypointer_activity_parties/any(p:(p/participationtypemask eq 2 and p/_partyid_value eq ${other}))`,
    ],
    [
      'not, with blanks, which are never equal to anything',
      { not: { field: 'deadline', op: 'gt', value: '2026-11-23T00:00:00Z' } },
      '(not (scheduledend gt 2026-11-23T00:00:00Z) or scheduledend eq null)',
    ],
    [
      'not of several',
      {
        not: {
          any: [
            { field: 'priority', op: 'eq', value: 'high' },
            { field: 'regarding', op: 'empty' },
          ],
        },
      },
      '((not (prioritycode eq 2) or prioritycode eq null) and not (_regardingobjectid_value eq null))',
    ],
    [
      'an id that is none as nothing',
      { field: 'owner', op: 'eq', value: "x' or subject ne 'y" },
      false,
    ],
    ['no time as nothing', { field: 'deadline', op: 'lt', value: '1 eq 1' }, false],
    ['an unknown state as nothing', { field: 'state', op: 'eq', value: '0 or 1 eq 1' }, false],
    ['all of none as everything', { all: [] }, true],
  ];
  for (const [words, filter, expected] of cases) {
    it(`writes ${words}`, () => {
      expect(ofActivities(filter)).to.equal(expected);
    });
  }

  it('knows without asking which notes pass', () => {
    expect(ofNotes({ field: 'state', op: 'in', value: ['open'] })).to.equal(false);
    expect(ofNotes({ field: 'priority', op: 'le', value: 'high' })).to.equal(true);
    expect(ofNotes({ field: 'priority', op: 'gt', value: 'normal' })).to.equal(false);
    expect(ofNotes({ not: { field: 'state', op: 'in', value: ['open'] } })).to.equal(true);
    expect(ofNotes({ field: 'type', op: 'in', value: ['task', 'note'] })).to.equal(true);
    expect(ofNotes({ field: 'type', op: 'eq', value: 'task' })).to.equal(false);
    expect(ofNotes({ field: 'priority', op: 'eq', value: 'normal' })).to.equal(true);
    expect(ofNotes({ field: 'deadline', op: 'empty' })).to.equal(true);
    expect(ofNotes({ field: 'parties', op: 'eq', value: other })).to.equal(false);
    expect(ofNotes({ field: 'description', op: 'contains', value: 'x' })).to.equal(
      "contains(notetext,'x')",
    );
  });

  it('refuses what it has no column for', () => {
    expect(() => ofActivities({ field: 'outcome', op: 'eq', value: 'x' }))
      .to.throw()
      .with.property('code', 'unsupported');
  });

  it('refuses to guess who the team is', () => {
    const unknown = { ...context, team: undefined };
    const filter: Filter = { field: 'owner', op: 'in', value: 'my-team' };
    expect(() => toExpression(filter, pointers.fields, unknown))
      .to.throw()
      .with.property('code', 'unsupported');
  });
});
