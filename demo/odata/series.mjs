import { randomUUID } from 'node:crypto';
import cds from '@sap/cds';
import { resolveBindings } from './bindings.mjs';
import { CANCELED, COMPLETED, MASTER, TYPES, failure, partiesOf } from './dialect.mjs'; // prettier-ignore
import { loadKit } from './kit.mjs';

const { SELECT, INSERT, UPDATE, DELETE } = cds.ql;

/*
 * Recurring appointments, as Dataverse does it: a master (`recurringappointmentmasters`) holds the rule in columns, and the server
 * makes an appointment for each of its dates. What a master says of its dates they say too, unless one of them was changed by
 * itself; other times or another rule make other dates. The rule is read, and its dates are reckoned, as the kit does it.
 */

const [INSTANCE, EXCEPTION] = [2, 3];

/** What a date takes over from its master. */
const SHARED = [
  'subject',
  'description',
  'prioritycode',
  'statecode',
  'statuscode',
  'location',
  '_ownerid_value',
  '_regardingobjectid_value',
];
/** What makes a date another one, if it changes. */
const PLAN = [
  'starttime',
  'endtime',
  'isalldayevent',
  'recurrencepatterntype',
  'interval',
  'daysofweekmask',
  'dayofmonth',
  'monthofyear',
  'instance',
  'isnthmonthly',
  'isnthyearly',
  'isweekdaypattern',
  'patternstartdate',
];
/** What makes it end elsewhere. */
const END = ['patternendtype', 'patternenddate', 'occurrences'];
/** What may change of a date without making it an exception. */
const OF_STATE = ['statecode', 'statuscode', 'actualstart', 'actualend', 'actualdurationminutes'];

/** A change that sets one date apart from its series. */
export function setsApart({ instancetypecode }, columns) {
  return instancetypecode === INSTANCE && columns.some((column) => !OF_STATE.includes(column));
}

export const AS_EXCEPTION = { instancetypecode: EXCEPTION };

