import cds from '@sap/cds';
import { annotate } from './answers.mjs';
import { takeFile } from './files.mjs';
import { AS_EXCEPTION, addSeries, setsApart } from './series.mjs';
import {
  BLOCKED,
  CANCELED,
  COMPLETED,
  MASTER,
  SCHEDULED,
  TYPES,
  failure,
  stateOfReason,
} from './dialect.mjs';

const { SELECT } = cds.ql;

const isClosed = (statecode) => statecode === COMPLETED || statecode === CANCELED;

/** What Dataverse sees to when rows are read and written. Answers what it does with series on request. */
export async function addRules(service, { directory, userId, firstVersion, lagMs, timeZone }) {
  const { Activities, Annotations, Attachments } = cds.entities('stored');
  let version = firstVersion;
  const now = () => new Date().toISOString().replace(/\.\d+Z$/, 'Z');
  const touch = (data) =>
    Object.assign(data, {
      versionnumber: (version += 1),
      modifiedon: now(),
      _modifiedby_value: userId,
    });
  const create = (data) =>
    Object.assign(touch(data), { createdon: data.modifiedon, _createdby_value: userId });

  service.before('READ', '*', (request) => {
    const { pageSize } = request.http?.req.preferences ?? {};
    const { SELECT } = request.query;
    // The framework makes a nextLink of every page that is full.
    if (pageSize !== undefined && !SELECT.one)
      SELECT.limit = { ...SELECT.limit, rows: { val: pageSize } };
    SELECT.orderBy &&= SELECT.orderBy.map(byName);
  });
  const written = lagMs > 0 ? lagBehind(service, lagMs) : () => {};
  service.after('READ', '*', (result, request) => {
    const { annotations = [] } = request.http?.req.preferences ?? {};
    if (!result || annotations.length === 0) return;
    const set = request.target?.name.split('.').pop();
    const type = Object.keys(TYPES).find((name) => TYPES[name].set === set);
    annotate(Array.isArray(result) ? result : [result], type, annotations, directory);
  });

  for (const [type, { set }] of Object.entries(TYPES)) {
    service.before('CREATE', set, async ({ data }) => {
      await refuseDuplicate(Activities, 'activityid', data.activityid);
      refuseUnknownState(type, data);
      if (isClosed(data.statecode) || (data.statecode === SCHEDULED && type !== 'appointment')) {
        throw failure(
          400,
          '0x80048408',
          `A new ${type} can't be in state ${data.statecode}: create it, then change its state.`,
        );
      }
      create(data);
      data.activitytypecode = type;
      data.isregularactivity = true;
      data.prioritycode ??= 1;
      data._ownerid_value ??= userId;
      data._regardingobjectid_value ??= null;
      data.statecode ??=
        data.statuscode === undefined ? TYPES[type].created : stateOfReason(type, data.statuscode);
      data.statuscode ??= TYPES[type].reasons[data.statecode][0][0];
      if (type === 'appointment' || type === MASTER) data.isalldayevent ??= false;
      if (type === 'task') data.percentcomplete ??= 0;
      if (type === 'phonecall' || type === 'email' || type === 'letter' || type === 'fax')
        data.directioncode ??= true;
      if (type === 'appointment') measure(data, data);
    });

    service.before('UPDATE', set, async ({ data, headers }) => {
      const row = await SELECT.one
        .from(Activities)
        .where({ activityid: data.activityid, activitytypecode: type });
      if (!row) throw notFound(type, data.activityid);
      // The framework refuses a stale version, but later than this: that somebody else closed it meanwhile is a conflict first.
      if (isStale(headers['if-match'], row)) return;
      refuseUnknownState(type, data, row);
      const changes = Object.keys(data).filter(
        (column) => column !== 'activityid' && column !== '_ownerid_value',
      );
      if (isClosed(row.statecode) && changes.length > 0) {
        throw failure(
          400,
          '0x80040222',
          'A completed or canceled activity is read-only and can only be assigned or deleted.',
        );
      }
      if (data.statecode !== undefined && data.statecode !== row.statecode) {
        data.statuscode ??= TYPES[type].reasons[data.statecode][0][0];
        if (isClosed(data.statecode)) close(data, row, now());
      }
      if (data.scheduledstart !== undefined || data.scheduledend !== undefined)
        measure(data, { ...row, ...data });
      if (setsApart(row, changes)) Object.assign(data, AS_EXCEPTION);
      touch(data);
    });

    service.before('DELETE', set, async ({ data }) => {
      const row = await SELECT.one
        .from(Activities)
        .columns('activityid')
        .where({ activityid: data.activityid, activitytypecode: type });
      if (!row) throw notFound(type, data.activityid);
    });
  }

  for (const [logicalName, set, key, label] of [
    ['account', 'accounts', 'accountid', 'name'],
    ['contact', 'contacts', 'contactid', 'fullname'],
  ]) {
    const { [set === 'accounts' ? 'Accounts' : 'Contacts']: entity } = cds.entities('stored');
    service.before('CREATE', set, async ({ data }) => {
      await refuseDuplicate(entity, key, data[key]);
      if (logicalName === 'contact') {
        if (data.fullname) throw failure(400, '0x80048d19', 'fullname is computed.');
        data.fullname = [data.firstname, data.lastname].filter(Boolean).join(' ');
      }
      if (!data[label]) throw failure(400, '0x80048d19', `A new ${logicalName} needs a name.`);
    });
    service.after('CREATE', set, (row) =>
      directory.set(row[key], { name: row[label], logicalName }),
    );
  }

  service.before('CREATE', 'annotations', async ({ data }) => {
    await refuseDuplicate(Annotations, 'annotationid', data.annotationid);
    create(data);
    takeFile(data, 'documentbody', BLOCKED);
    data.isdocument = data.documentbody !== undefined && data.documentbody !== null;
    data._ownerid_value ??= userId;
  });
  service.before('CREATE', 'activitymimeattachments', async ({ data }) => {
    await refuseDuplicate(Attachments, 'activitymimeattachmentid', data.activitymimeattachmentid);
    const id = data._objectid_value;
    const type = data.objecttypecode;
    const row = await SELECT.one.from(Activities).columns('activityid').where({ activityid: id, activitytypecode: type }); // prettier-ignore
    if (!row) throw notFound(type, id);
    takeFile(data, 'body', BLOCKED);
    create(data);
  });
  service.before('UPDATE', 'annotations', async ({ data }) => {
    const row = await SELECT.one
      .from(Annotations)
      .columns('annotationid')
      .where({ annotationid: data.annotationid });
    if (!row) throw notFound('annotation', data.annotationid);
    takeFile(data, 'documentbody', BLOCKED);
    if (data.documentbody !== undefined) data.isdocument = data.documentbody !== null;
    if (data.documentbody === null) Object.assign(data, { filename: null, mimetype: null, filesize: null }); // prettier-ignore
    touch(data);
  });
  const stamp = (data, row) => (row ? touch(data) : create(data));
  return addSeries(service, { timeZone, stamp, written });
}

