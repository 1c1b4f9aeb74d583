import { nothing, type TemplateResult } from 'lit';
import { isClosed, type Activity, type Party, type Via } from '../../model/activity.js';
import { face } from '../../ui/face.js';
import { icon, recordIcon } from '../../ui/icon.js';
import { marked } from '../../ui/marked.js';
import { status } from '../../ui/status.js';
import { flat, inlined } from '../../ui/flat-html.js';
import { html } from '../../ui/tight-html.js';
import { tile } from '../../ui/tile.js';
import type { ActivityElement } from '../base/activity-element.js';
import { recordLink } from '../base/record-link.js';
import { foundIn, snippetOf, subjectLink, subjectOf } from '../base/subject-link.js';
import { hostDrawn } from '../../ui/host-drawn.js';
import type { RecordRef } from '../../model/activity.js';
import type { Json } from '../../model/json.js';
import { isDate, timeKind } from '../../model/time.js';
import type { Column } from '../base/columns.js';

/*
 * What stands in the cells: template functions of a grid and an activity. The focus roves, so no control is a tab stop of its own.
 * What stands in every row is `inlined`, and so part of the row's one template; what only some rows have is a template of its own.
 */

type Cell = (grid: ActivityElement, activity: Activity) => unknown;

const ROVES = { tabIndex: -1 } as const;

export function typeTile(grid: ActivityElement, activity: Activity): TemplateResult<1> {
  const type = grid.typeOf(activity);
  return tile(type, { label: grid.words.typeName(type), size: 'small' });
}

/** The glyph, with its word where the column is wide enough. */
function typeCell(grid: ActivityElement, activity: Activity, isWide: boolean): unknown {
  const glyph = inlined(typeTile(grid, activity));
  if (!isWide) return glyph;
  return inlined(
    flat`${glyph}<span class="clip" dir="auto" aria-hidden="true"
        >${grid.words.typeName(grid.typeOf(activity))}</span
      >`,
  );
}

/** With the piece of the description in which what was searched for stands, where it stands there alone. */
function subjectCell(grid: ActivityElement, activity: Activity): unknown {
  const found = foundIn(grid, activity, grid.query?.search);
  if (found === undefined) return subject(grid, activity);
  return flat`<span class="found"
    ><span class="first">${subject(grid, activity)}</span>${snippetOf(found, grid.query?.search)}</span
  >`;
}

export function subject(grid: ActivityElement, activity: Activity): unknown {
  const link = subjectLink(grid, activity, { ...ROVES, search: grid.query?.search });
  return inlined(flat`${inlined(link)}${problem(grid, activity)}`);
}

/** Says that a row came with invalid data. */
function problem(grid: ActivityElement, { id }: Activity): TemplateResult | typeof nothing {
  if (!grid.store || grid.store.problemsOf(id).length === 0) return nothing;
  const words = grid.words.say('error.bad-row');
  return html`<span class="problem" part="problem" role="img" aria-label=${words} title=${words}
    >${icon('warning', 16)}</span
  >`;
}

export function regarding(grid: ActivityElement, activity: Activity): TemplateResult {
  const record = activity.regarding;
  if (activity.access === 'busy') return html``;
  if (!record) return html`<span class="quiet clip">${grid.words.say('record.personal')}</span>`;
  const through = activity.via?.find(({ by }) => by === 'rollup');
  const link = through ? via(grid, activity, through) : recordLink(grid, record, ROVES);
  return flat`${inlined(icon(recordIcon(record.kind), 16))}${inlined(link)}`;
}

/** Regarding, with through whom it stands in this record's list: often just through what it is regarding. */
function via(
  grid: ActivityElement,
  { regarding: record }: Activity,
  through: Via,
): TemplateResult<1> {
  const mark = '\u0001';
  const [before = '', after = ''] = grid.words.say('record.via', mark).split(mark);
  const isItself = record?.kind === through.record.kind && record.id === through.record.id;
  return html`${record && !isItself ? html`${recordLink(grid, record, ROVES)} · ` : nothing}<span
      class="via"
      part="via"
      ><span class="quiet">${before}</span>${recordLink(grid, through.record, ROVES)}<span
        class="quiet"
        >${after}</span
      ></span
    >`;
}

