import { html, type TemplateResult } from 'lit';
import {
  isClosed,
  type Act,
  type Activity,
  type ActivityPatch,
  type ActivityState,
  type RecordRef,
} from '../../model/activity.js';
import type { Rest } from '../../model/query.js';
import type { Snooze } from '../../model/snooze.js';
import type { Day } from '../../model/time.js';
import { canEver, may, mayMoveTo, type Permission } from '../../provider/may.js';
import { button } from '../../ui/button.js';
import { DialogController } from '../../ui/dialog.js';
import { RecordFieldController } from '../../ui/fields/record-field.js';
import { timeField } from '../../ui/fields/time-field.js';
import type { Anchor } from '../../ui/popover.js';
import type { Question } from '../base/context.js';
import { ASKED, type ActOptions, type Outcome } from '../base/requests.js';
import { closedReason } from '../base/refusal.js';
import { moveOf, rescheduleQuestion } from '../base/reschedule.js';
import { subjectOf } from '../base/subject-link.js';
import type { ActivityGrid } from './activity-grid.js';
import { allRows } from '../base/all-rows.js';
import type { NotDone } from './bulk.js';

/** What is asked of an activity: an act, to go to a state, or to go to another day. */
type Asked = Act | 'reschedule' | { readonly to: ActivityState };

/** Those of some activities to which something may be done now, and why not to the others. */
export interface Able {
  readonly able: readonly Activity[];
  readonly refused: readonly NotDone[];
}

/** What the user does to one activity or to many: each goes to the host as a request, and is one undo. */
export class GridActs {
  readonly #grid: ActivityGrid;
  readonly #lookup: RecordFieldController;
  readonly #question: DialogController;
  #asked: Question | undefined;
  #answer: ((isYes: boolean) => void) | undefined;
  #day: Day | undefined;
  #record: RecordRef | undefined;

