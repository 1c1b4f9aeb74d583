// The demo's OData server over HTTP: it does what clients of Dataverse count on, and refuses what Dataverse refuses.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { startOData } from '../support/servers.mjs';

const MASTER = 'recurringappointmentmaster';

let base;
let server;

const start = (settings = {}) =>
  startOData({ TODAY: '2026-11-23', TZ_NAME: 'Europe/Berlin', DB: '', ...settings });

before(async () => {
  server = await start();
  base = server.url;
});
after(() => server.stop());

const ANNOTATIONS = { Prefer: 'odata.include-annotations="*"' };

async function call(method, url, { body, headers } = {}) {
  const response = await fetch(new URL(url, base), {
    method,
    headers: {
      Accept: 'application/json',
      'OData-Version': '4.0',
      'If-None-Match': 'null',
      ...(body && { 'Content-Type': 'application/json' }),
      ...headers,
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text && response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text,
  };
}
async function get(url, headers) {
  const { status, body } = await call('GET', url, { headers });
  assert.equal(status, 200, JSON.stringify(body));
  return body;
}
const query = (set, options) =>
  `${set}?${Object.entries(options)
    .map(([key, value]) => `$${key}=${encodeURIComponent(value)}`)
    .join('&')}`;
const rowsOf = async (set, options, headers) => (await get(query(set, options), headers)).value;
const only = async (set, filter) => {
  const rows = await rowsOf(set, { filter });
  assert.equal(rows.length, 1, `${set} ${filter}`);
  return rows[0];
};
const refused = (answer, status, code) => {
  assert.equal(answer.status, status, JSON.stringify(answer.body));
  assert.deepEqual(Object.keys(answer.body), ['error']);
  assert.equal(typeof answer.body.error.message, 'string');
  if (code) assert.equal(answer.body.error.code, code);
};
async function created(set, body) {
  const answer = await call('POST', set, { body, headers: { Prefer: 'return=representation' } });
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return answer.body;
}
const patched = (set, row, body) =>
  call('PATCH', `${set}(${row.activityid ?? row.annotationid})`, {
    body,
    headers: { 'If-Match': row['@odata.etag'], Prefer: 'return=representation' },
  });

describe('reading', () => {
  it('has the demo data, and says who asks', async () => {
    const { UserId } = await get('WhoAmI');
    assert.equal((await get(`systemusers(${UserId})`)).fullname, 'Mona Sanders');
    const counts = {};
    for (const set of [
      'activitypointers',
      'annotations',
      'accounts',
      'contacts',
      'opportunities',
      'systemusers',
      'teams',
    ]) {
      counts[set] = (await get(`${set}?$count=true&$top=1`))['@odata.count'];
    }
    assert.deepEqual(
      { ...counts, activitypointers: 0, annotations: 0 },
      {
        activitypointers: 0,
        annotations: 0,
        accounts: 60,
        contacts: 200,
        opportunities: 80,
        systemusers: 12,
        teams: 2,
      },
    );
    assert.equal(counts.activitypointers + counts.annotations, 2000);
  });

  it('pages by nextLink, with filter, order and count, each row once', async () => {
    const seen = [];
    let url = query('activitypointers', {
      select: 'activityid,subject,statecode,scheduledend',
      filter: 'statecode eq 0 or statecode eq 3',
      orderby: 'scheduledend asc,activityid asc',
      count: 'true',
    });
    let count;
    for (let pages = 0; url; pages += 1) {
      assert.ok(pages < 20);
      const answer = await call('GET', url, { headers: { Prefer: 'odata.maxpagesize=50' } });
      assert.equal(answer.headers.get('preference-applied'), 'odata.maxpagesize=50');
      count ??= answer.body['@odata.count'];
      assert.ok(answer.body.value.length <= 50);
      seen.push(...answer.body.value);
      url = answer.body['@odata.nextLink'];
      if (url) assert.ok(url.startsWith(base));
    }
    assert.ok(count > 400);
    assert.equal(seen.length, count);
    assert.equal(new Set(seen.map(({ activityid }) => activityid)).size, count);
    const due = seen.map(({ scheduledend }) => scheduledend ?? '');
    assert.deepEqual(due, [...due].sort());
    assert.ok(seen.every((row) => row['@odata.etag']?.startsWith('W/"')));
  });

  it('answers everything without a page size, and ignores $top beside one', async () => {
    assert.ok((await rowsOf('activitypointers', { select: 'activityid' })).length > 1800);
    assert.equal(
      (
        await rowsOf(
          'activitypointers',
          { select: 'activityid', top: '3' },
          { Prefer: 'odata.maxpagesize=7' },
        )
      ).length,
      7,
    );
    assert.equal((await rowsOf('activitypointers', { select: 'activityid', top: '3' })).length, 3);
  });

  it('goes on beyond $top where a page size is asked for', async () => {
    const first = await get(query('activitypointers', { select: 'activityid', top: '3' }), {
      Prefer: 'odata.maxpagesize=7',
    });
    const second = await get(first['@odata.nextLink'], { Prefer: 'odata.maxpagesize=7' });
    assert.equal(second.value.length, 7);
    assert.notEqual(second.value[0].activityid, first.value[0].activityid);
  });

  it('refuses $skip and unknown columns', async () => {
    refused(await call('GET', 'activitypointers?$skip=10'), 501);
    refused(await call('GET', "activitypointers?$filter=nonsense eq 'x'"), 400);
    refused(await call('GET', 'activitypointers?$select=percentcomplete'), 400);
    refused(await call('GET', `tasks(${randomUUID()})`), 404);
  });

  it('annotates lookups and choices when asked to', async () => {
    const filter = "subject eq 'Call back about the delivery of order 40271'";
    const [row] = await rowsOf(
      'activitypointers',
      {
        filter,
        select:
          'activitytypecode,statecode,statuscode,prioritycode,_regardingobjectid_value,_ownerid_value,_createdby_value,_modifiedby_value',
      },
      ANNOTATIONS,
    );
    const formatted = (column) => row[`${column}@OData.Community.Display.V1.FormattedValue`];
    const table = (column) => row[`${column}@Microsoft.Dynamics.CRM.lookuplogicalname`];
    assert.equal(formatted('_regardingobjectid_value'), 'Cecil Langer');
    assert.equal(table('_regardingobjectid_value'), 'contact');
    assert.equal(
      row['_regardingobjectid_value@Microsoft.Dynamics.CRM.associatednavigationproperty'],
      'regardingobjectid_contact',
    );
    for (const column of ['_ownerid_value', '_createdby_value', '_modifiedby_value']) {
      assert.equal(formatted(column), 'Mona Sanders');
      assert.equal(table(column), 'systemuser');
    }
    assert.equal(formatted('activitytypecode'), 'Phone Call');
    assert.equal(formatted('statuscode'), 'Open');
    assert.equal(formatted('prioritycode'), 'High');
    const [plain] = await rowsOf('activitypointers', { filter });
    assert.deepEqual(
      Object.keys(plain).filter((key) => key.includes('@') && key !== '@odata.etag'),
      [],
    );
  });

  it('filters by regarding, rolled up from contacts and opportunities', async () => {
    const { accountid } = await only('accounts', "name eq 'Wingtip Toys'");
    const filter = `_regardingobjectid_value eq ${accountid} or regardingobjectid_contact/_parentcustomerid_value eq ${accountid} or regardingobjectid_opportunity/_parentaccountid_value eq ${accountid}`;
    const rows = await rowsOf(
      'activitypointers',
      { filter, select: 'subject,_regardingobjectid_value' },
      ANNOTATIONS,
    );
    const tables = new Set(
      rows.map((row) => row['_regardingobjectid_value@Microsoft.Dynamics.CRM.lookuplogicalname']),
    );
    assert.deepEqual([...tables].sort(), ['account', 'contact', 'opportunity']);
    assert.ok(rows.some(({ subject }) => subject === 'Send Cecil the packing list'));
    const direct = await rowsOf('activitypointers', {
      filter: `_regardingobjectid_value eq ${accountid}`,
    });
    assert.ok(direct.length > 0 && direct.length < rows.length);
    assert.ok(
      (
        await rowsOf('activitypointers', {
          filter: '_regardingobjectid_value eq null and statecode eq 0',
        })
      ).length > 0,
    );
    const notes = await rowsOf(
      'annotations',
      {
        filter: `_objectid_value eq ${accountid} or objectid_contact/_parentcustomerid_value eq ${accountid}`,
      },
      ANNOTATIONS,
    );
    assert.ok(notes.some(({ notetext }) => notetext.startsWith('Spoke to Cecil')));
  });

  it('finds and expands parties', async () => {
    const { contactid } = await only('contacts', "fullname eq 'Cecil Langer'");
    const lambda = `activitypointer_activity_parties/any(p:p/_partyid_value eq ${contactid})`;
    const rows = await rowsOf(
      'activitypointers',
      {
        filter: lambda,
        expand:
          'activitypointer_activity_parties($select=participationtypemask,addressused,_partyid_value)',
      },
      ANNOTATIONS,
    );
    assert.ok(rows.length > 5);
    for (const { activitypointer_activity_parties: parties } of rows) {
      const cecil = parties.find(({ _partyid_value }) => _partyid_value === contactid);
      assert.equal(cecil['_partyid_value@Microsoft.Dynamics.CRM.lookuplogicalname'], 'contact');
      assert.equal(
        cecil['_partyid_value@OData.Community.Display.V1.FormattedValue'],
        'Cecil Langer',
      );
      assert.ok(cecil.participationtypemask >= 1 && cecil.participationtypemask <= 7);
    }
    const calls = await rowsOf('phonecalls', {
      filter: `phonecall_activity_parties/any(p:p/_partyid_value eq ${contactid} and p/participationtypemask eq 2)`,
      expand: 'phonecall_activity_parties',
    });
    assert.ok(calls.length > 0);
    const bare = await rowsOf('emails', {
      filter: 'email_activity_parties/any(p:p/_partyid_value eq null)',
      expand: 'email_activity_parties',
    });
    assert.match(
      bare[0].email_activity_parties.find(({ _partyid_value }) => _partyid_value === null)
        .addressused,
      /@/,
    );
  });

  it('counts groups in one call', async () => {
    const groups = await rowsOf('activitypointers', {
      apply: "filter(activitytypecode eq 'task')/groupby((statecode),aggregate($count as count))",
    });
    const byState = Object.fromEntries(groups.map(({ statecode, count }) => [statecode, count]));
    for (const state of [0, 1, 2]) {
      const rows = await rowsOf('tasks', { filter: `statecode eq ${state}`, select: 'activityid' });
      assert.equal(byState[state], rows.length);
    }
    assert.equal(groups.length, 3);
    const rolled = await rowsOf('activitypointers', {
      apply:
        "filter(regardingobjectid_contact/fullname eq 'Cecil Langer')/groupby((statecode),aggregate($count as count))",
    });
    assert.ok(rolled.length > 1);
  });

  it('compares without case, times as instants, and sets with in', async () => {
    const upper = await rowsOf('activitypointers', { filter: "contains(subject,'CALL BACK')" });
    assert.ok(upper.length > 0);
    assert.ok(
      (
        await rowsOf('activitypointers', {
          filter: "startswith(subject,'montage') or contains(subject,'ΠΡΟΣΦΟΡΆ')",
        })
      ).length > 0,
    );
    const some = await rowsOf('activitypointers', { filter: "contains(subject,'c_ll%b[a-c]ck')" });
    assert.ok(some.some(({ subject }) => /call back/i.test(subject)));
    assert.deepEqual(
      await rowsOf('activitypointers', { filter: "contains(subject,'c[_]ll')" }),
      [],
    );
    const range = await rowsOf('activitypointers', {
      filter: 'scheduledstart lt 2026-11-24T00:00:00Z and scheduledend gt 2026-11-23T00:00:00Z',
    });
    assert.ok(range.some(({ subject }) => subject === 'Site visit: warehouse Rotterdam'));
    assert.ok(range.every(({ scheduledstart }) => scheduledstart < '2026-11-24T00:00:00Z'));
    const types = await rowsOf('activitypointers', {
      filter: "activitytypecode in ('letter','fax')",
      select: 'activitytypecode',
    });
    assert.deepEqual([...new Set(types.map(({ activitytypecode }) => activitytypecode))].sort(), [
      'fax',
      'letter',
    ]);
  });

  it('sorts lookups by the names of what they hold, blanks first', async () => {
    for (const column of ['_ownerid_value', '_regardingobjectid_value']) {
      const rows = await rowsOf(
        'activitypointers',
        { select: column, orderby: `${column} asc,activityid asc` },
        ANNOTATIONS,
      );
      const names = rows.map((row) =>
        (row[`${column}@OData.Community.Display.V1.FormattedValue`] ?? '').toLowerCase(),
      );
      assert.ok(new Set(names).size > 5);
      assert.deepEqual(
        names,
        [...names].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))),
      );
    }
  });

  it('tells deals, stages and currencies', async () => {
    const [deal] = await rowsOf(
      'opportunities',
      {
        filter: "name eq '80 glass doors, phase 2'",
        expand: 'transactioncurrencyid($select=isocurrencycode),parentaccountid($select=name)',
      },
      ANNOTATIONS,
    );
    assert.equal(deal.estimatedvalue, 168000);
    assert.equal(deal.transactioncurrencyid.isocurrencycode, 'EUR');
    assert.equal(deal.parentaccountid.name, 'Wingtip Toys');
    assert.equal(deal['salesstage@OData.Community.Display.V1.FormattedValue'], 'Propose');
  });

  it('lets pages of other origins in', async () => {
    const answer = await call('OPTIONS', 'tasks', {
      headers: {
        Origin: 'http://localhost:5173',
        'Access-Control-Request-Headers': 'if-match,prefer',
      },
    });
    assert.equal(answer.status, 204);
    assert.equal(answer.headers.get('access-control-allow-origin'), 'http://localhost:5173');
    assert.equal(answer.headers.get('access-control-allow-headers'), 'if-match,prefer');
  });
});

