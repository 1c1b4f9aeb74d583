import type { ReactiveController } from 'lit';
import { ActivityViewChangeEvent } from '../../events/activity-view-change-event.js';
import type { ActivityElement } from '../base/activity-element.js';
import { readPreference, writePreference } from '../base/preferences.js';
import type { ActivityPreferences } from '../../provider/preferences.js';
import {
  clampWidth,
  frozenCount,
  toArrangement,
  toJson,
  toLeastWidth,
  toTracks,
  withMoved,
  withShown,
  withWidth,
  type Arrangement,
} from '../base/arrangement.js';
import {
  allColumns,
  isOwn,
  ownColumns,
  toColumns,
  type Column,
  type GridColumn,
} from '../base/columns.js';

type ColumnsElement = ActivityElement & {
  columns?: readonly (string | GridColumn)[];
  arrangement?: Arrangement | undefined;
  readonly isNarrow: boolean;
};

const PREFERENCE = 'grid.columns';
/** What a key makes a column wider or narrower by, in px. */
const STEP = 10;

interface Resizing {
  readonly name: string;
  readonly from: number;
  width: number;
}

/**
 * The columns as the host offers and the user arranges them: shown, hidden, moved, made wider, the first ones kept in sight. What
 * the user arranged is kept in their preferences, apart for each set of columns that a host offers.
 */
export class GridColumns implements ReactiveController {
  readonly #host: ColumnsElement;
  #arranged: Arrangement | undefined;
  #read: readonly [ActivityPreferences | undefined, string] = [undefined, ''];
  #resizing: Resizing | undefined;
  /** Hears of a press elsewhere while it is resized by keys. */
  #elsewhere: AbortController | undefined;
  /** What the host set, and what can be used of it. */
  #given: readonly [Arrangement | undefined, Arrangement | undefined] = [undefined, undefined];
  #madeOf: readonly unknown[] = [];
  #all: readonly Column[] = [];
  #shown: readonly Column[] = [];

  constructor(host: ColumnsElement) {
    this.#host = host;
    host.addController(this);
  }

