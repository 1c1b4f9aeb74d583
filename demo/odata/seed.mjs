import { randomUUID } from 'node:crypto';
import { toZoned, parseDate } from '@internationalized/date';
import { MAX_UPLOAD } from './files.mjs';
import { BLOCKED, COMPLETED, CANCELED, OPEN, ROLES, SCHEDULED, TYPES } from './dialect.mjs';

const STATE = { open: OPEN, completed: COMPLETED, canceled: CANCELED, scheduled: SCHEDULED };
const PRIORITY = { low: 0, normal: 1, high: 2 };
/** The organisation's own choice. */
const CONDITIONS = { ready: 1, 'to-repair': 2, shell: 3 };
/** Where the kit's name of a status reason is not Dataverse's label in kebab-case. */
const REASON_NAMES = { 'Waiting on someone else': 'waiting' };

/**
 * The demo's data as rows of the tables in tables.cds.
 *
 * What Dataverse has no column for is lost: outcomes, answers of attendees, and that a time is only a date: `scheduledend`
 * is an instant, so a due date becomes the last second of its day in `timeZone`, and the days of an appointment midnights of it.
 */
export function toRows({ activities, records, user, team, teams }, timeZone) {
  const ofKind = (kind) => records.filter(({ ref }) => ref.kind === kind);
  const deals = ofKind('opportunity').map(({ deal }) => deal.value);
  const currencies = new Map(deals.map(({ currency }) => [currency, randomUUID()]));
  const base = deals.find((value) => value.base)?.base.currency;
  const instant = (time) =>
    time?.length === 10
      ? toZoned(parseDate(time), timeZone).toAbsoluteString().replace('.000Z', 'Z')
      : time;
  // A mere date is kept as the last second of its day, as the kit's provider keeps it.
  const due = (time) =>
    time?.length === 10 ? instantBefore(parseDate(time).add({ days: 1 }), timeZone) : time;
  let version = 1000;

  const stamps = (activity) => ({
    versionnumber: (version += 1),
    createdon: activity.createdAt,
    modifiedon: activity.modifiedAt,
    _createdby_value: activity.createdBy?.id,
    _modifiedby_value: activity.modifiedBy?.id,
  });

  const toActivity = (activity) => ({
    ...stamps(activity),
    activityid: activity.id,
    activitytypecode: activity.type,
    subject: activity.subject,
    description: activity.description ?? null,
    statecode: STATE[activity.state],
    statuscode: reasonCode(activity),
    prioritycode: PRIORITY[activity.priority ?? 'normal'],
    isregularactivity: true,
    scheduledstart: instant(activity.start) ?? null,
    scheduledend: instant(activity.end) ?? due(activity.due) ?? null,
    scheduleddurationminutes: activity.start
      ? (Date.parse(instant(activity.end)) - Date.parse(instant(activity.start))) / 60_000
      : null,
    actualstart: activity.actualStart ?? null,
    actualend: activity.actualEnd ?? null,
    actualdurationminutes: activity.actualDuration ?? null,
    _ownerid_value: activity.owner?.id ?? user.id,
    _regardingobjectid_value: activity.regarding?.id ?? null,
    conversationindex: activity.thread ?? null,
    isalldayevent: activity.type === 'appointment' ? activity.start?.length === 10 : null,
    ...toColumns(activity),
  });

  return {
    Activities: activities.filter(({ type }) => type !== 'note').map(toActivity),
    Parties: activities.flatMap(({ id, parties = [] }) =>
      parties.map(({ role, record, address, name }) => ({
        activitypartyid: randomUUID(),
        _activityid_value: id,
        _partyid_value: record?.id ?? null,
        participationtypemask: ROLES[role],
        addressused: address ?? null,
        unresolvedpartyname: record ? null : (name ?? address ?? null),
      })),
    ),
    Annotations: activities
      .filter(({ type }) => type === 'note')
      .map((note) => ({
        ...stamps(note),
        annotationid: note.id,
        subject: note.subject || null,
        notetext: note.description ?? null,
        isdocument: false,
        objecttypecode: note.regarding?.kind ?? null,
        _objectid_value: note.regarding?.id ?? null,
        _ownerid_value: note.createdBy?.id ?? user.id,
      })),
    Organizations: [
      {
        organizationid: randomUUID(),
        maxuploadfilesize: MAX_UPLOAD,
        blockedattachments: BLOCKED.join(';'),
        _basecurrencyid_value: currencies.get(base),
      },
    ],
    Accounts: ofKind('account').map(({ ref, detail }) => ({
      accountid: ref.id,
      name: ref.name,
      address1_city: detail,
    })),
    Contacts: ofKind('contact').map(({ ref, parent, detail }) => ({
      contactid: ref.id,
      fullname: ref.name,
      jobtitle: detail,
      _parentcustomerid_value: parent.id,
    })),
    Opportunities: ofKind('opportunity').map(({ ref, parent, deal }) => ({
      opportunityid: ref.id,
      name: ref.name,
      estimatedvalue: deal.value.amount,
      estimatedvalue_base: deal.value.base?.amount,
      salesstage: deal.stageIndex,
      stepname: deal.stage,
      _parentaccountid_value: parent.id,
      _transactioncurrencyid_value: currencies.get(deal.value.currency),
    })),
    TransactionCurrencies: [...currencies].map(([isocurrencycode, transactioncurrencyid]) => ({
      transactioncurrencyid,
      isocurrencycode,
    })),
    SystemUsers: ofKind('user').map(({ ref, detail }) => ({
      systemuserid: ref.id,
      fullname: ref.name,
      title: detail,
    })),
    Teams: teams.map(({ id, name }) => ({ teamid: id, name })),
    // The first of her teams is the one with her colleagues; in the others she is alone.
    TeamMemberships: teams.flatMap(({ id }, index) =>
      [user, ...(index === 0 ? team : [])].map((member) => ({
        teammembershipid: randomUUID(),
        teamid: id,
        systemuserid: member.id,
      })),
    ),
  };
}

function instantBefore(date, timeZone) {
  const before = toZoned(date, timeZone).toDate().getTime() - 1000;
  return new Date(before).toISOString().replace('.000Z', 'Z');
}

function reasonCode({ type, state, statusReason }) {
  const reasons = TYPES[type].reasons[STATE[state]];
  const found = reasons.find(
    ([, label]) =>
      (REASON_NAMES[label] ?? label.toLowerCase().replaceAll(' ', '-')) === statusReason,
  );
  if (!found) throw new Error(`${type} has no status reason ${statusReason} when ${state}`);
  return found[0];
}

/** The type's own fields. */
function toColumns({ fields = {} }) {
  return {
    percentcomplete: fields.percentComplete ?? null,
    directioncode: fields.direction === undefined ? null : fields.direction === 'outgoing',
    phonenumber: fields.phoneNumber ?? null,
    leftvoicemail: fields.leftVoicemail ?? null,
    location: fields.location ?? null,
    address: fields.address ?? null,
    faxnumber: fields.faxNumber ?? null,
    coverpagename: fields.coverPageName ?? null,
    numberofpages: fields.numberOfPages ?? null,
    contoso_condition: CONDITIONS[fields.condition] ?? null,
    contoso_floorarea: fields.floorArea ?? null,
  };
}
