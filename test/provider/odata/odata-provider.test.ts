import { expect } from '@open-wc/testing';
import type { Activity } from '../../../src/model/activity.js';
import { dataverse } from '../../../src/provider/odata/dataverse.js';
import {
  toFailure,
  type FailureCode,
  type ProviderFailure,
} from '../../../src/provider/failure.js';
import {
  createODataProvider,
  type ODataProvider,
} from '../../../src/provider/odata/odata-provider.js';
import type { ActivityPage, WriteOptions } from '../../../src/provider/provider.js';
import { FakeService, URL, type Answer } from './fake-service.js';

const FORMATTED = '@OData.Community.Display.V1.FormattedValue';
const TABLE = '@Microsoft.Dynamics.CRM.lookuplogicalname';
const id = '00000000-0000-4000-8000-000000000001';
const other = '00000000-0000-4000-8000-000000000002';
const cecil = '00000000-0000-4000-8000-0000000000c1';
const wingtip = '00000000-0000-4000-8000-0000000000a1';
const ana = '00000000-0000-4000-8000-0000000000b1';
const ben = '00000000-0000-4000-8000-0000000000b2';

const call = { locale: 'en', timeZone: 'Europe/Berlin' };
const write = (version?: string): WriteOptions => ({
  ...call,
  idempotencyKey: 'key',
  ...(version !== undefined && { version }),
});

const taskRow = {
  '@odata.etag': 'W/"7"',
  activityid: id,
  activitytypecode: 'task',
  subject: 'Call back',
  statecode: 0,
  statuscode: 3,
  prioritycode: 2,
  scheduledend: '2026-11-24T09:00:00Z',
  createdon: '2026-11-20T09:00:00Z',
  modifiedon: '2026-11-21T09:00:00Z',
  _ownerid_value: ana,
  [`_ownerid_value${FORMATTED}`]: 'Ana Bowman',
  [`_ownerid_value${TABLE}`]: 'systemuser',
  _regardingobjectid_value: cecil,
  [`_regardingobjectid_value${FORMATTED}`]: 'Cecil Langer',
  [`_regardingobjectid_value${TABLE}`]: 'contact',
};
const noteRow = {
  '@odata.etag': 'W/"9"',
  annotationid: other,
  subject: null,
  notetext: 'Spoke to Cecil',
  createdon: '2026-11-22T09:00:00Z',
  modifiedon: '2026-11-22T09:00:00Z',
  _objectid_value: wingtip,
  [`_objectid_value${FORMATTED}`]: 'Wingtip Toys',
  [`_objectid_value${TABLE}`]: 'account',
};
const list = (...value: object[]): Answer => ({ body: { value, '@odata.count': value.length } });

function open(answers: { readonly [beginning: string]: Answer | Answer[] }): {
  service: FakeService;
  provider: ODataProvider;
} {
  const service = new FakeService(answers);
  const now = (): number => Date.parse('2026-11-23T08:00:00Z');
  return { service, provider: createODataProvider({ url: URL, fetch: service.fetch, now }) };
}

async function ask(
  provider: ODataProvider,
  question: Parameters<ODataProvider['query']>[0],
): Promise<ActivityPage> {
  return (await provider.query(question, call)) as ActivityPage;
}

async function failed(calling: Promise<unknown>, code: FailureCode): Promise<ProviderFailure> {
  const failure = toFailure(
    await calling.then(
      () => new Error('it answered'),
      (thrown: unknown) => thrown,
    ),
  );
  expect(failure.code).to.equal(code);
  return failure;
}