export function due(grid: ActivityElement, activity: Activity): unknown {
  const said = grid.words.due(activity, grid.typeOf(activity), grid.now, true);
  const tone = said?.late ? 'overdue' : isClosed(activity) ? 'quiet' : '';
  return inlined(
    html`<bdi
      class=${`num clip ${tone}`}
      part=${said?.late ? 'due late' : 'due'}
      .textContent=${said?.text ?? ''}
    ></bdi>`,
  );
}

export function priority(grid: ActivityElement, { priority: rank }: Activity): unknown {
  if (rank === undefined || rank === 'normal') return nothing;
  const word = grid.words.say(`priority.${rank}`);
  return flat`<span class="priority ${rank}" part="priority"
    >${inlined(icon(`priority-${rank}`, 16))}<span class="word clip">${word}</span></span
  >`;
}

export function reason(grid: ActivityElement, activity: Activity): string {
  return grid.words.reasonName(grid.typeOf(activity), activity.state, activity.statusReason);
}

function statusCell(grid: ActivityElement, activity: Activity): unknown {
  if (activity.state === null) return nothing;
  const said = status(activity.state, reason(grid, activity), {
    name: grid.words.stateName(activity.state),
    locked: isClosed(activity),
  });
  return inlined(flat`${inlined(said)}${saving(grid, activity)}`);
}

/** A write, or the host's leave, is waited for. */
export function saving(grid: ActivityElement, activity: Activity): TemplateResult | typeof nothing {
  if (!grid.isBusy(activity)) return nothing;
  const words = grid.words.say('sync.saving');
  return html`<span class="saving" part="saving" role="img" aria-label=${words} title=${words}
    >${icon('saving', 16)}</span
  >`;
}

function owner({ words }: ActivityElement, { owner: record }: Activity): unknown {
  if (!record) return nothing;
  const name = words.recordName(record);
  return flat`<span class="owner"
    >${inlined(face(record))}<span class="word clip" dir="auto" .textContent=${name}></span
  ></span>`;
}

/** So much of a long text stands in a cell, and where one points, and is said aloud: more is never seen there. */
const BRIEF = 300;

export function brief(text: string): string {
  return text.length > BRIEF ? `${text.slice(0, BRIEF)}…` : text;
}

const CELLS: { readonly [name: string]: Cell } = {
  subject: subjectCell,
  regarding,
  due,
  priority,
  status: statusCell,
  owner,
};

/** What stands in a cell. `isWide`: the column of the type has room for its word. */
export function cellContent(
  grid: ActivityElement,
  column: Column,
  activity: Activity,
  isWide: boolean,
): unknown {
  const { render, field, name } = column;
  if (activity.access === 'busy' && !SHOWN_OF_BUSY.has(name)) return nothing;
  if (render) {
    const value = column.value(activity, grid.typeOf(activity)) as Json | undefined;
    return html`<span
      class="own"
      ${hostDrawn(
        (container) =>
          render({
            activity,
            container,
            ...(value !== undefined && { value }),
            ...(field !== undefined && { field }),
          }),
        [activity, render],
      )}
    ></span>`;
  }
  if (name === 'type') return typeCell(grid, activity, isWide);
  const cell = Object.hasOwn(CELLS, name) ? CELLS[name] : undefined;
  return cell ? cell(grid, activity) : plainCell(grid, column, activity);
}

/** Of somebody else's private time only owner and times are known. */
const SHOWN_OF_BUSY: ReadonlySet<string> = new Set([
  'type',
  'subject',
  'due',
  'start',
  'end',
  'status',
  'owner',
]);

function plainCell(grid: ActivityElement, column: Column, activity: Activity): unknown {
  const value = column.value(activity, grid.typeOf(activity));
  if (value === undefined || value === null || value === '') return nothing;
  if (column.kind.kind === 'record') return recordLink(grid, value as RecordRef, ROVES);
  if (column.kind.kind === 'parties') return parties(grid, value as readonly Party[]);
  if (column.kind.kind === 'time' && timeKind(value) !== undefined) {
    const time = value as string;
    const { words, now } = grid;
    const said =
      column.firstDirection === 'desc' && !isDate(time)
        ? words.ago(time, now)
        : words.span({ start: time }, now);
    return html`<bdi class="num clip" .textContent=${said}></bdi>`;
  }
  return html`<bdi class="clip" .textContent=${brief(plainText(grid, column, activity))}></bdi>`;
}

