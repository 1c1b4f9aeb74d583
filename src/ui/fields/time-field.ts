import { html, nothing, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import type { Localizer } from '../../i18n/localizer.js';
import {
  atWall,
  followStart,
  isSkipped,
  nextHalfHour,
  toAllDay,
  toTimed,
  type Period,
} from '../../model/period.js';
import {
  addDays,
  dayOf,
  isDate,
  timeKind,
  toMilliseconds,
  wallMinutes,
  type Day,
  type Time,
} from '../../model/time.js';
import type { Problem } from '../../model/validate.js';
import { checkField } from './check-field.js';
import { describedBy, fieldGroup, type FieldOptions } from './field.js';
import { typed } from './typed.js';

export interface TimeFieldOptions extends FieldOptions {
  /** Its zone is the one in which dates and times are read and shown. */
  readonly words: Localizer;
  readonly value: Time | undefined;
  /** `either`: without a time of day it is a calendar date. */
  readonly precision: 'either' | 'day' | 'time';
  /** What stands in the field is no date or time (yet), and stays there. */
  readonly bad?: boolean | undefined;
  /** The time of day, in minutes, that a date gets which is entered without one. Default: the next half hour. */
  readonly defaultMinutes?: number | undefined;
  readonly onChange: (value: Time | undefined) => void;
  /** What stands in the field is unfinished or wrong; the value is still the last good one. */
  readonly onProblem: (problem: Problem) => void;
}

/**
 * A date, with or without a time of day, on the wall clock of the user's zone. Native inputs: they are typed and picked in the
 * user's own order and calendar, and on a phone by its wheel. Engines that lack them take ISO forms.
 */
export function timeField(options: TimeFieldOptions): TemplateResult {
  const { id, value, precision, bad = false, words } = options;
  const { day, minutes } = wallOf(value, words.timeZone);
  const read = (event: Event): void => readInputs(event, options);
  const input = (kind: 'date' | 'time', label: string, text: string): TemplateResult =>
    html`<input
      class="input num"
      part="input"
      id=${kind === 'date' ? id : `${id}-time`}
      type=${kind}
      dir="ltr"
      max=${kind === 'date' ? '9999-12-31' : nothing}
      aria-label=${label}
      ?readonly=${options.readOnly}
      aria-invalid=${options.error === undefined ? nothing : 'true'}
      aria-describedby=${ifDefined(describedBy({ ...options, hint: options.hint ?? elsewhere(value, words) }))}
      .value=${typed(text, () => bad)}
      @input=${read}
      @change=${read}
      @blur=${read}
    />`;
  const hint = options.hint ?? elsewhere(value, words);
  return fieldGroup(
    hint === undefined ? options : { ...options, hint },
    words.say('input.required'),
    html`<div class="time-inputs${precision === 'day' ? ' day' : ''}">
      ${input('date', words.say('input.date'), day)}
      ${
        precision === 'day'
          ? nothing
          : input('time', words.say('input.time'), minutes === undefined ? '' : toClock(minutes))
      }
    </div>`,
  );
}

/** What the clock shows where the activity was planned, if that is another zone than the user's. */
function elsewhere(value: Time | undefined, words: Localizer): string | undefined {
  if (value === undefined || timeKind(value) !== 'wall') return undefined;
  const zone = value.slice(value.indexOf('[') + 1, -1);
  const at = toMilliseconds(value, words.timeZone);
  const minutes = wallMinutes(at, zone);
  const day = dayOf(at, zone);
  const isSame = minutes === wallMinutes(at, words.timeZone) && day === dayOf(at, words.timeZone);
  if (isSame) return undefined;
  const clock = words.clock(minutes);
  const when = day === dayOf(at, words.timeZone) ? clock : `${words.day(day)}, ${clock}`;
  return words.say('input.in-zone', when, zone.replaceAll('_', ' '));
}

function readInputs(event: Event, options: TimeFieldOptions): void {
  if (options.readOnly) return;
  const changed = event.currentTarget as HTMLInputElement;
  const [date, time] = changed.parentElement?.querySelectorAll('input') ?? [];
  const day = date && dayIn(date);
  const minutes = time ? minutesIn(time) : null;
  if (day === undefined) return options.onProblem({ code: 'date' });
  if (minutes === undefined) return options.onProblem({ code: 'time' });
  if (day === null) {
    return minutes === null ? options.onChange(undefined) : options.onProblem({ code: 'date' });
  }
  const { value, precision, words } = options;
  if (minutes !== null) {
    if (isSkipped(day, minutes, words.timeZone)) {
      return options.onProblem({ code: 'skipped-time', minutes });
    }
    return options.onChange(atWall(day, minutes, words.timeZone, value));
  }
  if (precision !== 'time') return options.onChange(day);
  // A date that is being entered gets a time; one that was taken away by hand does not come back.
  if (changed !== date || event.type !== 'input') return options.onProblem({ code: 'time' });
  const fallback = options.defaultMinutes ?? nextHalfHour(words.now(), words.timeZone);
  options.onChange(atWall(day, fallback, words.timeZone));
}

/** The day in an input; null where it is empty, undefined where it is none. A year that is being typed begins as year 2. */
function dayIn(input: HTMLInputElement): Day | null | undefined {
  if (input.validity.badInput) return undefined;
  const text = input.value.trim();
  if (text === '') return null;
  return timeKind(text) === 'date' && text >= '1000' ? text : undefined;
}

function minutesIn(input: HTMLInputElement): number | null | undefined {
  if (input.validity.badInput) return undefined;
  const text = input.value.trim();
  if (text === '') return null;
  const [, hours, minutes] = /^(\d{1,2}):(\d{2})(?::\d{2})?$/.exec(text) ?? [];
  const total = Number(hours) * 60 + Number(minutes);
  return total < 24 * 60 && Number(minutes) < 60 ? total : undefined;
}

function wallOf(
  value: Time | undefined,
  timeZone: string,
): { readonly day: string; readonly minutes: number | undefined } {
  if (value === undefined || timeKind(value) === undefined) return { day: '', minutes: undefined };
  if (isDate(value)) return { day: value, minutes: undefined };
  const at = toMilliseconds(value, timeZone);
  return { day: dayOf(at, timeZone), minutes: wallMinutes(at, timeZone) };
}

function toClock(minutes: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

export interface PeriodFieldOptions {
  readonly id: string;
  readonly words: Localizer;
  readonly value: Period;
  readonly required?: boolean | undefined;
  readonly readOnly?: boolean | undefined;
  readonly labels: { readonly start: string; readonly end: string };
  readonly errors?: { readonly start?: string | undefined; readonly end?: string | undefined };
  readonly bad?: { readonly start?: boolean; readonly end?: boolean };
  readonly hint?: FieldOptions['hint'];
  readonly onChange: (value: Period) => void;
  readonly onProblem: (end: 'start' | 'end', problem: Problem) => void;
  /** Says what moved by itself to who cannot see it. */
  readonly announce?: ((text: string) => void) | undefined;
}

/** From when to when, or which whole days. When the start is moved, the end goes with it and the length stays. */
export function periodField(options: PeriodFieldOptions): TemplateResult {
  const { id, words, value, labels, errors = {}, bad = {}, readOnly, required } = options;
  const { start, end } = value;
  const { timeZone } = words;
  const allDay = (start ?? end) !== undefined && isDate(start ?? end ?? '');
  const precision = allDay ? 'day' : 'time';
  const common = { words, precision, readOnly, required } as const;

  const moveStart = (next: Time | undefined): void => {
    if (next === undefined) return options.onChange({ start: undefined, end });
    const followed = followStart(value, next, timeZone);
    options.onChange({ start: next, end: followed });
    if (end !== undefined && followed !== undefined && followed !== end) {
      options.announce?.(words.say('input.end-moved', words.span({ start: next, end: followed })));
    }
  };
  const setAllDay = (on: boolean): void => {
    if (!on) {
      options.onChange(toTimed(value, nextHalfHour(words.now(), timeZone), timeZone));
      return;
    }
    const today = words.today();
    const dated = start === undefined ? { start: today, end: addDays(today, 1) } : value;
    options.onChange(toAllDay(dated, timeZone));
  };
  const startMinutes =
    start !== undefined && !isDate(start) ? wallOf(start, timeZone).minutes : undefined;

  return html`<div class="period" part="period">
    ${timeField({
      ...common,
      id,
      label: labels.start,
      value: start,
      error: errors.start,
      bad: bad.start,
      hint: options.hint,
      part: 'field-start',
      onChange: moveStart,
      onProblem: (problem) => options.onProblem('start', problem),
    })}
    ${timeField({
      ...common,
      id: `${id}-end`,
      label: labels.end,
      // In data the day after the last one.
      value: allDay && end !== undefined && isDate(end) ? addDays(end, -1) : end,
      error: errors.end,
      bad: bad.end,
      defaultMinutes: startMinutes === undefined ? undefined : Math.min(startMinutes + 30, 1439),
      part: 'field-end',
      onChange: (last) =>
        options.onChange({
          start,
          end: last !== undefined && allDay && isDate(last) ? addDays(last, 1) : last,
        }),
      onProblem: (problem) => options.onProblem('end', problem),
    })}
    ${checkField({
      id: `${id}-all-day`,
      label: words.say('value.all-day'),
      value: allDay,
      readOnly,
      part: 'field-all-day',
      onChange: setAllDay,
    })}
  </div>`;
}