/**
 * Lists come from a copy that follows some time after; rows of the types' own sets are always new. What is asked for by the
 * union goes to the copy.
 */
function lagBehind(service, lagMs) {
  service.before('READ', 'activitypointers', ({ query }) => {
    const [head, ...rest] = query.SELECT.from.ref;
    query.SELECT.from.ref = [head.id ? { ...head, id: PAST } : PAST, ...rest];
  });
  const sets = Object.values(TYPES).map(({ set }) => set);
  const written = (rows) => {
    setTimeout(() => {
      for (const { activityid } of rows) {
        void cds.db.run([
          `DELETE FROM stored_PastActivities WHERE activityid = '${activityid}'`,
          `INSERT INTO stored_PastActivities SELECT * FROM stored_Activities WHERE activityid = '${activityid}'`,
        ]);
      }
    }, lagMs).unref();
  };
  service.after(['CREATE', 'UPDATE', 'DELETE'], sets, (_row, { data }) => written([data]));
  return written;
}
const PAST = 'Dataverse.pastpointers';

/** Sends an email: it is closed as Pending Send, and as Sent once it went out, which here is at once. */
export async function sendEmail(service, id, body) {
  const { Activities } = cds.entities('stored');
  const row = await SELECT.one
    .from(Activities)
    .where({ activityid: id, activitytypecode: 'email' });
  if (!row) throw notFound('email', id);
  if (isClosed(row.statecode))
    throw failure(400, '0x80040222', 'The email was sent already, or is closed.');
  if (body?.IssueSend !== undefined && typeof body.IssueSend !== 'boolean')
    throw failure(400, '0x80048d19', 'IssueSend is true or false.');
  const { Parties } = cds.entities('stored');
  const to = await SELECT.one
    .from(Parties)
    .where({ _activityid_value: id, participationtypemask: 2 });
  if (!to) throw failure(400, '0x80040203', 'The e-mail must have at least one recipient before it can be sent.'); // prettier-ignore
  const senton = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
  await service
    .update('emails', { activityid: id })
    .with({ activityid: id, statecode: COMPLETED, statuscode: 3, senton });
  return { '@odata.context': '$metadata#Microsoft.Dynamics.CRM.SendEmailResponse', Subject: row.subject }; // prettier-ignore
}

