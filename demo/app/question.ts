import { element } from './dom.js';
import { live } from './settings.js';
import { say, type TextKey } from './texts.js';

/** A dialog that asks before something is lost; what it says if that fails stays in it. */
export function question(
  {
    title,
    text,
    yes,
    no,
    failed,
  }: Readonly<Record<'title' | 'text' | 'yes' | 'no', TextKey>> & {
    readonly failed: (thrown: unknown) => string;
  },
  act: () => Promise<void>,
): HTMLDialogElement {
  const heading = element('h2', { id: `ask-${title}` });
  const words = element('p', { class: 'quiet' });
  const problem = element('p', { class: 'problem', role: 'alert' });
  const doIt = element('button', { type: 'button', class: 'button danger' });
  const keep = element('button', { type: 'button', class: 'button outline', autofocus: true });
  const dialog = element(
    'dialog',
    { class: 'ask', 'aria-labelledby': heading.id },
    heading,
    words,
    problem,
    element('div', { class: 'ask-buttons' }, doIt, keep),
  );
  live(() => {
    heading.textContent = say(title);
    words.textContent = say(text);
    doIt.textContent = say(yes);
    keep.textContent = say(no);
  });
  keep.addEventListener('click', () => dialog.close());
  dialog.addEventListener('close', () => (problem.textContent = ''));
  doIt.addEventListener('click', () => {
    act().catch((thrown: unknown) => (problem.textContent = failed(thrown)));
  });
  return dialog;
}
