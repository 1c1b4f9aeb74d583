import { toCsv } from '../base/csv.js';
import { html, nothing, type TemplateResult } from 'lit';
import type { Activity } from '../../model/activity.js';
import type { ActivityQuery, Rest } from '../../model/query.js';
import type { ProviderFailure } from '../../provider/failure.js';
import { button } from '../../ui/button.js';
import { saveFile } from '../../ui/save-file.js';
import type { MenuGroup, MenuItem } from '../../ui/menu.js';
import type { Column } from '../base/columns.js';
import { subjectOf } from '../base/subject-link.js';
import type { ActivityGrid } from './activity-grid.js';
import { allRows } from '../base/all-rows.js';
import { brief } from './cells.js';
import type { Table } from './export/table.js';
import { canWriteLater, writeClipboard } from './write-clipboard.js';

type Kind = 'csv' | 'excel' | 'calendar' | 'print';

interface Loading {
  readonly label: string;
  readonly abort: AbortController;
  loaded: number;
  total: number | undefined;
}

/** The user did not want it any more. */
class Stopped extends Error {}

/**
 * Takes what is shown out of the page: all that matches, with the columns, the order, the groups and the filters in force, whether it
 * is loaded or not. What writes a format is loaded when it is first asked for.
 */
export class GridExport {
  readonly #grid: ActivityGrid;
  #loading: Loading | undefined;

  constructor(grid: ActivityGrid) {
    this.#grid = grid;
  }

  groups(): readonly MenuGroup[] {
    const { words, store } = this.#grid;
    const permission = store?.capabilities?.acts?.export;
    if (permission !== undefined && permission !== true && permission.reason !== 'not-now')
      return [];
    const isOff = permission !== undefined && permission !== true;
    const item = (kind: Kind, label: string, icon: string): MenuItem => ({
      label,
      icon,
      disabled: isOff || this.#loading !== undefined,
      ...(isOff && { why: words.refusal(permission) }),
      onSelect: () => void this.run(kind),
    });
    return [
      {
        label: words.say('grid.export'),
        items: [
          item('csv', words.say('grid.export-csv'), 'download'),
          item('excel', words.say('grid.export-excel'), 'download'),
          item('calendar', words.say('grid.export-calendar'), 'calendar'),
          item('print', words.say('grid.print'), 'file'),
        ],
      },
    ];
  }

  async run(kind: Kind): Promise<void> {
    const { words, context, question } = this.#grid;
    try {
      const loaded = question && (await this.#rows(question, words.say('grid.export-loading')));
      if (!loaded) return;
      const rows = this.#grid.inGroups(loaded);
      await this.#write(kind, rows);
      if (kind !== 'print') {
        context.notify({ kind: 'done', text: words.say('grid.export-done', rows.length) });
      }
    } catch (thrown) {
      this.#fail(thrown);
    }
  }

  /** All that answer it; undefined where the user stopped it. `label`: what is said meanwhile. */
  async #rows(question: ActivityQuery, label: string): Promise<readonly Activity[] | undefined> {
    const { store, asker } = this.#grid;
    if (!store) return undefined;
    const abort = new AbortController();
    const loading: Loading = { label, abort, loaded: 0, total: undefined };
    this.#loading = loading;
    this.#grid.requestUpdate();
    try {
      return await allRows(store, question, asker, {
        signal: abort.signal,
        onProgress: (loaded, total) => {
          Object.assign(loading, { loaded, total });
          this.#grid.requestUpdate();
        },
      });
    } catch (thrown) {
      if (abort.signal.aborted) return undefined;
      throw thrown;
    } finally {
      this.#loading = undefined;
      this.#grid.requestUpdate();
    }
  }

