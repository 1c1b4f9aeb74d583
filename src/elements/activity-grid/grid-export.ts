import { toCsv } from '../base/csv.js';
import { html, nothing, type TemplateResult } from 'lit';
import type { Activity } from '../../model/activity.js';
import type { ProviderFailure } from '../../provider/failure.js';
import { button } from '../../ui/button.js';
import { saveFile } from '../../ui/save-file.js';
import type { MenuGroup, MenuItem } from '../../ui/menu.js';
import type { Column } from '../base/columns.js';
import { subjectOf } from '../base/subject-link.js';
import type { ActivityGrid } from './activity-grid.js';
import { allRows } from './all-rows.js';
import { brief } from './cells.js';

type Kind = 'csv' | 'excel' | 'calendar' | 'print';

/**
 * Takes what is shown out of the page: all that matches, with the columns, the order and the filters in force, whether it is loaded
 * or not. What writes a format is loaded when it is first asked for.
 */
export class GridExport {
  readonly #grid: ActivityGrid;
  #loading:
    | { readonly abort: AbortController; loaded: number; total: number | undefined }
    | undefined;

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
    const { words, context } = this.#grid;
    try {
      const rows = await this.#rows();
      if (!rows) return;
      await this.#write(kind, rows);
      if (kind !== 'print') {
        context.notify({ kind: 'done', text: words.say('grid.export-done', rows.length) });
      }
    } catch (thrown) {
      const isFailure = typeof thrown === 'object' && thrown !== null && 'code' in thrown;
      const reason = isFailure ? words.failure(thrown as ProviderFailure) : String(thrown);
      context.notify({ kind: 'error', text: words.say('announce.refused', reason) });
    }
  }

  /** All of them; undefined where the user stopped it. */
  async #rows(): Promise<readonly Activity[] | undefined> {
    const { store, asker, question } = this.#grid;
    if (!store || !question) return undefined;
    const abort = new AbortController();
    const loading = (this.#loading = { abort, loaded: 0, total: undefined as number | undefined });
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

  /** The cells of the selected rows, as text and as a table with its header; or one cell, by its column. */
  async copy(rows: readonly Activity[], column?: Column): Promise<void> {
    const { words, context, layoutOfColumns } = this.#grid;
    const [{ toTable }, { copyTable }] = await Promise.all([
      import('./export/table.js'),
      import('./export/clipboard.js'),
    ]);
    const columns = column ? [column] : layoutOfColumns.shown;
    const table = toTable(this.#grid, columns, rows);
    try {
      await copyTable(column ? { ...table, headers: [] } : table);
      context.announce(
        column
          ? words.say('grid.copied-cell', brief(table.rows[0]?.[0]?.text ?? ''))
          : rows.length === 1 && rows[0]
            ? `${words.say('grid.copied', 1)}: ${subjectOf(this.#grid, rows[0])}`
            : words.say('grid.copied', rows.length),
      );
    } catch (thrown) {
      const reason = thrown instanceof Error ? thrown.message : '';
      context.notify({ kind: 'error', text: words.say('announce.refused', reason) });
    }
  }

  /** How much of it is loaded. */
  renderProgress(): TemplateResult | typeof nothing {
    const loading = this.#loading;
    if (!loading || loading.loaded === 0) return nothing;
    const { words } = this.#grid;
    const { loaded, total, abort } = loading;
    const label = words.say('grid.export-loading');
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
