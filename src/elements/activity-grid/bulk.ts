import { html, nothing, type TemplateResult } from 'lit';
import type { Activity } from '../../model/activity.js';
import type { Rest } from '../../model/query.js';
import { toFailure, type ProviderFailure } from '../../provider/failure.js';
import type { RestLeft, WriteResult } from '../../store/acts.js';
import { WIDEST } from '../../store/gate.js';
import { button } from '../../ui/button.js';
import { DialogController } from '../../ui/dialog.js';
import { doneOf, type ActOptions, type Outcome } from '../base/requests.js';
import { failureReason } from '../base/refusal.js';
import { subjectOf } from '../base/subject-link.js';
import type { ActivityGrid } from './activity-grid.js';

/** What one activity was not done for. */
export interface NotDone {
  readonly id: string;
  readonly subject: string;
  readonly why: string;
}

/** How an act on many ended: what is done, what may not be, what went wrong and may be tried again, and what was not begun. */
export interface Report {
  readonly done: number;
  /** Saved here, and sent when that can be. */
  readonly waiting: number;
  readonly refused: readonly NotDone[];
  readonly failed: readonly NotDone[];
  /** The user stopped before it was their turn. */
  readonly stopped: readonly NotDone[];
  /** More that it was not done for, of which none was loaded. */
  readonly left?: RestLeft;
}

type Part = 'failed' | 'stopped';

/** How many failed, or were not begun: those with a name, and those of which none was loaded. */
export function countIn(report: Report, part: Part): number {
  return report[part].length + (leftIn(report, part)?.count.value ?? 0);
}

/** Those of which none was loaded that failed, or were not begun. */
function leftIn({ left }: Report, part: Part): Rest | undefined {
  const wasStopped = left?.error.code === 'aborted';
  return wasStopped === (part === 'stopped') ? left?.rest : undefined;
}

/** What is still selected of all that match, where these are selected one by one. */
export function restBesides(rest: Rest, selection: readonly string[]): Rest {
  const except = new Set(rest.except);
  const found = selection.filter((id) => !except.has(id));
  const { value, relation } = rest.count;
  return {
    ...rest,
    except: [...rest.except, ...found],
    count: { value: Math.max(0, value - found.length), relation },
  };
}

/** It would end the same way again. */
const REFUSALS: ReadonlySet<ProviderFailure['code']> = new Set([
  'forbidden',
  'not-found',
  'conflict',
  'duplicate',
  'validation',
  'transition-refused',
  'unsupported',
]);

/** Sorts out how an act on many ended; `beforehand` are those that were not even tried. */
export function toReport(
  results: readonly WriteResult[],
  beforehand: readonly NotDone[],
  say: { subject(id: string): string; failure(failure: ProviderFailure, id: string): string },
  left?: RestLeft,
): Report {
  const refused: NotDone[] = [...beforehand];
  const failed: NotDone[] = [];
  const stopped: NotDone[] = [];
  let done = 0;
  let waiting = 0;
  for (const result of results) {
    if (!('error' in result)) {
      if (result.isWaiting) waiting += 1;
      else done += 1;
      continue;
    }
    const { key, error } = result;
    const entry = { id: key, subject: say.subject(key), why: say.failure(error, key) };
    if (error.code === 'aborted') stopped.push(entry);
    else (REFUSALS.has(error.code) ? refused : failed).push(entry);
  }
  return { done, waiting, refused, failed, stopped, ...(left && { left }) };
}

/** Those with the same reason together, the most frequent first. */
export function byReason(entries: readonly NotDone[]): readonly (readonly NotDone[])[] {
  const reasons = new Map<string, NotDone[]>();
  for (const entry of entries) {
    const others = reasons.get(entry.why);
    if (others) others.push(entry);
    else reasons.set(entry.why, [entry]);
  }
  return [...reasons.values()].sort((a, b) => b.length - a.length);
}