describe('creating', () => {
  it('binds regarding and owner by long and short names, and takes an id', async () => {
    const { contactid } = await only('contacts', "fullname eq 'Cecil Langer'");
    const { accountid } = await only('accounts', "name eq 'Wingtip Toys'");
    const { systemuserid } = await only('systemusers', "fullname eq 'Jun Park'");
    const activityid = randomUUID();
    const task = await created('tasks', {
      activityid,
      subject: 'Call back',
      scheduledend: '2026-12-03T09:00:00Z',
      prioritycode: 2,
      'regardingobjectid_contact_task@odata.bind': `/contacts(${contactid})`,
      'ownerid@odata.bind': `/systemusers(${systemuserid})`,
    });
    assert.equal(task.activityid, activityid);
    assert.deepEqual(
      [
        task.statecode,
        task.statuscode,
        task.prioritycode,
        task.activitytypecode,
        task.isregularactivity,
      ],
      [0, 2, 2, 'task', true],
    );
    assert.deepEqual(
      [task._regardingobjectid_value, task._ownerid_value],
      [contactid, systemuserid],
    );
    const { UserId } = await get('WhoAmI');
    assert.deepEqual([task._createdby_value, task._modifiedby_value], [UserId, UserId]);
    const call = await created('phonecalls', {
      subject: 'Short',
      'regardingobjectid_account@odata.bind': `accounts(${accountid})`,
    });
    assert.equal(call._regardingobjectid_value, accountid);
    assert.equal(call.directioncode, true);
    assert.equal((await get(`activitypointers(${activityid})`)).subject, 'Call back');
    refused(await callAgain(activityid), 412, '0x80040237');
  });
  const callAgain = (activityid) =>
    call('POST', 'tasks', { body: { activityid, subject: 'Again' } });

  it('makes parties with it', async () => {
    const { contactid } = await only('contacts', "fullname eq 'Cecil Langer'");
    const { UserId } = await get('WhoAmI');
    const email = await created('emails', {
      subject: 'Three parties',
      description: '<p>Hello</p>',
      directioncode: true,
      email_activity_parties: [
        { 'partyid_systemuser@odata.bind': `/systemusers(${UserId})`, participationtypemask: 1 },
        { 'partyid_contact@odata.bind': `/contacts(${contactid})`, participationtypemask: 2 },
        { addressused: 'someone@example.com', participationtypemask: 3 },
      ],
    });
    const read = await get(`emails(${email.activityid})?$expand=email_activity_parties`);
    const seen = read.email_activity_parties
      .map(({ participationtypemask, _partyid_value, addressused }) => [
        participationtypemask,
        _partyid_value,
        addressused,
      ])
      .sort();
    assert.deepEqual(seen, [
      [1, UserId, null],
      [2, contactid, null],
      [3, null, 'someone@example.com'],
    ]);
    const replaced = await patched('emails', read, {
      email_activity_parties: [{ addressused: 'other@example.com', participationtypemask: 2 }],
    });
    assert.equal(replaced.status, 200, JSON.stringify(replaced.body));
    const again = await get(`emails(${email.activityid})?$expand=email_activity_parties`);
    assert.deepEqual(
      again.email_activity_parties.map(({ addressused }) => addressused),
      ['other@example.com'],
    );
  });

  it('answers 204 and where it is unless the row is asked for', async () => {
    const answer = await call('POST', 'tasks', { body: { subject: 'Quiet' } });
    assert.equal(answer.status, 204);
    const id = /tasks\(([0-9a-f-]{36})\)$/.exec(answer.headers.get('odata-entityid'))?.[1];
    assert.equal((await get(`tasks(${id})`)).subject, 'Quiet');
  });

  it('schedules appointments, and lets nothing be born closed', async () => {
    const times = { scheduledstart: '2026-12-01T09:00:00Z', scheduledend: '2026-12-01T10:30:00Z' };
    const appointment = await created('appointments', { subject: 'Demo', ...times });
    assert.deepEqual(
      [
        appointment.statecode,
        appointment.statuscode,
        appointment.scheduleddurationminutes,
        appointment.isalldayevent,
      ],
      [3, 5, 90, false],
    );
    assert.deepEqual(
      await created('appointments', { subject: 'Free', ...times, statecode: 0 }).then((row) => [
        row.statecode,
        row.statuscode,
      ]),
      [0, 1],
    );
    refused(await call('POST', 'tasks', { body: { subject: 'x', statecode: 1 } }), 400);
    refused(await call('POST', 'tasks', { body: { subject: 'x', statuscode: 5 } }), 400);
    refused(await call('POST', 'tasks', { body: { subject: 'x', statecode: 3 } }), 400);
    refused(await call('POST', 'appointments', { body: { subject: 'no times' } }), 400);
    refused(await call('POST', 'tasks', { body: { subject: 'x', nonsense: 1 } }), 400);
    refused(
      await call('POST', 'tasks', {
        body: {
          subject: 'x',
          'regardingobjectid_contact_email@odata.bind': `/contacts(${randomUUID()})`,
        },
      }),
      400,
    );
    refused(await call('POST', 'activitypointers', { body: { subject: 'x' } }), 405);
  });
});

