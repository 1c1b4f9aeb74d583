import type { MenuGroup, MenuItem } from '../../ui/menu.js';

/** Something that can be done with what is selected, or anew: a button of a bar or, where there is no room, an item of its menu. */
export interface Command {
  readonly label: string;
  readonly icon: string;
  readonly kind?: 'primary';
  readonly danger?: boolean;
  /** It can't be done now, and why. */
  readonly why?: string | undefined;
  /** It opens these. */
  readonly items?: readonly MenuItem[];
  readonly onSelect?: () => void;
}

/** Commands as groups of a menu: those that open something have one each, with its name; those between them stand together. */
export function commandGroups(commands: readonly Command[]): MenuGroup[] {
  const groups: { label?: string; items: MenuItem[] }[] = [];
  let together: MenuItem[] | undefined;
  for (const { label, icon, items, why, danger = false, onSelect } of commands) {
    if (items) {
      groups.push({ label, items: [...items] });
      together = undefined;
      continue;
    }
    if (!together) groups.push({ items: (together = []) });
    const disabled = why !== undefined;
    together.push({ label, icon, danger, disabled, why, onSelect: () => onSelect?.() });
  }
  return groups;
}
