import { applyPatch, isClosed, type Activity, type ActivityDraft, type ActivityPatch } from '../../model/activity.js'; // prettier-ignore
import { loadDates } from '../../model/recurrence-dates.js';
import {
  lastDayBefore,
  masterAfter,
  ownPatch,
  successorOf,
  without,
  type NextMaster,
} from '../../model/recurrence-series.js';
import { addDays, dayOf, startOfDay, toInstant, type Day } from '../../model/time.js';
import { failure, isBrokenOff, toFailure } from '../failure.js';
import type { CallOptions, WriteOptions } from '../provider.js';
import { readOne, readUnchanged } from './activity-reader.js';
import { REPRESENTATION, createOnce } from './create-once.js';
import { and, or, toGuid } from './filter.js';
import { queryString } from './query-string.js';
import { readActivity, rowOf, rowsOf, textOf, type WireRow } from './read-row.js';
import { WEEK_BEGINS, toPatternEnd } from './recurrence-pattern.js';
import {
  fetchMaster,
  readMaster,
  repeatingType,
  toMasterColumns,
  toPlanColumns,
  type RepeatingType,
} from './series-master.js';
import type { Service } from './service.js';
import { toColumns, toStateColumns } from './write-row.js';

/** One of a series' dates, or its master, as it is now. */
interface Target {
  readonly row: Activity;
  readonly master: Activity;
  readonly repeats: RepeatingType;
  /** Where the master is written, and its version. */
  readonly path: string;
  readonly ifMatch: string;
}

/** Where to look for what a write was about, once it has another id. */
interface Place {
  readonly repeats: RepeatingType;
  readonly series: string;
  readonly day: Day;
}

/**
 * Writes that are meant for several dates of a series. The service makes the dates by its master's rule: whoever changes the rule
 * or the times gets others, under ids of their own. _This and all later ones_ is what it has no word for: a new series from there on,
 * and an earlier end of the old one.
 */
export class SeriesWriter {
  readonly #service: Service;
  /** By their key, writes after which the row may have another id, until their answer has come. */
  readonly #moving = new Map<string, Place>();

  constructor(service: Service) {
    this.#service = service;
  }

  async create(id: string, draft: ActivityDraft, options: WriteOptions): Promise<Activity> {
    const repeats = this.#repeating(draft.type);
    const body = { activityid: id, ...this.#whole(draft, repeats, options) };
    await createOnce(repeats.series.set, id, body, options, this.#service);
    return readMaster(await fetchMaster(repeats, id, options, this.#service), repeats, options);
  }

  async update(id: string, patch: ActivityPatch, options: WriteOptions): Promise<Activity> {
    const moved = await this.#movedAlready(id, options);
    if (moved) return moved;
    const row = await readUnchanged(id, options, this.#service);
    // A date that stands alone again would be another activity, without its files.
    if (patch.series === null) throw refused();
    if (!row.series) return this.#begin(row, patch, options);
    const target = await this.#target(row, options);
    return options.scope === 'following' && !isFirst(target)
      ? this.#updateFollowing(target, patch, options)
      : this.#updateAll(target, patch, options);
  }

  async remove(id: string, options: WriteOptions): Promise<void> {
    const row = await readUnchanged(id, options, this.#service);
    if (!row.series) throw refused();
    const target = await this.#target(row, options);
    if (options.scope === 'following' && !isFirst(target)) await this.#endBefore(target, options);
    else await this.#removeAll(target, options);
  }

  /** An activity that begins to repeat. The service takes it away, and makes the dates, of which the first is it. */
  async #begin(row: Activity, patch: ActivityPatch, options: WriteOptions): Promise<Activity> {
    const repeats = this.#repeating(row.type);
    const { series, ...rest } = patch;
    const master = { ...applyPatch(row, rest), ...(series && { series }) };
    const place = this.#place(repeats, newIdOf(options), master, options);
    const body = {
      Target: {
        ...toTarget(repeats, place.series),
        ...this.#whole(master, repeats, options),
      },
    };
    return this.#move(place, options, async () => {
      const path = `${singles(repeats)}(${row.id})/${repeats.series.begin}`;
      const answer = rowOf(await this.#service.send(path, options, { method: 'POST', body }));
      return this.#dateAt(
        { ...place, series: textOf(answer, 'activityid') ?? place.series },
        options,
      );
    });
  }

  async #updateAll(target: Target, patch: ActivityPatch, options: WriteOptions): Promise<Activity> {
    const { row, master, repeats, path, ifMatch } = target;
    const { start: _start, end: _end, series: _series, ...shared } = patch;
    const next = masterAfter(row, patch, master);
    const body = {
      ...toMasterColumns(shared, repeats, options, master.regarding?.kind),
      ...(next.isOther && toPlanColumns(next.master, repeats, options)),
    };
    const { day: first } = this.#place(repeats, master.id, master, options);
    const before = next.isOther ? await this.#datesFrom(first, master.id, repeats, options) : [];
    const place = this.#place(repeats, master.id, applyPatch(row, patch), options);
    return this.#move(place, options, async () => {
      const request = { method: 'PATCH', body, ifMatch, ...REPRESENTATION } as const;
      if (Object.keys(body).length > 0) await this.#service.send(path, options, request);
      if (next.isOther) await this.#carryOver(target, patch, before, next, options);
      try {
        return await this.#withOwn(row, shared, repeats, options);
      } catch (thrown) {
        if (toFailure(thrown).code !== 'not-found') throw thrown;
        return this.#dateAt(place, options);
      }
    });
  }