describe('changing', () => {
  it('completes with the reason given or the default one, and stamps the end', async () => {
    const task = await created('tasks', { subject: 'Do it' });
    const done = await patched('tasks', task, { statecode: 1, statuscode: 5 });
    assert.equal(done.status, 200, JSON.stringify(done.body));
    assert.deepEqual(
      [done.body.statecode, done.body.statuscode, done.body.percentcomplete],
      [1, 5, 100],
    );
    assert.ok(Math.abs(Date.parse(done.body.actualend) - Date.now()) < 60_000);
    const phonecall = await created('phonecalls', { subject: 'Ring' });
    const made = await patched('phonecalls', phonecall, {
      statecode: 1,
      actualend: '2026-11-20T10:00:00Z',
    });
    assert.deepEqual([made.body.statuscode, made.body.actualend], [2, '2026-11-20T10:00:00Z']);
    refused(
      await patched('tasks', await created('tasks', { subject: 'x' }), {
        statecode: 1,
        statuscode: 2,
      }),
      400,
    );
    refused(
      await patched('tasks', await created('tasks', { subject: 'x' }), { statecode: 3 }),
      400,
    );
  });

  it('keeps closed ones as they are, but lets them be assigned and deleted', async () => {
    const { body: done } = await patched('tasks', await created('tasks', { subject: 'Closed' }), {
      statecode: 1,
    });
    refused(await patched('tasks', done, { subject: 'Other' }), 400);
    refused(await patched('tasks', done, { statecode: 0 }), 400);
    const { systemuserid } = await only('systemusers', "fullname eq 'Jun Park'");
    const assigned = await patched('tasks', done, {
      'ownerid@odata.bind': `/systemusers(${systemuserid})`,
    });
    assert.equal(assigned.body._ownerid_value, systemuserid);
    assert.equal(
      (
        await call('DELETE', `tasks(${done.activityid})`, {
          headers: { 'If-Match': assigned.body['@odata.etag'] },
        })
      ).status,
      204,
    );
  });

  it('moves an appointment between open and scheduled', async () => {
    const row = await created('appointments', {
      subject: 'Maybe',
      scheduledstart: '2026-12-01T09:00:00Z',
      scheduledend: '2026-12-01T10:00:00Z',
    });
    const { body: free } = await patched('appointments', row, { statecode: 0, statuscode: 2 });
    assert.deepEqual([free.statecode, free.statuscode], [0, 2]);
    const { body: busy } = await patched('appointments', free, { statecode: 3 });
    assert.deepEqual([busy.statecode, busy.statuscode], [3, 5]);
  });

  it('tells conflicts by the version', async () => {
    const task = await created('tasks', { subject: 'First' });
    const second = await patched('tasks', task, { subject: 'Second' });
    assert.notEqual(second.body['@odata.etag'], task['@odata.etag']);
    refused(await patched('tasks', task, { subject: 'Third' }), 412, '0x80060882');
    refused(
      await call('DELETE', `tasks(${task.activityid})`, {
        headers: { 'If-Match': task['@odata.etag'] },
      }),
      412,
      '0x80060882',
    );
    const closedMeanwhile = await created('tasks', { subject: 'Closed by somebody else' });
    await patched('tasks', closedMeanwhile, { statecode: 1 });
    refused(await patched('tasks', closedMeanwhile, { subject: 'Late' }), 412, '0x80060882');
    refused(await call('PATCH', `tasks(${task.activityid})`, { body: { subject: 'Blind' } }), 428);
    refused(await call('DELETE', `tasks(${task.activityid})`), 428);
    assert.equal((await get(`tasks(${task.activityid})`)).subject, 'Second');
    const any = await call('PATCH', `tasks(${task.activityid})`, {
      body: { subject: 'Any' },
      headers: { 'If-Match': '*' },
    });
    assert.equal(any.status, 204);
  });

  it('rebinds and clears', async () => {
    const { accountid } = await only('accounts', "name eq 'Northwind'");
    const task = await created('tasks', {
      subject: 'About',
      description: 'x',
      scheduledend: '2026-12-01T09:00:00Z',
    });
    const bound = await patched('tasks', task, {
      'regardingobjectid_account_task@odata.bind': `/accounts(${accountid})`,
    });
    assert.equal(bound.body._regardingobjectid_value, accountid);
    const cleared = await patched('tasks', bound.body, {
      'regardingobjectid_account@odata.bind': null,
      description: null,
      scheduledend: null,
    });
    assert.deepEqual(
      [cleared.body._regardingobjectid_value, cleared.body.description, cleared.body.scheduledend],
      [null, null, null],
    );
  });

  it('deletes, and says when there is nothing', async () => {
    const task = await created('tasks', { subject: 'Away' });
    assert.equal(
      (
        await call('DELETE', `tasks(${task.activityid})`, {
          headers: { 'If-Match': task['@odata.etag'] },
        })
      ).status,
      204,
    );
    refused(await call('GET', `tasks(${task.activityid})`), 404, '0x80040217');
    refused(
      await call('PATCH', `tasks(${task.activityid})`, {
        body: { subject: 'x' },
        headers: { 'If-Match': '*' },
      }),
      404,
    );
    refused(
      await call('DELETE', `tasks(${task.activityid})`, { headers: { 'If-Match': '*' } }),
      404,
    );
  });

  it('keeps notes', async () => {
    const { accountid } = await only('accounts', "name eq 'Northwind'");
    const note = await created('annotations', {
      notetext: 'Remember',
      'objectid_account@odata.bind': `/accounts(${accountid})`,
    });
    assert.equal(note._objectid_value, accountid);
    assert.equal(note.objecttypecode, 'account');
    const changed = await patched('annotations', note, { notetext: 'Remembered' });
    assert.equal(changed.body.notetext, 'Remembered');
    refused(await patched('annotations', note, { notetext: 'Stale' }), 412);
    assert.equal(
      (
        await call('DELETE', `annotations(${note.annotationid})`, {
          headers: { 'If-Match': changed.body['@odata.etag'] },
        })
      ).status,
      204,
    );
  });
});