  async #write(kind: Kind, rows: readonly Activity[]): Promise<void> {
    const grid = this.#grid;
    const { words, now } = grid;
    const name = words.say('grid.label');
    const file = `${name} ${words.today()}`;
    if (kind === 'calendar') {
      const { toCalendar } = await import('./export/icalendar.js');
      const text = toCalendar(rows, {
        typeOf: (activity) => grid.typeOf(activity),
        typeName: (activity) => words.typeName(grid.typeOf(activity)),
        timeZone: words.timeZone,
        now,
        link: (activity) => absolute(grid.linkTo({ activity })),
      });
      saveFile(new Blob([text]), `${file}.ics`);
      return;
    }
    const { toTable } = await import('./export/table.js');
    const table = toTable(grid, grid.layoutOfColumns.shown, rows);
    if (kind === 'csv') {
      const lines = [table.headers, ...table.rows.map((row) => row.map(({ text }) => text))];
      saveFile(new Blob([await toCsv(lines)]), `${file}.csv`);
    } else if (kind === 'excel') {
      const { toExcel } = await import('./export/excel.js');
      saveFile(await toExcel(table, name), `${file}.xlsx`);
    } else {
      const { printTable } = await import('./export/print.js');
      await printTable(table, file, words);
    }
  }

  /** The cells of these rows, as text and as a table with its header; or one cell, by its column. */
  async copy(rows: readonly Activity[], column?: Column): Promise<void> {
    const { words, context } = this.#grid;
    try {
      const table = await this.#copy(Promise.resolve(rows), column);
      context.announce(
        column
          ? words.say('grid.copied-cell', brief(table.rows[0]?.[0]?.text ?? ''))
          : rows.length === 1 && rows[0]
            ? `${words.say('grid.copied', 1)}: ${subjectOf(this.#grid, rows[0])}`
            : words.say('grid.copied', rows.length),
      );
    } catch (thrown) {
      this.#fail(thrown);
    }
  }

  /** These rows and the others that are selected, loaded or not, in the order of the list. */
  async copySelected(rows: readonly Activity[]): Promise<void> {
    const grid = this.#grid;
    const { words, context } = grid;
    const rest = grid.restBeside(rows);
    const { value: total } = grid.selected;
    if (!rest && rows.length >= total) return this.copy(grid.inGroups(rows));
    if (this.#loading) {
      context.announce(this.#loading.label);
      return;
    }
    // Without engines that wait, only what is at hand can be copied.
    const isWhole = rest !== undefined && canWriteLater();
    try {
      const all = isWhole ? this.#selectedRows(rows, rest) : Promise.resolve(rows);
      const { length } = (await this.#copy(all)).rows;
      context.notify(
        isWhole || length >= total
          ? { kind: 'done', text: words.say('grid.copied', length) }
          : { kind: 'error', text: words.say('grid.copied-some', length, total) },
      );
    } catch (thrown) {
      if (!(thrown instanceof Stopped)) this.#fail(thrown);
    }
  }

  /** All of them: what is in `rows`, and what else matches. */
  async #selectedRows(rows: readonly Activity[], rest: Rest): Promise<readonly Activity[]> {
    const grid = this.#grid;
    const { sort, need } = grid.question ?? {};
    const question = { ...rest.query, ...(sort && { sort }), ...(need && { need }) };
    const label = grid.words.say('grid.copy-loading');
    grid.context.announce(label);
    const matching = await this.#rows(question, label);
    if (!matching) throw new Stopped();
    const known = new Map(rows.map((row) => [row.id, row]));
    const left = new Set(rest.except);
    const chosen = matching.filter(({ id }) => known.has(id) || !left.has(id));
    for (const { id } of chosen) known.delete(id);
    return grid.inGroups([...chosen, ...known.values()]);
  }

  /** The clipboard is asked in the same task. */
  async #copy(rows: Promise<readonly Activity[]>, column?: Column): Promise<Table> {
    const grid = this.#grid;
    const columns = column ? [column] : grid.layoutOfColumns.shown;
    const table = Promise.all([rows, import('./export/table.js')]).then(([all, { toTable }]) =>
      toTable(grid, columns, all),
    );
    const texts = Promise.all([table, import('./export/clipboard.js')]).then(
      ([all, { toClipboard }]) => toClipboard(column ? { ...all, headers: [] } : all),
    );
    await writeClipboard(texts);
    return table;
  }

  #fail(thrown: unknown): void {
    const { words, context } = this.#grid;
    const isFailure = typeof thrown === 'object' && thrown !== null && 'code' in thrown;
    const isProviders = isFailure && typeof thrown.code === 'string';
    const reason = isProviders
      ? words.failure(thrown as ProviderFailure)
      : thrown instanceof Error
        ? thrown.message
        : String(thrown);
    context.notify({ kind: 'error', text: words.say('announce.refused', reason) });
  }

  /** How much of it is loaded. */
  renderProgress(): TemplateResult | typeof nothing {
    const loading = this.#loading;
    if (!loading || loading.loaded === 0) return nothing;
    const { words } = this.#grid;
    const { label, loaded, total, abort } = loading;
    return html`<div class="bulk" part="bulk">
      <span class="strong clip">${label}</span>
      <progress
        part="progress"
        aria-label=${label}
        max=${total ?? nothing}
        value=${total === undefined ? nothing : loaded}
      ></progress>
      <span class="num small">${words.number(loaded)}</span>
      ${button({ label: words.say('bulk.stop'), small: true, onClick: () => abort.abort() })}
    </div>`;
  }
}

function absolute(href: string | undefined): string | undefined {
  return href === undefined ? undefined : new URL(href, document.baseURI).href;
}
