import { element, glyph } from './dom.js';
import { keptData } from './kept-data.js';
import { popup } from './popup.js';
import { choicesOf, choose, live, setting, type SettingName } from './settings.js';
import { say, type TextKey } from './texts.js';

/** A button with a glyph alone, named in the user's language. */
export function glyphButton(name: string, text: TextKey): HTMLButtonElement {
  const button = element('button', { type: 'button', class: 'bar-button' }, glyph(name));
  live(() => {
    button.ariaLabel = say(text);
    button.title = say(text);
  });
  return button;
}

/** The gear and what it opens: data source, theme, language, density, trouble on purpose, and the way back to fresh data. */
export function settingsPanel(): HTMLElement {
  const opener = glyphButton('settings', 'settings');
  const panel = element(
    'div',
    { class: 'settings', id: 'settings', role: 'group' },
    choice('source'),
    hint('setting.source.hint'),
    choice('theme'),
    choice('lang'),
    choice('density'),
    choice('chaos'),
    hint('setting.chaos.hint'),
  );
  opener.setAttribute('aria-controls', panel.id);
  live(() => panel.setAttribute('aria-label', say('settings')));
  const frame = element('div', { class: 'popup-frame' }, opener, panel);
  const close = popup(frame, opener, panel);
  if (setting('source') === 'embedded') {
    const { parts, dialogs } = keptData(opener, () => {
      close();
      opener.focus();
    });
    panel.append(...parts);
    frame.append(...dialogs);
  }
  return frame;
}

function hint(key: TextKey): HTMLElement {
  const text = element('p', { class: 'quiet small' });
  live(() => (text.textContent = say(key)));
  return text;
}

function choice<N extends SettingName>(name: N): HTMLElement {
  const legend = element('legend', {});
  const set = element('fieldset', { class: 'choice' }, legend);
  const row = element('div', { class: 'segments' });
  for (const value of choicesOf(name)) {
    const input = element('input', { type: 'radio', name: `setting-${name}`, value });
    const words = element('span', {});
    input.addEventListener('change', () => choose(name, value));
    live(() => {
      input.checked = setting(name) === value;
      words.textContent = say(`setting.${name}.${value}` as 'settings');
    });
    row.append(element('label', { class: 'segment' }, input, words));
  }
  set.append(row);
  live(() => (legend.textContent = say(`setting.${name}` as 'settings')));
  return set;
}
