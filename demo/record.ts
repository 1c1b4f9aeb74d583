import type { Activity, ActivityQuery, RecordRef, RecordSummary } from 'activity-kit';
import 'activity-kit/activity-timeline.js';
import { faceOf, recordLink, stageOf, sum } from './app/describe.js';
import { element, glyph, only } from './app/dom.js';
import { menuButton } from './app/popup.js';
import { live, setParameter } from './app/settings.js';
import { newItems, startPage } from './app/shell.js';
import { asker, context, isRecordKind, provider } from './app/source.js';
import { say, type TextKey } from './app/texts.js';

type Tab = 'timeline' | 'activities';
const TABS: readonly Tab[] = ['timeline', 'activities'];

const address = new URLSearchParams(location.search);
const kind = address.get('kind');
const id = address.get('id');
const page = only<HTMLElement>('.record');

startPage(isRecordKind(kind) ? kind : 'account');
void start();

async function start(): Promise<void> {
  if (!isRecordKind(kind) || id === null) return showProblem('record.missing');
  try {
    const [record] = await provider.records({ refs: [{ kind, id }] }, asker());
    if (record) showRecord(record);
    else showProblem('record.missing', 'record.missing.how');
  } catch {
    showProblem('record.failed');
  }
}

function showProblem(title: TextKey, how?: TextKey): void {
  const heading = element('h1', {});
  const text = element('p', { class: 'quiet' });
  const retry = element('button', { type: 'button', class: 'button outline' });
  retry.hidden = title !== 'record.failed';
  retry.addEventListener('click', () => location.reload());
  live(() => {
    heading.textContent = say(title);
    text.textContent = how ? say(how) : '';
    retry.textContent = say('record.retry');
    document.title = `${say(title)} · ${say('app.name')}`;
  });
  page.append(element('section', { class: 'panel state' }, heading, text, retry));
}

// ── the record's own ─────────────────────────────────────────────────────────────────────────────

function showRecord(record: RecordSummary): void {
  const { ref } = record;
  live(() => (document.title = `${context.words.recordName(ref)} · ${say('app.name')}`));
  const detail = element('p', { class: 'quiet small' });
  live(() => {
    detail.replaceChildren(
      [context.words.kindName(ref.kind), record.detail].filter(Boolean).join(' · '),
      ...(record.parent ? [' · ', recordLink(record.parent)] : []),
    );
  });
  const word = element('span', {});
  const create = element('button', { type: 'button', class: 'button outline' }, glyph('add'), word);
  live(() => (word.textContent = say('new')));
  page.append(
    element(
      'header',
      { class: 'panel record-head' },
      faceOf(ref, 'large'),
      element('div', { class: 'record-name' }, element('h1', { dir: 'auto' }, ref.name), detail),
      menuButton(create, () => newItems(ref)),
      tabs(record),
    ),
    ...panels(record),
  );
}

function panels(record: RecordSummary): HTMLElement[] {
  const { ref } = record;
  const timeline = document.createElement('activity-timeline');
  timeline.record = ref;
  const title = element('h2', { class: 'visually-hidden' });
  live(() => (title.textContent = say('record.facts')));
  const list = element('div', {});
  void showFacts(list, record);
  const facts = element('section', { class: 'panel facts' }, title, list);
  live(() => facts.setAttribute('aria-label', say('record.facts')));
  const heading = element('h2', { class: 'visually-hidden' });
  live(() => (heading.textContent = say('tab.timeline')));
  return [
    panel('timeline', facts, element('div', { class: 'panel timeline' }, heading, timeline)),
    panel('activities'),
  ];
}

/** The record's list is brought when it is first asked for. */
async function fillActivities(ref: RecordRef): Promise<void> {
  const place = only('#panel-activities');
  if (place.hasChildNodes()) return;
  const workspace = document.createElement('activity-workspace');
  workspace.view = 'all';
  workspace.record = ref;
  place.append(workspace);
  await import('activity-kit/activity-workspace.js');
}

// ── tabs ─────────────────────────────────────────────────────────────────────────────────────────

function panel(tab: Tab, ...content: readonly Node[]): HTMLElement {
  const made = element(
    'div',
    {
      class: `tab-panel ${tab}-panel`,
      id: `panel-${tab}`,
      role: 'tabpanel',
      'aria-labelledby': `tab-${tab}`,
    },
    ...content,
  );
  return made;
}

function tabs({ ref }: RecordSummary): HTMLElement {
  const buttons = TABS.map((tab) => {
    const button = element('button', {
      type: 'button',
      class: 'tab',
      role: 'tab',
      id: `tab-${tab}`,
      'aria-controls': `panel-${tab}`,
    });
    live(() => (button.textContent = say(`tab.${tab}`)));
    button.addEventListener('click', () => {
      choose(tab);
      setParameter('tab', tab);
    });
    return button;
  });
  const choose = (chosen: Tab): void => {
    for (const [index, button] of buttons.entries()) {
      const isChosen = TABS[index] === chosen;
      button.setAttribute('aria-selected', String(isChosen));
      button.tabIndex = isChosen ? 0 : -1;
      only<HTMLElement>(`#panel-${TABS[index]}`).hidden = !isChosen;
    }
    if (chosen === 'activities') void fillActivities(ref);
  };
  const list = element('div', { class: 'tabs', role: 'tablist' }, ...buttons);
  live(() => list.setAttribute('aria-label', say('tab.label')));
  list.addEventListener('keydown', (event) => {
    const at = buttons.findIndex((button) => button === event.target);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = buttons.at(to % buttons.length);
    next?.focus();
    next?.click();
  });
  // The panels stand beside it when the page is put together.
  queueMicrotask(() => choose(address.get('tab') === 'activities' ? 'activities' : 'timeline'));
  return list;
}

