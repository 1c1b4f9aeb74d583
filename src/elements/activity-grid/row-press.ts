import { HEAD } from './grid-navigation.js';
import type { SelectionController } from './selection.js';

/**
 * What the pointer does to the selection: a press on a checkbox or beside it in its cell, on a row with Ctrl, or with Shift for all
 * in between. Links and buttons keep their own meaning.
 */
export function pressed(event: MouseEvent, selection: SelectionController): void {
  const target = event.target as Element;
  const cell = target.closest<HTMLElement>('[data-col]');
  const id = cell?.closest<HTMLElement>('[data-id]')?.dataset['id'];
  if (!cell || id === undefined) return;
  const isBox = cell.dataset['col'] === 'select';
  if (!isBox && (id === HEAD || target.closest('a, button'))) return;
  if (event.type === 'mousedown') {
    // Shift would select the text in between.
    if (event.shiftKey) event.preventDefault();
    return;
  }
  if (id === HEAD) selection.toggleAll();
  else if (event.shiftKey) selection.extendTo(id);
  else if (isBox || event.ctrlKey || event.metaKey) selection.toggle(id);
  const box = isBox && cell.querySelector('input');
  // The browser has turned it over already, which a range or what could not be selected may not want.
  if (box) box.checked = id === HEAD ? selection.isAll : selection.has(id);
}
