import type { ReactiveController } from 'lit';
import { ActivitySelectionChangeEvent } from '../../events/activity-selection-change-event.js';
import type { Activity } from '../../model/activity.js';
import { sameJson } from '../../model/json.js';
import type { ActivityQuery, Rest } from '../../model/query.js';
import type { ActivityElement } from '../base/activity-element.js';
import type { Sections } from './sections.js';

export type Selection = readonly string[];

/** What is selected: these, and with `rest` all that match a question but those it excepts. */
export interface Selected {
  readonly selection: Selection;
  readonly rest?: Rest | undefined;
}

export function toggled(selection: Selection, id: string): Selection {
  return selection.includes(id) ? selection.filter((other) => other !== id) : [...selection, id];
}

export function isSelected({ selection, rest }: Selected, id: string): boolean {
  return selection.includes(id) || (rest !== undefined && !rest.except.includes(id));
}

/** With one more or less of them. What is taken out of all that match is excepted from then on. */
export function withToggled(selected: Selected, id: string): Selected {
  const { selection, rest } = selected;
  if (!rest) return { selection: toggled(selection, id) };
  if (selection.includes(id)) return { selection: toggled(selection, id), rest };
  if (rest.except.includes(id)) return { selection: [...selection, id], rest };
  const { value, relation } = rest.count;
  return {
    selection,
    rest: {
      ...rest,
      except: [...rest.except, id],
      count: { value: Math.max(0, value - 1), relation },
    },
  };
}

/** How many that are; `isSure` where nothing is left uncounted. */
export function countOf({ selection, rest }: Selected): { value: number; isSure: boolean } {
  return {
    value: selection.length + (rest?.count.value ?? 0),
    isSure: rest?.count.relation !== 'atLeast',
  };
}

type SelectingElement = ActivityElement & { selection: Selection; rest: Rest | undefined };

/** More than these are sought by going through all rows once, fewer one by one. */
const FEW = 20;
/** Several selections this fast, in milliseconds, are announced as one. */
const ANNOUNCE_PAUSE = 500;

/** What was selected between two rows. */
interface Range {
  readonly from: string;
  readonly to: string;
  readonly before: Selection;
  /** With what was selected before. */
  readonly made: Selection;
}