describe('createODataProvider', () => {
  describe('reading', () => {
    it('asks with filter, order, count and page size, and reads numbers as words', async () => {
      const { service, provider } = open({ 'GET activitypointers': list(taskRow) });
      const { rows, total } = await ask(provider, {
        filter: { field: 'state', op: 'in', value: ['open', 'scheduled'] },
        sort: [{ field: 'modifiedAt', direction: 'asc' }],
        need: [],
        page: { size: 50 },
      });
      const { path, headers } = service.last('GET activitypointers');
      const options = new URLSearchParams(path.split('?')[1]);
      expect(options.get('$filter')).to.equal(
        "((isregularactivity eq true and activitytypecode ne 'recurringappointmentmaster') and (statecode eq 0 or statecode eq 3))",
      );
      expect(options.get('$orderby')).to.equal('modifiedon asc,activityid asc');
      expect(options.get('$count')).to.equal('true');
      expect(headers.get('Prefer')).to.equal('odata.include-annotations="*",odata.maxpagesize=50');
      expect(total).to.deep.equal({ value: 1, relation: 'exact' });
      expect(rows).to.deep.equal([
        {
          id,
          type: 'task',
          version: 'W/"7"',
          loaded: [],
          subject: 'Call back',
          priority: 'high',
          state: 'open',
          statusReason: 'in-progress',
          due: '2026-11-24T09:00:00Z',
          owner: { kind: 'user', id: ana, name: 'Ana Bowman' },
          regarding: { kind: 'contact', id: cecil, name: 'Cecil Langer' },
          createdAt: '2026-11-20T09:00:00Z',
          modifiedAt: '2026-11-21T09:00:00Z',
        },
      ]);
    });

    it('merges notes into a history, newest first, and says through whom each row came', async () => {
      const { service, provider } = open({
        'GET activitypointers': list(taskRow),
        'GET annotations': list(noteRow),
      });
      const ref = { kind: 'account', id: wingtip };
      const { rows } = await ask(provider, {
        record: { ref, rollup: 'related', parties: true },
        sort: [{ field: 'modifiedAt', direction: 'desc' }],
        page: { size: 20 },
      });
      expect(rows.map(({ type, via }) => [type, via])).to.deep.equal([
        ['note', [{ by: 'regarding', record: ref }]],
        ['task', [{ by: 'rollup', record: { kind: 'contact', id: cecil, name: 'Cecil Langer' } }]],
      ]);
      expect(service.last('GET activitypointers').path).to.contain(
        `(_regardingobjectid_value eq ${wingtip} or activitypointer_activity_parties/any(p:p/_partyid_value eq ${wingtip}) or regardingobjectid_contact/_parentcustomerid_value eq ${wingtip} or `,
      );
      expect(service.last('GET annotations').path).to.contain(
        `objectid_contact/_parentcustomerid_value eq ${wingtip}`,
      );
    });

    it('searches for signs as they stand, which the service takes for wildcards', async () => {
      const { service, provider } = open({ 'GET activitypointers': list() });
      const isOpen = { field: 'state', op: 'eq', value: 'open' } as const;
      const named = { field: 'subject', op: 'contains', value: '[a]_b' } as const;
      await ask(provider, { filter: { all: [isOpen, named] }, search: '50%' });
      const { path } = service.last('GET');
      expect(path).to.contain("contains(subject,'50[%]') or contains(description,'50[%]')");
      expect(path).to.contain("contains(subject,'[[]a][_]b')");
    });

    it('does not ask for notes where none can be meant', async () => {
      const { service, provider } = open({ 'GET activitypointers': list(taskRow) });
      await ask(provider, { filter: { field: 'state', op: 'eq', value: 'open' } });
      expect(service.sent).to.have.length(1);
    });

    it('shows activities when notes may not be read', async () => {
      const { provider } = open({
        'GET activitypointers': list(taskRow),
        'GET annotations': { status: 403 },
      });
      const { rows, failed: failures } = await ask(provider, {});
      expect(rows).to.have.length(1);
      expect(failures).to.deep.equal([
        { source: 'notes', error: { code: 'forbidden', message: '' } },
      ]);
    });

    it('loads the parties by which it was asked', async () => {
      const { service, provider } = open({ 'GET activitypointers': list(taskRow) });
      const filter = { field: 'parties.organizer', op: 'eq', value: ana } as const;
      const { rows } = await ask(provider, { filter, need: [] });
      expect(rows[0]?.loaded).to.deep.equal(['parties']);
      expect(service.last('GET').path).to.contain('$expand=activitypointer_activity_parties');
    });

    it('asks for what only some types have in the rows of their own sets', async () => {
      const call = { ...taskRow, activitytypecode: 'phonecall', statuscode: 1 };
      const own = { directioncode: false, phonenumber: '555 0100', leftvoicemail: null };
      const { service, provider } = open({
        'GET activitypointers': list({ ...call, activity_pointer_phonecall: [own] }),
      });
      const { rows } = await ask(provider, {
        filter: {
          all: [
            { field: 'fields.direction', op: 'eq', value: 'incoming' },
            { field: 'fields.percentComplete', op: 'empty' },
          ],
        },
        need: [],
      });
      expect(rows[0]).to.deep.include({
        loaded: ['fields'],
        fields: { direction: 'incoming', phoneNumber: '555 0100' },
      });
      const options = new URLSearchParams(service.last('GET').path.split('?')[1]);
      expect(options.get('$filter')).to.contain(
        '(activity_pointer_phonecall/any(o:o/directioncode eq false) or activity_pointer_email/any(o:o/directioncode eq false) or ',
      );
      expect(options.get('$filter')).to.contain(
        'not (activity_pointer_task/any(o:o/percentcomplete ne null))',
      );
      expect(options.get('$expand')).to.contain(
        'activity_pointer_phonecall($select=directioncode,phonenumber,leftvoicemail)',
      );
    });

    it('does not say that it knows the fields of a type whose rows it can’t reach', async () => {
      const { task } = dataverse.types;
      const { own: _own, ...unreachable } = task ?? { set: '', states: {}, fields: {} };
      const service = new FakeService({ 'GET activitypointers': list(taskRow) });
      const types = { ...dataverse.types, task: unreachable };
      const provider = createODataProvider({
        url: URL,
        fetch: service.fetch,
        dialect: { ...dataverse, types },
      });
      const { rows } = await ask(provider, { need: ['body', 'fields'] });
      expect(rows[0]?.loaded).to.deep.equal(['body']);
      const { query } = (await provider.capabilities?.(call)) ?? {};
      expect(query?.filter).to.include('fields.direction');
      expect(query?.filter).not.to.include('fields.percentComplete');
    });

    it('refuses an order that it has no column for', async () => {
      const { provider } = open({ 'GET activitypointers': list(taskRow) });
      await failed(
        ask(provider, { sort: [{ field: 'outcome', direction: 'asc' }] }),
        'unsupported',
      );
    });

    it('follows the link to the next page as it is', async () => {
      const next = `${URL}/activitypointers?$skiptoken=%3Ccookie%20pagenumber=%222%22%3E`;
      const { service, provider } = open({
        'GET activitypointers?$select': { body: { value: [taskRow], '@odata.nextLink': next } },
        'GET activitypointers?$skiptoken': list({ ...taskRow, activityid: other }),
      });
      const filter = { field: 'type', op: 'eq', value: 'task' } as const;
      const first = await ask(provider, { filter, page: { size: 1 } });
      expect(first.next).to.be.a('string');
      // What nobody asked for yet is not fetched.
      expect(service.sent).to.have.length(1);
      const second = await ask(provider, {
        filter,
        page: { size: 1, at: { next: first.next ?? '' } },
      });
      expect(second.rows.map((row) => row.id)).to.deep.equal([other]);
      expect(second.next).to.equal(undefined);
      const { path, headers } = service.last('GET activitypointers?$skiptoken');
      expect(path).to.equal('activitypointers?$skiptoken=<cookie pagenumber="2">');
      expect(headers.get('Prefer')).to.contain('odata.maxpagesize=1');
    });

    it('shows appointments of whole days as such, entered in whatever zone', async () => {
      const appointment = {
        ...taskRow,
        activitytypecode: 'appointment',
        statecode: 3,
        statuscode: 5,
        scheduledstart: '2026-11-23T23:00:00Z',
        scheduledend: '2026-11-24T23:00:00Z',
      };
      const timed = { ...appointment, activityid: other };
      const { service, provider } = open({
        'GET activitypointers': list(appointment, timed),
        'GET appointments': list({ activityid: id }),
      });
      const filter = { field: 'state', op: 'eq', value: 'scheduled' } as const;
      for (const timeZone of ['Europe/Berlin', 'UTC', 'America/New_York', 'Asia/Taipei']) {
        const { rows } = (await provider.query({ filter }, { ...call, timeZone })) as ActivityPage;
        expect(rows.map(({ start, end }) => [start, end])).to.deep.equal([
          ['2026-11-24', '2026-11-25'],
          ['2026-11-23T23:00:00Z', '2026-11-24T23:00:00Z'],
        ]);
      }
      expect(service.last('GET appointments').path).to.contain(
        `isalldayevent eq true and (activityid eq ${id} or activityid eq ${other})`,
      );
    });

    it('gets a whole row from the set of its type, with fields and parties', async () => {
      const phonecall = {
        ...taskRow,
        activitytypecode: 'phonecall',
        statuscode: 1,
        description: 'About the order',
        directioncode: false,
        phonenumber: '555',
        phonecall_activity_parties: [
          { participationtypemask: 1, addressused: 'x@example.com' },
          {
            participationtypemask: 2,
            _partyid_value: cecil,
            [`_partyid_value${TABLE}`]: 'contact',
          },
          {
            participationtypemask: 9,
            _partyid_value: ana,
            [`_partyid_value${TABLE}`]: 'systemuser',
          },
        ],
      };
      const { service, provider } = open({
        'GET activitypointers': { body: { activitytypecode: 'phonecall' } },
        'GET phonecalls': { body: phonecall },
      });
      const row = await provider.get(id, call);
      expect(service.last('GET phonecalls').path).to.equal(
        `phonecalls(${id})?$expand=phonecall_activity_parties`,
      );
      expect(row.loaded).to.equal(undefined);
      expect(row.description).to.equal('About the order');
      expect(row.fields).to.deep.equal({ direction: 'incoming', phoneNumber: '555' });
      expect(row.parties).to.deep.equal([
        { role: 'from', address: 'x@example.com' },
        { role: 'to', record: { kind: 'contact', id: cecil } },
      ]);
      await provider.get(id, call);
      expect(service.sent.filter(({ path }) => path.startsWith('activitypointers'))).to.have.length(
        1,
      );
    });

    it('finds out that an id is a note’s, or nobody’s', async () => {
      const { provider } = open({ [`GET annotations(${other})`]: { body: noteRow } });
      const note = await provider.get(other, call);
      expect(note.type).to.equal('note');
      expect(note.state).to.equal(null);
      expect(note.description).to.equal('Spoke to Cecil');
      await failed(provider.get(id, call), 'not-found');
      await failed(provider.get("1) or (1'", call), 'not-found');
    });

    it('counts lanes in one question', async () => {
      const { service, provider } = open({
        'GET activitypointers?$apply': list({ statecode: 0, count: 7 }, { statecode: 3, count: 2 }),
      });
      const lane = (state: string) =>
        ({ name: state, filter: { field: 'state', op: 'eq', value: state } }) as const;
      const totals = await provider.count(
        { filter: { field: 'priority', op: 'eq', value: 'high' } },
        [lane('open'), lane('scheduled'), lane('completed')],
        call,
      );
      expect(totals.map(({ value }) => value)).to.deep.equal([7, 2, 0]);
      expect(service.sent).to.have.length(1);
      expect(service.sent[0]?.path).to.contain('groupby((statecode),aggregate($count as count))');
    });

    it('counts other groups in one request, as far as the service counts', async () => {
      const part = (status: number, body: object): string =>
        ['--x', 'Content-Type: application/http', '', `HTTP/1.1 ${String(status)} OK`, 'Content-Type: application/json', '', JSON.stringify(body), ''].join('\r\n'); // prettier-ignore
      const batch = (...parts: string[]): Answer => ({
        body: `${parts.join('')}--x--\r\n`,
        headers: { 'Content-Type': 'multipart/mixed; boundary=x' },
      });
      const count = (value: number, more = {}): object => ({
        value: [],
        '@odata.count': value,
        ...more,
      });
      const exceeded = { '@Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded': true };
      const { service, provider } = open({
        'POST $batch': [
          batch(part(200, count(40, exceeded)), part(200, count(3)), part(200, count(7))),
          batch(part(200, count(1)), part(403, { error: {} }), part(200, count(1))),
          { body: part(200, count(1)), headers: { 'Content-Type': 'multipart/mixed; boundary=x' } },
        ],
      });
      const groups = [
        { name: 'x', filter: { field: 'subject', op: 'contains', value: 'x' } },
        { name: 'today', filter: { field: 'deadline', op: 'eq', value: '2026-11-24' } },
      ] as const;
      expect(await provider.count({}, groups, call)).to.deep.equal([
        { value: 43, relation: 'atLeast' },
        { value: 7, relation: 'exact' },
      ]);
      expect(service.sent).to.have.length(1);
      const asked = decodeURIComponent(String(service.last('POST $batch').body));
      expect(asked).to.contain(
        "GET annotations?$select=annotationid&$filter=contains(subject,'x')",
      );
      // A day is from its beginning to the next one, as the user's clock has it.
      expect(asked).to.contain('scheduledend ge 2026-11-23T23:00:00Z');
      await failed(provider.count({}, groups, call), 'forbidden');
      await failed(provider.count({}, groups, call), 'network');
    });

    it('counts states one by one where there are too many to group', async () => {
      const { provider } = open({
        'GET activitypointers?$apply': { status: 400, body: { error: { code: '0x8004E023' } } },
        'GET activitypointers': { body: { value: [], '@odata.count': 5000 } },
      });
      const filter = { field: 'state', op: 'eq', value: 'open' } as const;
      expect(await provider.count({}, [{ name: 'open', filter }], call)).to.deep.equal([
        { value: 5000, relation: 'atLeast' },
      ]);
    });

    it('puts blanks last, by asking for them apart and not before their turn', async () => {
      const blank = { ...taskRow, activityid: other, scheduledend: null };
      const next = `${URL}/activitypointers?$skiptoken=2`;
      const third = '00000000-0000-4000-8000-000000000003';
      const { service, provider } = open({
        'GET activitypointers?$skiptoken': list({ ...taskRow, activityid: third, scheduledend: '2026-11-25T09:00:00Z' }), // prettier-ignore
        'GET activitypointers': [
          { body: { value: [taskRow], '@odata.count': 2, '@odata.nextLink': next } },
          list(),
          list(blank),
          list(blank),
        ],
      });
      const question = {
        filter: { field: 'state', op: 'eq', value: 'open' },
        sort: [{ field: 'deadline', direction: 'asc' }],
      } as const;
      const first = await ask(provider, { ...question, page: { size: 1 } });
      expect([first.rows[0]?.id, first.total?.value]).to.deep.equal([id, 3]);
      const before = service.sent.length;
      const at = { next: first.next ?? '' };
      const second = await ask(provider, { ...question, page: { size: 1, at } });
      expect(second.rows.map((row) => row.id)).to.deep.equal([third]);
      expect(service.sent).to.have.length(before + 1);
      const last = await ask(provider, { ...question, page: { size: 1, at: { next: second.next ?? '' } } }); // prettier-ignore
      expect(last.rows.map((row) => row.id)).to.deep.equal([other]);
      expect(last.next).to.equal(undefined);
    });

    it('asks for no blanks where the filter leaves none', async () => {
      const { service, provider } = open({ 'GET activitypointers': list(taskRow) });
      const filter = { field: 'start', op: 'ge', value: '2026-11-24' } as const;
      await ask(provider, { filter, sort: [{ field: 'start', direction: 'asc' }] });
      expect(service.sent).to.have.length(1);
    });
  });

  describe('people and records', () => {
    const people = {
      'GET WhoAmI': { body: { UserId: ana } },
      [`GET systemusers?$select=systemuserid,fullname,title&$filter=systemuserid eq ${ana}`]: list({
        systemuserid: ana,
        fullname: 'Ana Bowman',
      }),
      'GET systemusers': list({ systemuserid: ben, fullname: 'Ben Chu' }),
      'GET teams': list({ teamid: wingtip, name: 'North' }),
      [`GET teammemberships?$select=teamid,systemuserid&$filter=systemuserid eq ${ana}`]: list({
        teamid: wingtip,
        systemuserid: ana,
      }),
      'GET teammemberships': list(
        { teamid: wingtip, systemuserid: ana },
        { teamid: wingtip, systemuserid: ben },
      ),
    };

    it('knows who works here and who else is in the team', async () => {
      const { service, provider } = open({ ...people, 'GET activitypointers': list(taskRow) });
      expect(await provider.session(call)).to.deep.equal({
        user: { kind: 'user', id: ana, name: 'Ana Bowman' },
        teams: [{ kind: 'team', id: wingtip, name: 'North' }],
        team: [{ kind: 'user', id: ben, name: 'Ben Chu' }],
      });
      const before = service.sent.length;
      await ask(provider, {
        filter: { all: [{ field: 'owner', op: 'in', value: ['me', 'my-team'] }] },
        range: { from: '2026-11-23', to: '2026-11-24' },
      });
      expect(service.sent).to.have.length(before + 1);
      expect(service.last('GET activitypointers').path).to.contain(
        `(_ownerid_value eq ${ana} or _ownerid_value eq ${ben})`,
      );
    });

    it('does not know the team where it may not be asked for', async () => {
      const { provider } = open({
        ...people,
        'GET teammemberships': { status: 403 },
        [`GET teammemberships?$select=teamid,systemuserid&$filter=systemuserid eq ${ana}`]: {
          status: 403,
        },
      });
      expect((await provider.session(call)).team).to.equal('unknown');
    });

    it('asks again who works here when that failed', async () => {
      const { provider } = open({
        ...people,
        'GET WhoAmI': [{ status: 503 }, people['GET WhoAmI']],
      });
      await failed(provider.session(call), 'server');
      expect((await provider.session(call)).user?.name).to.equal('Ana Bowman');
    });

    it('looks records up by a part of their name, and tells deals with what they are worth', async () => {
      const opportunity = {
        opportunityid: other,
        name: 'Wooden trains',
        estimatedvalue: 5000,
        estimatedvalue_base: 4600,
        salesstage: 2,
        stepname: 'Propose',
        transactioncurrencyid: { isocurrencycode: 'EUR' },
        _parentaccountid_value: wingtip,
        [`_parentaccountid_value${FORMATTED}`]: 'Wingtip Toys',
      };
      const summary = {
        ref: { kind: 'opportunity', id: other, name: 'Wooden trains' },
        parent: { kind: 'account', id: wingtip, name: 'Wingtip Toys' },
        deal: {
          value: { amount: 5000, currency: 'EUR', base: { amount: 4600, currency: 'CHF' } },
          stage: 'Propose',
          stageIndex: 2,
          stageCount: 4,
        },
      };
      const { service, provider } = open({
        'GET accounts': list({ accountid: wingtip, name: 'Wingtip Toys' }),
        'GET opportunities': list(opportunity),
        'GET organizations': list({ basecurrencyid: { isocurrencycode: 'CHF' } }),
      });
      const found = await provider.lookup("o'", ['opportunity'], call);
      expect(found).to.deep.equal([summary]);
      expect(service.sent.map(({ path }) => path).join()).to.contain("contains(name,'o''')");
      await provider.lookup('100% ', ['account'], call);
      expect(service.last('GET accounts').path).to.contain("contains(name,'100[%]')");

      const deals = await provider.records({ dealsOf: [{ kind: 'account', id: wingtip }] }, call);
      expect(deals).to.deep.equal([summary]);
      expect(service.last('GET opportunities').path).to.contain(
        `_parentaccountid_value eq ${wingtip}`,
      );
      const refs = [
        { kind: 'account', id: wingtip },
        { kind: 'nothing', id },
      ];
      expect((await provider.records({ refs }, call)).map(({ ref }) => ref.name)).to.deep.equal([
        'Wingtip Toys',
      ]);
    });
  });

  describe('writing', () => {
    const created = { status: 201, body: taskRow };

    it('creates in the set of the type, with its own id, lookups and parties', async () => {
      const { service, provider } = open({ 'POST phonecalls': created, 'GET phonecalls': created });
      await provider.create(
        id,
        {
          type: 'phonecall',
          subject: 'Call back',
          priority: 'low',
          due: '2026-11-24',
          owner: { kind: 'user', id: ana },
          regarding: { kind: 'contact', id: cecil },
          fields: { direction: 'outgoing', phoneNumber: '555' },
          parties: [
            { role: 'from', record: { kind: 'user', id: ana } },
            { role: 'to', address: 'x@example.com' },
          ],
        },
        write(),
      );
      const { body, headers } = service.last('POST phonecalls');
      expect(body).to.deep.equal({
        activityid: id,
        subject: 'Call back',
        prioritycode: 0,
        scheduledend: '2026-11-24T22:59:59Z',
        'ownerid@odata.bind': `/systemusers(${ana})`,
        'regardingobjectid_contact_phonecall@odata.bind': `/contacts(${cecil})`,
        directioncode: true,
        phonenumber: '555',
        phonecall_activity_parties: [
          { participationtypemask: 1, 'partyid_systemuser@odata.bind': `/systemusers(${ana})` },
          { participationtypemask: 2, addressused: 'x@example.com' },
        ],
        statuscode: 1,
      });
      expect(headers.get('Prefer')).to.contain('return=representation');
    });

    it('stores whole days as midnights of the user, with the mark', async () => {
      const { service, provider } = open({
        'POST appointments': created,
        'GET appointments': created,
      });
      await provider.create(
        id,
        { type: 'appointment', subject: 'Fair', start: '2026-11-24', end: '2026-11-26' },
        write(),
      );
      expect(service.last('POST').body).to.deep.include({
        isalldayevent: true,
        scheduledstart: '2026-11-23T23:00:00Z',
        scheduledend: '2026-11-25T23:00:00Z',
        statuscode: 5,
      });
    });

    it('logs what is done by creating, then closing it', async () => {
      const closed = { ...taskRow, statecode: 1, statuscode: 5, '@odata.etag': 'W/"8"' };
      const { service, provider } = open({
        'POST tasks': created,
        'PATCH tasks': { body: closed },
      });
      const row = await provider.create(
        id,
        { type: 'task', subject: 'Done', state: 'completed' },
        write(),
      );
      expect(row.state).to.equal('completed');
      expect(service.last('POST tasks').body).to.deep.equal({ activityid: id, subject: 'Done' });
      const { body, headers } = service.last('PATCH tasks');
      expect(body).to.deep.equal({
        statecode: 1,
        statuscode: 5,
        actualend: '2026-11-23T08:00:00Z',
      });
      expect(headers.get('If-Match')).to.equal('W/"7"');
    });

    it('leaves nothing behind when what was to be logged can’t be closed', async () => {
      const { service, provider } = open({
        'POST tasks': created,
        'PATCH tasks': { status: 400, body: { error: { code: '', message: 'Not yet.' } } },
        'DELETE tasks': { status: 204 },
      });
      const draft = { type: 'task', subject: 'Done', state: 'completed' } as const;
      const { message } = await failed(provider.create(id, draft, write()), 'validation');
      expect(message).to.equal('Not yet.');
      expect(service.last('DELETE tasks').path).to.equal(`tasks(${id})`);
    });

    it('does not lose in silence what it has no column for', async () => {
      const { service, provider } = open({});
      const draft = { type: 'task', subject: 'x', outcome: 'good' };
      const failure = await failed(provider.create(id, draft, write()), 'unsupported');
      expect(failure.fields).to.have.key('outcome');
      expect(service.sent).to.be.empty;
    });

    it('changes only what a patch names, against the version the user saw', async () => {
      const { service, provider } = open({
        'GET activitypointers': list(taskRow),
        'PATCH tasks': { body: { ...taskRow, '@odata.etag': 'W/"8"' } },
      });
      await ask(provider, { filter: { field: 'type', op: 'eq', value: 'task' } });
      const row = await provider.update(
        id,
        { due: null, regarding: null, subject: 'New' },
        write('W/"7"'),
      );
      expect(row.version).to.equal('W/"8"');
      const { path, body, headers } = service.last('PATCH');
      expect(path).to.equal(`tasks(${id})`);
      expect(body).to.deep.equal({
        scheduledend: null,
        'regardingobjectid_contact_task@odata.bind': null,
        subject: 'New',
      });
      expect(headers.get('If-Match')).to.equal('W/"7"');
    });

    it('moves to a state with its reason and what goes along, in one write', async () => {
      const { service, provider } = open({
        'GET activitypointers': { body: { activitytypecode: 'task' } },
        'PATCH tasks': { body: { ...taskRow, statecode: 1, statuscode: 5 } },
      });
      const patch = { description: 'Done', actualDuration: 30 };
      const row = await provider.transition(id, { state: 'completed', patch }, write('W/"7"'));
      expect(service.last('PATCH').body).to.deep.equal({
        description: 'Done',
        actualdurationminutes: 30,
        statecode: 1,
        statuscode: 5,
      });
      expect(row.statusReason).to.equal('completed');
      await failed(provider.transition(id, { state: 'scheduled' }, write()), 'transition-refused');
    });

    it('carries the row as it is now when somebody else was first', async () => {
      const theirs = { ...taskRow, '@odata.etag': 'W/"8"', subject: 'Theirs' };
      const { provider } = open({
        'GET activitypointers': { body: { activitytypecode: 'task' } },
        'PATCH tasks': { status: 412, body: { error: { code: '0x80060882', message: '' } } },
        'DELETE tasks': { status: 412, body: { error: { code: '0x80060882', message: '' } } },
        'GET tasks': { body: theirs },
      });
      for (const writing of [
        () => provider.update(id, { subject: 'Mine' }, write('W/"7"')),
        () => provider.remove(id, write('W/"7"')),
      ]) {
        const { row } = await failed(writing(), 'conflict');
        expect(row?.subject).to.equal('Theirs');
        expect(row?.version).to.equal('W/"8"');
      }
    });

    it('writes again by the typed row’s version, if only the union’s had another', async () => {
      const typed = { ...taskRow, '@odata.etag': 'W/"typed"' };
      const refused = { status: 412, body: { error: { code: '', message: '' } } };
      const { service, provider } = open({
        'GET activitypointers': list(taskRow),
        'PATCH tasks': [refused, { body: typed }, refused],
        'GET tasks': { body: typed },
      });
      const [seen] = (await ask(provider, { filter: { field: 'type', op: 'eq', value: 'task' } }))
        .rows;
      const row: Activity = await provider.update(id, { subject: 'New' }, write(seen?.version));
      expect(service.last('PATCH').headers.get('If-Match')).to.equal('W/"typed"');
      expect(row.version).to.equal('W/"typed"');
    });

    it('goes on with a create whose answer got lost, and takes nobody else’s row for it', async () => {
      const duplicate = { status: 412, body: { error: { code: '0x80040237', message: 'x' } } };
      const closed = { ...taskRow, subject: 'Done', statecode: 1, statuscode: 5 };
      const draft = { type: 'task', subject: 'Done', state: 'completed' } as const;
      const { service, provider } = open({
        'POST tasks': [{ status: 504 }, duplicate, duplicate],
        'GET tasks': [{ body: { ...taskRow, subject: 'Done' } }, { body: taskRow }],
        'PATCH tasks': { body: closed },
      });
      await failed(provider.create(id, draft, write()), 'timeout');
      expect((await provider.create(id, draft, write())).state).to.equal('completed');
      expect(service.sent.map(({ method }) => method)).to.deep.equal(['POST', 'POST', 'GET', 'PATCH']); // prettier-ignore
      await failed(provider.create(id, draft, write()), 'duplicate');
    });

    it('keeps what was created when only the answer to its closing got lost', async () => {
      const { service, provider } = open({ 'POST tasks': created, 'PATCH tasks': { status: 504 } });
      const draft = { type: 'task', subject: 'Call back', state: 'completed' } as const;
      await failed(provider.create(id, draft, write()), 'timeout');
      expect(service.sent.some(({ method }) => method === 'DELETE')).to.equal(false);
    });

    it('knows a change that was done although its answer got lost', async () => {
      const refused = { status: 412, body: { error: { code: '0x80060882', message: '' } } };
      const after = { ...taskRow, '@odata.etag': 'W/"8"', subject: 'New' };
      const { provider } = open({
        'GET activitypointers': { body: { activitytypecode: 'task' } },
        'PATCH tasks': refused,
        'GET tasks': { body: after },
      });
      const row = await provider.update(id, { subject: 'New' }, write('W/"7"'));
      expect(row.version).to.equal('W/"8"');
      const owner = { kind: 'user', id: ben };
      await failed(provider.update(id, { subject: 'New', owner }, write('W/"7"')), 'conflict');
    });

    it('sends an email, and not again what is sent', async () => {
      const email = { ...taskRow, activitytypecode: 'email', statuscode: 1 };
      const sent = { ...email, statecode: 1, statuscode: 3 };
      const { service, provider } = open({
        'GET activitypointers': { body: { activitytypecode: 'email' } },
        'GET emails': [{ body: email }, { body: sent }, { body: sent }],
        'POST emails': { status: 204 },
      });
      expect((await provider.send(id, write('W/"7"'))).statusReason).to.equal('sent');
      const { path, body } = service.last('POST');
      expect(path).to.equal(`emails(${id})/Microsoft.Dynamics.CRM.SendEmail`);
      expect(body).to.deep.equal({ IssueSend: true });
      await provider.send(id, write('W/"7"'));
      expect(service.sent.filter(({ method }) => method === 'POST')).to.have.length(1);
    });

    it('has columns for an outcome where the host names them', async () => {
      const service = new FakeService({
        'POST tasks': {
          status: 201,
          body: { ...taskRow, new_outcome: 2, new_outcomenote: 'Soon' },
        },
      });
      const task = {
        ...dataverse.types['task'],
        set: 'tasks',
        states: dataverse.types['task']?.states ?? {},
        fields: {},
        outcome: { column: 'new_outcome', kind: 'number', values: { good: 1, bad: 2 } },
        outcomeNote: { column: 'new_outcomenote', kind: 'text' },
      } as const;
      const dialect = { ...dataverse, types: { ...dataverse.types, task } };
      const provider = createODataProvider({ url: URL, fetch: service.fetch, dialect });
      const draft = { type: 'task', subject: 'x', outcome: 'bad', outcomeNote: 'Soon' };
      const row = await provider.create(id, draft, write());
      expect(service.last('POST').body).to.include({ new_outcome: 2, new_outcomenote: 'Soon' });
      expect([row.outcome, row.outcomeNote]).to.deep.equal(['bad', 'Soon']);
    });

    it('keeps a due date a date, and rich text as such', async () => {
      const day = { ...taskRow, scheduledend: '2026-11-24T22:59:59Z' };
      const note = { ...noteRow, notetext: '<div class="ck-content"><p>Hello</p></div>' };
      const { provider } = open({
        'GET activitypointers': { body: { activitytypecode: 'task' } },
        'GET tasks': { body: day },
        'GET annotations': { body: note },
      });
      expect((await provider.get(id, call)).due).to.equal('2026-11-24');
      const elsewhere = await provider.get(id, { ...call, timeZone: 'Asia/Taipei' });
      expect(elsewhere.due).to.equal('2026-11-24T22:59:59Z');
    });

    it('writes notes to their own set', async () => {
      const { service, provider } = open({ 'POST annotations': { status: 201, body: noteRow } });
      const note = await provider.create(
        other,
        {
          type: 'note',
          description: 'Spoke to Cecil',
          regarding: { kind: 'account', id: wingtip },
        },
        write(),
      );
      expect(service.last('POST').body).to.deep.equal({
        annotationid: other,
        notetext: 'Spoke to Cecil',
        'objectid_account@odata.bind': `/accounts(${wingtip})`,
      });
      expect(note.regarding).to.deep.equal({ kind: 'account', id: wingtip, name: 'Wingtip Toys' });
    });
  });
});