describe('batch', () => {
  it('does several at once, lookups bound', async () => {
    const { contactid } = await only('contacts', "fullname eq 'Cecil Langer'");
    const task = await created('tasks', { subject: 'In a batch' });
    const part = (text) =>
      ['--b', 'Content-Type: application/http', 'Content-Transfer-Encoding: binary', '', text].join(
        '\r\n',
      );
    const body = [
      part(
        `PATCH /api/data/v9.2/tasks(${task.activityid}) HTTP/1.1\r\nContent-Type: application/json\r\nIf-Match: *\r\n\r\n` +
          JSON.stringify({
            statecode: 1,
            'regardingobjectid_contact_task@odata.bind': `/contacts(${contactid})`,
          }),
      ),
      part(`GET ${base}tasks(${task.activityid})?$select=statecode HTTP/1.1\r\n\r\n`),
      '--b--\r\n',
    ].join('\r\n');
    const response = await fetch(`${base}$batch`, {
      method: 'POST',
      headers: { 'Content-Type': 'multipart/mixed; boundary=b' },
      body,
    });
    assert.equal(response.status, 200);
    assert.match(await response.text(), /"statecode":1/);
    const { statecode, _regardingobjectid_value } = await get(`tasks(${task.activityid})`);
    assert.deepEqual([statecode, _regardingobjectid_value], [1, contactid]);

    const json = await call('POST', '$batch', {
      body: {
        requests: [
          {
            id: '1',
            method: 'POST',
            url: 'tasks',
            headers: { 'content-type': 'application/json' },
            body: {
              subject: 'x',
              'regardingobjectid_contact@odata.bind': `/contacts(${contactid})`,
            },
          },
        ],
      },
    });
    assert.equal(json.body.responses[0].body._regardingobjectid_value, contactid);
  });
});