/** What the user does to the selection: told by an event, then set, and announced when they pause. */
export class SelectionController implements ReactiveController {
  readonly #host: SelectingElement;
  readonly #sections: Sections;
  #anchor: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #known: { readonly of: Selection; readonly ids: ReadonlySet<string> } = {
    of: [],
    ids: new Set(),
  };
  /** Those selected that are in the list, loaded or not any more. */
  #present: ReadonlySet<string> = new Set();
  #pruned: Selection | undefined;
  /** What the list answered when it was looked at last. */
  #question: ActivityQuery | undefined;
  /** As the user made it last: a host may set another. */
  #own: Selection = [];
  /** A range of which not all is loaded yet; whatever else is selected meanwhile, by whomever, ends it. */
  #awaited: { readonly from: string; readonly to: string } | undefined;

  /** The range made last, on top of what was selected before it: from the same place another takes its place. */
  #range: Range | undefined;
  /** The list of which all are to be selected as soon as it is known which there are. */
  #awaitsAll: object | undefined;

  constructor(host: SelectingElement, sections: Sections) {
    this.#host = host;
    this.#sections = sections;
    host.addController(this);
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
  }

  hostUpdated(): void {
    const { selection } = this.#host;
    if (this.#awaitsAll && !this.#sections.isLoading) {
      const isSameList = this.#awaitsAll === this.#sections.answered;
      this.#awaitsAll = undefined;
      if (isSameList) this.selectAll();
    }
    if (!this.#sections.hasChanged && selection === this.#pruned) return;
    this.#recount();
    const awaited = this.#awaited;
    if (awaited && sameJson(selection, this.#own)) {
      this.extendTo(awaited.to, awaited.from);
    } else this.#awaited = undefined;
    this.#prune();
    this.#pruned = this.#host.selection;
  }

  has(id: string): boolean {
    const { selection, rest } = this.#host;
    if (this.#known.of !== selection) this.#known = { of: selection, ids: new Set(selection) };
    return this.#known.ids.has(id) || (rest !== undefined && !rest.except.includes(id));
  }

  get isAny(): boolean {
    return this.count.value > 0;
  }

  get count(): { value: number; isSure: boolean } {
    return countOf(this.#host);
  }

  get isAll(): boolean {
    const sections = this.#sections;
    const { selection, rest } = this.#host;
    if (rest) return this.isAny && rest.except.every((id) => this.has(id));
    const { layout, total } = sections;
    const { length } = layout;
    if (selection.length === 0 || !sections.isCounted) return false;
    // Those of a group that is collapsed are seen nowhere.
    if (total && selection.length < total.value) return false;
    for (let index = 0; index < length; index++) {
      const row = sections.rowAt(index);
      if (row ? !this.has(row.id) : !sections.groupAt(index)) return false;
    }
    return length > 0;
  }

  /** Those selected that are known, in order as far as they are loaded; sought anew where the list or the selection is another. */
  get rows(): readonly Activity[] {
    const { selection, rest } = this.#host;
    const { changes } = this.#sections;
    const known = this.#rows;
    if (known?.of !== selection || known.rest !== rest || known.changes !== changes) {
      this.#rows = { of: selection, rest, changes, rows: this.#seekRows() };
    }
    return this.#rows?.rows ?? [];
  }

  #rows:
    | {
        readonly of: Selection;
        readonly rest: Rest | undefined;
        readonly changes: number;
        readonly rows: readonly Activity[];
      }
    | undefined;

  #seekRows(): readonly Activity[] {
    const { selection, rest, store } = this.#host;
    if (selection.length === 0 && !rest) return [];
    if (rest || selection.length > FEW) {
      const loaded = this.#sections.loadedRows().filter(({ id }) => this.has(id));
      const ids = new Set(loaded.map(({ id }) => id));
      const others = [...this.#present].filter((id) => !ids.has(id) && this.has(id));
      return [...loaded, ...others.flatMap((id) => store?.row(id) ?? [])];
    }
    return selection
      .map((id) => ({ id, index: this.#sections.indexOf(id) }))
      .filter(({ id, index }) => index >= 0 || this.#present.has(id))
      .sort((a, b) => a.index - b.index)
      .flatMap(({ id, index }) => this.#sections.rowAt(index) ?? store?.row(id) ?? []);
  }

  /** What is to be done to all that is selected and not among `rows`. */
  restBeside(rows: readonly Activity[]): Rest | undefined {
    const { rest } = this.#host;
    if (!rest) return undefined;
    // Those selected one by one that are in another place by now, where nothing is loaded, are meant too.
    const excepted = rest.except.filter((id) => !this.has(id));
    const except = [...new Set([...excepted, ...rows.map(({ id }) => id)])];
    const { value, isSure } = this.count;
    return {
      query: rest.query,
      except,
      count: { value: Math.max(0, value - rows.length), relation: isSure ? 'exact' : 'atLeast' },
    };
  }

  toggle(id: string): void {
    this.#anchor = id;
    this.#set(withToggled(this.#host, id));
  }

  /** From where the user selected last, or from a row, to here; what is not loaded in between is waited for. */
  extendTo(id: string, where = this.#anchor ?? id): void {
    const sections = this.#sections;
    const { selection, rest } = this.#host;
    const range =
      this.#range && !rest && sameJson(this.#range.made, selection) ? this.#range : undefined;
    // From the end of a range it goes on where that began.
    const from = range?.to === where ? range.from : where;
    this.#anchor = from;
    const [a, b] = [sections.indexOf(from), sections.indexOf(id)];
    const [first, last] = a < 0 || b < 0 ? [b, b] : [Math.min(a, b), Math.max(a, b)];
    const ids: string[] = [];
    let isWhole = true;
    for (let index = Math.max(0, first); index <= last; index++) {
      const row = sections.rowAt(index);
      if (row) ids.push(row.id);
      else if (!sections.groupAt(index)) isWhole = false;
    }
    if (!isWhole) sections.ensure({ first, end: last + 1 });
    const before = range?.from === from ? range.before : selection;
    const known = new Set(before);
    const next = [...before, ...ids.filter((one) => (rest ? !this.has(one) : !known.has(one)))];
    if (isWhole || !sameJson(next, selection)) this.#set({ selection: next, rest });
    this.#range = { from, to: id, before, made: next };
    this.#awaited = isWhole ? undefined : { from, to: id };
  }

  /** All that match, also what is not loaded. */
  selectAll(): void {
    const sections = this.#sections;
    if (sections.isLoading && sections.layout.length === 0) {
      this.#awaitsAll = sections.answered;
      return;
    }
    const loaded = sections.loadedRows().map(({ id }) => id);
    const selection = [...new Set([...this.#host.selection, ...loaded])];
    const { question, total } = sections;
    if (!question || (sections.isCounted && loaded.length >= (total?.value ?? 0))) {
      this.#set({ selection });
      return;
    }
    const { value, relation } = total ?? { value: loaded.length, relation: 'atLeast' as const };
    this.#set({
      selection,
      rest: {
        query: question,
        except: selection,
        count: { value: Math.max(0, value - loaded.length), relation },
      },
    });
  }

  toggleAll(): void {
    if (this.isAll) this.clear();
    else this.selectAll();
  }

  clear(): void {
    this.#awaitsAll = undefined;
    this.#anchor = undefined;
    this.#set({ selection: [] });
  }

  /** Those that are done with go, and these are selected again, which had gone. `isAll`: so are all that were not loaded. */
  settle(done: ReadonlySet<string>, again: readonly string[], isAll = false): void {
    const { selection } = this.#host;
    const rest = isAll ? undefined : this.#host.rest;
    const next = [...new Set([...selection, ...again])].filter((id) => !done.has(id));
    if (next.join() !== selection.join() || rest !== this.#host.rest) {
      this.#set({ selection: next, rest }, { quiet: true });
    }
  }

  /** All that match are those that match now: others may have come, or gone. */
  #recount(): void {
    const { selection, rest } = this.#host;
    const { total, question, isHeld } = this.#sections;
    if (!rest || !total || isHeld || !hasSameRows(rest.query, question)) return;
    const known = rest.except.filter((id) => this.#sections.holds(id) || this.#sections.has(id));
    const value = Math.max(0, total.value - known.length);
    if (value === rest.count.value && total.relation === rest.count.relation) return;
    const count = { value, relation: total.relation };
    this.#set({ selection, rest: { ...rest, count } }, { quiet: true });
  }

  /** What was in the list and is no more is no longer selected, also where that is the list of another filter. */
  #prune(): void {
    const { selection, rest } = this.#host;
    const { isHeld, question } = this.#sections;
    if (selection.length === 0 && !rest) {
      this.#present = new Set();
      if (!isHeld) this.#question = question;
      return;
    }
    const present = new Set(
      selection.length > FEW
        ? this.#sections
            .loadedRows()
            .filter(({ id }) => this.has(id))
            .map(({ id }) => id)
        : selection.filter((id) => this.#sections.has(id)),
    );
    for (const id of selection) {
      // What was scrolled past, or is not loaded again after an act, has not left the list.
      if (!present.has(id) && this.#sections.holds(id)) present.add(id);
    }
    if (isHeld) {
      // Those of the list before: the answer that is on its way may be without them.
      this.#present = new Set([...this.#present, ...present]);
      return;
    }
    // In another order they stand where nothing is loaded yet.
    const isReordered = this.#question !== question && hasSameRows(this.#question, question);
    this.#question = question;
    const gone = isReordered
      ? []
      : [...this.#present].filter((id) => !present.has(id) && selection.includes(id));
    this.#present = present;
    const isOther =
      rest !== undefined && question !== undefined && !hasSameRows(rest.query, question);
    if (isOther || gone.length > 0) {
      const lost = new Set(gone);
      this.#set(
        { selection: selection.filter((id) => !lost.has(id)), rest: isOther ? undefined : rest },
        { quiet: true },
      );
    }
  }

  #set({ selection, rest }: Selected, { quiet = false } = {}): void {
    const host = this.#host;
    this.#own = selection;
    host.dispatchEvent(new ActivitySelectionChangeEvent({ selection, ...(rest && { rest }) }));
    host.selection = selection;
    host.rest = rest;
    clearTimeout(this.#timer);
    if (quiet) return;
    this.#awaitsAll = undefined;
    this.#awaited = undefined;
    this.#range = undefined;
    this.#timer = setTimeout(() => {
      host.context.announce(host.words.say('announce.selected', this.count.value));
    }, ANNOUNCE_PAUSE);
  }
}

/** They differ at most in their order, and in how much of each row they ask for. */
function hasSameRows(a: ActivityQuery | undefined, b: ActivityQuery | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  const bare = { sort: undefined, need: undefined };
  return sameJson({ ...a, ...bare }, { ...b, ...bare });
}