// ── facts ────────────────────────────────────────────────────────────────────────────────────────

const OPEN = { field: 'state', op: 'in', value: ['open', 'scheduled'] } as const;
const DONE = { field: 'state', op: 'eq', value: 'completed' } as const;
/** What became of a record lately tells its address and number too. */
const LATELY = 20;

async function showFacts(place: HTMLElement, record: RecordSummary): Promise<void> {
  const about = { ref: record.ref, rollup: 'related', parties: true } as const;
  const next = follow({
    record: about,
    filter: OPEN,
    sort: [{ field: 'deadline', direction: 'asc' }],
    page: { size: 1 },
  });
  const last = follow({
    record: about,
    filter: DONE,
    sort: [{ field: 'actualEnd', direction: 'desc' }],
    page: { size: LATELY },
    need: ['parties', 'fields'],
  });
  let deals: readonly RecordSummary[] = [];
  const show = (): void => place.replaceChildren(facts(record, next(), last(), deals));
  live(show);
  updates.add(show);
  if (record.ref.kind === 'account') {
    deals = await provider.records({ dealsOf: [record.ref] }, asker()).catch(() => []);
    show();
  }
}

const updates = new Set<() => void>();

/** The rows of a question, now and after every change on this page or another. */
function follow(question: ActivityQuery): () => readonly Activity[] {
  const view = context.store?.view(question, asker());
  view?.subscribe(() => updates.forEach((update) => update()));
  return () => view?.rows ?? [];
}

function facts(
  { ref, detail, parent, deal }: RecordSummary,
  [next]: readonly Activity[],
  done: readonly Activity[],
  deals: readonly RecordSummary[],
): HTMLElement {
  const { words } = context;
  const list = element('dl', {});
  const add = (key: TextKey, ...content: readonly (Node | string | undefined)[]): void => {
    const known = content.filter((part) => part !== undefined && part !== '');
    if (known.length === 0) return;
    list.append(element('div', {}, element('dt', {}, say(key)), element('dd', {}, ...known)));
  };
  const plain = (text: string | undefined): Node | undefined =>
    text === undefined ? undefined : element('bdi', {}, text);

  if (parent) add('fact.account', recordLink(parent));
  add(ref.kind === 'account' ? 'fact.city' : 'fact.title', plain(detail));
  add('fact.value', deal?.value && words.money(deal.value));
  add('fact.stage', deal && stageOf({ ref, deal }));
  const { email, phone } = reach(ref, done);
  add('fact.email', email && link(`mailto:${email}`, email));
  add('fact.phone', phone && link(`tel:${phone.replaceAll(/[^+\d]/g, '')}`, phone));
  const [last] = done;
  add('fact.last', ...(last ? [opener(last), element('br'), quiet(agoOf(last))] : []));
  const due = next && words.due(next, context.typeOf(next));
  add(
    'fact.next',
    ...(next ? [opener(next), element('br'), due?.late ? late(due.text) : quiet(due?.text)] : []),
  );
  if (deals.length > 0) {
    add('fact.deals', `${words.number(deals.length)} · ${sum(deals)}`, dealList(deals));
  }
  return list;
}

/** An address and a number of a person, from what was sent to and told by them. */
function reach(
  { kind, id }: RecordRef,
  rows: readonly Activity[],
): { readonly email: string | undefined; readonly phone: string | undefined } {
  if (kind !== 'contact') return { email: undefined, phone: undefined };
  const own = ({ parties = [] }: Activity) => parties.filter(({ record }) => record?.id === id);
  const email = rows.flatMap(own).find(({ address: at }) => at?.includes('@'))?.address;
  const call = rows.find(
    (row) => own(row).length > 0 && typeof row.fields?.['phoneNumber'] === 'string',
  );
  const phone = call?.fields?.['phoneNumber'];
  return { email, phone: typeof phone === 'string' && phone !== '' ? phone : undefined };
}

function agoOf({ actualEnd, modifiedAt }: Activity): string {
  const time = actualEnd ?? modifiedAt;
  return time === undefined ? '' : context.words.ago(time);
}

function opener(activity: Activity): HTMLElement {
  const button = element(
    'button',
    { type: 'button', class: 'link', dir: 'auto' },
    activity.subject || context.words.typeName(context.typeOf(activity)),
  );
  button.addEventListener('click', () => void context.open(activity));
  return button;
}

function link(href: string, text: string): HTMLElement {
  return element('a', { href, class: 'link' }, element('bdi', {}, text));
}

function quiet(text = ''): HTMLElement {
  return element('span', { class: 'quiet small' }, text);
}

function late(text: string): HTMLElement {
  return element('span', { class: 'late small' }, text);
}

function dealList(deals: readonly RecordSummary[]): HTMLElement {
  return element(
    'ul',
    { class: 'deals' },
    ...deals.map((deal) =>
      element(
        'li',
        {},
        recordLink(deal.ref),
        element('span', { class: 'num' }, deal.deal?.value && context.words.money(deal.deal.value)),
        stageOf(deal),
      ),
    ),
  );
}
