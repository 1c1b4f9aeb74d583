import {
  isClosed,
  type Activity,
  type ActivityState,
  type Money,
  type RecordRef,
  type Refusal,
} from '../model/activity.js';
import type { ActivityType, Label } from '../model/activity-type.js';
import {
  addDays,
  dayOf,
  deadlineMilliseconds,
  deadlineOf,
  daysBetween,
  isDate,
  isOverdue,
  startOfDay,
  toMilliseconds,
  type Day,
  type Milliseconds,
  type Time,
} from '../model/time.js';
import type { ProviderFailure } from '../provider/failure.js';
import { en } from './en.js';
import {
  currencyFormat,
  dateFormat,
  listFormat,
  numberFormat,
  percentFormat,
  unitFormat,
  type DayStyle,
  type Purpose,
} from './formats.js';
import {
  canonicalLocale,
  directionOf,
  firstDayOfWeek,
  matchLocale,
  messagesFor,
  weekendOf,
  type Direction,
  type Weekday,
} from './locale.js';
import type { MessageArguments, MessageKey, PartialMessages } from './messages.js';

export interface LocalizerOptions {
  /** BCP 47; what is none becomes English. */
  readonly locale: string;
  /** The user's, as an IANA name; what is none becomes the machine's. */
  readonly timeZone: string;
  /** A host's own words, the strongest first: the element's, then the context's. */
  readonly messages?: PartialMessages | readonly (PartialMessages | undefined)[] | undefined;
  readonly now: () => Milliseconds;
}

/** When something is due, for people. */
export interface DueWords {
  readonly text: string;
  readonly late: boolean;
  /** The exact date and time. */
  readonly title: string;
}

const MINUTE = 60_000;
const DAY_ZONE = 'UTC';
/** The kit's own languages write small whole numbers as JavaScript does, wherever they are spoken; not where digits are asked for (`-u-nu-`). */
const PLAIN = /^(?:en|zh)(?:-(?:Han[st]|[A-Z]{2}))*$/;

/** Puts everything into a user's words: one locale, one time zone, one set of messages. Immutable; a change makes a new one. */
export class Localizer {
  readonly locale: string;
  readonly direction: Direction;
  readonly timeZone: string;
  readonly firstDayOfWeek: Weekday;
  readonly weekend: readonly Weekday[];
  readonly #levels: readonly PartialMessages[];
  readonly #now: () => Milliseconds;
  /** Days begin with a minute. */
  #today: { readonly minute: number; readonly day: Day } | undefined;

  constructor({ locale, timeZone, messages, now }: LocalizerOptions) {
    this.locale = canonicalLocale(locale) ?? 'en';
    this.timeZone = knownZone(timeZone);
    this.direction = directionOf(this.locale);
    this.firstDayOfWeek = firstDayOfWeek(this.locale);
    this.weekend = weekendOf(this.locale);
    this.#now = now;
    const own = (Array.isArray(messages) ? messages : [messages]) as readonly (
      | PartialMessages
      | undefined
    )[];
    this.#levels = [...own, messagesFor(this.locale), en].filter((level) => level !== undefined);
  }

  now(): Milliseconds {
    return this.#now();
  }

