import { html, type TemplateResult } from 'lit';
import type { RecordRef } from '../../model/activity.js';
import type { Label } from '../../model/activity-type.js';
import { addDays, type Day } from '../../model/time.js';
import { checkField } from '../../ui/fields/check-field.js';
import { choiceField } from '../../ui/fields/choice-field.js';
import { numberField } from '../../ui/fields/number-field.js';
import { RecordFieldController } from '../../ui/fields/record-field.js';
import { textField } from '../../ui/fields/text-field.js';
import { timeField } from '../../ui/fields/time-field.js';
import type { Anchor } from '../../ui/popover.js';
import type { ActivityGrid } from './activity-grid.js';
import type { ColumnFilter } from '../../model/column-filter.js';
import type { Column } from '../base/columns.js';

/** What a filter of a column is set by: each kind of data has its own fields. */
export class FilterPanel {
  readonly #grid: ActivityGrid;
  readonly #lookup: RecordFieldController;
  #column: Column | undefined;
  #filter: ColumnFilter | undefined;

  constructor(grid: ActivityGrid) {
    this.#grid = grid;
    this.#lookup = new RecordFieldController(grid);
  }

  open(anchor: Anchor, column: Column): void {
    const { words, panel } = this.#grid;
    this.#column = column;
    this.#filter = this.#grid.filters[column.name];
    this.#lookup.reset();
    void panel.open(anchor, {
      label: words.say('grid.filter-by', words.label(column.label)),
      content: () => this.#content(column),
      apply: { label: words.say('action.apply'), run: () => this.#apply(this.#filter) },
      other: { label: words.say('action.clear'), run: () => this.#apply(undefined) },
    });
  }

  #apply(filter: ColumnFilter | undefined): void {
    const column = this.#column;
    this.#grid.panel.close();
    if (column) this.#grid.setFilter(column, filter);
  }

  #set(filter: ColumnFilter | undefined): void {
    this.#filter = filter;
    this.#grid.requestUpdate();
  }

