/*
 * Formatters by locale, zone and purpose, made once: making one costs as much as a hundred uses. The calendar is always the
 * Gregorian one, whatever the locale prefers; digits are the locale's.
 */

export type DayStyle =
  | 'short'
  | 'short-year'
  | 'long'
  | 'date'
  | 'weekday-date'
  | 'numeric'
  | 'month'
  | 'month-short'
  | 'weekday'
  | 'weekday-short'
  | 'weekday-narrow'
  | 'day-number'
  | 'month-day'
  | 'month-only';

const CALENDAR = { calendar: 'gregory' } as const;
const CLOCK = { hour: 'numeric', minute: '2-digit' } as const;
const SHORT = { weekday: 'short', day: 'numeric', month: 'short' } as const;

const PURPOSES = {
  short: SHORT,
  'short-year': { ...SHORT, year: 'numeric' },
  long: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  date: { day: 'numeric', month: 'long', year: 'numeric' },
  'weekday-date': { weekday: 'long', day: 'numeric', month: 'long' },
  numeric: { day: '2-digit', month: '2-digit', year: 'numeric' },
  month: { month: 'long', year: 'numeric' },
  'month-short': { month: 'short' },
  weekday: { weekday: 'long' },
  'weekday-short': { weekday: 'short' },
  'weekday-narrow': { weekday: 'narrow' },
  'day-number': { day: 'numeric' },
  'month-day': { day: 'numeric', month: 'long' },
  'month-only': { month: 'long' },
  time: CLOCK,
  'weekday-time': { weekday: 'short', ...CLOCK },
  'short-time': { ...SHORT, ...CLOCK },
  'short-year-time': { ...SHORT, year: 'numeric', ...CLOCK },
  stamp: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', ...CLOCK },
  offset: { hour: 'numeric', timeZoneName: 'shortOffset' },
} as const satisfies { readonly [purpose: string]: Intl.DateTimeFormatOptions };

export type Purpose = keyof typeof PURPOSES;

const dates = new Map<string, Intl.DateTimeFormat>();
const numbers = new Map<string, Intl.NumberFormat>();
const lists = new Map<string, Intl.ListFormat>();

export function dateFormat(
  locale: string,
  timeZone: string,
  purpose: Purpose,
): Intl.DateTimeFormat {
  return once(dates, `${locale} ${timeZone} ${purpose}`, () => {
    const options: Intl.DateTimeFormatOptions = { ...CALENDAR, timeZone, ...PURPOSES[purpose] };
    const format = new Intl.DateTimeFormat(locale, options);
    // Times of 24 hours stand under each other: 09:30, not 9:30.
    return format.resolvedOptions().hourCycle === 'h23'
      ? new Intl.DateTimeFormat(locale, { ...options, hour: '2-digit' })
      : format;
  });
}

export function numberFormat(locale: string): Intl.NumberFormat {
  return once(numbers, locale, () => new Intl.NumberFormat(locale));
}

export function percentFormat(locale: string): Intl.NumberFormat {
  return once(numbers, `${locale} %`, () => new Intl.NumberFormat(locale, { style: 'percent' }));
}

/** Throws a RangeError for what is no currency code. */
export function currencyFormat(locale: string, currency: string): Intl.NumberFormat {
  return once(
    numbers,
    `${locale} ${currency}`,
    () =>
      new Intl.NumberFormat(locale, {
        style: 'currency',
        currency,
        trailingZeroDisplay: 'stripIfInteger',
      }),
  );
}

export function unitFormat(
  locale: string,
  unit: 'byte' | 'kilobyte' | 'megabyte' | 'gigabyte' | 'minute' | 'hour',
): Intl.NumberFormat {
  return once(
    numbers,
    `${locale} ${unit}`,
    () =>
      new Intl.NumberFormat(locale, {
        style: 'unit',
        unit,
        unitDisplay: 'short',
        maximumFractionDigits: 1,
      }),
  );
}

export function listFormat(locale: string): Intl.ListFormat {
  return once(lists, locale, () => new Intl.ListFormat(locale, { type: 'conjunction' }));
}

function once<T>(known: Map<string, T>, key: string, make: () => T): T {
  let value = known.get(key);
  if (value === undefined) known.set(key, (value = make()));
  return value;
}