describe('files', () => {
  const base64 = (text) => Buffer.from(text).toString('base64');
  const draft = async () => created('emails', { subject: 'With files' });

  it('keeps them in rows of an email, and answers their Base64', async () => {
    const email = await draft();
    const file = { filename: 'prices.txt', mimetype: 'text/plain', body: base64('12 €') };
    const row = await created('activitymimeattachments', {
      'objectid_email@odata.bind': `/emails(${email.activityid})`,
      objecttypecode: 'email',
      ...file,
    });
    assert.equal(row.filesize, Buffer.byteLength('12 €'));
    const value = await call('GET', `activitymimeattachments(${row.activitymimeattachmentid})/body/$value`); // prettier-ignore
    assert.equal(value.body, file.body);
    const blocked = await call('POST', 'activitymimeattachments', {
      body: {
        'objectid_email@odata.bind': `/emails(${email.activityid})`,
        objecttypecode: 'email',
        ...{ ...file, filename: 'run.EXE' },
      },
    });
    refused(blocked, 400, '0x80043e09');
  });

  it('measures the limit as Base64', async () => {
    const email = await draft();
    const answer = await call('POST', 'activitymimeattachments', {
      body: {
        'objectid_email@odata.bind': `/emails(${email.activityid})`,
        objecttypecode: 'email',
        filename: 'big.bin',
        body: base64('x'.repeat(4_000_000)),
      },
    });
    refused(answer, 400, '0x80044a02');
  });

  it('takes them in blocks', async () => {
    const email = await draft();
    const Target = {
      'objectid_email@odata.bind': `emails(${email.activityid})`,
      objecttypecode: 'email',
      filename: 'two.txt',
      mimetype: 'text/plain',
      '@odata.type': 'Microsoft.Dynamics.CRM.activitymimeattachment',
    };
    const { body: begun } = await call('POST', 'InitializeAttachmentBlocksUpload', { body: { Target } }); // prettier-ignore
    const FileContinuationToken = begun.FileContinuationToken;
    for (const [BlockId, text] of [['MDAx', 'one '], ['MDAy', 'two']]) // prettier-ignore
      await call('POST', 'UploadBlock', { body: { BlockId, BlockData: base64(text), FileContinuationToken } }); // prettier-ignore
    const { status, body } = await call('POST', 'CommitAttachmentBlocksUpload', {
      body: { Target, BlockList: ['MDAx', 'MDAy'], FileContinuationToken },
    });
    assert.deepEqual([status, body.FileSizeInBytes], [200, 7]);
    const row = await get(`activitymimeattachments(${body.ActivityMimeAttachmentId})`);
    assert.equal(Buffer.from(row.body, 'base64').toString(), 'one two');
    assert.equal(row._objectid_value, email.activityid);
  });

  it('takes one into a note', async () => {
    const note = await created('annotations', { notetext: 'See the file', filename: 'a.txt', documentbody: base64('a') }); // prettier-ignore
    assert.deepEqual([note.isdocument, note.filesize], [true, 1]);
  });
});