  #content(column: Column): TemplateResult {
    const isEmpty = this.#filter?.kind === 'empty';
    const { words } = this.#grid;
    return html`${isEmpty ? '' : this.#fields(column)}
    ${
      column.isOptional
        ? checkField({
            id: 'filter-empty',
            label: words.say('grid.filter-empty'),
            value: isEmpty,
            onChange: (on) => this.#set(on ? { kind: 'empty' } : undefined),
          })
        : ''
    }`;
  }

  #fields(column: Column): TemplateResult {
    const { words, store } = this.#grid;
    const filter = this.#filter;
    switch (column.kind.kind) {
      case 'type':
        return this.#checks(
          [...(store?.types ?? [])].map(({ name, label }) => ({ value: name, label })),
        );
      case 'choice':
        return this.#checks(column.kind.choices);
      case 'boolean':
        return choiceField({
          id: 'filter-value',
          label: words.label(column.label),
          value: filter?.kind === 'boolean' ? String(filter.value) : undefined,
          none: words.say('grid.filter-any'),
          choices: [
            { value: 'true', label: words.say('value.yes') },
            { value: 'false', label: words.say('value.no') },
          ],
          onChange: (value) =>
            this.#set(
              value === undefined ? undefined : { kind: 'boolean', value: value === 'true' },
            ),
        });
      case 'number':
        return this.#numbers();
      case 'time':
        return this.#days();
      case 'record':
      case 'parties':
        return this.#records(column, column.kind.kinds);
      case 'text':
        return textField({
          id: 'filter-value',
          label: words.say('grid.filter-contains'),
          value: filter?.kind === 'text' ? filter.contains : '',
          onInput: (contains) => this.#set({ kind: 'text', contains }),
        });
    }
  }

  #checks(choices: readonly { readonly value: string; readonly label: Label }[]): TemplateResult {
    const { words } = this.#grid;
    const chosen = this.#filter?.kind === 'choice' ? this.#filter.values : [];
    return html`<div class="panel-list">
      ${choices.map(({ value, label }, index) =>
        checkField({
          id: `filter-${String(index)}`,
          label: words.label(label),
          value: chosen.includes(value),
          onChange: (on) =>
            this.#set({
              kind: 'choice',
              values: on ? [...chosen, value] : chosen.filter((other) => other !== value),
            }),
        }),
      )}
    </div>`;
  }

  #numbers(): TemplateResult {
    const { words } = this.#grid;
    const { min, max } = this.#filter?.kind === 'number' ? this.#filter : {};
    const set = (change: { min?: number | undefined; max?: number | undefined }): void => {
      const next = { min, max, ...change };
      this.#set({
        kind: 'number',
        ...(next.min !== undefined && { min: next.min }),
        ...(next.max !== undefined && { max: next.max }),
      });
    };
    return html`${numberField({
      id: 'filter-min',
      label: words.say('grid.filter-min'),
      value: min,
      onChange: (value) => set({ min: value }),
      onProblem: () => undefined,
    })}${numberField({
      id: 'filter-max',
      label: words.say('grid.filter-max'),
      value: max,
      onChange: (value) => set({ max: value }),
      onProblem: () => undefined,
    })}`;
  }

  #days(): TemplateResult {
    const { words } = this.#grid;
    const { from, to } = this.#filter?.kind === 'time' ? this.#filter : {};
    const today = words.today();
    const set = (change: { from?: Day | undefined; to?: Day | undefined }): void => {
      const next = { from, to, ...change };
      this.#set({
        kind: 'time',
        ...(next.from !== undefined && { from: next.from }),
        ...(next.to !== undefined && { to: next.to }),
      });
    };
    const spans = {
      today: { from: today, to: today },
      week: { from: today, to: addDays(today, 7) },
      past: { from: undefined, to: addDays(today, -1) },
    } as const;
    const chosen = (['today', 'week', 'past'] as const).find(
      (name) => spans[name].from === from && spans[name].to === to,
    );
    return html`${choiceField({
      id: 'filter-span',
      label: words.say('grid.filter-days'),
      value: chosen,
      none: words.say('grid.filter-own'),
      choices: [
        { value: 'today', label: words.say('day.today') },
        { value: 'week', label: words.say('grid.filter-next-7') },
        { value: 'past', label: words.say('day.earlier') },
      ],
      onChange: (value) =>
        set(spans[value as keyof typeof spans] ?? { from: undefined, to: undefined }),
    })}${timeField({
      id: 'filter-from',
      label: words.say('grid.filter-from'),
      words,
      value: from,
      precision: 'day',
      onChange: (value) => set({ from: value }),
      onProblem: () => undefined,
    })}${timeField({
      id: 'filter-to',
      label: words.say('grid.filter-to'),
      words,
      value: to,
      precision: 'day',
      onChange: (value) => set({ to: value }),
      onProblem: () => undefined,
    })}`;
  }

  #records(column: Column, kinds: readonly string[]): TemplateResult {
    const { words, context, store } = this.#grid;
    const { records = [], isMe = false } = this.#filter?.kind === 'record' ? this.#filter : {};
    const set = (next: readonly RecordRef[], me: boolean): void =>
      this.#set({ kind: 'record', records: next, ...(me && { isMe: true }) });
    return html`${
      kinds.includes('user')
        ? checkField({
            id: 'filter-me',
            label: words.say('grid.filter-me'),
            value: isMe,
            onChange: (on) => set(records, on),
          })
        : ''
    }${this.#lookup.render({
      id: 'filter-records',
      label: words.label(column.label),
      words,
      value: records.map((record) => ({ record })),
      many: true,
      lookup: store?.provider.lookup
        ? (text, signal) => this.#grid.lookUp(text, kinds, signal)
        : undefined,
      announce: (text) => context.announce(text),
      onChange: (next) =>
        set(
          next.flatMap(({ record }) => record ?? []),
          isMe,
        ),
      onProblem: () => undefined,
    })}`;
  }
}
