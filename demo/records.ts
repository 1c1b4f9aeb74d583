import type { RecordSummary } from 'activity-kit';
import { faceOf, recordLink, stageOf, sum } from './app/describe.js';
import { element, glyph, only } from './app/dom.js';
import { live } from './app/settings.js';
import { startPage } from './app/shell.js';
import { asker, context, isRecordKind, provider, type RecordKind } from './app/source.js';
import { say, type TextKey } from './app/texts.js';

const PAUSE = 150;
/** As many as a lookup answers. */
const MOST = 50;

interface Column {
  readonly title: TextKey;
  readonly className?: string;
  cell(record: RecordSummary): Node | string | undefined;
}

const asked = new URLSearchParams(location.search).get('kind');
const kind: RecordKind = isRecordKind(asked) ? asked : 'account';

let records: readonly RecordSummary[] = [];
let deals: readonly RecordSummary[] = [];
let asking: AbortController | undefined;

const columns: readonly Column[] = [
  {
    title: 'list.name',
    cell: (record) =>
      element('span', { class: 'with-face' }, faceOf(record.ref), recordLink(record.ref)),
  },
  ...own(),
];

function own(): Column[] {
  const parent: Column = {
    title: 'fact.account',
    cell: (record) => record.parent && recordLink(record.parent),
  };
  const detail = (title: TextKey): Column => ({
    title,
    className: 'quiet',
    cell: (record) => element('bdi', {}, record.detail ?? ''),
  });
  switch (kind) {
    case 'account':
      return [
        detail('fact.city'),
        { title: 'fact.deals', className: 'num', cell: ({ ref }) => sumOf(ref.id) },
      ];
    case 'contact':
      return [detail('fact.title'), parent];
    case 'opportunity':
      return [
        parent,
        { title: 'fact.stage', cell: (record) => stageOf(record) },
        {
          title: 'fact.value',
          className: 'num end',
          cell: ({ deal }) => deal?.value && context.words.money(deal.value),
        },
      ];
  }
}

function sumOf(account: string): string {
  const theirs = deals.filter(({ parent }) => parent?.id === account);
  return theirs.length > 0 ? `${context.words.number(theirs.length)} · ${sum(theirs)}` : '';
}

startPage(kind);

const title = element('h1', {});
const filter = element('input', { type: 'search', autocomplete: 'off', spellcheck: 'false' });
const count = element('p', { class: 'quiet', role: 'status' });
const head = element('tr', {});
const body = element('tbody', {});
const table = element('table', {}, element('thead', {}, head), body);
const message = element('p', { class: 'list-message quiet' });
only('.list').append(
  element(
    'header',
    { class: 'list-head' },
    title,
    count,
    element('search', { class: 'filter' }, glyph('search'), filter),
  ),
  element('div', { class: 'list-body', role: 'group', tabindex: '0' }, table, message),
);

live(() => {
  title.textContent = say(`nav.${kind}`);
  document.title = `${say(`nav.${kind}`)} · ${say('app.name')}`;
  filter.ariaLabel = say('list.filter');
  filter.placeholder = say('list.filter');
  only('.list-body').setAttribute('aria-label', say(`nav.${kind}`));
  head.replaceChildren(
    ...columns.map((column) =>
      element('th', { scope: 'col', class: column.className ?? '' }, say(column.title)),
    ),
  );
  show();
});

let waiting: ReturnType<typeof setTimeout> | undefined;
filter.addEventListener('input', () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => void find(), PAUSE);
});
body.replaceChildren(
  ...Array.from({ length: 12 }, () =>
    element('tr', { 'aria-hidden': 'true' }, element('th', { colspan: String(columns.length) })),
  ),
);
body.setAttribute('aria-busy', 'true');
void find();

async function find(): Promise<void> {
  asking?.abort();
  const { signal } = (asking = new AbortController());
  try {
    const found = await provider.lookup(filter.value.trim(), [kind], asker(signal));
    if (signal.aborted) return;
    records = found;
    show();
    if (kind === 'account' && found.length > 0) {
      const theirs = await provider.records(
        { dealsOf: found.map(({ ref }) => ref) },
        asker(signal),
      );
      if (signal.aborted) return;
      deals = theirs;
      show();
    }
  } catch {
    if (signal.aborted) return;
    if (records.length > 0) return;
    show();
    message.textContent = say('list.failed');
  }
}

function show(): void {
  if (!asking) return;
  body.removeAttribute('aria-busy');
  body.replaceChildren(
    ...records.map((record) =>
      element(
        'tr',
        {},
        ...columns.map((column, index) =>
          index === 0
            ? element('th', { scope: 'row' }, column.cell(record))
            : element('td', { class: column.className ?? '' }, column.cell(record)),
        ),
      ),
    ),
  );
  table.hidden = records.length === 0;
  const isCut = records.length >= MOST;
  count.textContent = records.length > 0 && !isCut ? say('list.count', records.length) : '';
  if (isCut) message.textContent = say('list.more', records.length);
  else message.textContent = records.length === 0 ? say('list.none') : '';
}
