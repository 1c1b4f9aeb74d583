import type { Activity, ActivityDraft } from '../model/activity.js';
import { RULE_DAYS, type SeriesScope } from '../model/recurrence.js';
import { addDays, dayOf, fromWall, toInstant, toMilliseconds } from '../model/time.js';
import { systemNow } from '../provider/embedded.js';
import { toFailure } from '../provider/failure.js';
import type { WriteOptions } from '../provider/provider.js';
import { ok, rowsOf, type Check, type Subject } from './subject.js';

/*
 * What a provider owes that declares `recurrence`: a row for each date of what is made to repeat, and what a write does to which
 * of them.
 */

const DATES = 4;
const HOUR = 3_600_000;
/** A Tuesday, some weeks ahead: near enough for a backend that lays out only a year. */
const WEEKS_AHEAD = 3;
const TUESDAY = RULE_DAYS[1];

/** A draft that repeats weekly, from the Monday before the first of its dates. */
function weekly({ call, context, draft }: Subject): ActivityDraft | undefined {
  const type = [...context.types].find(({ recurs }) => recurs);
  if (!type) return undefined;
  const zone = call.timeZone;
  const today = dayOf(systemNow(), zone);
  const monday = [1, 2, 3, 4, 5, 6, 7]
    .map((days) => addDays(today, days + 7 * WEEKS_AHEAD))
    .find((day) => new Date(day).getUTCDay() === 1);
  const start = fromWall(monday ?? today, 9 * 60, zone);
  return draft({
    type: type.name,
    start: toInstant(start),
    end: toInstant(start + HOUR),
    series: {
      id: '',
      role: 'master',
      rule: `FREQ=WEEKLY;BYDAY=${TUESDAY};COUNT=${String(DATES)}`,
      zone,
    },
  });
}

/** A series made for one check. */
interface Made {
  /** Its rows, in order of time. */
  rows(): Promise<readonly Activity[]>;
  write(row: Activity | undefined, scope: SeriesScope): WriteOptions;
}

/** Makes a series, tries something on it, and takes it away again. */
async function withSeries(
  subject: Subject,
  attempt: (made: Made) => Promise<void>,
): ReturnType<Check> {
  const { provider, capabilities } = subject;
  const draft = weekly(subject);
  if (!provider.create || !capabilities?.recurrence || !draft) {
    return { skipped: 'it declares no recurrence' };
  }
  const start = toMilliseconds(draft.start ?? '', subject.call.timeZone);
  const range = {
    from: toInstant(start - 24 * HOUR),
    to: toInstant(start + (DATES + 1) * 7 * 24 * HOUR),
  };
  const made: Made = {
    async rows() {
      const found = await rowsOf(subject, capabilities.query?.range === false ? {} : { range });
      return found
        .filter((row) => row.subject.startsWith(draft.subject ?? ''))
        .sort((a, b) => (a.start ?? '').localeCompare(b.start ?? ''));
    },
    write: (row, scope) => ({ ...subject.write(row?.version), scope }),
  };
  try {
    await provider.create(crypto.randomUUID(), draft, subject.write());
    await attempt(made);
  } finally {
    for (const row of await made.rows()) {
      // Gone already with one before it.
      await provider.remove?.(row.id, { ...subject.write(), scope: 'all' }).catch(() => undefined);
    }
  }
  return undefined;
}

function wallOf({ start = '' }: Activity, { call }: Subject): string {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone: call.timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
  }).format(toMilliseconds(start, call.timeZone));
}

function hoursAfter(hours: number, time = ''): string {
  return toInstant(Date.parse(time) + hours * HOUR);
}

function subjectsOf(rows: readonly Activity[]): string {
  return rows.map(({ subject }) => subject.replace(/^.*?(?: : |$)/, '') || '-').join(', ');
}

