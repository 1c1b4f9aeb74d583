import type { MenuItem } from '../../ui/menu.js';

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