  constructor(grid: ActivityGrid) {
    this.#grid = grid;
    this.#lookup = new RecordFieldController(grid);
    this.#question = new DialogController(grid, {
      onClose: () => this.#answered(false),
      onOrphan: () => grid.focus(),
    });
  }

  /** It is offered at all. */
  canEver(act: Act): boolean {
    const { store } = this.#grid;
    return store !== undefined && canEver(act, store.permissions);
  }

  able(activities: readonly Activity[], act: Asked): Able {
    const { store } = this.#grid;
    if (!store) return { able: [], refused: [] };
    const able: Activity[] = [];
    const refused: NotDone[] = [];
    for (const activity of activities) {
      const permission = this.#permission(activity, act);
      if (permission === true) able.push(activity);
      else {
        const why = this.#why(activity, permission, act);
        refused.push({ id: activity.id, subject: subjectOf(this.#grid, activity), why });
      }
    }
    return { able, refused };
  }

  /** It may be done to some of these, which is known with the first of them; `why` not, where it may be done to none. */
  anyAble(
    activities: readonly Activity[],
    act: Asked,
  ): { readonly isAny: boolean; readonly why?: string | undefined } {
    if (!this.#grid.store) return { isAny: false };
    const isAny = activities.some((activity) => this.#permission(activity, act) === true);
    const [first] = activities;
    if (isAny || !first) return { isAny };
    const permission = this.#permission(first, act);
    // Of several, each may be closed in its own way.
    return { isAny, why: permission === true ? undefined : this.#why(first, permission, 'edit') };
  }

  #why(activity: Activity, permission: Exclude<Permission, true> | string, act: Asked): string {
    const { words } = this.#grid;
    if (typeof permission === 'string') return permission;
    const isWorded = permission.message !== undefined || permission.reason !== 'not-now';
    return isClosed(activity) && !isWorded
      ? closedReason(words, activity, typeof act !== 'string')
      : words.refusal(permission);
  }

  #permission(activity: Activity, act: Asked): Permission | string {
    const { store, words } = this.#grid;
    if (!store) return { reason: 'not-now' };
    if (this.#grid.isBusy(activity)) return words.say('sync.saving');
    if (activity.access === 'busy') return words.say('record.no-access-title');
    if (typeof act !== 'string') return mayMoveTo(act.to, activity, store.permissions);
    if (act !== 'reschedule') return may(act, activity, store.permissions);
    // A note is never due.
    if (activity.state === null) return words.say('refusal.no-due');
    return may('edit', activity, store.permissions);
  }

  // ── acts ─────────────────────────────────────────────────────────────────────────────────────

  async moveStatus(
    activities: readonly Activity[],
    to: ActivityState,
    rest?: Rest,
  ): Promise<Outcome> {
    const { words, requests, next } = this.#grid;
    const outcome = await this.#run(
      to === 'completed'
        ? words.say('action.complete')
        : words.say('action.move-to-state', words.stateName(to)),
      activities,
      { to },
      rest,
      (some, options) => requests.moveStatus(some, to, options),
    );
    if (outcome.isDone && to === 'completed' && !rest) void next.propose(activities);
    return outcome;
  }

  async remove(activities: readonly Activity[], rest?: Rest): Promise<void> {
    const { words, requests } = this.#grid;
    const count = activities.length + (rest?.count.value ?? 0);
    const isSure =
      requests.asksFirst({ kind: 'remove' }, activities, rest) ||
      (await this.ask({
        title: words.say('grid.delete-title', count),
        text: words.say('grid.delete-text'),
        yes: words.say('action.delete'),
      }));
    if (!isSure) return;
    await this.#run(words.say('action.delete'), activities, 'remove', rest, (some, options) =>
      requests.remove(some, options),
    );
  }

  async update(
    label: string,
    activities: readonly Activity[],
    patch: ActivityPatch,
    { act = 'edit', rest }: { act?: Act; rest?: Rest | undefined } = {},
  ): Promise<void> {
    await this.#run(label, activities, act, rest, (some, options) =>
      this.#grid.requests.update(some, patch, options),
    );
  }

  /** To another day, time of day and length kept. Others who hear of it are named first. */
  async snooze(selected: readonly Activity[], to: Snooze | Day, rest?: Rest): Promise<void> {
    const { words } = this.#grid;
    // Each is moved in its own way, for which it must be known.
    const more = rest ? await this.#load(rest, words.say('grid.set-due')) : [];
    if (!more) return;
    const activities = [...selected, ...more];
    const question = rescheduleQuestion(this.#grid, activities, to);
    if (question && !(await this.ask(question))) return;
    await this.#run(
      words.say('grid.set-due'),
      activities,
      'reschedule',
      undefined,
      (some, options) =>
        this.#grid.requests.updateEach(
          some,
          (activity) => moveOf(this.#grid, activity, to),
          (count) => words.say('grid.moved', count),
          { ...options, ...ASKED },
        ),
      { isAll: rest !== undefined },
    );
  }

  /** Undefined where that can't be, or the user stopped it. `label`: what it is loaded for. */
  async #load(
    { query, except, count }: Rest,
    label: string,
  ): Promise<readonly Activity[] | undefined> {
    const { store, asker, context, words, bulk } = this.#grid;
    if (!store) return undefined;
    const left = new Set(except);
    const seeking = bulk.seek(label, count.value);
    try {
      const all = await allRows(store, query, asker, seeking);
      return all.filter(({ id }) => !left.has(id));
    } catch {
      if (!seeking.signal.aborted) {
        context.notify({ kind: 'error', text: words.say('error.load-more') });
      }
      return undefined;
    } finally {
      seeking.end();
    }
  }

  async #run(
    label: string,
    activities: readonly Activity[],
    act: Asked,
    rest: Rest | undefined,
    run: (activities: readonly Activity[], options: ActOptions) => Promise<Outcome>,
    { isAll = rest !== undefined }: { isAll?: boolean } = {},
  ): Promise<Outcome> {
    const { able, refused } = this.able(activities, act);
    const except = new Set([...(rest?.except ?? []), ...refused.map(({ id }) => id)]);
    const beside = rest && { ...rest, except: [...except] };
    return this.#grid.bulk.run({
      label,
      activities: able,
      refused,
      rest: beside,
      isAll,
      isMove: typeof act !== 'string',
      run,
    });
  }

  // ── what is asked beforehand ─────────────────────────────────────────────────────────────────

  ask(question: Question): Promise<boolean> {
    this.#asked = question;
    return new Promise((resolve) => {
      this.#answer = resolve;
      void this.#question.show();
    });
  }

  #answered(isYes: boolean): void {
    const answer = this.#answer;
    this.#answer = undefined;
    if (isYes) this.#question.hide();
    answer?.(isYes);
  }

  renderQuestion(): unknown {
    const asked = this.#asked;
    if (!asked || !this.#question.isOpen) return undefined;
    const { words } = this.#grid;
    return this.#question.render({
      title: asked.title,
      size: 'small',
      role: 'alertdialog',
      closeLabel: words.say('action.close'),
      part: 'dialog question',
      body: html`<p>${asked.text}</p>`,
      footer: html`${button({
        label: asked.yes,
        kind: 'primary',
        onClick: () => this.#answered(true),
      })}
      ${button({ label: words.say('action.back'), onClick: () => this.#question.hide() })}`,
    });
  }

  // ── what is chosen beforehand ────────────────────────────────────────────────────────────────

  /** Asks for a day. */
  chooseDay(anchor: Anchor, label: string, run: (day: Day) => void): void {
    const { words, panel } = this.#grid;
    this.#day = undefined;
    void panel.open(anchor, {
      label,
      content: (): TemplateResult =>
        timeField({
          id: 'choose-day',
          label: words.say('field.date'),
          words,
          value: this.#day,
          precision: 'day',
          onChange: (day) => {
            this.#day = day;
            this.#grid.requestUpdate();
          },
          onProblem: () => undefined,
        }),
      apply: {
        label: words.say('action.apply'),
        run: () => {
          const day = this.#day;
          if (day === undefined) return;
          panel.close();
          run(day);
        },
      },
    });
  }

  /** Asks for a record: an owner, or what it is about. */
  chooseRecord(
    anchor: Anchor,
    label: string,
    kinds: readonly string[],
    run: (record: RecordRef) => void,
  ): void {
    const { words, panel, context } = this.#grid;
    this.#record = undefined;
    this.#lookup.reset();
    void panel.open(anchor, {
      label,
      content: (): TemplateResult =>
        this.#lookup.render({
          id: 'choose-record',
          label,
          words,
          value: this.#record ? [{ record: this.#record }] : [],
          lookup: (text, signal) => this.#grid.lookUp(text, kinds, signal),
          announce: (text) => context.announce(text),
          onChange: ([chosen]) => {
            this.#record = chosen?.record;
            this.#grid.requestUpdate();
          },
          onProblem: () => undefined,
        }),
      apply: {
        label: words.say('action.apply'),
        run: () => {
          const record = this.#record;
          if (!record) return;
          panel.close();
          run(record);
        },
      },
    });
  }
}
