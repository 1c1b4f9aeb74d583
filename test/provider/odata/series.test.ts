import { expect } from '@open-wc/testing';
import type { ActivityDraft } from '../../../src/model/activity.js';
import type { SeriesScope } from '../../../src/model/recurrence.js';
import { dataverse } from '../../../src/provider/odata/dataverse.js';
import { toFailure } from '../../../src/provider/failure.js';
import {
  createODataProvider,
  type ODataProvider,
} from '../../../src/provider/odata/odata-provider.js';
import type { WriteOptions } from '../../../src/provider/provider.js';
import { FakeService, URL, type Answer } from './fake-service.js';

const call = { locale: 'en', timeZone: 'Europe/Berlin' };
const master = '00000000-0000-4000-8000-0000000000f1';
const successor = '00000000-0000-4000-8000-0000000000f2';
const date = '00000000-0000-4000-8000-000000000001';
const other = '00000000-0000-4000-8000-000000000002';

const write = (scope: SeriesScope, version = 'W/"5"'): WriteOptions => ({
  ...call,
  idempotencyKey: successor,
  version,
  scope,
});

/** Tuesdays at nine in Berlin, six times; the third of them. */
const masterRow = {
  '@odata.etag': 'W/"40"',
  activityid: master,
  activitytypecode: 'recurringappointmentmaster',
  subject: 'Review',
  statecode: 3,
  statuscode: 5,
  prioritycode: 1,
  starttime: '2026-11-24T08:00:00Z',
  endtime: '2026-11-24T09:00:00Z',
  recurrencepatterntype: 1,
  interval: 1,
  daysofweekmask: 4,
  firstdayofweek: 1,
  patternstartdate: '2026-11-23T23:00:00Z',
  patternendtype: 2,
  occurrences: 6,
};
const dateRow = {
  '@odata.etag': 'W/"5"',
  activityid: date,
  activitytypecode: 'appointment',
  subject: 'Review',
  statecode: 3,
  statuscode: 5,
  prioritycode: 1,
  scheduledstart: '2026-12-08T08:00:00Z',
  scheduledend: '2026-12-08T09:00:00Z',
  originalstartdate: '2026-12-08T08:00:00Z',
  instancetypecode: 2,
  _seriesid_value: master,
};
const gone: Answer = { status: 404, body: { error: { code: '0x80040217', message: '' } } };
const stale: Answer = { status: 412, body: { error: { code: '0x80060882', message: '' } } };
const done: Answer = { status: 204 };
const list = (...value: object[]): Answer => ({ body: { value } });

type Answers = { readonly [beginning: string]: Answer | Answer[] };

function open(answers: Answers): { service: FakeService; provider: ODataProvider } {
  const service = new FakeService({
    [`GET activitypointers(${date})`]: { body: { activitytypecode: 'appointment' } },
    [`GET recurringappointmentmasters(${master})`]: { body: masterRow },
    [`GET appointments(${date})`]: { body: dateRow },
    ...answers,
  });
  return { service, provider: createODataProvider({ url: URL, fetch: service.fetch }) };
}

