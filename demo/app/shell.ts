import { mayCreate, registerMessages, type ActivityType, type RecordRef } from 'activity-kit';
import 'activity-kit/activity-context.js';
import 'activity-kit/activity-form.js';
import 'activity-kit/activity-quick-create.js';
import { zhTW } from 'activity-kit/locales/zh-TW.js';
import { faceOf, recordAddress } from './describe.js';
import { element, glyph, only } from './dom.js';
import { menuButton, type MenuItem } from './popup.js';
import { recordSearch } from './search.js';
import { addressOf, live, setting } from './settings.js';
import { glyphButton, settingsPanel } from './settings-panel.js';
import { asker, context, journal, provider, type RecordKind } from './source.js';
import { say, type TextKey } from './texts.js';

export type Place = 'activities' | RecordKind;

const navigation: readonly (readonly [
  group: TextKey,
  entries: readonly (readonly [Place, icon: string])[],
])[] = [
  ['nav.work', [['activities', 'task']]],
  [
    'nav.customers',
    [
      ['account', 'account'],
      ['contact', 'contact'],
    ],
  ],
  ['nav.sales', [['opportunity', 'opportunity']]],
];

/** What every page has around its own: the context with its data source, the bar on top, the navigation. `place` is where the page stands in it. */
export function startPage(place: Place): void {
  registerMessages('zh-TW', zhTW);
  live(() => {
    context.locale = setting('lang');
    context.density = setting('density');
  });
  context.hrefFor = (target) => ('record' in target ? recordAddress(target.record) : undefined);
  context.provider = provider;
  context.journal = journal;

  const skip = only<HTMLElement>('.skip-link');
  live(() => (skip.textContent = say('app.skip')));
  fillNavigation(only('.navigation'), place);
  fillTopBar(only('.top-bar'), only('.navigation'));
  void meetUser();
}

function fillTopBar(bar: HTMLElement, nav: HTMLElement): void {
  const opener = glyphButton('navigation', 'nav.open');
  opener.classList.add('navigation-opener');
  opener.setAttribute('aria-controls', nav.id);
  const brand = element('a', { class: 'brand', href: addressOf('/') });
  live(() => (brand.textContent = say('app.name')));
  const create = glyphButton('add', 'create');
  create.classList.add('create');
  const word = element('span', { class: 'create-word', 'aria-hidden': 'true' });
  create.append(word);
  live(() => (word.textContent = say('create')));
  bar.append(
    opener,
    brand,
    recordSearch(),
    menuButton(create, () => newItems()),
    settingsPanel(),
    element('span', { class: 'user' }),
  );
  openWhenNarrow(opener, nav);
}

/** With little room the navigation is what its button opens. */
function openWhenNarrow(opener: HTMLElement, nav: HTMLElement): void {
  opener.setAttribute('aria-expanded', 'false');
  const toggle = (open: boolean): void => {
    nav.classList.toggle('is-open', open);
    opener.setAttribute('aria-expanded', String(open));
  };
  opener.addEventListener('click', () => {
    toggle(!nav.classList.contains('is-open'));
    if (nav.classList.contains('is-open')) only<HTMLElement>('a', nav).focus();
  });
  document.addEventListener('pointerdown', (event) => {
    const path = event.composedPath();
    if (!path.includes(nav) && !path.includes(opener)) toggle(false);
  });
  nav.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !nav.classList.contains('is-open')) return;
    toggle(false);
    opener.focus();
  });
  nav.addEventListener('focusout', ({ relatedTarget }) => {
    if (relatedTarget instanceof Node && !nav.contains(relatedTarget) && relatedTarget !== opener) {
      toggle(false);
    }
  });
}

function fillNavigation(nav: HTMLElement, place: Place): void {
  live(() => nav.setAttribute('aria-label', say('nav.label')));
  for (const [group, entries] of navigation) {
    const title = element('h2', { id: group });
    live(() => (title.textContent = say(group)));
    const list = element('ul', { 'aria-labelledby': group });
    for (const [entry, icon] of entries) {
      const href =
        entry === 'activities' ? addressOf('/') : addressOf('/records.html', { kind: entry });
      const word = element('span', {});
      live(() => (word.textContent = say(`nav.${entry}`)));
      const current = entry === place ? 'page' : undefined;
      list.append(
        element('li', {}, element('a', { href, 'aria-current': current }, glyph(icon), word)),
      );
    }
    nav.append(title, list);
  }
}

/** The types that may be created, as a menu; about a record where one is given. */
export function newItems(regarding?: RecordRef): MenuItem[] {
  const { store, words } = context;
  if (!store) return [];
  return [...store.types]
    .filter(({ name }: ActivityType) => mayCreate(name, store.permissions) === true)
    .map((type) => ({
      label: words.typeName(type),
      icon: type.icon,
      onSelect: () => void context.compose({ type: type.name, ...(regarding && { regarding }) }),
    }));
}

/** Shows who works here; where the source does not answer, how to start it. */
async function meetUser(): Promise<void> {
  try {
    const { user } = await provider.session(asker());
    if (!user) return;
    const face = faceOf(user, 'small');
    face.title = user.name ?? '';
    only('.user').append(
      face,
      element('span', { class: 'visually-hidden' }, context.words.recordName(user)),
    );
  } catch {
    if (setting('source') === 'odata') only('.page').prepend(odataHint());
  }
}

function odataHint(): HTMLElement {
  const title = element('strong', {});
  const how = element('span', {});
  const retry = element('button', { type: 'button', class: 'button outline' });
  const embedded = element('a', { class: 'link' });
  retry.addEventListener('click', () => location.reload());
  live(() => {
    title.textContent = say('odata.title');
    how.textContent = say('odata.how');
    retry.textContent = say('odata.retry');
    embedded.textContent = say('odata.embedded');
    const url = new URL(location.href);
    url.searchParams.set('source', 'embedded');
    embedded.href = url.href;
  });
  return element(
    'div',
    { class: 'hint', role: 'alert' },
    element('p', {}, title, ' ', how, ' ', element('code', {}, 'npm run demo:odata')),
    element('div', { class: 'hint-acts' }, retry, embedded),
  );
}
