import type { Activity, ActivityState, RecordRef } from '../../model/activity.js';
import type { StatusReason } from '../../model/activity-type.js';
import { SNOOZES, type Snooze } from '../../model/snooze.js';
import { may, mayMoveTo } from '../../provider/may.js';
import { ActivitySelectionChangeEvent } from '../../events/activity-selection-change-event.js';
import type { MenuController, MenuGroup } from '../../ui/menu.js';
import type { Anchor } from '../../ui/popover.js';
import type { NextStep } from '../base/next-step.js';
import { ASKED, type ActOptions, type Outcome, type Part } from '../base/requests.js';
import { moveOf, rescheduleQuestion } from '../base/reschedule.js';
import { subjectOf } from '../base/subject-link.js';
import { MOST_ORDERED, type BoardData, type Reordered } from './board-data.js';
import { cardMenu } from './card-menu.js';
import { hasTrait, type Group } from './groups.js';
import type { KanbanHost } from './kanban-host.js';
import {
  planMoves,
  reasonsFor,
  whyNot,
  withReasons,
  type Move,
  type MoveContext,
} from './moves.js';
import { cellKey, cellName, totalWords, type Cell } from './lanes.js';
import type { People } from './people.js';

export interface CardActsOptions {
  readonly data: BoardData;
  readonly people: People;
  /** Asks among few: the reason of a new status, to whom, until when. */
  readonly chooser: MenuController;
  /** How it went, and what comes next. */
  readonly next: NextStep;
  /** Key of the cell in which a card stands. */
  readonly cellOf: (id: string) => string | undefined;
  readonly indexOf: (cell: string, id: string) => number;
  /** There is room for one lane. */
  readonly isNarrow: () => boolean;
  /** Opens as a click on the subject does. */
  readonly open: (id: string) => void;
  readonly edit: (id: string) => void;
  readonly toggleBody: (id: string) => void;
  readonly hasBody: (id: string) => boolean;
  /** Where a card is, for what is asked beside it. */
  readonly anchorOf: (id: string) => Anchor | undefined;
}

/** What waits for a word of the user's: these cards, on their way to this cell. */
interface Asked {
  readonly ids: ReadonlySet<string>;
  readonly cell: string;
}

export interface PlaceOptions {
  /** Before which card of the cell; only where the order is the user's own. */
  readonly index?: number | undefined;
  /** Where the reason is asked for. */
  readonly at?: Anchor | undefined;
}

/** What can be done to cards, the same for every gesture: drag, menu and key. */
export class CardActs {
  readonly #host: KanbanHost;
  readonly #options: CardActsOptions;
  #choose: ((value: string | undefined) => void) | undefined;
  #asked: Asked | undefined;

  constructor(host: KanbanHost, options: CardActsOptions) {
    this.#host = host;
    this.#options = options;
  }

  /** Cards whose new reason is being asked for. */
  get asked(): Asked | undefined {
    return this.#asked;
  }

  /** What a gesture on a card is about: that card first and, if it is selected, all that are. */
  with(id: string): readonly Activity[] {
    const { selection } = this.#host;
    const ids = selection.includes(id) ? [id, ...selection.filter((one) => one !== id)] : [id];
    return this.rows(ids);
  }

