import type { Activity, RecordRef } from '../../model/activity.js';
import type { Filter } from '../../model/query.js';
import { isRecord } from '../../model/query-fields.js';
import { compareTexts } from '../../model/text-order.js';
import type { ActivityElement } from '../base/activity-element.js';
import type { Column } from '../base/columns.js';
import type { Group } from './sections.js';

/** So many records have a group each; what is about further ones stands in a last group, sorted by them. */
export const MOST_RECORDS = 50;
/** Where nothing is counted, each group asks for its rows at once. */
const MOST_UNCOUNTED = 12;

/**
 * The groups of a column of records. Which records there are, no data source is asked: the rows that fall into none of the known
 * groups tell. They are asked for in the list's own order, a page at a time, until there are none left or there are enough groups;
 * so a list of any length costs as many questions as its records fill pages, and a record that comes up later has its group at once.
 */
export class RecordGroups {
  readonly #grid: ActivityElement;
  readonly #known = new Map<string, RecordRef>();
  #asked: readonly unknown[] = [];
  #made: { readonly key: readonly unknown[]; readonly groups: readonly Group[] } | undefined;

  constructor(grid: ActivityElement) {
    this.#grid = grid;
  }

  /** `question`: names what is listed. Of another list those known stay, if there is room for those to come. */
  of(column: Column, question: string, canSort: boolean): readonly Group[] {
    const { store, words } = this.#grid;
    const asked = [store, column.field, question];
    const isOther = asked.some((part, index) => part !== this.#asked[index]);
    if (isOther) {
      const isSameColumn = store === this.#asked[0] && column.field === this.#asked[1];
      if (!isSameColumn || this.#known.size >= this.#most) this.#known.clear();
      this.#asked = asked;
    }
    const key = [...asked, words, canSort, this.#known.size];
    if (this.#made?.key.every((part, index) => part === key[index])) return this.#made.groups;
    this.#made = { key, groups: this.#make(column, canSort) };
    return this.#made.groups;
  }

  get #most(): number {
    return this.#grid.store?.provider.count ? MOST_RECORDS : MOST_UNCOUNTED;
  }

  #make(column: Column, canSort: boolean): readonly Group[] {
    const { words } = this.#grid;
    const { field = '' } = column;
    const records = [...this.#known.values()].sort((a, b) =>
      compareTexts(words.recordName(a), words.recordName(b)),
    );
    const named = records.map(({ kind, id }) => ({ kind, id }));
    const isFull = this.#known.size >= this.#most;
    const isThere: Filter = { field, op: 'empty', value: false };
    const blank: Group = {
      key: '',
      label: words.say(field === 'regarding' ? 'record.personal' : 'value.none'),
      filter: { field, op: 'empty' },
    };
    return [
      ...records.map((record): Group => {
        const { kind, id } = record;
        return {
          key: `${kind}:${id}`,
          label: words.recordName(record),
          filter: { field, op: 'eq', value: { kind, id } },
        };
      }),
      {
        key: 'others',
        label: words.say('grid.group-others'),
        filter:
          named.length === 0
            ? isThere
            : { all: [isThere, { not: { field, op: 'in', value: named } }] },
        ...(isFull
          ? canSort && { sort: { field, direction: 'asc' } }
          : { learn: (rows) => this.#learn(column, rows) }),
      },
      blank,
    ];
  }

  #learn(column: Column, rows: Iterable<Activity>): boolean {
    const before = this.#known.size;
    for (const row of rows) {
      if (this.#known.size >= this.#most) break;
      const value = column.value(row, this.#grid.typeOf(row));
      if (!isRecord(value)) continue;
      const key = `${value.kind}:${value.id}`;
      if (!this.#known.has(key)) this.#known.set(key, value);
    }
    return this.#known.size > before;
  }
}
