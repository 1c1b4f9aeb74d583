import { expect } from '@open-wc/testing';
import type { ActivityDraft } from '../../src/model/activity.js';
import type { ActivityType } from '../../src/model/activity-type.js';
import { ActivityTypes } from '../../src/model/activity-types.js';
import { formFields } from '../../src/model/form-fields.js';
import { validate } from '../../src/model/validate.js';

const types = new ActivityTypes();

const visit: ActivityType = {
  name: 'visit',
  label: { en: 'Site visit' },
  plural: { en: 'Site visits' },
  icon: 'visit',
  hue: 'visit',
  states: { open: { reasons: [{ name: 'open', label: 'Open' }], default: 'open' } },
  deadline: 'due',
  required: ['start', 'regarding'],
  roles: [{ role: 'host', label: 'Host', kinds: ['contact'] }],
  fields: [
    { name: 'rating', label: 'Rating', kind: 'number', min: 1, max: 5 },
    { name: 'floors', label: 'Floors', kind: 'number', min: 1 },
    { name: 'cost', label: 'Cost', kind: 'number', max: 100 },
    { name: 'drive', label: 'Drive', kind: 'duration' },
    { name: 'map', label: 'Map', kind: 'url', maxLength: 30 },
    { name: 'mood', label: 'Mood', kind: 'choice', choices: [{ value: 'good', label: 'Good' }] },
    { name: 'safe', label: 'Safe', kind: 'boolean' },
    { name: 'follow', label: 'Follow up', kind: 'time' },
    { name: 'site', label: 'Site', kind: 'record', kinds: ['site'], required: true },
  ],
};

const good: ActivityDraft = {
  type: 'visit',
  start: '2026-11-23T06:00:00Z',
  end: '2026-11-23T07:00:00Z',
  regarding: { kind: 'account', id: 'a1' },
  fields: { site: { kind: 'site', id: 's1' } },
};

function problems(
  type: ActivityType,
  draft: Partial<ActivityDraft>,
  changed?: ReadonlySet<string>,
): Record<string, unknown> {
  return Object.fromEntries(validate({ type: type.name, ...draft }, type, changed));
}

function ofField(name: string, value: unknown): unknown {
  const fields = { ...good.fields, [name]: value } as ActivityDraft['fields'];
  return problems(visit, { ...good, fields })[`fields.${name}`];
}

describe('formFields', () => {
  const paths = (type: string): string[] => formFields(types.get(type)).map(({ path }) => path);

  it('asks in the same order for every type', () => {
    expect(paths('task')).to.deep.equal([
      'subject',
      'regarding',
      'owner',
      'due',
      'priority',
      'fields.percentComplete',
      'description',
    ]);
    expect(paths('phonecall')).to.deep.equal([
      'subject',
      'parties.from',
      'parties.to',
      'regarding',
      'owner',
      'due',
      'priority',
      'fields.direction',
      'fields.phoneNumber',
      'fields.leftVoicemail',
      'description',
    ]);
    expect(paths('appointment').slice(4)).to.deep.equal([
      'regarding',
      'owner',
      'start',
      'series',
      'priority',
      'fields.location',
      'description',
    ]);
  });

  it('asks what has no life cycle neither when it is due nor how urgent it is', () => {
    expect(paths('note')).to.deep.equal(['subject', 'regarding', 'description']);
  });

  it('asks for a period where a type wants one besides its due date', () => {
    expect(formFields(visit).map(({ path }) => path)).to.include.members(['start', 'due']);
  });

  it('answers the same list for the same type', () => {
    expect(formFields(types.get('task'))).to.equal(formFields(types.get('task')));
  });
});

