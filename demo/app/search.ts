import type { RecordSummary } from 'activity-kit';
import { describe, faceOf, recordAddress } from './describe.js';
import { element, glyph } from './dom.js';
import { live } from './settings.js';
import { RECORD_KINDS, asker, provider } from './source.js';
import { say } from './texts.js';

/** Keystrokes that follow one another this fast, in milliseconds, are one question. */
const PAUSE = 150;
const SHOWN = 8;

/** A field that finds records by name and leads to their pages: a combobox with a list, after the ARIA Authoring Practices. */
export function recordSearch(): HTMLElement {
  const input = element('input', {
    type: 'search',
    id: 'record-search',
    role: 'combobox',
    autocomplete: 'off',
    spellcheck: 'false',
    'aria-autocomplete': 'list',
    'aria-controls': 'record-search-results',
    'aria-expanded': 'false',
  });
  const list = element('ul', { role: 'listbox', id: 'record-search-results' });
  const message = element('p', { class: 'search-message' });
  const panel = element('div', { class: 'search-panel', hidden: true }, list, message);
  const status = element('span', { class: 'visually-hidden', role: 'status' });
  const frame = element(
    'search',
    { class: 'record-search' },
    glyph('search'),
    input,
    panel,
    status,
  );

  let found: readonly RecordSummary[] = [];
  let active = -1;
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let asking: AbortController | undefined;

  const options = (): HTMLElement[] => [...list.querySelectorAll<HTMLElement>('[role=option]')];

  function activate(index: number): void {
    active = index;
    for (const [at, option] of options().entries()) {
      option.setAttribute('aria-selected', String(at === index));
      if (at === index) option.scrollIntoView({ block: 'nearest' });
    }
    if (index < 0) input.removeAttribute('aria-activedescendant');
    else input.setAttribute('aria-activedescendant', `record-search-${index}`);
  }

  function close(): void {
    panel.hidden = true;
    input.setAttribute('aria-expanded', 'false');
    activate(-1);
  }

  function open(record: RecordSummary | undefined, inNewTab = false): void {
    const address = record && recordAddress(record.ref);
    if (address === undefined) return;
    if (inNewTab) window.open(address);
    else location.assign(address);
  }

  function show(records: readonly RecordSummary[], text: string, problem = ''): void {
    found = records.slice(0, SHOWN);
    list.replaceChildren(...found.map((record, index) => resultOf(record, index, text)));
    list.hidden = found.length === 0;
    message.textContent = problem || (found.length === 0 ? say('search.none') : '');
    message.hidden = message.textContent === '';
    status.textContent = message.textContent || say('search.count', found.length);
    panel.hidden = false;
    input.setAttribute('aria-expanded', String(found.length > 0));
    activate(-1);
  }

  async function find(): Promise<void> {
    const text = input.value.trim();
    asking?.abort();
    if (text === '') {
      found = [];
      status.textContent = '';
      close();
      return;
    }
    const { signal } = (asking = new AbortController());
    try {
      const records = await provider.lookup(text, RECORD_KINDS, asker(signal));
      if (!signal.aborted) show(records, text);
    } catch {
      if (!signal.aborted) show([], text, say('search.failed'));
    }
  }

  input.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => void find(), input.value === '' ? 0 : PAUSE);
  });
  input.addEventListener('focus', () => {
    if (input.value.trim() !== '' && found.length > 0) show(found, input.value.trim());
  });
  frame.addEventListener('focusout', ({ relatedTarget }) => {
    if (!(relatedTarget instanceof Node) || !frame.contains(relatedTarget)) close();
  });
  input.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    const count = found.length;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (count === 0) return;
      if (panel.hidden) show(found, input.value.trim());
      const step = event.key === 'ArrowDown' ? active + 1 : active < 0 ? count - 1 : active - 1;
      activate(((step % count) + count) % count);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (!panel.hidden) open(found[Math.max(active, 0)], event.ctrlKey || event.metaKey);
    } else if (event.key === 'Escape' && !panel.hidden) {
      // Closes first; once more empties the field.
      event.preventDefault();
      close();
    }
  });
  // The field keeps the focus.
  panel.addEventListener('mousedown', (event) => event.preventDefault());
  list.addEventListener('click', (event) => {
    const option = (event.target as Element).closest('[role=option]');
    const index = options().findIndex((one) => one === option);
    open(found[index], event.ctrlKey || event.metaKey);
  });

  const narrow = matchMedia('(width < 560px)');
  const label = (): void => {
    input.setAttribute('aria-label', say('search.label'));
    input.placeholder = say(narrow.matches ? 'search.short' : 'search.label');
    list.setAttribute('aria-label', say('search.results'));
  };
  live(label);
  narrow.addEventListener('change', label);
  return frame;
}

function resultOf(record: RecordSummary, index: number, text: string): HTMLElement {
  return element(
    'li',
    {
      role: 'option',
      id: `record-search-${index}`,
      class: 'search-result',
      'aria-selected': 'false',
    },
    faceOf(record.ref),
    element(
      'span',
      { class: 'search-words' },
      marked(record.ref.name ?? '', text),
      element('bdi', { class: 'quiet small clip' }, describe(record)),
    ),
  );
}

/** The name with what was typed set off. */
function marked(name: string, text: string): HTMLElement {
  const at = name.toLowerCase().indexOf(text.toLowerCase());
  const words = element('bdi', { class: 'clip' });
  if (at < 0) words.append(name);
  else {
    const end = at + text.length;
    words.append(name.slice(0, at), element('mark', {}, name.slice(at, end)), name.slice(end));
  }
  return words;
}