  /** Today for the user. */
  today(now: Milliseconds = this.#now()): Day {
    const minute = Math.floor(now / MINUTE);
    if (this.#today?.minute !== minute) this.#today = { minute, day: dayOf(now, this.timeZone) };
    return this.#today.day;
  }

  // ── words ──

  /** A message in the user's words. */
  say<K extends MessageKey>(key: K, ...values: MessageArguments<K>): string {
    const message = this.#find(key);
    return typeof message === 'function'
      ? (message as (...values: readonly unknown[]) => string)(...values)
      : (message ?? key);
  }

  /** Words for a label: the message of this key, the words of the best locale, or the label itself. */
  label(label: Label): string {
    if (typeof label === 'string') {
      const message = this.#find(label);
      return typeof message === 'string' ? message : label;
    }
    const locale = matchLocale(this.locale, Object.keys(label)) ?? 'en';
    return label[locale] ?? Object.values(label)[0] ?? '';
  }

  typeName(type: ActivityType): string {
    return this.label(type.label);
  }

  typesName(type: ActivityType): string {
    return this.label(type.plural);
  }

  stateName(state: ActivityState): string {
    return this.say(`state.${state}`);
  }

  /** A status reason, or the state's default one. A reason that the type does not know is shown as it is. */
  reasonName(type: ActivityType, state: ActivityState | null, reason?: string): string {
    if (state === null) return '';
    const definition = type.states[state];
    const name = reason ?? definition?.default;
    const known = definition?.reasons.find((candidate) => candidate.name === name);
    return known ? this.label(known.label) : (name ?? this.stateName(state));
  }

  outcomeName(type: ActivityType, outcome: string): string {
    const known = type.outcomes?.find((candidate) => candidate.name === outcome);
    return known ? this.label(known.label) : outcome;
  }

  roleName(type: ActivityType, role: string): string {
    const known = type.roles.find((candidate) => candidate.role === role);
    return this.label(known ? known.label : `role.${role}`);
  }

  /** What a kind of record is called; the host's own word where the kit has none. */
  kindName(kind: string): string {
    const key = `kind.${kind}`;
    const name = this.label(key);
    return name === key ? kind : name;
  }

  recordName(record: RecordRef): string {
    return record.name ?? this.say('record.no-access');
  }

  /** What a failure means and what to do: the provider's words for people, or the kit's. */
  failure(failure: ProviderFailure): string {
    return failure.message || this.say(`failure.${failure.code}`);
  }

  refusal(refusal: Refusal): string {
    return refusal.message || this.say(`refusal.${refusal.reason}`);
  }

  // ── numbers and lists ──

  number(value: number): string {
    // Counts are the first that a list shows, and to make the platform's format takes longer than to draw some of its rows.
    if (value >= 0 && value < 1000 && Number.isInteger(value) && PLAIN.test(this.locale)) {
      return String(value);
    }
    return numberFormat(this.locale).format(value);
  }

  money({ amount, currency }: Money): string {
    try {
      return currencyFormat(this.locale, currency).format(amount);
    } catch {
      return `${this.number(amount)} ${currency}`;
    }
  }

  /** Of a part of 1. */
  percent(part: number): string {
    return percentFormat(this.locale).format(part);
  }

  bytes(bytes: number): string {
    const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
    const power = Math.min(3, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
    return unitFormat(this.locale, units[power] ?? 'byte').format(bytes / 1000 ** power);
  }

  /** For sizes that differ by less than can be seen otherwise. */
  exactBytes(bytes: number): string {
    return unitFormat(this.locale, 'byte').format(bytes);
  }

  duration(minutes: number): string {
    const hours = Math.floor(minutes / 60);
    const rest = minutes % 60;
    const parts: string[] = [];
    if (hours > 0) parts.push(unitFormat(this.locale, 'hour').format(hours));
    if (rest > 0 || hours === 0) parts.push(unitFormat(this.locale, 'minute').format(rest));
    return parts.join(' ');
  }

  list(words: readonly string[]): string {
    return listFormat(this.locale).format(words);
  }

  // ── days and times ──

  day(day: Day, style: DayStyle = 'short'): string {
    return formatted(dateFormat(this.locale, DAY_ZONE, style), Date.parse(day.slice(0, 10)));
  }

  /** From one day to another, both of them with it: `23–29 November 2026`. */
  days(first: Day, last: Day, style: DayStyle = 'date'): string {
    const format = dateFormat(this.locale, DAY_ZONE, style);
    return format.formatRange(Date.parse(first), Date.parse(last));
  }

  /** Yesterday, Today, Tomorrow, else the date. */
  relativeDay(day: Day, now: Milliseconds = this.#now()): string {
    const distance = daysBetween(this.today(now), day);
    if (distance === 0) return this.say('day.today');
    if (distance === 1) return this.say('day.tomorrow');
    if (distance === -1) return this.say('day.yesterday');
    return this.#date(day, now);
  }

  /** `14:00`, in the user's zone and hour cycle. Empty for a calendar date, which has none. */
  time(time: Time | Milliseconds): string {
    return typeof time === 'string' && isDate(time) ? '' : this.#instant(time, 'time');
  }

  /** What a wall clock shows so many minutes after midnight, on whatever day. */
  clock(minutes: number): string {
    return formatted(dateFormat(this.locale, DAY_ZONE, 'time'), minutes * MINUTE);
  }

  /** How far the user's zone is from UTC at that moment: `GMT+1`. */
  offset(at: Milliseconds): string {
    const parts = dateFormat(this.locale, this.timeZone, 'offset').formatToParts(at);
    return parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  }

  /** The exact date and time, for titles and screen readers. */
  stamp(time: Time | Milliseconds): string {
    return typeof time === 'string' && isDate(time)
      ? this.day(time, 'long')
      : this.#instant(time, 'stamp');
  }

  /** From when to when: `09:30 – 11:00` if today, with the day otherwise. The last of several whole days is said too. */
  span(
    { start, end }: { readonly start?: Time | undefined; readonly end?: Time | undefined },
    now: Milliseconds = this.#now(),
    isBrief = false,
  ): string {
    if (start === undefined) return end === undefined ? '' : this.#moment(end, now);
    if (isDate(start))
      return this.#days(start, end !== undefined && isDate(end) ? end : undefined, now);
    const from = toMilliseconds(start, this.timeZone);
    const to = end === undefined ? from : toMilliseconds(end, this.timeZone);
    if (Number.isNaN(from) || !(to > from)) return this.#moment(start, now);
    const day = dayOf(from, this.timeZone);
    const near = this.#purpose(day, now);
    if (isBrief && near !== 'time') return this.#instant(from, near);
    if (dayOf(to, this.timeZone) !== day && dayOf(to - 1, this.timeZone) === day) {
      // Midnight belongs to the day it ends, which no range format knows.
      return this.say('time.range', this.#instant(from, near), this.time(to));
    }
    const sameDay = dayOf(to, this.timeZone) === day;
    const purpose = sameDay ? near : 'short-time';
    return dateFormat(this.locale, this.timeZone, purpose).formatRange(from, to);
  }

  /**
   * When an activity is due, as a person would say it: today's by time, near ones by weekday, late ones by how late, others by
   * date. Undefined for what has no deadline. `isBrief`: of what takes time on another day, only when it begins.
   */
  due(
    activity: Activity,
    type: ActivityType,
    now: Milliseconds = this.#now(),
    isBrief = false,
  ): DueWords | undefined {
    const deadline = deadlineOf(activity, type);
    if (deadline === undefined) return undefined;
    const latest = deadlineMilliseconds(activity, type, this.timeZone);
    if (latest === undefined || Number.isNaN(latest)) return undefined;
    const takesTime = type.deadline === 'end' && activity.start !== undefined;
    const moment = isDate(deadline) ? dayOf(latest, this.timeZone) : deadline;
    const exact = (): string =>
      takesTime ? this.#exactSpan(activity.start, activity.end) : this.stamp(moment);
    const said = (text: string, late = false): DueWords => ({
      text,
      late,
      // Asked for where one points; to say it costs more than all the rest.
      get title() {
        return exact();
      },
    });
    if (isOverdue(activity, type, now, this.timeZone)) return said(this.#late(latest, now), true);
    if (isClosed(activity)) {
      const day = dayOf(latest, this.timeZone);
      return said(day === this.today(now) ? this.say('day.today') : this.#date(day, now));
    }
    return said(takesTime ? this.span(activity, now, isBrief) : this.#moment(moment, now));
  }

  /** How long ago: minutes within the hour, the time within the day, Yesterday, then the date. */
  ago(time: Time | Milliseconds, now: Milliseconds = this.#now()): string {
    const then = typeof time === 'number' ? time : toMilliseconds(time, this.timeZone);
    if (Number.isNaN(then)) return '';
    const day = dayOf(time, this.timeZone);
    const distance = daysBetween(day, this.today(now));
    if (typeof time === 'string' && isDate(time)) return this.relativeDay(time, now);
    const minutes = Math.floor((now - then) / MINUTE);
    if (minutes >= -1 && minutes < 1) return this.say('ago.now');
    if (minutes > 0 && minutes < 60) return this.say('ago.minutes', minutes);
    if (distance === 0) return this.time(then);
    return this.relativeDay(day, now);
  }

  #find(key: string): PartialMessages[string] {
    for (const level of this.#levels) {
      if (!Object.hasOwn(level, key)) continue;
      const message: unknown = level[key];
      if (typeof message === 'string' || typeof message === 'function')
        return message as PartialMessages[string];
    }
    return undefined;
  }

  #instant(time: Time | Milliseconds, purpose: Purpose): string {
    const at = typeof time === 'number' ? time : toMilliseconds(time, this.timeZone);
    return formatted(dateFormat(this.locale, this.timeZone, purpose), at);
  }

  /** How an instant on this day is told apart from others: by time today, by weekday soon, else by date. */
  #purpose(
    day: Day,
    now: Milliseconds,
  ): 'time' | 'weekday-time' | 'short-time' | 'short-year-time' {
    const today = this.today(now);
    const distance = daysBetween(today, day);
    if (distance === 0) return 'time';
    if (distance > 0 && distance < 7) return 'weekday-time';
    return day.slice(0, 4) === today.slice(0, 4) ? 'short-time' : 'short-year-time';
  }

  /** A point in time or a day, as near as it needs to be told. */
  #moment(time: Time, now: Milliseconds): string {
    const at = toMilliseconds(time, this.timeZone);
    if (Number.isNaN(at)) return '';
    const day = dayOf(time, this.timeZone);
    const purpose = this.#purpose(day, now);
    if (purpose === 'time' && isDate(time)) return this.say('day.today');
    if (purpose === 'weekday-time' && isDate(time)) return this.day(day, 'weekday-short');
    if (purpose === 'time' || purpose === 'weekday-time') return this.#instant(at, purpose);
    return this.#date(day, now);
  }

  /** A date, with its year only if it is another one. */
  #date(day: Day, now: Milliseconds): string {
    const sameYear = day.slice(0, 4) === this.today(now).slice(0, 4);
    return this.day(day, sameYear ? 'short' : 'short-year');
  }

  /** Whole days; `end` is exclusive in data and inclusive in words. */
  #days(start: Day, end: Day | undefined, now: Milliseconds): string {
    const last = end !== undefined && end > start ? addDays(end, -1) : start;
    if (last === start) {
      return start === this.today(now)
        ? this.say('value.all-day')
        : this.say('time.all-day-on', this.#moment(start, now));
    }
    const sameYear = [start, last].every((day) => day.slice(0, 4) === this.today(now).slice(0, 4));
    return dateFormat(this.locale, DAY_ZONE, sameYear ? 'short' : 'short-year').formatRange(
      Date.parse(start),
      Date.parse(last),
    );
  }

  #exactSpan(start: Time | undefined, end: Time | undefined): string {
    if (start === undefined) return '';
    if (isDate(start)) {
      const last = end !== undefined && end > start ? addDays(end, -1) : start;
      return dateFormat(this.locale, DAY_ZONE, 'long').formatRange(
        Date.parse(start),
        Date.parse(last),
      );
    }
    const from = toMilliseconds(start, this.timeZone);
    const to = end === undefined ? from : toMilliseconds(end, this.timeZone);
    return Number.isNaN(from) || !(to >= from)
      ? this.stamp(start)
      : dateFormat(this.locale, this.timeZone, 'stamp').formatRange(from, to);
  }

  #late(latest: Milliseconds, now: Milliseconds): string {
    const days = daysBetween(dayOf(latest, this.timeZone), this.today(now));
    if (days > 1) return this.say('late.days', days);
    if (days === 1) return this.say('late.yesterday');
    const minutes = Math.floor((now - latest) / MINUTE);
    if (minutes < 1) return this.say('late.now');
    return minutes < 60
      ? this.say('late.minutes', minutes)
      : this.say('late.hours', Math.floor(minutes / 60));
  }
}

function formatted(format: Intl.DateTimeFormat, at: Milliseconds): string {
  return Number.isNaN(at) ? '' : format.format(at);
}

function knownZone(timeZone: string): string {
  try {
    startOfDay('2000-01-01', timeZone);
    return timeZone;
  } catch {
    return Intl.DateTimeFormat().resolvedOptions().timeZone;
  }
}