const writesOf = ({ sent }: FakeService): string[] =>
  sent.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path}`);

const codeOf = (writing: Promise<unknown>): Promise<string> =>
  writing.then(
    () => 'done',
    (thrown: unknown) => toFailure(thrown).code,
  );

describe('a series over OData', () => {
  const weekly: ActivityDraft = {
    type: 'appointment',
    subject: 'Review',
    start: '2026-11-24T08:00:00Z',
    end: '2026-11-24T09:00:00Z',
    fields: { location: 'Rotterdam' },
    regarding: { kind: 'contact', id: other },
    parties: [{ role: 'required', address: 'a@example.com' }],
    series: {
      id: '',
      role: 'master',
      rule: 'FREQ=WEEKLY;BYDAY=TU;COUNT=6',
      zone: 'Europe/Berlin',
    },
  };

  it('is a master whose dates the service makes', async () => {
    const { service, provider } = open({
      'POST recurringappointmentmasters': { status: 201, body: masterRow },
    });
    const row = await provider.create(master, weekly, write('this'));
    expect(row).to.deep.include({ id: master, type: 'appointment', state: 'scheduled' });
    expect(row.series).to.deep.equal({
      id: master,
      role: 'master',
      rule: 'FREQ=WEEKLY;BYDAY=TU;COUNT=6',
      zone: 'Europe/Berlin',
    });
    expect(service.last('POST recurringappointmentmasters').body).to.deep.equal({
      activityid: master,
      subject: 'Review',
      location: 'Rotterdam',
      'regardingobjectid_contact_recurringappointmentmaster@odata.bind': `/contacts(${other})`,
      recurringappointmentmaster_activity_parties: [
        { participationtypemask: 5, addressused: 'a@example.com' },
      ],
      isalldayevent: false,
      starttime: '2026-11-24T08:00:00Z',
      endtime: '2026-11-24T09:00:00Z',
      recurrencepatterntype: 1,
      interval: 1,
      daysofweekmask: 4,
      instance: null,
      isnthmonthly: false,
      isnthyearly: false,
      isweekdaypattern: false,
      dayofmonth: null,
      monthofyear: null,
      patternstartdate: '2026-11-23T23:00:00Z',
      patternendtype: 2,
      patternenddate: null,
      occurrences: 6,
      firstdayofweek: 1,
      statuscode: 5,
    });
  });

  it('is told of a date by which it belongs to, and of what makes it an exception', async () => {
    const { provider } = open({
      [`GET appointments(${date})`]: { body: { ...dateRow, instancetypecode: 3 } },
    });
    const { series } = await provider.get(date, call);
    expect(series).to.deep.equal({
      id: master,
      role: 'exception',
      originalStart: '2026-12-08T08:00:00Z',
    });
    expect(await provider.get(master, call).catch(toFailure)).to.have.property('code');
  });

  it('changes all by its master, against the version of both', async () => {
    const { service, provider } = open({
      'PATCH recurringappointmentmasters': { body: masterRow },
    });
    await provider.update(date, { subject: 'Weekly' }, write('all'));
    expect(writesOf(service)).to.deep.equal([`PATCH recurringappointmentmasters(${master})`]);
    const { body, headers } = service.last('PATCH');
    expect(body).to.deep.equal({ subject: 'Weekly' });
    expect(headers.get('If-Match')).to.equal('W/"40"');
    expect(
      await codeOf(provider.update(date, { subject: 'Late' }, write('all', 'W/"4"'))),
    ).to.equal('conflict');
    expect(writesOf(service)).to.have.length(1);
  });

  it('changes the exception by which all are changed too, which its master would leave alone', async () => {
    const { service, provider } = open({
      'PATCH ': done,
      [`GET appointments(${date})`]: { body: { ...dateRow, instancetypecode: 3 } },
    });
    await provider.update(date, { subject: 'Weekly' }, write('all'));
    expect(writesOf(service)).to.deep.equal([
      `PATCH recurringappointmentmasters(${master})`,
      `PATCH appointments(${date})`,
    ]);
    expect(service.last('PATCH').body).to.deep.equal({ subject: 'Weekly' });
  });

  it('finds a date again that has another id since all were moved, with what it had of its own', async () => {
    const own = { ...dateRow, instancetypecode: 3, location: 'Taipei' };
    const onWednesday = {
      ...dateRow,
      activityid: other,
      originalstartdate: '2026-12-09T10:00:00Z',
      scheduledstart: '2026-12-09T10:00:00Z',
      scheduledend: '2026-12-09T11:00:00Z',
    };
    const { service, provider } = open({
      'PATCH ': done,
      [`GET appointments(${date})`]: [{ body: own }, gone],
      'GET appointments?$filter': [list(own), list(onWednesday)],
      'GET appointments?$select': list({ activityid: other }),
      [`PATCH appointments(${date})`]: gone,
      [`GET appointments(${other})`]: { body: onWednesday },
    });
    const patch = { start: '2026-12-09T10:00:00Z', end: '2026-12-09T11:00:00Z' };
    expect((await provider.update(date, patch, write('all'))).id).to.equal(other);
    // From Tuesday at nine to Wednesday at eleven.
    expect(service.last('PATCH recurring').body).to.deep.include({
      starttime: '2026-11-25T10:00:00Z',
      endtime: '2026-11-25T11:00:00Z',
      daysofweekmask: 8,
      occurrences: 6,
    });
    expect(service.last('PATCH appointments').path).to.equal(`appointments(${other})`);
    expect(service.last('PATCH appointments').body).to.deep.equal({ location: 'Taipei' });
    expect(service.last('GET appointments?$select').path).to.include(
      `_seriesid_value eq ${master} and originalstartdate ge 2026-12-08T23:00:00Z`,
    );
  });

  const following: Answers = {
    'POST recurringappointmentmasters': { status: 201, body: masterRow },
    'PATCH recurringappointmentmasters': done,
    'GET appointments?$filter': [
      // What was: one that is done, one with a place of its own, and one that was removed.
      list(
        dateRow,
        { ...dateRow, activityid: other, originalstartdate: '2026-12-15T08:00:00Z', statecode: 1 },
        {
          ...dateRow,
          activityid: 'c',
          originalstartdate: '2026-12-22T08:00:00Z',
          instancetypecode: 3,
          location: 'Taipei',
          scheduledstart: '2026-12-22T08:00:00Z',
          scheduledend: '2026-12-22T09:00:00Z',
        },
        { ...dateRow, activityid: 'd', originalstartdate: '2027-01-05T08:00:00Z' },
      ),
      // What the service makes.
      list(
        ...['08', '15', '22', '29'].map((day) => ({
          ...dateRow,
          activityid: `n${day}`,
          originalstartdate: `2026-12-${day}T08:00:00Z`,
        })),
      ),
    ],
    'GET appointments?$select': list({ activityid: other }),
    [`GET appointments(${other})`]: { body: { ...dateRow, activityid: other } },
    'DELETE ': done,
    'PATCH appointments': done,
  };

  it('makes a series of its own of a date and all later ones, and ends the old one before', async () => {
    const { service, provider } = open(following);
    const row = await provider.update(date, { subject: 'Later' }, write('following'));
    expect(row.id).to.equal(other);
    expect(service.last('POST').body).to.deep.include({
      activityid: successor,
      subject: 'Later',
      starttime: '2026-12-08T08:00:00Z',
      // The two before it stay with the old one.
      occurrences: 4,
    });
    expect(writesOf(service)).to.deep.equal([
      'POST recurringappointmentmasters',
      'DELETE appointments(n15)',
      'PATCH appointments(n22)',
      'DELETE appointments(n29)',
      `PATCH recurringappointmentmasters(${master})`,
    ]);
    expect(service.last('PATCH appointments(n22)').body).to.deep.equal({ location: 'Taipei' });
    const end = service.last('PATCH recurringappointmentmasters');
    expect(end.body).to.deep.equal({
      patternendtype: 3,
      patternenddate: '2026-12-06T23:00:00Z',
      occurrences: null,
    });
    expect(end.headers.get('If-Match')).to.equal('W/"40"');
  });

  it('leaves no second series behind where the old one was changed meanwhile', async () => {
    const { service, provider } = open({
      ...following,
      'GET appointments?$filter': list(),
      'PATCH recurringappointmentmasters': stale,
    });
    const writing = provider.update(date, { subject: 'Later' }, write('following'));
    expect(await codeOf(writing)).to.equal('conflict');
    expect(writesOf(service).at(-1)).to.equal(`DELETE recurringappointmentmasters(${successor})`);
  });

  it('changes all where there is none before', async () => {
    const { service, provider } = open({
      'PATCH recurringappointmentmasters': done,
      [`GET appointments(${date})`]: {
        body: { ...dateRow, originalstartdate: '2026-11-24T08:00:00Z' },
      },
    });
    await provider.update(date, { subject: 'Later' }, write('following'));
    expect(writesOf(service)).to.deep.equal([`PATCH recurringappointmentmasters(${master})`]);
  });

  it('is removed from a date on by its end, wholly with its master, and never with what is closed', async () => {
    const { service, provider } = open({
      'PATCH recurringappointmentmasters': done,
      'DELETE recurringappointmentmasters': done,
      'POST DeleteOpenInstances': done,
      'GET appointments?': [list(), list({ activityid: other })],
    });
    await provider.remove(date, write('following'));
    expect(service.last('PATCH').body).to.include({ patternenddate: '2026-12-06T23:00:00Z' });
    await provider.remove(date, write('all'));
    expect(service.last('DELETE').headers.get('If-Match')).to.equal('W/"40"');
    await provider.remove(date, write('all'));
    expect(service.last('POST').body).to.deep.equal({
      Target: {
        '@odata.type': 'Microsoft.Dynamics.CRM.recurringappointmentmaster',
        activityid: master,
      },
      SeriesEndDate: '2026-11-23T23:00:00Z',
      StateOfPastInstances: 3,
    });
    expect(writesOf(service)).to.have.length(3);
  });

  it('is made of one appointment by the service, which gives its first date another id', async () => {
    const { _seriesid_value: _id, ...single } = dateRow;
    const { service, provider } = open({
      [`GET appointments(${date})`]: { body: { ...single, instancetypecode: 0 } },
      [`POST appointments(${date})/Microsoft.Dynamics.CRM.AddRecurrence`]: {
        body: { activityid: master },
      },
      'GET appointments?': list({ activityid: other }),
      [`GET appointments(${other})`]: { body: { ...dateRow, activityid: other } },
    });
    const row = await provider.update(
      date,
      { series: { id: '', role: 'master', rule: 'FREQ=DAILY;COUNT=3', zone: 'Europe/Berlin' } },
      write('all'),
    );
    expect(row.series?.id).to.equal(master);
    const { Target: target } = service.last('POST').body as { Target: object };
    expect(target).to.deep.include({
      '@odata.type': 'Microsoft.Dynamics.CRM.recurringappointmentmaster',
      subject: 'Review',
      recurrencepatterntype: 0,
      occurrences: 3,
      starttime: '2026-12-08T08:00:00Z',
    });
    expect(service.last('GET appointments?').path).to.include(`_seriesid_value eq ${master}`);
  });

  it('is refused, at its field, where the service has no word for it', async () => {
    const { service, provider } = open({});
    const writings = [
      () => provider.update(date, { series: null }, write('all')),
      () => provider.create(other, { ...weekly, type: 'task' }, write('this')),
    ];
    for (const writing of writings) {
      const thrown = await writing().then(() => undefined, toFailure);
      expect(thrown).to.deep.include({ code: 'unsupported', fields: { series: '' } });
    }
    expect(writesOf(service)).to.deep.equal([]);
  });

  it('is not offered where the dialect knows of none', async () => {
    const { series: _series, ...appointment } = dataverse.types['appointment'] ?? {};
    const types = { ...dataverse.types, appointment } as typeof dataverse.types;
    const service = new FakeService({ 'GET ': list() });
    const plain = createODataProvider({
      url: URL,
      fetch: service.fetch,
      dialect: { ...dataverse, types },
    });
    expect(await plain.capabilities(call)).not.to.have.any.keys('recurrence', 'scopes');
    await plain.query({}, call);
    expect(service.last('GET activitypointers').path).not.to.include('seriesid');
    const own = open({}).provider;
    expect(await own.capabilities(call)).to.deep.include({
      recurrence: 'expanded',
      scopes: ['this', 'following', 'all'],
    });
  });
});
