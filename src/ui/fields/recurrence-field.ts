import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Localizer } from '../../i18n/localizer.js';
import {
  placeInWords,
  recurrenceInWords,
  ruleDayName,
  skipsInWords,
} from '../../i18n/recurrence-words.js';
import type { Series } from '../../model/activity.js';
import {
  FREQUENCIES,
  MOST_DATES,
  RULE_DAYS,
  formatRule,
  isLastNth,
  isLastOfMonth,
  nthOf,
  parseRule,
  recurrenceOn,
  recurrenceProblem,
  ruleDayOf,
  ruleParts,
  type Frequency,
  type Recurrence,
  type RuleDay,
} from '../../model/recurrence.js';
import { loadDates, type DatesOf } from '../../model/recurrence-dates.js';
import { addMonths, dayOf, isDate, toMilliseconds, type Day, type Time } from '../../model/time.js';
import type { Problem } from '../../model/validate.js';
import { choiceField } from './choice-field.js';
import { fieldNotes, type FieldOptions } from './field.js';
import { numberField } from './number-field.js';
import { timeField } from './time-field.js';

/** The fields of a rule in which something can be typed. */
export type RecurrencePart = 'interval' | 'count' | 'until';

export interface RecurrenceFieldOptions extends FieldOptions {
  readonly words: Localizer;
  /** What the activity says of its series. */
  readonly series: Series | undefined;
  /** Its own rule, or the one of the series it belongs to; undefined: it does not repeat. */
  readonly rule: string | undefined;
  /** From when on the rule counts. */
  readonly begins: Time | undefined;
  /** When the activity takes place. */
  readonly start: Time | undefined;
  /** The zone whose wall clock the dates keep to. */
  readonly zone: string;
  /** Why nothing can be made to repeat here; left out, it can. */
  readonly why?: string | undefined;
  readonly problems: { readonly [part in RecurrencePart]?: string | undefined };
  readonly isBad: (part: RecurrencePart) => boolean;
  readonly onChange: (series: Series | undefined) => void;
  /** Of a part, or of the rule as a whole; undefined: that is over. */
  readonly onProblem: (part: RecurrencePart | undefined, problem: Problem | undefined) => void;
}

/** So many of the next dates are shown. */
const SHOWN = 5;
/** Of a series that ends after more than so many, the first ones are not counted to know when. */
const MOST_COUNTED = 100;
/** The locale's first day of the week as `Weekday`: 0 is Sunday. */
const ORDER: readonly RuleDay[] = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];