/** `stamp`: who made a row and when. `written`: told of rows that no request named. */
export async function addSeries(service, { timeZone, stamp, written }) {
  const { Activities, Masters } = cds.entities('stored');
  const { addDays, dayOf, daysBetween, startOfDay, toInstant, horizonOf, loadDates, fromPattern } =
    await loadKit(
      'src/model/time.ts',
      'src/model/recurrence-dates.ts',
      'src/provider/odata/recurrence-pattern.ts',
    );
  const datesOf = await loadDates();
  const whole = (entity, where) =>
    SELECT.one
      .from(entity)
      .columns('*', { ref: ['parties'], expand: ['*'] })
      .where(where);
  const datesIn = (series) =>
    SELECT.from(Activities)
      .columns('*', { ref: ['parties'], expand: ['*'] })
      .where({ _seriesid_value: series, activitytypecode: 'appointment' });

  /** All dates that a master has by its rule. */
  function plan(master) {
    const { starttime: start, endtime, patternendtype } = master;
    if (!start || !endtime || Date.parse(endtime) < Date.parse(start))
      throw failure(400, '0x80040203', 'A series needs a start and an end after it.');
    const rule = fromPattern(master, start, timeZone);
    if (!rule) throw failure(400, '0x80040203', 'A series needs a recurrence pattern.');
    const until = patternendtype === 1 ? horizonOf(Date.now(), start, timeZone) : {};
    try {
      const dates = datesOf({ start, rule, zone: timeZone }, until);
      if (dates.length > 0) return dates;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
    throw failure(400, '0x80040203', 'The recurrence pattern has no dates.');
  }

  function endAt(date, { starttime, endtime, isalldayevent }) {
    if (!isalldayevent)
      return toInstant(Date.parse(date) + Date.parse(endtime) - Date.parse(starttime));
    const days = daysBetween(dayOf(starttime, timeZone), dayOf(endtime, timeZone));
    return toInstant(startOfDay(addDays(dayOf(date, timeZone), days), timeZone));
  }

  /** A master begins with the first of its dates. */
  const settled = (master, dates) => ({
    starttime: dates[0],
    endtime: endAt(dates[0], master),
    effectivestartdate: dates[0],
    effectiveenddate: master.patternendtype === 1 ? null : endAt(dates.at(-1), master),
  });

  /** The database writes some with milliseconds. */
  const instant = (date) => toInstant(Date.parse(date));
  const originalOf = ({ originalstartdate }) => instant(originalstartdate);

  const copied = (parties = []) =>
    parties.map((party) => ({
      ...without(party, '_activityid_value'),
      activitypartyid: randomUUID(),
    }));

  function dateOf(master, date) {
    const end = endAt(date, master);
    return stamp({
      activityid: randomUUID(),
      activitytypecode: 'appointment',
      isregularactivity: true,
      ...Object.fromEntries(SHARED.map((column) => [column, master[column]])),
      isalldayevent: master.isalldayevent,
      scheduledstart: date,
      scheduledend: end,
      scheduleddurationminutes: Math.round((Date.parse(end) - Date.parse(date)) / 60_000),
      originalstartdate: date,
      _seriesid_value: master.activityid,
      instancetypecode: INSTANCE,
      parties: copied(master.parties),
    });
  }

  async function add(master, dates) {
    if (dates.length === 0) return;
    const rows = dates.map((date) => dateOf(master, date));
    await INSERT.into(Activities).entries(rows);
    written(rows);
  }

  async function drop(rows) {
    if (rows.length === 0) return;
    const ids = rows.map(({ activityid }) => activityid);
    await DELETE.from(Activities).where({ activityid: { in: ids } });
    written(rows);
  }

  /** A master with its parties, and its row in the union. */
  async function pointed(activityid) {
    const master = await whole(Masters, { activityid });
    const columns = Object.keys(without(master, 'parties')).filter(
      (column) => column in Activities.elements,
    );
    return { master, row: Object.fromEntries(columns.map((column) => [column, master[column]])) };
  }

  const inWords = (parties) =>
    JSON.stringify(
      parties
        .map((one) => [one.participationtypemask, one._partyid_value, one.addressused])
        .sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b))),
    );

  /** What all dates are to say from now on, as far as they do not say something of their own. */
  async function share(before, after) {
    const changed = SHARED.filter((column) => !isSame(before[column], after[column]));
    const hasOthers = inWords(before.parties) !== inWords(after.parties);
    if (changed.length === 0 && !hasOthers) return;
    const rows = (await datesIn(after.activityid)).filter(isOpen);
    for (const row of rows) {
      const isPlain = row.instancetypecode === INSTANCE;
      const own = changed.filter((column) => isPlain || isSame(row[column], before[column]));
      const takes = hasOthers && (isPlain || inWords(row.parties) === inWords(before.parties));
      if (own.length === 0 && !takes) continue;
      const data = Object.fromEntries(own.map((column) => [column, after[column]]));
      if (takes) data.parties = copied(after.parties);
      await UPDATE(Activities, { activityid: row.activityid }).with(stamp(data, row));
    }
    written(rows);
  }

  /**
   * Other times or another rule make all dates anew; another end takes some away, or adds some. What is closed, or lies behind us,
   * stays either way.
   */
  async function layOut(before, after) {
    const dates = plan(after);
    const isSamePlan = !differs(PLAN, before, after);
    const isPast = (end) => Date.parse(end) < Date.now();
    const stays = (row) =>
      !isOpen(row) || isPast(row.scheduledend) || (isSamePlan && dates.includes(originalOf(row)));
    const rows = await datesIn(after.activityid);
    await drop(rows.filter((row) => !stays(row)));
    const known = isSamePlan ? rows.filter(stays).map(originalOf) : [];
    const list = isSamePlan ? (after.deletedexceptionslist ?? '') : '';
    const removed = list.split(',').filter(Boolean).map(instant);
    const taken = new Set([...known, ...removed]);
    const missing = dates.filter((date) => !taken.has(date) && !isPast(endAt(date, after)));
    await add(after, missing);
    const kept = { deletedexceptionslist: list || null };
    await UPDATE(Masters, { activityid: after.activityid }).with({ ...settled(after, dates), ...kept }); // prettier-ignore
  }

  const { set } = TYPES[MASTER];

  async function leaveOut(row) {
    const { _seriesid_value: activityid } = row;
    const master = await SELECT.one.from(Masters).where({ activityid });
    if (!master) return;
    const list = [master.deletedexceptionslist, originalOf(row)].filter(Boolean).join(',');
    await UPDATE(Masters, { activityid }).with({ deletedexceptionslist: list });
  }

  // Around what the framework does by itself.
  service.prepend(() => {
    service.on('CREATE', set, async (request, next) => {
      const { data } = request;
      data.activityid ??= randomUUID();
      const dates = plan(data);
      Object.assign(data, settled(data, dates), { instancetypecode: 1, _seriesid_value: data.activityid }); // prettier-ignore
      const answer = await next();
      const { master, row } = await pointed(data.activityid);
      await INSERT.into(Activities).entries(row);
      written([row]);
      await add(master, dates);
      return answer;
    });

    service.on('UPDATE', set, async (request, next) => {
      const { activityid } = request.data;
      const before = await whole(Masters, { activityid });
      const answer = await next();
      const after = await whole(Masters, { activityid });
      await share(before, after);
      if (differs([...PLAN, ...END], before, after)) await layOut(before, after);
      const { row } = await pointed(activityid);
      await UPDATE(Activities, { activityid }).with(row);
      written([row]);
      return answer;
    });

    service.on('DELETE', set, async (request, next) => {
      const { activityid } = request.data;
      const rows = await datesIn(activityid);
      await next();
      await drop([...rows, { activityid }]);
    });

    /** A date that is deleted is not made again. */
    service.on('DELETE', 'appointments', async (request, next) => {
      const { activityid } = request.data;
      const row = await SELECT.one.from(Activities).where({ activityid });
      await next();
      if (row?._seriesid_value) await leaveOut(row);
    });
  });

  return {
    /** An appointment becomes a series: what it says is copied to a master, and it is deleted. */
    addRecurrence: (activityid, { Target: target }) =>
      service.tx(async (tx) => {
        const row = await whole(Activities, { activityid, activitytypecode: 'appointment' });
        if (!row)
          throw failure(404, '0x80040217', `Entity 'appointment' With Id = ${activityid} Does Not Exist`); // prettier-ignore
        const master = without(resolveBindings(target ?? {}, set), '@odata.type');
        const entry = {
          ...Object.fromEntries(SHARED.map((column) => [column, row[column]])),
          isalldayevent: row.isalldayevent,
          starttime: row.scheduledstart,
          endtime: row.scheduledend,
          [partiesOf(MASTER)]: copied(row.parties),
          activityid: randomUUID(),
          ...master,
        };
        // A new row has its state by its reason.
        delete entry.statecode;
        await tx.create(set).entries(entry);
        await drop([row]);
        return { activityid: entry.activityid };
      }),

    /** Ends a series: what is still to be done from then on goes, and what lies before is set to a state. */
    deleteOpenInstances: ({ Target: target, SeriesEndDate: end, StateOfPastInstances: state }) =>
      service.tx(async () => {
        const activityid = target?.activityid;
        const master = activityid && (await whole(Masters, { activityid }));
        if (!master)
          throw failure(404, '0x80040217', `Entity '${MASTER}' With Id = ${activityid} Does Not Exist`); // prettier-ignore
        const rows = (await datesIn(activityid)).filter(isOpen);
        const isLater = ({ scheduledstart }) => Date.parse(scheduledstart) >= Date.parse(end);
        await drop(rows.filter(isLater));
        const past = rows.filter((row) => !isLater(row));
        const [[reason]] = TYPES.appointment.reasons[state] ?? [[]];
        if (reason === undefined)
          throw failure(400, '0x80048408', `${state} is not a valid state.`);
        for (const row of past)
          await UPDATE(Activities, { activityid: row.activityid }).with(
            stamp({ statecode: state, statuscode: reason }, row),
          );
        written(past);
        const closed = {
          statecode: COMPLETED,
          statuscode: 3,
          patternendtype: 3,
          patternenddate: end,
        };
        await UPDATE(Masters, { activityid }).with(stamp(closed, master));
        const { row } = await pointed(activityid);
        await UPDATE(Activities, { activityid }).with(row);
      }),
  };
}

const isSame = (a, b) => (a ?? null) === (b ?? null);

const differs = (columns, a, b) => columns.some((column) => !isSame(a[column], b[column]));

const isOpen = ({ statecode }) => statecode !== COMPLETED && statecode !== CANCELED;

const without = (row, column) =>
  Object.fromEntries(Object.entries(row).filter(([name]) => name !== column));