describe('sending', () => {
  it('closes an email as sent, once, and only to somebody', async () => {
    const email = await created('emails', { subject: 'Hello' });
    const send = () => call('POST', `emails(${email.activityid})/Microsoft.Dynamics.CRM.SendEmail`, { body: { IssueSend: true } }); // prettier-ignore
    refused(await send(), 400);
    const to = { participationtypemask: 2, addressused: 'a@example.com' };
    const { body: row } = await patched('emails', email, { email_activity_parties: [to] });
    assert.ok(row['@odata.etag']);
    assert.equal((await send()).status, 200);
    const { statecode, statuscode, senton } = await get(`emails(${email.activityid})`);
    assert.deepEqual([statecode, statuscode, typeof senton], [1, 3, 'string']);
    refused(await send(), 400);
  });
});

describe('what Dataverse refuses', () => {
  it('refuses to write to the union, to group by dates, and columns of a type on the union', async () => {
    const [row] = await rowsOf('activitypointers', { top: '1' });
    const url = `activitypointers(${row.activityid})`;
    const headers = { 'If-Match': '*' };
    refused(await call('PATCH', url, { body: { subject: 'x' }, headers }), 405);
    refused(await call('DELETE', url, { headers }), 405);
    refused(await call('POST', 'activitypointers', { body: { subject: 'x' } }), 405);
    const apply = 'groupby((scheduledend),aggregate($count as count))';
    refused(await call('GET', query('activitypointers', { apply })), 400, '0x80040203');
    for (const column of ['isalldayevent', 'location', 'percentcomplete', 'phonenumber'])
      refused(await call('GET', query('activitypointers', { select: column })), 400);
  });
});