/** How often something repeats: chosen, said in words, and shown by its next dates. The library of rules comes with the first use. */
export class RecurrenceFieldController {
  readonly #host: ReactiveControllerHost;
  #datesOf: DatesOf | undefined;
  #loading: Promise<void> | undefined;
  #shown: { readonly key: string; readonly dates: readonly Time[] } | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
  }

  render(options: RecurrenceFieldOptions): TemplateResult {
    const { id, words, rule, start, zone, why, readOnly = false } = options;
    const begins = options.begins ?? start ?? words.today();
    const recurrence = rule === undefined ? undefined : parseRule(rule, begins, zone);
    // The series is somebody's who does not tell its rule.
    const isUnknown = rule === undefined && options.series !== undefined;
    const isFixed = readOnly || why !== undefined || isUnknown;
    const choices = [
      { value: 'never', label: words.say('repeat.never') },
      ...FREQUENCIES.map((value) => ({ value, label: words.say(`repeat.${value}`) })),
      ...(isUnknown || (rule !== undefined && !recurrence)
        ? [{ value: 'custom', label: words.say('repeat.custom') }]
        : []),
    ];
    return html`<div class="repeat" part="recurrence" role="group" aria-label=${options.label}>
      ${choiceField({
        id,
        label: options.label,
        part: options.part,
        readOnly: isFixed,
        hint: rule === undefined ? why : undefined,
        value: rule === undefined && !isUnknown ? 'never' : (recurrence?.frequency ?? 'custom'),
        choices,
        onChange: (value) => this.#choose(value, options),
      })}
      ${recurrence && !isFixed ? this.#details(recurrence, options) : nothing}
      ${rule === undefined ? nothing : this.#said(rule, recurrence, options)}
      ${fieldNotes({ id: `${id}-whole`, label: options.label, error: options.error })}
    </div>`;
  }

  #choose(value: string | undefined, options: RecurrenceFieldOptions): void {
    if (value === 'never') options.onChange(undefined);
    const frequency = FREQUENCIES.find((one) => one === value);
    if (frequency) this.#write(recurrenceOn(frequency, dayFrom(options)), options);
  }

  #write(recurrence: Recurrence, options: RecurrenceFieldOptions): void {
    const { series, zone, start, words } = options;
    const from = start ?? words.today();
    options.onChange({
      ...(series ?? { id: '', role: 'master' }),
      rule: formatRule(recurrence, from, zone),
      zone,
    });
  }

  #details(recurrence: Recurrence, options: RecurrenceFieldOptions): TemplateResult {
    const { id, words, problems, isBad, onProblem } = options;
    const { frequency, interval } = recurrence;
    return html`
      ${numberField({
        id: `${id}-interval`,
        label: words.say(`repeat.interval-${frequency}`),
        value: interval,
        min: 1,
        max: 99,
        error: problems.interval,
        bad: isBad('interval'),
        part: 'field-interval',
        onChange: (value) => {
          if (isWithin(value, 99)) this.#write({ ...recurrence, interval: value }, options);
          else onProblem('interval', { code: 'range', min: 1, max: 99 });
        },
        onProblem: (problem) => onProblem('interval', problem),
      })}
      ${frequency === 'weekly' ? this.#weekdays(recurrence, options) : nothing}
      ${frequency === 'monthly' || frequency === 'yearly' ? this.#places(recurrence, options) : nothing}
      ${this.#ends(recurrence, options)}
    `;
  }

  #weekdays(recurrence: Recurrence, options: RecurrenceFieldOptions): TemplateResult {
    const { words } = options;
    const { days = [] } = recurrence;
    const first = words.firstDayOfWeek;
    const week = ORDER.map((_, index) => ORDER[(first + index) % 7] ?? 'MO');
    return html`<fieldset class="field weekdays" part="field field-weekdays">
      <legend class="field-label" part="label">${words.say('repeat.on')}</legend>
      <div class="segmented">
        ${week.map((day) => {
          const isOn = days.includes(day);
          return html`<label
            class="segment"
            part="segment${isOn ? ' on' : ''}"
            title=${ruleDayName(day, words)}
          >
            <input
              type="checkbox"
              aria-label=${ruleDayName(day, words)}
              .checked=${live(isOn)}
              @change=${() =>
                this.#write(
                  {
                    ...recurrence,
                    days: RULE_DAYS.filter((one) => (one === day ? !isOn : days.includes(one))),
                  },
                  options,
                )}
            />
            <span class="label">${ruleDayName(day, words, 'weekday-short')}</span>
          </label>`;
        })}
      </div>
    </fieldset>`;
  }

  /** On which day of the month or year: the ways in which the start can be said, and what is chosen. */
  #places(recurrence: Recurrence, options: RecurrenceFieldOptions): TemplateResult {
    const { id, words } = options;
    const places = placesOf(recurrence, dayFrom(options));
    return choiceField({
      id: `${id}-on`,
      label: words.say('repeat.on'),
      value: placeInWords(recurrence, words),
      choices: places.map((place) => {
        const label = placeInWords(place, words);
        return { value: label, label };
      }),
      part: 'field-on',
      onChange: (value) => {
        const place = places.find((one) => placeInWords(one, words) === value);
        if (place) this.#write(place, options);
      },
    });
  }

  #ends(recurrence: Recurrence, options: RecurrenceFieldOptions): TemplateResult {
    const { id, words, problems, isBad, onProblem } = options;
    const { count, until } = recurrence;
    const { count: _count, until: _until, ...endless } = recurrence;
    const how = until !== undefined ? 'until' : count !== undefined ? 'count' : 'never';
    const change = (end: Pick<Recurrence, 'count' | 'until'>): void =>
      this.#write({ ...endless, ...end }, options);
    return html`${choiceField({
      id: `${id}-ends`,
      label: words.say('repeat.ends'),
      value: how,
      choices: (['never', 'until', 'count'] as const).map((value) => ({
        value,
        label: words.say(`repeat.ends-${value}`),
      })),
      part: 'field-ends',
      onChange: (value) => {
        if (value === 'until') change({ until: addMonths(dayFrom(options), 3) });
        else change(value === 'count' ? { count: 10 } : {});
      },
    })}
    ${
      how === 'until'
        ? timeField({
            id: `${id}-until`,
            label: words.say('repeat.last-day'),
            words,
            value: until,
            precision: 'day',
            error: problems.until,
            bad: isBad('until'),
            part: 'field-until',
            onChange: (day) => {
              if (day === undefined) onProblem('until', { code: 'date' });
              else change({ until: day });
            },
            onProblem: (problem) => onProblem('until', problem),
          })
        : nothing
    }
    ${
      how === 'count'
        ? numberField({
            id: `${id}-count`,
            label: words.say('repeat.count'),
            value: count,
            min: 1,
            max: MOST_DATES,
            error: problems.count,
            bad: isBad('count'),
            part: 'field-count',
            onChange: (value) => {
              if (isWithin(value, MOST_DATES)) change({ count: value });
              else onProblem('count', { code: 'range', min: 1, max: MOST_DATES });
            },
            onProblem: (problem) => onProblem('count', problem),
          })
        : nothing
    }`;
  }

  /** The rule in words, what it leaves out, and its next dates. */
  #said(
    rule: string,
    recurrence: Recurrence | undefined,
    options: RecurrenceFieldOptions,
  ): TemplateResult {
    const { words } = options;
    const isWhole = !recurrence || !recurrenceProblem(recurrence, dayFrom(options));
    const dates = this.#next(rule, options, isWhole);
    const skips = recurrence && skipsInWords(recurrence, words);
    const year = words.today().slice(0, 4);
    const next = dates?.map((date) => {
      const day = dayOf(date, words.timeZone);
      return words.day(day, day.startsWith(year) ? 'short' : 'short-year');
    });
    return html`<p class="repeat-words small" part="recurrence-words" aria-live="polite">
      ${recurrence ? html`<span class="strong">${recurrenceInWords(recurrence, words)}</span>` : nothing}
      ${skips === undefined ? nothing : html`<span>${skips}</span>`}
      ${
        next && next.length > 0
          ? html`<span class="quiet">${words.say('repeat.next', next.join(' · '))}</span>`
          : nothing
      }
    </p>`;
  }

  /** The next dates; undefined until the library is there. */
  #next(
    rule: string,
    options: RecurrenceFieldOptions,
    isWhole: boolean,
  ): readonly Time[] | undefined {
    const { start, begins, zone, series } = options;
    if (start === undefined || begins === undefined) return undefined;
    const count = Number(ruleParts(rule).get('COUNT'));
    const isOld = series !== undefined && series.rule === undefined;
    const from = isOld && count <= MOST_COUNTED ? begins : start;
    const key = `${rule} ${from} ${start} ${zone}`;
    if (this.#shown?.key === key) return this.#shown.dates;
    const datesOf = this.#datesOf;
    if (!datesOf) {
      if (!this.#loading) this.#loading = this.#load();
      return undefined;
    }
    let dates: readonly Time[] = [];
    try {
      const most = from === start ? SHOWN : MOST_COUNTED;
      const at = toMilliseconds(start, zone);
      dates = datesOf({ start: from, rule, zone }, { most })
        .filter((date) => isDate(date) || toMilliseconds(date, zone) >= at)
        .slice(0, SHOWN);
    } catch {
      // What never takes place has no dates.
    }
    this.#shown = { key, dates };
    queueMicrotask(() => {
      if (this.#shown?.key !== key || !isWhole || isOld) return;
      options.onProblem(undefined, dates.length === 0 ? { code: 'repeat-no-date' } : undefined);
    });
    return dates;
  }

  async #load(): Promise<void> {
    this.#datesOf = await loadDates();
    this.#host.requestUpdate();
  }
}

function dayFrom({ start, words, zone }: RecurrenceFieldOptions): Day {
  return start === undefined ? words.today() : dayOf(start, zone);
}

function isWithin(value: number | undefined, most: number): value is number {
  return value !== undefined && Number.isInteger(value) && value >= 1 && value <= most;
}

/** The ways to say where in its month or year a day falls. */
function placesOf(recurrence: Recurrence, day: Day): Recurrence[] {
  const { monthDay: _monthDay, nth: _nth, ...rest } = recurrence;
  const frequency: Frequency = rest.frequency;
  const base = frequency === 'yearly' ? { ...rest, month: Number(day.slice(5, 7)) } : rest;
  const weekday = ruleDayOf(day);
  const places: Recurrence[] = [{ ...base, monthDay: Number(day.slice(8, 10)) }];
  if (isLastOfMonth(day)) places.push({ ...base, monthDay: -1 });
  if (nthOf(day) <= 4) places.push({ ...base, nth: { at: nthOf(day), day: weekday } });
  if (isLastNth(day)) places.push({ ...base, nth: { at: -1, day: weekday } });
  return places;
}