/** Who takes part, as links where the host makes some: the one is the cell's own, several are entered. */
function parties(grid: ActivityElement, some: readonly Party[]): TemplateResult | typeof nothing {
  if (some.length === 0) return nothing;
  const { words } = grid;
  const links = some.filter(
    ({ record }) => record?.name !== undefined && grid.linkTo({ record }) !== undefined,
  );
  if (links.length === 0) {
    const names = words.list(some.map((party) => partyName(grid, party)));
    return html`<bdi class="clip" .textContent=${brief(names)}></bdi>`;
  }
  const mark = '\u0001';
  const [before = '', ...behind] = words.list(some.map(() => mark)).split(mark);
  return html`<bdi class="clip parties" data-entered=${links.length > 1 ? '' : nothing}
    >${before}${some.map(
      (party, index) =>
        html`${
          party.record
            ? recordLink(grid, party.record, ROVES)
            : html`<bdi>${partyName(grid, party)}</bdi>`
        }${behind[index]}`,
    )}</bdi
  >`;
}

/** What a cell says, as plain text: for an export, and as the whole of what may be cut. */
export function plainText(grid: ActivityElement, column: Column, activity: Activity): string {
  const { words } = grid;
  const type = grid.typeOf(activity);
  if (column.text) return column.text(activity);
  if (column.name === 'type') return words.typeName(type);
  if (column.name === 'subject') return subjectOf(grid, activity);
  if (column.name === 'status') return reason(grid, activity);
  if (column.name === 'regarding' && !activity.regarding) return words.say('record.personal');
  const value = column.value(activity, type);
  if (value === undefined || value === null) return '';
  switch (column.kind.kind) {
    case 'choice': {
      const choice = column.kind.choices.find((one) => one.value === value);
      return choice ? words.label(choice.label) : asText(value);
    }
    case 'record':
      return words.recordName(value as RecordRef);
    case 'parties':
      return words.list((value as readonly Party[]).map((party) => partyName(grid, party)));
    case 'boolean':
      return words.say(value === true ? 'value.yes' : 'value.no');
    case 'number':
      return typeof value === 'number' ? words.number(value) : asText(value);
    case 'time':
      return timeKind(value) === undefined ? '' : words.stamp(value as string);
    default:
      return asText(value);
  }
}

function partyName({ words }: ActivityElement, { record, name, address }: Party): string {
  return record ? words.recordName(record) : (name ?? address ?? '');
}

function asText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number'
    ? String(value)
    : JSON.stringify(value);
}

/** The whole of what may be cut in a cell, or what it says exactly. `column`: or the name of a cell that is none of a column. */
export function hint(
  grid: ActivityElement,
  column: Column | string,
  activity: Activity,
): string | undefined {
  const { words } = grid;
  const name = typeof column === 'string' ? column : column.name;
  if (name === 'main') return subjectOf(grid, activity);
  if (name === 'due') return words.due(activity, grid.typeOf(activity), grid.now)?.title;
  if (typeof column === 'string' || column.render) return undefined;
  if (activity.access === 'busy' && !SHOWN_OF_BUSY.has(name)) return undefined;
  if (name === 'regarding') return activity.regarding?.name;
  return brief(plainText(grid, column, activity));
}

/** The second line of a narrow row: regarding and status, or where in the description it was found. */
export function secondLine(grid: ActivityElement, activity: Activity): unknown {
  const { words } = grid;
  if (activity.access === 'busy') return nothing;
  const found = foundIn(grid, activity, grid.query?.search);
  if (found !== undefined)
    return html`${narrowPiece(found, grid.query?.search)}${saving(grid, activity)}`;
  return html`${
    activity.regarding
      ? recordLink(grid, activity.regarding, ROVES)
      : html`<span class="clip">${words.say('record.personal')}</span>`
  }
  ${activity.state === null ? nothing : stands(grid, activity)}${saving(grid, activity)}`;
}

/** A piece of the description; what stands in it before what was found is apart, and gives way where there is no room. */
function narrowPiece(piece: string, search = ''): TemplateResult {
  const at = piece.toLowerCase().indexOf(search.trim().toLowerCase());
  const lead = piece.slice(0, Math.max(0, at));
  return html`<bdi class="snippet small quiet clip" part="snippet"
    >${lead && html`<span class="lead">${lead}</span>`}${marked(piece.slice(lead.length), search)}</bdi
  >`;
}

function stands(grid: ActivityElement, activity: Activity): TemplateResult {
  return html`<span class="stands"
    ><span aria-hidden="true">·</span><bdi class="clip">${reason(grid, activity)}</bdi>${
      isClosed(activity) ? icon('lock', 16) : nothing
    }</span
  >`;
}