describe('what repeats', () => {
  /** Tuesdays at nine, three times. */
  const weekly = (more) =>
    created('recurringappointmentmasters', {
      subject: `Weekly ${randomUUID()}`,
      starttime: '2027-03-01T08:00:00Z',
      endtime: '2027-03-01T09:00:00Z',
      recurrencepatterntype: 1,
      interval: 1,
      daysofweekmask: 4,
      patternstartdate: '2027-02-28T23:00:00Z',
      patternendtype: 2,
      occurrences: 3,
      recurringappointmentmaster_activity_parties: [
        { participationtypemask: 5, addressused: 'a@example.com' },
      ],
      ...more,
    });
  const datesOf = ({ activityid }) =>
    rowsOf('appointments', {
      filter: `_seriesid_value eq ${activityid}`,
      orderby: 'originalstartdate asc',
      expand: 'appointment_activity_parties',
    });
  const starts = async (master) => (await datesOf(master)).map((row) => row.scheduledstart);
  const remove = (set, { activityid }) =>
    call('DELETE', `${set}(${activityid})`, { headers: { 'If-Match': '*' } });
  const act = (path, body) => call('POST', path, { body });

  it('makes an appointment for each date of its master, by the wall clock of the user', async () => {
    const master = await weekly({ occurrences: 5 });
    const dates = await datesOf(master);
    assert.deepEqual(
      dates.map(({ scheduledstart, scheduledend }) => [scheduledstart, scheduledend].join()),
      // The clock changes on the 28th.
      ['03-02T08', '03-09T08', '03-16T08', '03-23T08', '03-30T07'].map((at) => {
        const start = `2027-${at}:00:00Z`;
        return [start, new Date(Date.parse(start) + 3_600_000).toISOString().replace('.000Z', 'Z')].join(); // prettier-ignore
      }),
    );
    for (const row of dates) {
      assert.deepEqual(
        [row.instancetypecode, row.originalstartdate, row.statecode, row.statuscode, row.subject],
        [2, row.scheduledstart, 3, 5, master.subject],
      );
      assert.equal(row.appointment_activity_parties[0].addressused, 'a@example.com');
    }
    const pointer = await get(`activitypointers(${master.activityid})`);
    assert.deepEqual([pointer.activitytypecode, pointer.instancetypecode], [MASTER, 1]);
    assert.equal(master.starttime, '2027-03-02T08:00:00Z', 'it begins with its first date');
    refused(await call('POST', 'recurringappointmentmasters', { body: { subject: 'x' } }), 400);
  });

  it('sets a date apart that is changed, makes none again that is deleted, and all by other times', async () => {
    const master = await weekly();
    const [first, second, third] = await datesOf(master);
    await patched('appointments', first, { statuscode: 6 });
    await patched('appointments', second, { subject: 'Own' });
    assert.deepEqual(
      (await datesOf(master)).map((row) => row.instancetypecode),
      [2, 3, 2],
    );
    await remove('appointments', third);
    const path = 'recurringappointmentmasters';
    const changed = await patched(path, master, { subject: 'All', location: 'Rotterdam', occurrences: 4 }); // prettier-ignore
    assert.equal(changed.status, 200, JSON.stringify(changed.body));
    assert.deepEqual(
      (await datesOf(master)).map((row) => [row.scheduledstart.slice(5, 10), row.subject, row.location].join()), // prettier-ignore
      ['03-02,All,Rotterdam', '03-09,Own,Rotterdam', '03-23,All,Rotterdam'],
    );
    refused(await patched(path, master, { subject: 'Stale' }), 412);
    const now = await get(`${path}(${master.activityid})`);
    const before = (await datesOf(master)).map(({ activityid }) => activityid);
    await patched(path, now, {
      starttime: '2027-03-02T10:00:00Z',
      endtime: '2027-03-02T10:30:00Z',
    });
    assert.deepEqual(await starts(master), ['02', '09', '16', '23'].map((day) => `2027-03-${day}T10:00:00Z`)); // prettier-ignore
    const after = (await datesOf(master)).map(({ activityid }) => activityid);
    assert.ok(
      after.every((id) => !before.includes(id)),
      'other times are other appointments',
    );
  });

  it('is ended, and deleted with all its dates', async () => {
    const master = await weekly();
    const [first] = await datesOf(master);
    await patched('appointments', first, { statecode: 1 });
    const target = { activityid: master.activityid, '@odata.type': `Microsoft.Dynamics.CRM.${MASTER}` }; // prettier-ignore
    const end = { Target: target, SeriesEndDate: '2027-03-01T00:00:00Z', StateOfPastInstances: 3 };
    assert.equal((await act('DeleteOpenInstances', end)).status, 204);
    assert.deepEqual(await starts(master), [first.scheduledstart], 'what was completed stays');
    assert.equal((await remove('recurringappointmentmasters', master)).status, 204);
    assert.deepEqual(await starts(master), []);
    refused(await call('GET', `activitypointers(${master.activityid})`), 404);
  });

  it('is made of an appointment, which it takes the place of', async () => {
    const single = await created('appointments', {
      subject: `Single ${randomUUID()}`,
      scheduledstart: '2027-03-01T08:00:00Z',
      scheduledend: '2027-03-01T09:00:00Z',
    });
    const pattern = { recurrencepatterntype: 0, interval: 2, patternendtype: 2, occurrences: 3 };
    const path = `appointments(${single.activityid})/Microsoft.Dynamics.CRM.AddRecurrence`;
    const { status, body } = await act(path, {
      Target: { ...pattern, patternstartdate: '2027-02-28T23:00:00Z' },
    });
    assert.equal(status, 200, JSON.stringify(body));
    assert.deepEqual(
      (await datesOf(body)).map((row) => [row.scheduledstart.slice(0, 10), row.subject].join()),
      ['01', '03', '05'].map((day) => [`2027-03-${day}`, single.subject].join()),
    );
    refused(await call('GET', `appointments(${single.activityid})`), 404);
  });
});