  /** The date by which all were changed is changed too where it had something of its own, which its master leaves alone. */
  async #withOwn(
    { id, type, series, regarding }: Activity,
    shared: ActivityPatch,
    repeats: RepeatingType,
    options: WriteOptions,
  ): Promise<Activity> {
    if (series?.role === 'exception' && Object.keys(shared).length > 0) {
      const { timeZone } = options;
      const body = toColumns(type, shared, { ...repeats, timeZone }, regarding?.kind);
      const request = { method: 'PATCH', body, ifMatch: '*' } as const;
      await this.#service.send(`${singles(repeats)}(${id})`, options, request);
    }
    return readOne(id, options, this.#service);
  }

  /** The new series is there before the old one ends: what breaks off in between loses nothing, and is finished by a repeat. */
  async #updateFollowing(
    target: Target,
    patch: ActivityPatch,
    options: WriteOptions,
  ): Promise<Activity> {
    const { row, master, repeats } = target;
    const id = newIdOf(options);
    const dates = await loadDates();
    const successor = successorOf(row, master, { dates, newId: () => id });
    const next = masterAfter(row, patch, successor);
    const body = { activityid: id, ...this.#whole(next.master, repeats, options) };
    const { set } = repeats.series;
    const day = addDays(lastDayBefore(row, master), 1);
    const before = await this.#datesFrom(day, master.id, repeats, options);
    const place = this.#place(repeats, id, applyPatch(row, patch), options);
    return this.#move(place, options, async () => {
      await createOnce(set, id, body, options, this.#service);
      try {
        await this.#carryOver(target, patch, before, next, options);
        await this.#endBefore(target, options);
      } catch (thrown) {
        if (!isBrokenOff(toFailure(thrown))) {
          const request = { method: 'DELETE', ifMatch: '*' } as const;
          await this.#service.send(`${set}(${id})`, options, request).catch(() => undefined);
        }
        throw thrown;
      }
      return this.#dateAt(place, options);
    });
  }

  /**
   * What dates have of their own goes along to those that take their place; there is none for those that were removed, or are
   * closed. `before`: the dates as they were.
   */
  async #carryOver(
    { row, master, repeats }: Target,
    patch: ActivityPatch,
    before: readonly Activity[],
    next: NextMaster,
    options: WriteOptions,
  ): Promise<void> {
    const { timeZone } = options;
    const { send } = this.#service;
    const byDay = new Map(before.map((date) => [originalDay(date, timeZone), date]));
    const days = [...byDay.keys()].sort();
    const [first, last] = [days[0], days.at(-1)];
    if (first === undefined || last === undefined) return;
    const datesOf = await loadDates();
    const { rule = '', zone = timeZone } = master.series ?? {};
    const removed = new Set(
      datesOf({ start: master.start ?? first, rule, zone }, { until: last })
        .map((date) => dayOf(date, timeZone))
        .filter((day) => !byDay.has(day)),
    );
    const placed = next.isOther ? ['start', 'end'] : [];
    const from = addDays(first, next.shift);
    for (const date of await this.#datesFrom(from, next.master.id, repeats, options)) {
      const day = addDays(originalDay(date, timeZone), -next.shift);
      const old = byDay.get(day);
      if (old?.id === date.id) continue;
      const path = `${singles(repeats)}(${date.id})`;
      if (removed.has(day) || (old && isClosed(old))) {
        await send(path, options, { method: 'DELETE', ifMatch: '*' });
        continue;
      }
      const own = old ? ownPatch(old, master) : {};
      const said = old?.id === row.id ? [...Object.keys(patch), ...placed] : [];
      const kept = without(own, new Set(said));
      if (Object.keys(kept).length === 0) continue;
      const body = toColumns(row.type, kept, { ...repeats, timeZone }, date.regarding?.kind);
      await send(path, options, { method: 'PATCH', body, ifMatch: '*' });
    }
  }

  async #datesFrom(
    day: Day,
    series: string,
    repeats: RepeatingType,
    call: CallOptions,
  ): Promise<readonly Activity[]> {
    const question = queryString({
      $filter: `_seriesid_value eq ${series} and originalstartdate ge ${midnight(day, call)}`,
      $expand: repeats.dialect.types[repeats.type]?.parties,
    });
    const rows = rowsOf(await this.#service.send(singles(repeats) + question, call));
    const context = { ...repeats, timeZone: call.timeZone };
    return rows
      .map((row) => readActivity(row, context, undefined, repeats.type))
      .filter(({ start }) => start !== undefined);
  }

  async #endBefore({ row, master, path, ifMatch }: Target, options: WriteOptions): Promise<void> {
    const body = toPatternEnd(lastDayBefore(row, master), options.timeZone);
    await this.#service.send(path, options, { method: 'PATCH', body, ifMatch });
  }

  /** To delete a master takes away what was completed too, so a series of which something was is only ended. */
  async #removeAll({ master, repeats, path, ifMatch }: Target, call: CallOptions): Promise<void> {
    const { series, dialect, type } = repeats;
    const { states } = dialect.types[type] ?? {};
    const closed = [states?.completed?.code, states?.canceled?.code].flatMap((code) => code ?? []);
    const question = queryString({
      $select: 'activityid',
      $filter: String(
        and(`_seriesid_value eq ${master.id}`, or(...closed.map((code) => `statecode eq ${code}`))),
      ),
      $top: 1,
    });
    const [kept] = rowsOf(await this.#service.send(singles(repeats) + question, call));
    if (!kept) {
      await this.#service.send(path, call, { method: 'DELETE', ifMatch });
      return;
    }
    const body = {
      Target: toTarget(repeats, master.id),
      SeriesEndDate: midnight(this.#place(repeats, master.id, master, call).day, call),
      // Before its first date there is none whose state this could change.
      StateOfPastInstances: states?.scheduled?.code ?? 0,
    };
    await this.#service.send(series.end, call, { method: 'POST', body });
  }

  /** All columns of a master. */
  #whole(draft: ActivityDraft, repeats: RepeatingType, call: CallOptions): WireRow {
    const { type, state, statusReason, ...rest } = draft;
    const { subject, description, descriptionFormat, priority, owner, regarding, parties, fields } =
      rest;
    const basic: ActivityPatch = {
      ...(subject !== undefined && { subject }),
      ...(description !== undefined && { description }),
      ...(descriptionFormat !== undefined && { descriptionFormat }),
      ...(priority !== undefined && { priority }),
      ...(owner !== undefined && { owner }),
      ...(regarding !== undefined && { regarding }),
      ...(parties !== undefined && { parties }),
      ...(fields !== undefined && { fields }),
    };
    const usual = repeats.types.get(type).initial;
    const wanted = state ?? usual;
    const context = { ...repeats, timeZone: call.timeZone };
    return {
      ...toMasterColumns(basic, repeats, call),
      ...toPlanColumns(draft, repeats, call),
      ...WEEK_BEGINS,
      ...(wanted && {
        statuscode: toStateColumns(repeats.series.logicalName, wanted, statusReason, context)
          .statuscode,
      }),
    };
  }

  #repeating(type: string): RepeatingType {
    const repeats = repeatingType(type, this.#service);
    if (!repeats) throw refused();
    return repeats;
  }

  async #target(row: Activity, call: CallOptions): Promise<Target> {
    const repeats = this.#repeating(row.type);
    const id = toGuid(row.series?.id) ?? row.id;
    const wire = await fetchMaster(repeats, id, call, this.#service);
    return {
      row,
      master: readMaster(wire, repeats, call),
      repeats,
      path: `${repeats.series.set}(${id})`,
      ifMatch: textOf(wire, '@odata.etag') ?? '*',
    };
  }

  #place(
    repeats: RepeatingType,
    series: string,
    { start = '' }: Pick<Activity, 'start'>,
    { timeZone }: CallOptions,
  ): Place {
    return { repeats, series, day: dayOf(start, timeZone) };
  }

  /** Does what may give the row another id: a repeat of it, after its answer got lost, finds it by its place. */
  async #move(
    place: Place,
    { idempotencyKey }: WriteOptions,
    act: () => Promise<Activity>,
  ): Promise<Activity> {
    try {
      const row = await act();
      this.#moving.delete(idempotencyKey);
      return row;
    } catch (thrown) {
      if (isBrokenOff(toFailure(thrown))) this.#moving.set(idempotencyKey, place);
      throw thrown;
    }
  }

  async #movedAlready(id: string, options: WriteOptions): Promise<Activity | undefined> {
    const place = this.#moving.get(options.idempotencyKey);
    if (!place) return undefined;
    try {
      await readOne(id, options, this.#service);
      return undefined;
    } catch (thrown) {
      if (toFailure(thrown).code !== 'not-found') throw thrown;
      return this.#dateAt(place, options);
    }
  }

  /** The date of a series on a day, else the next one, else the last. */
  async #dateAt({ repeats, series, day }: Place, call: CallOptions): Promise<Activity> {
    const from = midnight(day, call);
    for (const [side, order] of [
      ['ge', 'asc'],
      ['lt', 'desc'],
    ] as const) {
      // prettier-ignore
      const question = queryString({
        $select: 'activityid',
        $filter: `_seriesid_value eq ${series} and originalstartdate ${side} ${from}`,
        $orderby: `originalstartdate ${order}`,
        $top: 1,
      });
      const [found] = rowsOf(await this.#service.send(singles(repeats) + question, call));
      const id = found && textOf(found, 'activityid');
      if (id === undefined) continue;
      // The union, which knows the type, may not have heard of it yet.
      this.#service.seen.take({ id, type: repeats.type, state: null, subject: '' });
      return readOne(id, call, this.#service);
    }
    throw failure('not-found');
  }
}