describe('validate', () => {
  it('finds nothing wrong with what is right', () => {
    expect(problems(visit, good)).to.deep.equal({});
    expect(problems(types.get('task'), { subject: 'Call' })).to.deep.equal({});
  });

  it('wants what its type wants, in the order of the form', () => {
    expect(problems(visit, {})).to.deep.equal({
      regarding: { code: 'required' },
      start: { code: 'required' },
      'fields.site': { code: 'required' },
    });
    expect([...validate({ type: 'phonecall' }, types.get('phonecall')).keys()]).to.deep.equal([
      'subject',
      'parties.from',
      'parties.to',
    ]);
    expect(problems(types.get('appointment'), { subject: 'x' })).to.deep.equal({
      start: { code: 'required' },
      end: { code: 'required' },
    });
  });

  it('takes spaces and empty HTML for nothing', () => {
    expect(problems(types.get('task'), { subject: ' \n' })).to.have.property('subject');
    const mail = { ...types.get('email'), required: ['description'] as const };
    const blank = { description: '<p><br>&nbsp;</p>' };
    expect(problems(mail, blank)).to.deep.equal({ description: { code: 'required' } });
    expect(problems(mail, { description: '<p><img src="cid:1"></p>' })).to.deep.equal({});
  });

  it('counts characters', () => {
    expect(problems(types.get('task'), { subject: 'x'.repeat(201) })).to.deep.equal({
      subject: { code: 'too-long', max: 200, length: 201 },
    });
  });

  it('holds numbers to their range', () => {
    expect(ofField('rating', 6)).to.deep.equal({ code: 'range', min: 1, max: 5 });
    expect(ofField('floors', 0)).to.deep.equal({ code: 'min', min: 1 });
    expect(ofField('cost', 101)).to.deep.equal({ code: 'max', max: 100 });
    expect(ofField('drive', -1)).to.deep.equal({ code: 'min', min: 0 });
    expect(ofField('rating', '3')).to.deep.equal({ code: 'number' });
    for (const right of [1, 5, undefined, null])
      expect(ofField('rating', right)).to.equal(undefined);
  });

  it('holds addresses, choices, times and records to their kind', () => {
    expect(ofField('map', 'javascript:alert(1)')).to.deep.equal({ code: 'url' });
    expect(ofField('map', 'example.com')).to.deep.equal({ code: 'url' });
    expect(ofField('map', `https://example.com/${'x'.repeat(30)}`)).to.have.property('code');
    expect(ofField('map', 'https://example.com/')).to.equal(undefined);
    expect(ofField('mood', 'bad')).to.deep.equal({ code: 'choice' });
    expect(ofField('follow', '2026-02-31')).to.deep.equal({ code: 'date' });
    expect(ofField('follow', '2026-02-28')).to.equal(undefined);
    expect(ofField('site', { kind: 'account', id: '1' })).to.deep.equal({ code: 'choice' });
    expect(ofField('safe', false)).to.equal(undefined);
  });

  it('lets an end neither lie before its start nor be of another kind', () => {
    const meeting = types.get('appointment');
    const period = (start: string, end: string): unknown =>
      problems(meeting, { subject: 'x', start, end })['end'];
    expect(period('2026-11-23T06:00:00Z', '2026-11-23T05:59:00Z')).to.deep.equal({
      code: 'end-before-start',
    });
    expect(period('2026-11-23T06:00:00Z', '2026-11-23T06:00:00Z')).to.equal(undefined);
    expect(period('2026-11-23T14:00:00[Asia/Taipei]', '2026-11-23T06:30:00Z')).to.equal(undefined);
    expect(period('2026-11-23', '2026-11-23')).to.deep.equal({ code: 'end-before-start' });
    expect(period('2026-11-23', '2026-11-24')).to.equal(undefined);
    expect(period('2026-11-23', '2026-11-24T06:00:00Z')).to.deep.equal({ code: 'mixed-times' });
    expect(period('2026-11-23T06:00:00Z', 'later')).to.deep.equal({ code: 'time' });
  });

  it('holds parties to what their role allows', () => {
    const to = (type: string, ...parties: object[]): unknown =>
      problems(types.get(type), {
        subject: 'x',
        parties: parties.map((party) => ({ role: 'to', ...party })),
      })['parties.to'];
    const contact = { record: { kind: 'contact', id: 'c1' } };
    expect(to('email', contact, { address: 'ana@example.com' })).to.equal(undefined);
    expect(to('email', { address: 'ana' })).to.deep.equal({ code: 'address' });
    expect(to('phonecall', { address: 'ana@example.com' })).to.deep.equal({ code: 'choice' });
    expect(to('phonecall', { record: { kind: 'site', id: 's1' } })).to.deep.equal({
      code: 'choice',
    });
    const host = { role: 'host', ...contact };
    expect(problems(visit, { ...good, parties: [host, host] })['parties.host']).to.deep.equal({
      code: 'too-many',
    });
  });

  it('does not hold the user to what was there before', () => {
    const subject = 'x'.repeat(300);
    const task = types.get('task');
    expect(problems(task, { subject }, new Set(['due']))).to.deep.equal({});
    expect(problems(task, { subject }, new Set(['subject']))).to.have.property('subject');
    expect(problems(task, { subject: '' }, new Set(['due']))).to.have.property('subject');
  });
});