describe('trouble on request', () => {
  const fail = (fault) => call('GET', 'tasks?$top=1', { headers: { 'X-Demo-Fault': fault } });

  it('answers as it is told to', async () => {
    const throttled = await fail('429');
    refused(throttled, 429, '0x80072322');
    assert.equal(throttled.headers.get('Retry-After'), '2');
    assert.match((await fail('page')).headers.get('content-type'), /html/);
    assert.equal((await fail('401')).status, 401);
    refused(await fail('500'), 500);
  });

  it('does what was asked, and loses the answer', async () => {
    const activityid = randomUUID();
    const lost = call('POST', 'tasks', {
      body: { activityid, subject: 'Lost' },
      headers: { 'X-Demo-Fault': 'lost' },
    });
    await assert.rejects(lost, TypeError);
    assert.equal((await get(`tasks(${activityid})`)).subject, 'Lost');
  });
});

describe('a server that stops counting, and lags', () => {
  let other;
  before(async () => {
    other = await start({ COUNT_LIMIT: '100', LAG_MS: '3600000' });
  });
  after(() => other.stop());

  it('counts to its limit, and says that there are more', async () => {
    const all = await get(`${other.url}tasks?$count=true&$top=1`, ANNOTATIONS);
    assert.equal(all['@odata.count'], 100);
    assert.equal(all['@Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded'], true);
    const few = await get(`${other.url}teams?$count=true`, ANNOTATIONS);
    assert.equal(few['@Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded'], undefined);
  });

  it('shows in lists what was before a write, and in the row what is', async () => {
    const [row] = (await get(`${other.url}tasks?$filter=statecode eq 0&$top=1`)).value;
    const url = `${other.url}tasks(${row.activityid})`;
    const headers = { 'If-Match': row['@odata.etag'] };
    const { status } = await call('PATCH', url, { body: { subject: 'After' }, headers });
    assert.equal(status, 204);
    assert.equal((await get(url)).subject, 'After');
    const lists = `${other.url}activitypointers?$filter=activityid eq ${row.activityid}`;
    const [listed] = (await get(lists, ANNOTATIONS)).value;
    assert.equal(listed.subject, row.subject);
    assert.equal(listed['@odata.etag'], row['@odata.etag']);
  });
});

it('what is refused is refused with its own status and words in production too', async (t) => {
  const another = await start({ EVERY: '48', NODE_ENV: 'production' });
  t.after(() => another.stop());
  const ask = async (path, options) => {
    const response = await fetch(new URL(path, another.url), options);
    return [response.status, (await response.json()).error.code];
  };
  assert.deepEqual(await ask('tasks?$skip=10'), [501, '0x80060888']);
  assert.deepEqual(await ask(`tasks(${randomUUID()})`), [404, '0x80040217']);
  const headers = { 'Content-Type': 'application/json' };
  assert.equal((await ask('tasks', { method: 'POST', headers, body: '{' }))[0], 400);
});

it('a start that finds its data prepared answers and refuses as the one that prepared it', async (t) => {
  const answers = [];
  // Of another day, so that nothing but this test can have prepared it within this run.
  for (const _time of ['first', 'second']) {
    const another = await start({ TODAY: '2026-11-24', EVERY: '48' });
    t.after(() => another.stop());
    const ask = async (path) => {
      const response = await fetch(new URL(path, another.url), {
        signal: AbortSignal.timeout(10_000),
      });
      const { value, error } = await response.json();
      return [response.status, error?.code ?? value.map((row) => row.activityid)];
    };
    answers.push([
      await ask(`tasks(${randomUUID()})`),
      await ask('tasks?$filter=unknown eq 1'),
      await ask('activitypointers?$select=activityid&$orderby=activityid'),
    ]);
  }
  assert.equal(answers[0][0][0], 404);
  assert.ok(answers[0][2][1].length > 20);
  assert.deepEqual(answers[1], answers[0]);
});
