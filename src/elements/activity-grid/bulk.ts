import { html, nothing, type TemplateResult } from 'lit';
import type { Activity } from '../../model/activity.js';
import type { ProviderFailure } from '../../provider/failure.js';
import type { WriteResult } from '../../store/acts.js';
import { button } from '../../ui/button.js';
import { DialogController } from '../../ui/dialog.js';
import type { ActOptions, Outcome } from '../base/requests.js';
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
}

/** It would end the same way again. */
const REFUSALS: ReadonlySet<ProviderFailure['code']> = new Set([
  'unauthenticated',
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
  say: { subject(id: string): string; failure(failure: ProviderFailure): string },
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
    const entry = { id: key, subject: say.subject(key), why: say.failure(error) };
    if (error.code === 'aborted') stopped.push(entry);
    else (REFUSALS.has(error.code) ? refused : failed).push(entry);
  }
  return { done, waiting, refused, failed, stopped };
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
  readonly more?: number;
  /** Those selected that may not be, and why. */
  readonly refused?: readonly NotDone[];
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
  undo: Outcome['undo'];
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

  get isRunning(): boolean {
    return this.#running !== undefined;
  }

  async run(act: BulkAct): Promise<Outcome> {
    const { activities, more, refused = [] } = act;
    const abort = new AbortController();
    const { selection } = this.#grid;
    const running: Running = {
      label: act.label,
      abort,
      done: 0,
      total: activities.length + (more ?? 0),
    };
    this.#running = running;
    // What is done before the next frame was never seen under way.
    if (running.total > SHOWN_FROM) this.#grid.drawWithFrame();
    this.#grid.requestUpdate();
    const isOne = running.total === 1 && refused.length === 0;
    const outcome = await act.run(activities, {
      // One that is refused says so in a notice; of many each is told in the report.
      ...(!isOne && { quiet: true }),
      signal: abort.signal,
      onProgress: (done, total) => {
        running.done = done;
        running.total = total;
        if (this.#running === running && total > SHOWN_FROM) this.#grid.requestUpdate();
      },
    });
    if (this.#running === running) this.#running = undefined;
    this.#grid.dropDone(outcome.results, selection, {
      isAll: more !== undefined && outcome.results.length > 0,
    });
    const leftOut = [...(outcome.excluded ?? [])].flatMap(([id, why]): NotDone[] => {
      const row = this.#grid.store?.row(id);
      return row && why !== undefined ? [{ id, subject: subjectOf(this.#grid, row), why }] : [];
    });
    if (outcome.results.length + leftOut.length > 0 && !isOne) {
      this.#end(act, outcome, [...refused, ...leftOut]);
    } else if (!isOne && outcome.reason !== undefined) this.#tellReason(outcome.reason);
    this.#grid.requestUpdate();
    return outcome;
  }

  #tellReason(reason: string): void {
    const { words, context } = this.#grid;
    context.notify({ kind: 'error', text: words.say('announce.refused', reason) });
  }

  #end(act: BulkAct, { results, undo }: Outcome, beforehand: readonly NotDone[]): void {
    const { store, words, context } = this.#grid;
    const known = new Map(act.activities.map((activity) => [activity.id, activity]));
    const report = toReport(results, beforehand, {
      subject: (id) => {
        const row = store?.row(id) ?? known.get(id);
        return row ? subjectOf(this.#grid, row) : id;
      },
      failure: (failure) =>
        failure.code === 'aborted' ? words.say('bulk.stopped') : words.failure(failure),
    });
    const { refused, failed, stopped } = report;
    if (refused.length + failed.length + stopped.length === 0) return;
    this.#ended = { act, report, undo };
    context.announce(this.#summary(report), true);
    void this.#dialog.show();
  }

  #summary({ done, waiting, refused, failed, stopped }: Report): string {
    const { words } = this.#grid;
    return [
      words.say('bulk.done', done),
      waiting > 0 && words.say('bulk.waiting', waiting),
      refused.length > 0 && words.say('bulk.refused', refused.length),
      failed.length > 0 && words.say('bulk.failed', failed.length),
      stopped.length > 0 && words.say('bulk.not-begun', stopped.length),
    ]
      .filter(Boolean)
      .join(' · ');
  }

  /** Does it to those now that went wrong, or were not begun. */
  #retry({ act }: Ended, entries: readonly NotDone[]): void {
    const ids = new Set(entries.map(({ id }) => id));
    const { store } = this.#grid;
    const activities = [...ids].flatMap((id) => store?.row(id) ?? []);
    this.#dialog.hide();
    void this.run({ label: act.label, activities, run: act.run });
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
    const { act, report, undo } = ended;
    const { failed, refused, stopped } = report;
    return this.#dialog.render({
      isText: true,
      title: act.label,
      subtitle: this.#summary(report),
      closeLabel: words.say('action.close'),
      part: 'dialog report',
      body: html`${this.#list(words.say('bulk.refused', refused.length), refused)}
      ${this.#list(words.say('bulk.failed', failed.length), failed)}
      ${this.#list(words.say('bulk.not-begun', stopped.length), stopped)}`,
      footer: html`${
        stopped.length > 0
          ? button({
              label: words.say('bulk.go-on', stopped.length),
              kind: 'primary',
              icon: 'forward',
              onClick: () => this.#retry(ended, stopped),
            })
          : nothing
      }
      ${
        failed.length > 0
          ? button({
              label: words.say('bulk.retry', failed.length),
              kind: stopped.length > 0 ? 'plain' : 'primary',
              icon: 'refresh',
              onClick: () => this.#retry(ended, failed),
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

  #list(title: string, entries: readonly NotDone[]): TemplateResult | typeof nothing {
    if (entries.length === 0) return nothing;
    const { words } = this.#grid;
    return html`<h3 class="strong">${title}</h3>
      <ul class="reasons">
        ${byReason(entries).map(
          (same) =>
            html`<li>
              <bdi>${same[0]?.why}</bdi>
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
              </ul>
            </li>`,
        )}
      </ul>`;
  }
}