export interface BulkAct {
  /** What is being done, as a title. */
  readonly label: string;
  readonly activities: readonly Activity[];
  /** More that are not loaded. */
  readonly rest?: Rest | undefined;
  /** Together that is all that is selected, seen or not. */
  readonly isAll?: boolean;
  /** Those selected that may not be, and why. */
  readonly refused?: readonly NotDone[];
  /** They are to go to another status. */
  readonly isMove?: boolean;
  /** How it ended before it was gone on with, or tried again. */
  readonly earlier?: Outcome;
  /** What was done of it by then. */
  readonly done?: readonly WriteResult[];
  readonly run: (activities: readonly Activity[], options: ActOptions) => Promise<Outcome>;
}

interface Running {
  readonly label: string;
  readonly abort: AbortController;
  done: number;
  total: number;
}

interface Ended {
  readonly act: BulkAct;
  readonly report: Report;
  readonly outcome: Outcome;
}

/** So many are done before anybody sees a bar. */
const SHOWN_FROM = 20;
/** Of those with one reason so many are named. */
const NAMED = 5;

/** An act on many rows: how far it is, with a way to end it, and then what became of each. */
export class Bulk {
  readonly #grid: ActivityGrid;
  readonly #dialog: DialogController;
  #running: Running | undefined;
  #ended: Ended | undefined;

