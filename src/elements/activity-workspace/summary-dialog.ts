import { saveFile } from '../../ui/save-file.js';
import { toCsv } from '../base/csv.js';
import { html, nothing, type TemplateResult } from 'lit';
import type { Total } from '../../model/query.js';
import { button } from '../../ui/button.js';
import { cssom } from '../../ui/cssom.js';
import { DialogController } from '../../ui/dialog.js';
import { errorState } from '../../ui/state-panel.js';
import { addDays } from '../../model/time.js';
import { CountController } from '../base/view-controller.js';
import type { ActivityWorkspace } from './activity-workspace.js';
import { dueName, ownerName } from './filter-bar.js';
import {
  SUMMARY_DIMENSIONS,
  summaryGroups,
  summaryRows,
  type SummaryDimension,
  type SummaryRow,
} from './summary.js';
import { isDueRange, type WorkspaceFilters } from './workspace-state.js';

const FIELDS = {
  type: 'field.type',
  state: 'field.state',
  owner: 'field.owner',
  week: 'summary.week',
} as const;

/** How the view's activities are spread: a table and bars for each of type, state, owner and week; each figure leads to its rows. */
export class SummaryDialog {
  readonly #host: ActivityWorkspace;
  readonly #dialog: DialogController;
  readonly #counts: CountController;
  #rows: readonly SummaryRow[] = [];

  constructor(host: ActivityWorkspace) {
    this.#host = host;
    this.#dialog = new DialogController(host, { lightDismiss: true });
    this.#counts = new CountController(host, () => this.#asked());
  }

  open(): void {
    void this.#dialog.show();
  }

  #asked(): ReturnType<ConstructorParameters<typeof CountController>[1]> {
    const host = this.#host;
    const { store, present } = host;
    if (!this.#dialog.isOpen || !store) return undefined;
    this.#rows = summaryRows(host.filters, {
      ...present,
      types: store.types,
      session: store.session,
    });
    return {
      question: host.countQuestion,
      groups: summaryGroups(this.#rows, host.filters, present),
    };
  }

  render(): unknown {
    if (!this.#dialog.isOpen) return nothing;
    const { words, viewName } = this.#host;
    return this.#dialog.render({
      title: words.say('summary.title', viewName),
      closeLabel: words.say('action.close'),
      size: 'large',
      part: 'summary',
      body: this.#error ? errorState(this.#error) : this.#renderFigures(),
      footer: this.#mayExport
        ? button({
            label: words.say('summary.export'),
            icon: 'download',
            kind: 'outline',
            disabled: !this.#isKnown,
            onClick: () => void this.#export(),
          })
        : undefined,
    });
  }

  #renderFigures(): TemplateResult {
    return html`<div class="summary" aria-busy=${String(!this.#isKnown)}>
      ${SUMMARY_DIMENSIONS.map((dimension) => this.#renderDimension(dimension))}
    </div>`;
  }

  /** It could not be counted. */
  get #error(): Parameters<typeof errorState>[0] | undefined {
    const { view } = this.#counts;
    if (!view?.error || !view.hasEnded || this.#isKnown) return undefined;
    const { words } = this.#host;
    return {
      title: words.say('summary.failed'),
      detail: words.failure(view.error),
      retry: { label: words.say('action.retry'), onClick: () => view.refresh() },
    };
  }

  get #mayExport(): boolean {
    const may = this.#host.store?.capabilities?.acts?.export;
    return may === undefined || may === true;
  }

  get #isKnown(): boolean {
    return this.#rows.every(({ name }) => this.#counts.total(name) !== undefined);
  }

  #renderDimension(dimension: SummaryDimension): TemplateResult {
    const { words } = this.#host;
    const rows = this.#rows.filter((row) => row.dimension === dimension);
    const totals = rows.map(({ name }) => this.#counts.total(name));
    const most = Math.max(1, ...totals.map((total) => total?.value ?? 0));
    return html`<table class="figures">
      <caption class="strong">
        ${words.say(FIELDS[dimension])}
      </caption>
      <tbody>
        ${rows.map((row, index) => this.#renderRow(row, totals[index], most))}
      </tbody>
    </table>`;
  }

  #renderRow(row: SummaryRow, total: Total | undefined, most: number): TemplateResult {
    const { words } = this.#host;
    const label = this.#labelOf(row);
    const figure = total ? this.#host.countWords(total) : '';
    const value = total?.value ?? 0;
    return html`<tr>
      <th scope="row"><bdi>${label}</bdi></th>
      <td class="figure num">
        ${
          value > 0
            ? html`<button
                type="button"
                class="button link small"
                part="figure"
                aria-label=${words.say('summary.figure', label, value)}
                @click=${() => this.#follow(row)}
              >
                ${figure}
              </button>`
            : figure
        }
      </td>
      <td class="spread" aria-hidden="true">
        <span
          class="spread-bar"
          ${cssom({ 'inline-size': `${String((100 * value) / most)}%` })}
        ></span>
      </td>
    </tr>`;
  }

  #labelOf({ dimension, of }: SummaryRow): string {
    const host = this.#host;
    const { words } = host;
    switch (dimension) {
      case 'type':
        return words.typesName(host.typeOf({ type: of.types?.[0] ?? '' }));
      case 'state':
        return words.stateName(of.states?.[0] ?? 'open');
      case 'owner':
        return of.owner ? ownerName(host, of.owner) : words.say('summary.rest-of-team');
      case 'week':
        return this.#weekOf(of.due);
    }
  }

  /** As short as its column is narrow: the year only where it is another. */
  #weekOf(due: WorkspaceFilters['due']): string {
    const host = this.#host;
    const { words } = host;
    if (due === undefined || !isDueRange(due)) return words.say('bucket.no-date');
    const [from = '', to = ''] = due.split('..');
    if (from === '' || to === '') return dueName(host, due);
    const last = addDays(to, -1);
    const year = words.today(host.now).slice(0, 4);
    const isThisYear = from.startsWith(year) && last.startsWith(year);
    return words.days(from, last, isThisYear ? 'month-day' : 'date');
  }

  /** A calendar would show those of one month, and none without a date. */
  #follow({ filters }: SummaryRow): void {
    const host = this.#host;
    this.#dialog.hide();
    host.choose(host.show === 'calendar' ? { ...filters, show: 'grid' } : filters);
    void host.focusView();
  }

  async #export(): Promise<void> {
    const host = this.#host;
    const { words } = host;
    const rows = this.#rows.map((row) => [
      words.say(FIELDS[row.dimension]),
      this.#labelOf(row),
      String(this.#counts.total(row.name)?.value ?? ''),
    ]);
    saveFile(new Blob([await toCsv(rows)]), `${host.viewName}.csv`);
  }
}