  hostUpdate(): void {
    const { store, preferences, columns } = this.#host;
    const parts = [store?.types, columns, this.#chosen];
    if (parts.some((part, index) => part !== this.#madeOf[index]) || this.#all.length === 0) {
      this.#madeOf = parts;
      this.#all = allColumns(store?.types ?? [], ownColumns(columns));
      this.#shown = toColumns(this.#all, this.#chosen?.shown ?? this.#names);
    }
    if (!store || !this.#host.isConnected) return;
    const key = this.#key;
    if (this.#read[0] === preferences && this.#read[1] === key) return;
    this.#read = [preferences, key];
    this.#arranged = undefined;
    void readPreference(preferences, key).then((kept) => {
      if (this.#read[0] !== preferences || this.#read[1] !== key) return;
      this.#arranged = toArrangement(kept);
      if (this.#arranged) this.#host.requestUpdate();
    });
  }

  get #names(): readonly string[] | undefined {
    const { columns } = this.#host;
    if (!Array.isArray(columns)) return undefined;
    return (columns as readonly unknown[]).flatMap((one) =>
      typeof one === 'string' ? one : isOwn(one) && one.hidden !== true ? one.name : [],
    );
  }

  get #key(): string {
    const names = this.#names;
    return names && names.length > 0 ? `${PREFERENCE}:${names.join()}` : PREFERENCE;
  }

  /** All there can be, in the order in which they are offered. */
  get all(): readonly Column[] {
    return this.#all;
  }

  get shown(): readonly Column[] {
    return this.#shown;
  }

  byField(field: string | undefined): Column | undefined {
    return field === undefined ? undefined : this.#all.find((column) => column.field === field);
  }

  /** As what is around the grid has them, else as the user has arranged them everywhere; undefined: as they come. */
  get #chosen(): Arrangement | undefined {
    const { arrangement } = this.#host;
    if (arrangement !== this.#given[0]) this.#given = [arrangement, toArrangement(arrangement)];
    return this.#given[1] ?? this.#arranged;
  }

  get arrangement(): Arrangement {
    return (
      this.#chosen ?? {
        shown: this.#shown.map(({ name }) => name),
        widths: {},
        isFrozen: false,
      }
    );
  }

  get isArranged(): boolean {
    return this.#chosen !== undefined;
  }

  /** How many of the columns stay in sight, besides what selects. */
  get frozen(): number {
    return this.arrangement.isFrozen ? frozenCount(this.#shown) : 0;
  }

  /** What they take of the room where the rows scroll sideways, with what selects, as a length in CSS; undefined: none stays. */
  get frozenWidth(): string | undefined {
    const { frozen } = this;
    if (frozen === 0) return undefined;
    const width = toLeastWidth(this.#shown.slice(0, frozen), this.arrangement);
    return `calc(var(--_col-select) + ${width})`;
  }

  /** Of the CSS grid, without what selects and what acts. */
  get tracks(): string {
    return toTracks(this.#shown, this.arrangement).join(' ');
  }

  /** Below that width the rows scroll sideways, as a length in CSS. */
  get leastWidth(): string {
    return toLeastWidth(this.#shown, this.arrangement);
  }

  show(name: string, on: boolean): void {
    this.#arrange(withShown(this.arrangement, name, on));
  }

  move(name: string, by: number): void {
    const seen = this.#shown.map((column) => column.name);
    this.#arrange(withMoved(this.arrangement, name, by, seen));
  }

  freeze(on: boolean): void {
    this.#arrange({ ...this.arrangement, isFrozen: on });
  }

  /** As the host, or the kit, has them. */
  reset(): void {
    if (this.#host.arrangement) {
      const shown = toColumns(this.#all, this.#names).map(({ name }) => name);
      this.#tell({ shown, widths: {}, isFrozen: false });
      return;
    }
    this.#arranged = undefined;
    void writePreference(this.#host, this.#key, undefined);
    this.#host.requestUpdate();
  }

  #arrange(arrangement: Arrangement): void {
    if (arrangement === this.arrangement) return;
    if (this.#host.arrangement) {
      this.#tell(arrangement);
      return;
    }
    this.#arranged = arrangement;
    void writePreference(this.#host, this.#key, toJson(arrangement));
    this.#host.requestUpdate();
  }

  /** What is around the grid keeps it. */
  #tell(arrangement: Arrangement): void {
    this.#host.dispatchEvent(new ActivityViewChangeEvent({ arrangement: toJson(arrangement) }));
    this.#host.arrangement = arrangement;
  }

  // ── width ────────────────────────────────────────────────────────────────────────────────────

  /** The column that is being made wider or narrower by keys. */
  get resizing(): string | undefined {
    return this.#resizing?.name;
  }

  /** From then on the arrows change its width, until Enter keeps it, or who goes elsewhere, or Escape does not. */
  resizeByKeys(name: string, header: HTMLElement): void {
    const from = header.offsetWidth;
    this.#resizing = { name, from, width: from };
    this.#host.requestUpdate();
    this.#say();
    this.#elsewhere = new AbortController();
    const { signal } = this.#elsewhere;
    window.addEventListener('pointerdown', () => this.#end(true), { capture: true, signal });
  }

  /** What a key means while a column's width is changed; true if it was taken. */
  keyWhileResizing(event: KeyboardEvent): boolean {
    const resizing = this.#resizing;
    if (!resizing) return false;
    const header = (event.target as Element).closest<HTMLElement>('[role=columnheader]');
    if (header?.dataset['col'] !== resizing.name) {
      this.#end(true);
      return false;
    }
    const isBack = (event.currentTarget as Element).matches(':dir(rtl)')
      ? 'ArrowRight'
      : 'ArrowLeft';
    switch (event.key) {
      case 'ArrowLeft':
      case 'ArrowRight':
        resizing.width = clampWidth(resizing.width + (event.key === isBack ? -STEP : STEP));
        this.#draw(resizing);
        this.#say();
        return true;
      case 'Enter':
      case 'Escape':
      case 'Tab':
        this.#end(event.key !== 'Escape');
        return event.key !== 'Tab';
      default:
        return false;
    }
  }

  /** The pointer went down on the edge of a header: its width follows, and is kept when it is let go. */
  readonly resizeByPointer = (event: PointerEvent, name: string): void => {
    const handle = event.currentTarget as HTMLElement;
    const header = handle.closest<HTMLElement>('[role=columnheader]');
    if (!header || event.button !== 0) return;
    event.preventDefault();
    event.stopPropagation();
    const sign = header.matches(':dir(rtl)') ? -1 : 1;
    const from = header.offsetWidth;
    const resizing: Resizing = { name, from, width: from };
    this.#resizing = resizing;
    handle.setPointerCapture(event.pointerId);
    const ending = new AbortController();
    const { signal } = ending;
    const move = ({ clientX }: PointerEvent): void => {
      resizing.width = clampWidth(from + sign * (clientX - event.clientX));
      this.#draw(resizing);
    };
    const end = (isKept: boolean): void => {
      ending.abort();
      this.#end(isKept && resizing.width !== from);
    };
    handle.addEventListener('pointermove', move, { signal });
    handle.addEventListener('pointerup', () => end(true), { signal });
    handle.addEventListener('pointercancel', () => end(false), { signal });
  };

  /** One style property, whatever the number of rows; nothing is rendered. */
  #draw({ name, width }: Resizing): void {
    const tracks = toTracks(this.#shown, withWidth(this.arrangement, name, width));
    this.#grid?.style.setProperty('--_columns', tracks.join(' '));
  }

  #end(isKept: boolean): void {
    this.#elsewhere?.abort();
    const resizing = this.#resizing;
    this.#resizing = undefined;
    if (!resizing) return;
    this.#grid?.style.setProperty('--_columns', this.tracks);
    if (isKept) this.#arrange(withWidth(this.arrangement, resizing.name, resizing.width));
    this.#host.requestUpdate();
  }

  get #grid(): HTMLElement | null | undefined {
    return this.#host.shadowRoot?.querySelector<HTMLElement>('.grid');
  }

  #say(): void {
    const { words, context } = this.#host;
    if (this.#resizing) context.announce(words.say('grid.width', this.#resizing.width));
  }

  // ── place ────────────────────────────────────────────────────────────────────────────────────

  /** The pointer went down on a header: it moves to where it is let go. A press that does not move is a click as ever. */
  readonly dragByPointer = (event: PointerEvent, name: string): void => {
    const header = event.currentTarget as HTMLElement;
    if (event.button !== 0 || event.pointerType === 'touch') return;
    const ending = new AbortController();
    const { signal } = ending;
    let target: string | undefined;
    const headers = [...(header.parentElement?.children ?? [])].filter(
      (one): one is HTMLElement =>
        one instanceof HTMLElement &&
        this.#shown.some((column) => column.name === one.dataset['col']),
    );
    let isDragged = false;
    const move = ({ clientX }: PointerEvent): void => {
      if (!isDragged && Math.abs(clientX - event.clientX) < 6) return;
      isDragged = true;
      const over = headers.find((one) => {
        const { left, right } = one.getBoundingClientRect();
        return clientX >= left && clientX < right;
      });
      target = over?.dataset['col'] ?? target;
      for (const one of headers) {
        one.classList.toggle('dragged', one === header);
        one.classList.toggle('target', one !== header && one.dataset['col'] === target);
      }
    };
    const end = (isKept: boolean): void => {
      ending.abort();
      for (const one of headers) one.classList.remove('dragged', 'target');
      if (!isDragged) return;
      // What was dragged was not clicked.
      window.addEventListener('click', stop, { capture: true, once: true });
      setTimeout(() => window.removeEventListener('click', stop, { capture: true }));
      const from = this.#shown.findIndex((column) => column.name === name);
      const to = this.#shown.findIndex((column) => column.name === target);
      if (isKept && to >= 0 && to !== from) this.move(name, to - from);
    };
    window.addEventListener('pointermove', move, { signal });
    window.addEventListener('pointerup', () => end(true), { signal });
    window.addEventListener('pointercancel', () => end(false), { signal });
    window.addEventListener(
      'keydown',
      (key) => {
        if (key.key === 'Escape') end(false);
      },
      { signal },
    );
  };
}

function stop(event: Event): void {
  event.stopPropagation();
  event.preventDefault();
}