export const seriesChecks: { readonly [name: string]: Check } = {
  'makes a row for each date of what repeats': (subject) =>
    withSeries(subject, async ({ rows }) => {
      const dates = await rows();
      ok(
        dates.length === DATES,
        `a rule of ${String(DATES)} dates made ${String(dates.length)} rows`,
      );
      const walls = new Set(dates.map((row) => wallOf(row, subject)));
      ok(
        walls.size === 1 && [...walls][0]?.includes('Tue') && [...walls][0]?.includes('09:00'),
        `every Tuesday at nine in ${subject.call.timeZone} became ${[...walls].join(', ')}`,
      );
      for (const row of dates) {
        ok(row.series?.role === 'occurrence', `a date has the role ${String(row.series?.role)}`);
        const length = Date.parse(row.end ?? '') - Date.parse(row.start ?? '');
        ok(length === HOUR, `an hour became ${String(length / HOUR)} of them`);
      }
      ok(
        new Set(dates.map(({ series }) => series?.id)).size === 1,
        'the dates are of several series',
      );
      const master = await subject.provider.get?.(dates[0]?.series?.id ?? '', subject.call);
      ok(
        !master ||
          (master.series?.role === 'master' && master.series.rule?.includes('FREQ=WEEKLY')),
        'what stands for the series does not say its rule',
      );
      const never = weekly(subject);
      const rule = 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30';
      const draft = { ...never, series: { ...never?.series, rule } } as ActivityDraft;
      const code = await subject.provider
        .create?.(crypto.randomUUID(), draft, subject.write())
        .then(
          () => 'no failure',
          (thrown: unknown) => toFailure(thrown).code,
        );
      ok(
        code === 'validation' || code === 'unsupported',
        `a rule without any date must fail with validation or unsupported, not ${String(code)}`,
      );
    }),

  'changes one date of a series, it and all later ones, or all': (subject) =>
    withSeries(subject, async ({ rows, write }) => {
      const { provider, capabilities } = subject;
      const scopes = capabilities?.scopes ?? ['this'];
      const [first, second, third] = await rows();
      if (!first || !second || !third || !provider.update) throw new Error('it made no dates');
      const named = (word: string): string => `${first.subject} : ${word}`;

      await provider.update(second.id, { subject: named('one') }, write(second, 'this'));
      let now = await rows();
      ok(subjectsOf(now) === '-, one, -, -', `one was renamed, and there are: ${subjectsOf(now)}`);
      ok(now[1]?.series?.role === 'exception', 'a date that was changed alone is no exception');

      if (scopes.includes('following')) {
        const patch = {
          subject: named('later'),
          start: hoursAfter(2, third.start),
          end: hoursAfter(2, third.end),
        };
        const row = await provider.update(third.id, patch, write(third, 'following'));
        ok(
          row.subject === patch.subject && Date.parse(row.start ?? '') === Date.parse(patch.start),
          'the answer to a change of all later dates is not the first of them',
        );
        now = await rows();
        ok(
          subjectsOf(now) === '-, one, later, later',
          `the third and all later were renamed, and there are: ${subjectsOf(now)}`,
        );
        const walls = now.map((date) => wallOf(date, subject).slice(-5)).join(', ');
        ok(walls === '09:00, 09:00, 11:00, 11:00', `the later ones were moved to eleven: ${walls}`);
      }
      if (scopes.includes('all')) {
        const own = now[0];
        const row = await provider.update(first.id, { priority: 'high' }, write(own, 'all'));
        ok(row.priority === 'high', 'the answer to a change of all is not the changed date');
        now = await rows();
        const series = now.filter((date) => date.series?.id === now[0]?.series?.id);
        ok(
          series.every(({ priority }) => priority === 'high'),
          'a change of all did not reach every date of the series',
        );
        ok(now[1]?.subject === named('one'), 'a change of all took what a date has of its own');
        const moved = { start: hoursAfter(1, own?.start), end: hoursAfter(1, own?.end) };
        await provider.update(first.id, moved, write(row, 'all'));
        now = (await rows()).slice(0, 2);
        const times = now.map((date) => wallOf(date, subject).slice(-5)).join(', ');
        ok(times === '10:00, 10:00', `all were moved to ten: ${times}`);
        ok(now[1]?.subject === named('one'), 'other times of all took what a date has of its own');
        const code = await provider
          .update(now[0]?.id ?? '', { priority: 'low' }, write(own, 'all'))
          .then(
            () => 'no failure',
            (thrown: unknown) => toFailure(thrown).code,
          );
        ok(
          first.version === undefined || code === 'conflict',
          `a change of all against an old version ends with ${code}, not conflict`,
        );
      }
    }),

  'removes one date of a series, it and all later ones, or all': (subject) =>
    withSeries(subject, async ({ rows, write }) => {
      const { provider, capabilities } = subject;
      const scopes = capabilities?.scopes ?? ['this'];
      const [first, second, third] = await rows();
      if (!first || !second || !third || !provider.remove) throw new Error('it made no dates');
      const left = async (
        expected: readonly (Activity | undefined)[],
        words: string,
      ): Promise<void> => {
        const now = (await rows()).map(({ start }) => Date.parse(start ?? ''));
        const wanted = expected.map((row) => Date.parse(row?.start ?? ''));
        ok(
          now.join() === wanted.join(),
          `${words}, ${String(now.length)} dates are left instead of ${String(wanted.length)}`,
        );
      };
      const fourth = (await rows())[3];
      await provider.remove(second.id, write(second, 'this'));
      await left([first, third, fourth], 'the second removed');
      if (scopes.includes('following')) {
        await provider.remove(third.id, write(third, 'following'));
        await left([first], 'the third and all later removed');
      }
      if (scopes.includes('all')) {
        const own = (await rows())[0];
        await provider.remove(first.id, write(own, 'all'));
        await left([], 'all removed');
      }
    }),
};