/** The day on which its series put it, wherever it was moved since. */
function originalDay({ series, start }: Activity, timeZone: string): Day {
  return dayOf(series?.originalStart ?? start ?? '', timeZone);
}

/** Where its dates stand. */
function singles({ dialect, type }: RepeatingType): string {
  return dialect.types[type]?.set ?? '';
}

/** Nothing lies before it that would stay behind. */
function isFirst({ row, master }: Target): boolean {
  if (row.series?.role === 'master') return true;
  return lastDayBefore(row, master) < dayOf(master.start ?? '', master.series?.zone ?? 'UTC');
}

/** Of what the service has no way to say, at its field. */
function refused(): ReturnType<typeof failure> {
  return failure('unsupported', '', { fields: { series: '' } });
}

/** A new series is known by the write that makes it: repeated, it makes no second one. */
function newIdOf({ idempotencyKey }: WriteOptions): string {
  return toGuid(idempotencyKey) ?? crypto.randomUUID();
}

/** A master as an action of the service takes it. */
function toTarget({ series }: RepeatingType, id: string): WireRow {
  return { '@odata.type': `Microsoft.Dynamics.CRM.${series.logicalName}`, activityid: id };
}

function midnight(day: Day, { timeZone }: CallOptions): string {
  return toInstant(startOfDay(day, timeZone));
}
