import { element, glyph } from './dom.js';
import { question } from './question.js';
import { live, setting } from './settings.js';
import { embedded, exportData, importData, resetData } from './source.js';
import { say, type TextKey } from './texts.js';

/** What is done with all that this browser keeps, and whether it stays; with the dialogs that ask before anything is lost. */
export function keptData(
  opener: HTMLElement,
  close: () => void,
): {
  readonly parts: readonly HTMLElement[];
  readonly dialogs: readonly HTMLDialogElement[];
} {
  const state = element('p', { class: 'quiet small', role: 'status' });
  const tell = async (): Promise<void> => {
    const found = await embedded?.storageState();
    if (!found) return;
    const used = found.used ?? 0;
    state.textContent = say(`keep.${found.persistence}`, megabytes(used));
  };
  live(() => void tell());
  opener.addEventListener('click', () => void tell());

  let chosen: File | undefined;
  const replace = question(
    {
      title: 'import.title',
      text: 'import.text',
      yes: 'import.do',
      no: 'reset.keep',
      failed: wordsOf,
    },
    async () => {
      if (chosen) await importData(chosen);
    },
  );
  const reset = question(
    {
      title: 'reset.title',
      text: 'reset.text',
      yes: 'reset.do',
      no: 'reset.keep',
      failed: () => say('reset.failed'),
    },
    resetData,
  );
  const ask = (dialog: HTMLDialogElement): void => {
    close();
    dialog.showModal();
  };

  const file = element('input', { type: 'file', accept: '.jsonl', hidden: true });
  file.addEventListener('change', () => {
    chosen = file.files?.[0];
    file.value = '';
    if (chosen) ask(replace);
  });
  const problem = element('p', { class: 'problem small', role: 'alert' });
  const out = act('download', 'export', () => {
    problem.textContent = '';
    exportData().then(save, (thrown: unknown) => (problem.textContent = wordsOf(thrown)));
  });
  const parts = [
    out,
    act('file', 'import', () => file.click()),
    file,
    act('undo', 'reset', () => ask(reset)),
    state,
    problem,
  ];
  return { parts, dialogs: [replace, reset] };
}

function act(icon: string, key: TextKey, run: () => void): HTMLButtonElement {
  const words = element('span', {});
  const button = element('button', { type: 'button', class: 'button outline' }, glyph(icon), words);
  live(() => (words.textContent = say(key)));
  button.addEventListener('click', run);
  return button;
}

function save(file: File): void {
  const url = URL.createObjectURL(file);
  element('a', { href: url, download: file.name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** The provider's own words, where it has some. */
function wordsOf(thrown: unknown): string {
  const message = thrown instanceof Error ? thrown.message : '';
  return message || say('keep.failed');
}

function megabytes(bytes: number): string {
  return new Intl.NumberFormat(setting('lang'), {
    style: 'unit',
    unit: 'megabyte',
    maximumFractionDigits: 1,
  }).format(bytes / 1e6);
}