const NAMES = {
  _ownerid_value: [
    ['owninguser', 'fullname'],
    ['owningteam', 'name'],
  ],
  _regardingobjectid_value: namesBehind('regardingobjectid'),
  _objectid_value: namesBehind('objectid'),
};

function namesBehind(lookup) {
  return ['account', 'contact', 'opportunity'].map((table) => [
    `${lookup}_${table}`,
    table === 'contact' ? 'fullname' : 'name',
  ]);
}

/** Lookups are sorted by the names of what they hold. */
function byName(order) {
  const names = order.ref?.length === 1 && NAMES[order.ref[0]];
  if (!names) return order;
  const name = { func: 'coalesce', args: names.map((ref) => ({ ref })) };
  return { func: 'fold', args: [name], ...(order.sort && { sort: order.sort }) };
}

function close(data, row, now) {
  data.actualend ??= row.actualend ?? now;
  if (data.statecode === COMPLETED && row.activitytypecode === 'task') data.percentcomplete ??= 100;
  if (data.statecode === COMPLETED && row.activitytypecode === 'appointment') {
    data.actualdurationminutes ??= row.actualdurationminutes ?? row.scheduleddurationminutes;
  }
}

/** An appointment's scheduled duration follows its times. */
function measure(data, { activitytypecode, scheduledstart, scheduledend }) {
  if (activitytypecode !== 'appointment') return;
  if (!scheduledstart || !scheduledend)
    throw failure(400, '0x80040203', 'An appointment needs a start and an end.');
  const minutes = (Date.parse(scheduledend) - Date.parse(scheduledstart)) / 60_000;
  if (minutes < 0) throw failure(400, '0x80040203', 'An appointment cannot end before it starts.');
  data.scheduleddurationminutes = Math.round(minutes);
}

function refuseUnknownState(type, { statecode, statuscode }, row) {
  const { reasons } = TYPES[type];
  const state = statecode ?? row?.statecode;
  if (statecode !== undefined && !reasons[statecode]) {
    throw failure(400, '0x80048408', `${statecode} is not a valid state code on ${type}.`);
  }
  if (statuscode === undefined) return;
  const known =
    state === undefined
      ? stateOfReason(type, statuscode) !== undefined
      : reasons[state].some(([code]) => code === statuscode);
  if (!known)
    throw failure(
      400,
      '0x80048408',
      `${statuscode} is not a valid status code on ${type}${state === undefined ? '' : ` with state code ${state}`}.`,
    );
  if (!row && state === undefined && isClosed(stateOfReason(type, statuscode))) {
    throw failure(
      400,
      '0x80048408',
      `A new ${type} can't be in a closed state: create it, then change its state.`,
    );
  }
}

function isStale(ifMatch, { versionnumber }) {
  return ifMatch !== undefined && ifMatch !== '*' && ifMatch !== `W/"${versionnumber}"`;
}

async function refuseDuplicate(entity, key, id) {
  if (
    id &&
    (await SELECT.one
      .from(entity)
      .columns(key)
      .where({ [key]: id }))
  ) {
    throw failure(412, '0x80040237', 'Cannot insert duplicate key.');
  }
}

function notFound(type, id) {
  return failure(404, '0x80040217', `Entity '${type}' With Id = ${id} Does Not Exist`);
}