  /** As the store has them. */
  rows(ids: Iterable<string>): Activity[] {
    return [...ids].flatMap((id) => this.#host.store?.row(id) ?? []);
  }

  /** Why these may not all go to a cell; undefined where they may. */
  whyNot(to: Cell, ids: Iterable<string>): string | undefined {
    const context = this.#context;
    return context && whyNot(this.rows(ids), traitsOf(to), context);
  }

  /** Takes what was dragged to a cell, as far as it still exists. */
  async drop(ids: Iterable<string>, to: string, options: PlaceOptions = {}): Promise<void> {
    const { context, words } = this.#host;
    const rows = this.rows(ids);
    if (rows.length > 0) await this.place(rows, to, options);
    else context.notify({ kind: 'error', text: words.say('empty.not-found') });
  }

  /** Takes cards to a cell, or says why not. Those that moved are no longer selected. */
  async place(
    rows: readonly Activity[],
    to: string,
    { index, at }: PlaceOptions = {},
  ): Promise<void> {
    const { words, context } = this.#host;
    const { data } = this.#options;
    const cell = data.cell(to);
    const moveContext = this.#context;
    if (!cell || !moveContext) return;
    const ids = rows.map(({ id }) => id);
    const place = data.order === 'own' ? index : undefined;
    // What stands above a place is known by then.
    const problem = place !== undefined && (await data.load(to, place));
    if (problem) return this.#refuse(words.failure(problem));
    let plan = planMoves(rows, traitsOf(cell), moveContext);
    if ('why' in plan) return this.#refuse(plan.why);
    const reasons = await this.#reasonsFor(plan.moves, cell, at);
    if (reasons === null) {
      context.announce(words.say('kanban.put-back'));
      return;
    }
    // What others did while the user was choosing counts.
    if (reasons.size > 0) plan = planMoves(this.rows(ids), traitsOf(cell), moveContext);
    if ('why' in plan) return this.#refuse(plan.why);
    const moves = withReasons(plan.moves, reasons);
    const order = place === undefined ? undefined : data.reorder(to, ids, place);
    // What comes from elsewhere then stands where the lane's own order has it, as is told.
    if (order === 'too-far' && moves.length === 0) {
      return this.#refuse(words.say('kanban.order-too-far', MOST_ORDERED));
    }
    const reordered = order === 'too-far' ? undefined : order;
    if (reordered && moves.length === 0) {
      await reordered.kept;
      this.#tellOrder(rows, cell, reordered);
    }
    const done = await this.#write(moves, {
      label: this.#changeOf(cell, this.rows(ids)),
      reordered,
      staying: stayingOf(ids, moves),
    });
    const { selection } = this.#host;
    const rest = selection.filter((id) => !done.has(id));
    if (rest.length < selection.length) this.#setSelection(rest);
    if (done.size > 0 || moves.length === 0) this.#tellPlace(ids, cell);
    const completed = moves.filter(({ state }) => state === 'completed');
    const ended = completed.flatMap(({ activities }) =>
      activities.filter(({ id }) => done.has(id)),
    );
    void this.#options.next.propose(ended);
  }

  /** Takes cards to a state with its default reason. */
  async moveTo(rows: readonly Activity[], state: ActivityState): Promise<void> {
    const { requests } = this.#host;
    const able = rows.filter((row) => this.#mayMove(row, state));
    if (able.length === 0) return;
    const label = this.#host.words.stateName(state);
    const outcome = await requests.moveStatus(able, state, this.#doneWords(able, label));
    const ids = able.map(({ id }) => id);
    const to = this.#options.data.cellWith(ids);
    if (outcome.isDone && to) this.#tellPlace(ids, to);
    if (outcome.isDone && state === 'completed') void this.#options.next.propose(able);
  }

  /** To another day. Others who hear of it are named first. */
  async snooze(rows: readonly Activity[], to: Snooze): Promise<void> {
    const { words, requests, context } = this.#host;
    const question = rescheduleQuestion(this.#host, rows, to);
    if (question && !(await context.ask(question))) return;
    await requests.updateEach(
      rows,
      (row) => moveOf(this.#host, row, to),
      (count) => words.say('announce.updated', count),
      ASKED,
    );
  }

  async assign(rows: readonly Activity[], owner: RecordRef): Promise<void> {
    await this.#host.requests.update(rows, { owner });
  }

  maySnooze(row: Activity): boolean {
    const { store } = this.#host;
    return store !== undefined && may('edit', row, store.permissions) === true;
  }

  #mayMove(row: Activity, state: ActivityState): boolean {
    const { store } = this.#host;
    return (
      store !== undefined &&
      row.state !== state &&
      row.access !== 'busy' &&
      mayMoveTo(state, row, store.permissions) === true
    );
  }

  mayComplete(row: Activity): boolean {
    return this.#mayMove(row, 'completed');
  }

  toggle(id: string): void {
    const { selection } = this.#host;
    const isSelected = selection.includes(id);
    this.select(isSelected ? selection.filter((one) => one !== id) : [...selection, id]);
  }

  select(selection: readonly string[]): void {
    const { context, words } = this.#host;
    this.#setSelection(selection);
    context.announce(words.say('announce.selected', selection.length));
  }

  askSnooze(id: string, at: Anchor): void {
    const { words } = this.#host;
    const rows = this.with(id).filter((row) => this.maySnooze(row));
    void this.#options.chooser.open(at, {
      label: words.say('kanban.snooze-until'),
      groups: [
        {
          label: words.say('kanban.snooze-until'),
          items: SNOOZES.map((to) => ({
            label: words.say(`kanban.snooze-${to}`),
            onSelect: () => void this.snooze(rows, to),
          })),
        },
      ],
    });
  }

  askOwner(id: string, at: Anchor): void {
    const { words } = this.#host;
    const rows = this.with(id);
    void this.#options.chooser.open(at, {
      label: words.say('action.assign-to'),
      groups: () => [
        {
          label: words.say('action.assign-to'),
          items: this.#options.people.all.map((person) => ({
            label: words.recordName(person),
            onSelect: () => void this.assign(rows, person),
          })),
        },
      ],
    });
  }

  /** The menu of a card. Asked at every render while it is open. */
  menuOf(id: string): MenuGroup[] {
    const host = this.#host;
    const { words, store } = host;
    const { data, cellOf, anchorOf } = this.#options;
    const rows = this.with(id);
    const [row] = rows;
    const from = cellOf(id);
    const cell = from === undefined ? undefined : data.cell(from);
    if (!row || !store) return [];
    const isOpenable = host.context.canOpen || host.linkTo({ activity: row }) !== undefined;
    const saving = host.isBusy(row) ? words.say('sync.saving') : undefined;
    const ids = rows.map((one) => one.id);
    const at = anchorOf(id);
    const target = (group: Group, key: string) => {
      const to = data.cell(key);
      return {
        label: group.label,
        why: saving ?? (to && this.whyNot(to, ids)),
        onSelect: () => void this.place(rows, key, { at }),
      };
    };
    const isOwnOrder = data.order === 'own' && from !== undefined && rows.length === 1;
    const index = from === undefined ? -1 : this.#options.indexOf(from, id);
    const { value: count, relation } = data.total(from ?? '');
    const hasBottom = relation === 'exact' && count < MOST_ORDERED;
    const put = (to: number) => () => void this.place([row], from ?? '', { index: to });
    const moveAll = (state: ActivityState): (() => void) | undefined =>
      !saving && rows.some((one) => this.#mayMove(one, state))
        ? () => void this.moveTo(rows, state)
        : undefined;
    return cardMenu({
      words,
      count: rows.length,
      isNarrow: this.#options.isNarrow(),
      isSelected: host.selection.includes(id),
      hasBody: this.#options.hasBody(id),
      onOpen: isOpenable ? () => this.#options.open(id) : undefined,
      onEdit:
        !saving && may('edit', row, store.permissions) === true
          ? () => this.#options.edit(id)
          : undefined,
      onBody: row.access === 'busy' ? undefined : () => this.#options.toggleBody(id),
      onSelect: () => this.toggle(id),
      onComplete: moveAll('completed'),
      cancelLabel:
        rows.length > 1
          ? words.say('action.cancel-activities')
          : words.say('action.cancel-activity', words.typeName(host.typeOf(row))),
      onCancel: moveAll('canceled'),
      onDoneAndNext:
        !saving && rows.length === 1 && row.access !== 'busy' && this.#options.next.canAsk(row)
          ? () => this.#options.next.ask(row)
          : undefined,
      onSnooze:
        at && !saving && rows.every((one) => this.maySnooze(one))
          ? () => this.askSnooze(id, at)
          : undefined,
      onAssign:
        at && !saving && may('assign', row, store.permissions) === true
          ? () => this.askOwner(id, at)
          : undefined,
      lanes: data.lanes
        .filter(({ key }) => key !== cell?.lane.key)
        .map((lane) => target(lane, cellKey(lane.key, cell?.row?.key))),
      rows: (data.rows ?? [])
        .filter(({ key }) => cell && key !== cell.row?.key)
        .map((swim) => target(swim, cellKey(cell?.lane.key ?? '', swim.key))),
      onUp: isOwnOrder && index > 0 ? put(index - 1) : undefined,
      onDown: isOwnOrder && index < count - 1 ? put(index + 2) : undefined,
      onTop: isOwnOrder && index > 0 ? put(0) : undefined,
      onBottom: isOwnOrder && hasBottom && index < count - 1 ? put(count) : undefined,
    });
  }

  /** Ends the question for a reason where its menu was left without an answer. */
  readonly chooserClosed = (): void => {
    // What is chosen is told after the menu has closed.
    queueMicrotask(() => this.#choose?.(undefined));
  };

  /** By type; none: the defaults. Null: the user thought better of it. */
  async #reasonsFor(
    moves: readonly Move[],
    cell: Cell,
    at: Anchor | undefined,
  ): Promise<ReadonlyMap<string, string> | null> {
    const { store, words, reasons: how } = this.#host;
    const moving = moves.filter(({ state }) => state !== undefined);
    const state = moving[0]?.state;
    const chosen = new Map<string, string>();
    if (!store || state === undefined || how === 'default' || !at) return chosen;
    const activities = moving.flatMap((move) => move.activities);
    const isOfOneType = new Set(activities.map(({ type }) => type)).size === 1;
    for (const [type, reasons] of reasonsFor(state, activities, store.permissions)) {
      const label = words.say('kanban.reason', cell.lane.label);
      const reason = await this.#ask(
        isOfOneType ? label : `${words.typesName(store.types.get(type))} · ${label}`,
        { ids: new Set(activities.map(({ id }) => id)), cell: cell.key },
        reasons,
        at,
      );
      if (reason === undefined) return null;
      chosen.set(type, reason);
    }
    return chosen;
  }

  async #ask(
    label: string,
    asked: Asked,
    reasons: readonly StatusReason[],
    at: Anchor,
  ): Promise<string | undefined> {
    const { words } = this.#host;
    this.#setAsked(asked);
    const chosen = await new Promise<string | undefined>((resolve) => {
      this.#choose = resolve;
      const items = reasons.map((reason) => ({
        label: words.label(reason.label),
        onSelect: () => resolve(reason.name),
      }));
      void this.#options.chooser.open(at, { label, groups: [{ label, items }] });
    });
    this.#choose = undefined;
    this.#setAsked(undefined);
    return chosen;
  }

  #setAsked(asked: Asked | undefined): void {
    this.#asked = asked;
    this.#host.requestUpdate();
  }

  async #write(
    moves: readonly Move[],
    { label, reordered, staying }: WriteOptions,
  ): Promise<ReadonlySet<string>> {
    const { requests, words } = this.#host;
    const write = (
      { activities, state, reason, patch }: Move,
      options: Pick<ActOptions, 'done' | 'isPart' | 'mayTell'>,
    ): Promise<Outcome> => {
      if (state === undefined) return requests.update(activities, patch ?? {}, options);
      return requests.moveStatus(activities, state, {
        ...options,
        ...(reason !== undefined && { reason }),
        ...(patch && { patch }),
      });
    };
    const [only, second] = moves;
    if (!only) return new Set();
    const others = staying.length > 0 && reordered ? [() => asOutcome(reordered, staying)] : [];
    const { results } =
      second || others.length > 0
        ? await requests.together(
            [...moves.map((move) => (part: Part) => write(move, part)), ...others],
            (count) => words.say('announce.moved-many', count, label),
          )
        : await write(only, this.#doneWords(only.activities, label));
    return new Set(results.flatMap((one) => ('error' in one ? [] : [one.key, one.id])));
  }

  #doneWords(activities: readonly Activity[], to: string): { readonly done?: string } {
    const [first, second] = activities;
    const { words } = this.#host;
    if (!first || second) return {};
    return { done: words.say('announce.moved', subjectOf(this.#host, first), to) };
  }

  /** What of a cell is new to some of these: the lane, the row, or both. */
  #changeOf({ lane, row }: Cell, activities: readonly Activity[]): string {
    const { words } = this.#host;
    const context = this.#context;
    const isNew = ({ trait }: Group): boolean =>
      context !== undefined &&
      activities.some(
        (one) => !hasTrait(one, trait, { ...context, types: context.permissions.types }),
      );
    if (!row || !isNew(row)) return lane.label;
    return isNew(lane)
      ? words.say('kanban.lane-in-row', lane.label, row.label)
      : words.say('kanban.row', row.label);
  }

  /** Where it stands now: "Completed, 2 of 7". */
  #tellPlace(ids: readonly string[], cell: Cell): void {
    const { words, context } = this.#host;
    const { data } = this.#options;
    const index = data.answer(cell.key).rows.findIndex(({ id }) => ids.includes(id));
    if (index < 0) return;
    const count = totalWords(words, data.total(cell.key));
    const place = words.number(index + 1);
    context.announce(words.say('kanban.position', cellName(words, cell), place, count));
  }

  /** Nothing was written but the user's own order. */
  #tellOrder(activities: readonly Activity[], cell: Cell, { takeBack }: Reordered): void {
    const { words, context } = this.#host;
    const [first, second] = activities;
    if (!first) return;
    const name = cellName(words, cell);
    context.notify({
      kind: 'done',
      text: second
        ? words.say('kanban.reordered-many', activities.length, name)
        : words.say('kanban.reordered', subjectOf(this.#host, first), name),
      action: {
        label: words.say('action.undo'),
        run: () => {
          void takeBack();
          context.announce(words.say('announce.undone'));
        },
      },
    });
  }

  #refuse(why: string): void {
    const { words, context } = this.#host;
    context.notify({ kind: 'error', text: words.say('announce.refused', why) });
  }

  get #context(): MoveContext | undefined {
    const { store, words, now } = this.#host;
    return store && { permissions: store.permissions, words, now };
  }

  #setSelection(selection: readonly string[]): void {
    this.#host.dispatchEvent(new ActivitySelectionChangeEvent({ selection }));
    this.#host.selection = selection;
  }
}

interface WriteOptions {
  /** To what they are moved, in words. */
  readonly label: string;
  readonly reordered: Reordered | undefined;
  /** Those that stood in the cell already, and were put elsewhere in it. */
  readonly staying: readonly string[];
}

/** As a part of an act of which the rest is written. */
async function asOutcome({ kept, takeBack }: Reordered, ids: readonly string[]): Promise<Outcome> {
  await kept;
  return {
    isDone: true,
    results: ids.map((id) => ({ key: id, id })),
    undo: async () => {
      await takeBack();
      return { isDone: true, results: [] };
    },
  };
}

/** Those of which nothing is to be written. */
function stayingOf(ids: readonly string[], moves: readonly Move[]): readonly string[] {
  const moving = new Set(moves.flatMap(({ activities }) => activities.map(({ id }) => id)));
  return ids.filter((id) => !moving.has(id));
}

function traitsOf({ lane, row }: Cell): Group['trait'][] {
  return row ? [lane.trait, row.trait] : [lane.trait];
}
