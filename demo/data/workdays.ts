import { addDays, fromWall, toInstant, type Day, type Time } from '../../src/model/time.js';

/** Days and hours at which people work, seen from the morning of one day. */
export interface Workdays {
  readonly today: Day;
  /** Calendar days from today. */
  day(offset: number): Day;
  /** The nth working day from a day, forward or backward; 0 is the day itself. */
  workday(from: Day, offset: number): Day;
  /** The instant of a day and minutes since midnight, as the clock in the user's zone shows them. */
  at(day: Day, minutes: number): Time;
  /** When the demo begins: nothing has happened later than this. */
  readonly now: Time;
}

/** Since midnight. */
export const NOW_MINUTES = 8 * 60 + 30;

export function createWorkdays(today: Day, timeZone: string): Workdays {
  const at = (day: Day, minutes: number): Time => toInstant(fromWall(day, minutes, timeZone));
  return {
    today,
    day: (offset) => addDays(today, offset),
    workday: (from, offset) => {
      let day = toEpochDay(from);
      for (let left = Math.abs(offset); left > 0;) {
        day += Math.sign(offset);
        if (isWorkday(day)) left -= 1;
      }
      return toDay(day);
    },
    at,
    now: at(today, NOW_MINUTES),
  };
}

const DAY = 24 * 60 * 60_000;

/** Days since 1970: counting over a year and a half, two thousand times, is too slow on dates. */
function toEpochDay(day: Day): number {
  return Date.parse(`${day}T00:00:00Z`) / DAY;
}

function toDay(epochDay: number): Day {
  return new Date(epochDay * DAY).toISOString().slice(0, 10);
}

/** Monday to Friday. The first of January 1970 was a Thursday. */
function isWorkday(epochDay: number): boolean {
  return (epochDay + 4) % 7 !== 0 && (epochDay + 4) % 7 !== 6;
}