  constructor(grid: ActivityGrid) {
    this.#grid = grid;
    this.#dialog = new DialogController(grid, {
      onOrphan: () => grid.focus(),
      lightDismiss: true,
    });
  }

  /** Shows that so many are being sought for an act, with a way to end it: then nothing was begun. */
  seek(label: string, total: number): { readonly signal: AbortSignal; readonly end: () => void } {
    const seeking = this.#begin(label, total);
    return { signal: seeking.abort.signal, end: () => this.#finish(seeking) };
  }

  async run(act: BulkAct): Promise<Outcome> {
    const { activities, rest, isAll = false, refused = [], earlier } = act;
    const { selection } = this.#grid;
    const running = this.#begin(act.label, activities.length + (rest?.count.value ?? 0));
    const isOne = running.total === 1 && refused.length === 0;
    const outcome = await act.run(activities, {
      // One that is refused says so in a notice; of many each is told in the report.
      ...(!isOne && { quiet: true }),
      ...(rest && { rest }),
      earlier,
      signal: running.abort.signal,
      onProgress: (done, total) => {
        running.done = done;
        running.total = total;
        if (this.#running === running && total > SHOWN_FROM) this.#grid.requestUpdate();
      },
    });
    this.#finish(running);
    const { results, left, excluded = new Map<string, string | undefined>() } = outcome;
    const hasBegun = results.length > 0 || left !== undefined;
    this.#grid.dropDone(results, selection, {
      isAll: isAll && hasBegun,
      left: left?.rest,
      notTried: [...refused.map(({ id }) => id), ...excluded.keys()],
    });
    const leftOut = [...excluded].flatMap(([id, why]): NotDone[] => {
      const row = this.#grid.store?.row(id);
      return row && why !== undefined ? [{ id, subject: subjectOf(this.#grid, row), why }] : [];
    });
    if ((hasBegun || leftOut.length > 0) && !isOne) {
      this.#end(act, outcome, [...refused, ...leftOut]);
    } else if (!isOne && outcome.reason !== undefined) this.#tellReason(outcome.reason);
    this.#grid.requestUpdate();
    return outcome;
  }

  #begin(label: string, total: number): Running {
    const running: Running = { label, abort: new AbortController(), done: 0, total };
    this.#running = running;
    // What is done before the next frame was never seen under way.
    if (total > SHOWN_FROM) this.#grid.drawWithFrame();
    this.#grid.requestUpdate();
    return running;
  }

  #finish(running: Running): void {
    if (this.#running === running) this.#running = undefined;
    this.#grid.requestUpdate();
  }

  #tellReason(reason: string): void {
    const { words, context } = this.#grid;
    context.notify({ kind: 'error', text: words.say('announce.refused', reason) });
  }

  #end(act: BulkAct, ended: Outcome, beforehand: readonly NotDone[]): void {
    const { left } = ended;
    // What was done before was done by the same command.
    const results = [...(act.done ?? []), ...ended.results];
    const outcome = ended.results.length > 0 ? ended : (act.earlier ?? ended);
    const { store, context } = this.#grid;
    const known = new Map(act.activities.map((activity) => [activity.id, activity]));
    const say = {
      subject: (id: string) => {
        const row = store?.row(id) ?? known.get(id);
        return row ? subjectOf(this.#grid, row) : id;
      },
      failure: (failure: ProviderFailure, id: string) =>
        this.#why(failure, store?.row(id) ?? known.get(id), act.isMove),
    };
    const report = toReport(results, beforehand, say, left);
    const { refused } = report;
    if (refused.length + countIn(report, 'failed') + countIn(report, 'stopped') === 0) return;
    this.#ended = { act: { ...act, done: doneOf(results) }, report, outcome };
    context.announce(this.#summary(report), true);
    void this.#dialog.show();
  }

  #why(failure: ProviderFailure, activity?: Activity, isMove = false): string {
    const { words } = this.#grid;
    return failure.code === 'aborted'
      ? words.say('bulk.stopped')
      : failureReason(words, failure, activity, isMove);
  }

  #summary(report: Report): string {
    const { words } = this.#grid;
    const { done, waiting, refused } = report;
    const failed = countIn(report, 'failed');
    const stopped = countIn(report, 'stopped');
    return [
      words.say('bulk.done', done),
      waiting > 0 && words.say('bulk.waiting', waiting),
      refused.length > 0 && words.say('bulk.refused', refused.length),
      failed > 0 && words.say('bulk.failed', failed),
      stopped > 0 && words.say('bulk.not-begun', stopped),
    ]
      .filter(Boolean)
      .join(' · ');
  }

  /**
   * Does it to those now that went wrong, or were not begun; also to what is nowhere loaded any more. Who stops while that is sought is
   * back at the report: nothing was begun.
   */
  async #retry({ act, report, outcome }: Ended, part: Part): Promise<void> {
    const rest = leftIn(report, part);
    this.#dialog.hide();
    const seeking = this.#begin(act.label, countIn(report, part));
    const { activities, refused } = await this.#find(report[part], seeking.abort.signal);
    if (seeking.abort.signal.aborted) {
      this.#finish(seeking);
      await this.#dialog.show();
      return;
    }
    const again = { ...act, activities, rest, isAll: rest !== undefined, earlier: outcome };
    if (activities.length > 0 || rest) await this.run({ ...again, refused });
    else {
      this.#finish(seeking);
      this.#end(again, { isDone: false, results: [] }, refused);
    }
  }

  /** Their rows; what is not loaded is asked for, as many at once as are written, and refused where it can't be had. */
  async #find(
    entries: readonly NotDone[],
    signal: AbortSignal,
  ): Promise<{ readonly activities: readonly Activity[]; readonly refused: readonly NotDone[] }> {
    const { store, asker } = this.#grid;
    const rows = new Map<NotDone, Activity>();
    const refused: NotDone[] = [];
    const next = entries.values();
    const seek = async (): Promise<void> => {
      for (const entry of next) {
        if (signal.aborted) return;
        try {
          const row = store?.row(entry.id) ?? (await store?.load(entry.id, asker, signal));
          if (row) rows.set(entry, row);
        } catch (thrown) {
          refused.push({ ...entry, why: this.#why(toFailure(thrown)) });
        }
      }
    };
    await Promise.all(Array.from({ length: WIDEST }, seek));
    return { activities: entries.flatMap((entry) => rows.get(entry) ?? []), refused };
  }

  /** How far it is. */
  renderProgress(): unknown {
    const running = this.#running;
    if (!running || running.total <= SHOWN_FROM) return nothing;
    const { words } = this.#grid;
    const { label, done, total, abort } = running;
    const far = words.say('bulk.progress', done, total);
    return html`<div class="bulk" part="bulk">
      <span class="strong clip">${label}</span>
      <progress
        part="progress"
        aria-label=${label}
        aria-valuetext=${far}
        max=${total}
        value=${done}
      ></progress>
      <span class="num small">${far}</span>
      ${button({
        label: words.say('bulk.stop'),
        small: true,
        disabled: abort.signal.aborted,
        onClick: () => {
          abort.abort();
          this.#grid.requestUpdate();
        },
      })}
    </div>`;
  }

  /** What became of each. */
  renderReport(): unknown {
    const ended = this.#ended;
    if (!ended || !this.#dialog.isOpen) return nothing;
    const { words } = this.#grid;
    const { act, report, outcome } = ended;
    const { undo } = outcome;
    const { refused } = report;
    const failed = countIn(report, 'failed');
    const stopped = countIn(report, 'stopped');
    const left = report.left && {
      why: this.#why(report.left.error),
      count: report.left.rest.count.value,
    };
    return this.#dialog.render({
      isText: true,
      title: act.label,
      subtitle: this.#summary(report),
      closeLabel: words.say('action.close'),
      part: 'dialog report',
      body: html`${
        !undo && report.done + report.waiting > 0
          ? html`<p>${words.say('bulk.no-undo')}</p>`
          : nothing
      }
      ${this.#list(words.say('bulk.refused', refused.length), refused)}
      ${this.#list(words.say('bulk.failed', failed), report.failed, leftIn(report, 'failed') && left)}
      ${this.#list(
        words.say('bulk.not-begun', stopped),
        report.stopped,
        leftIn(report, 'stopped') && left,
      )}`,
      footer: html`${
        stopped > 0
          ? button({
              label: words.say('bulk.go-on', stopped),
              kind: 'primary',
              icon: 'forward',
              onClick: () => void this.#retry(ended, 'stopped'),
            })
          : nothing
      }
      ${
        failed > 0
          ? button({
              label: words.say('bulk.retry', failed),
              kind: stopped > 0 ? 'plain' : 'primary',
              icon: 'refresh',
              onClick: () => void this.#retry(ended, 'failed'),
            })
          : nothing
      }
      ${
        undo && report.done + report.waiting > 0
          ? button({
              label: words.say('bulk.undo', report.done + report.waiting),
              icon: 'undo',
              onClick: () => {
                this.#dialog.hide();
                void undo();
              },
            })
          : nothing
      }
      ${button({ label: words.say('action.close'), onClick: () => this.#dialog.hide() })}`,
    });
  }

  /** `left`: so many more, of which none has a name. */
  #list(
    title: string,
    entries: readonly NotDone[],
    left?: { readonly why: string; readonly count: number },
  ): TemplateResult | typeof nothing {
    if (entries.length === 0 && !left) return nothing;
    const { words } = this.#grid;
    const reasons = byReason(entries).map((same) => ({ why: same[0]?.why, same }));
    if (left && !reasons.some(({ why }) => why === left.why)) {
      reasons.push({ why: left.why, same: [] });
    }
    return html`<h3 class="strong">${title}</h3>
      <ul class="reasons">
        ${reasons.map(
          ({ why, same }) =>
            html`<li>
              <bdi>${why}</bdi>
              <ul class="quiet">
                ${same.slice(0, NAMED).map(({ subject }) => html`<li><bdi>${subject}</bdi></li>`)}
                ${
                  same.length > NAMED
                    ? html`<li>
                        <details>
                          <summary>${words.say('bulk.more', same.length - NAMED)}</summary>
                          <ul>
                            ${same
                              .slice(NAMED)
                              .map(({ subject }) => html`<li><bdi>${subject}</bdi></li>`)}
                          </ul>
                        </details>
                      </li>`
                    : nothing
                }
                ${
                  left && left.why === why
                    ? html`<li>${words.say('bulk.not-loaded', left.count)}</li>`
                    : nothing
                }
              </ul>
            </li>`,
        )}
      </ul>`;
  }
}
