import type { Activity } from '../../model/activity.js';
import { compareBy, matches, withVia, type EvaluationContext } from '../../model/evaluate.js';
import type { ActivityQuery, CountGroup, Total } from '../../model/query.js';
import type { Milliseconds } from '../../model/time.js';
import type { ActivityPage } from '../provider.js';

/** A row as it was at some moment and as it is now; undefined where there was or is none. */
interface Difference {
  readonly id: string;
  readonly then: Activity | undefined;
  readonly now: Activity | undefined;
}

interface Stage {
  readonly at: Milliseconds;
  readonly row: Activity | undefined;
}

/** How long what was written is remembered: no replica lags longer. */
const REMEMBERED: Milliseconds = 60_000;

/** What the backend was like some time ago, as far as it was changed through here: a read replica that lags behind. */
export class Replica {
  readonly #stages = new Map<string, readonly Stage[]>();

  /** A row was written: what it was, and what it is. */
  wrote(
    id: string,
    before: Activity | undefined,
    after: Activity | undefined,
    at: Milliseconds,
  ): void {
    const known = this.#stages.get(id) ?? [{ at: -Infinity, row: before }];
    const young = known.filter((stage) => stage.at > at - REMEMBERED);
    const base = known.filter((stage) => stage.at <= at - REMEMBERED).slice(-1);
    this.#stages.set(id, [...base, ...young, { at, row: after }]);
  }

  /** One row as it was; `now` where nothing is known to have changed since. */
  row(id: string, moment: Milliseconds, now: Activity | undefined): Activity | undefined {
    const difference = this.#since(moment).find((one) => one.id === id);
    return difference ? difference.then : now;
  }

  page(
    page: ActivityPage,
    question: ActivityQuery,
    moment: Milliseconds,
    context: EvaluationContext,
  ): ActivityPage {
    const compare = compareBy(question.sort ?? [], context);
    let rows = [...page.rows];
    let moved = 0;
    for (const { id, then, now } of this.#since(moment)) {
      const at = rows.findIndex((row) => row.id === id);
      const belonged = then ? matches(then, question, context) : false;
      if (belonged === undefined) {
        // Only the backend knows (roll-up, a team): it stays where it is, and looks as it did.
        if (at >= 0 && then) rows = rows.with(at, then);
        continue;
      }
      const belongs = now ? matches(now, question, context) : false;
      if (belongs !== undefined) moved += Number(belonged) - Number(belongs);
      if (at >= 0) rows.splice(at, 1);
      if (!belonged || !then) continue;
      const place = rows.findIndex((row) => compare(then, row) < 0);
      // Behind the last row of a page that others follow is a place on another page.
      if (place < 0 && page.next !== undefined) continue;
      rows.splice(place < 0 ? rows.length : place, 0, withVia(then, question, context));
    }
    return {
      ...page,
      rows,
      ...(page.total && { total: shifted(page.total, moved) }),
    };
  }

  totals(
    totals: readonly Total[],
    question: ActivityQuery,
    groups: readonly CountGroup[],
    moment: Milliseconds,
    context: EvaluationContext,
  ): readonly Total[] {
    const counts = (row: Activity | undefined, { filter }: CountGroup): number =>
      row && matches(row, question, context) === true && matches(row, { filter }, context) === true
        ? 1
        : 0;
    return totals.map((total, index) => {
      const group = groups[index];
      if (!group) return total;
      const moved = this.#since(moment).reduce(
        (sum, { then, now }) => sum + counts(then, group) - counts(now, group),
        0,
      );
      return shifted(total, moved);
    });
  }

  #since(moment: Milliseconds): readonly Difference[] {
    return [...this.#stages].flatMap(([id, stages]): Difference[] => {
      const last = stages.at(-1);
      if (!last || last.at <= moment) return [];
      const then = stages.filter((stage) => stage.at <= moment).at(-1);
      return then ? [{ id, then: then.row, now: last.row }] : [];
    });
  }
}

function shifted(total: Total, by: number): Total {
  return by === 0 ? total : { ...total, value: Math.max(0, total.value + by) };
}
