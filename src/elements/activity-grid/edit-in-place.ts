import { html } from 'lit';
import type { Activity } from '../../model/activity.js';
import type { ActivityType } from '../../model/activity-type.js';
import { formFields, type FormField } from '../../model/form-fields.js';
import { may } from '../../provider/may.js';
import { FormController } from '../../ui/fields/form-controller.js';
import { formField } from '../../ui/fields/form-field.js';
import type { MenuItem } from '../../ui/menu.js';
import { subjectOf } from '../base/subject-link.js';
import type { ActivityGrid } from './activity-grid.js';
import { PEOPLE } from './row-menu.js';

/** The columns that are edited where they stand. */
const EDITABLE = ['subject', 'due', 'priority', 'owner'] as const;
type Editable = (typeof EDITABLE)[number];

/** The field of a form that stands behind a column; undefined where that type has none. */
export function fieldOf(column: string, type: ActivityType): FormField | undefined {
  if (column === 'owner') {
    return { path: 'owner', label: 'field.owner', kind: 'record', required: true, kinds: PEOPLE };
  }
  const path = column === 'due' && type.deadline === 'end' ? 'start' : column;
  return isEditable(column) ? formFields(type).find((field) => field.path === path) : undefined;
}

function isEditable(column: string): column is Editable {
  return (EDITABLE as readonly string[]).includes(column);
}

/**
 * Changes a value where it stands, in a small form over its cell: Enter keeps it, Escape does not. What the type's rules or the
 * server say against it stands beneath, and what was typed stays.
 */
export class EditInPlace {
  readonly #grid: ActivityGrid;
  readonly #form: FormController;
  #activity: Activity | undefined;
  #paths: ReadonlySet<string> = new Set();
  #isSaving = false;

  constructor(grid: ActivityGrid) {
    this.#grid = grid;
    this.#form = new FormController(grid);
  }

  /** What can be edited of it, for a menu. */
  items(activity: Activity): MenuItem[] {
    const { words, acts } = this.#grid;
    if (!acts.canEver('edit')) return [];
    return EDITABLE.filter((column) => column !== 'owner').flatMap((column) => {
      const field = fieldOf(column, this.#grid.typeOf(activity));
      if (!field) return [];
      const why = this.#refusal(activity, column);
      return {
        label: words.say('grid.edit-field', words.label(field.label)),
        icon: 'edit',
        disabled: why !== undefined,
        why,
        onSelect: () => this.open(activity, column),
      };
    });
  }

  /** False where the column is none that is edited in place. Says why where it may not be. */
  open(activity: Activity, column: string): boolean {
    const grid = this.#grid;
    const { words, panel, context, acts } = grid;
    const type = grid.typeOf(activity);
    const field = fieldOf(column, type);
    if (!field || !isEditable(column) || !acts.canEver('edit')) return false;
    const why = this.#refusal(activity, column);
    if (why !== undefined) {
      context.announce(words.say('announce.refused', why));
      return true;
    }
    const anchor = grid.cellOf(activity.id, column);
    if (!anchor) return false;
    this.#activity = activity;
    this.#paths = new Set([field.path, ...(field.kind === 'period' ? ['end'] : [])]);
    this.#form.begin(type, activity, { isNew: false });
    const { lookup } = grid.store?.provider ?? {};
    const label = words.say('grid.edit-of', words.label(field.label), subjectOf(grid, activity));
    void panel.open(anchor, {
      label,
      content: () =>
        html`${formField(this.#form, field, {
          words,
          announce: (text) => context.announce(text),
          choices: 'segmented',
          ...(lookup && {
            lookup: (text: string, kinds: readonly string[], signal: AbortSignal) =>
              grid.lookUp(text, kinds, signal),
          }),
        })}`,
      apply: { label: words.say('action.save'), run: () => void this.#save() },
      other: { label: words.say('action.back'), run: () => panel.close() },
    });
    return true;
  }

  #refusal(activity: Activity, column: Editable): string | undefined {
    const { store, words } = this.#grid;
    if (!store) return undefined;
    if (activity.access === 'busy') return words.say('record.no-access-title');
    if (this.#grid.isBusy(activity)) return words.say('sync.saving');
    const permission = may(column === 'owner' ? 'assign' : 'edit', activity, store.permissions);
    return permission === true ? undefined : words.refusal(permission);
  }

  /** What else is wrong with the activity is nobody's business here. */
  #isRight(): boolean {
    this.#form.settle();
    const isWrong = this.#form.errors(this.#grid.words).some(({ path }) => this.#paths.has(path));
    return !isWrong || this.#form.check();
  }

  async #save(): Promise<void> {
    const activity = this.#activity;
    if (!activity || this.#isSaving || !this.#isRight()) return;
    const { changes } = this.#form;
    const { panel, requests, context, words } = this.#grid;
    if (Object.keys(changes).length === 0) {
      panel.close();
      return;
    }
    this.#isSaving = true;
    const { isDone, error, reason } = await requests.update([activity], changes, { quiet: true });
    this.#isSaving = false;
    if (isDone) {
      panel.close();
      context.announce(words.say('announce.saved', subjectOf(this.#grid, activity)));
    } else if (error?.fields && panel.isOpen) {
      this.#form.refuse(error.fields);
    } else {
      panel.close();
      context.notify({ kind: 'error', text: words.say('announce.refused', reason ?? '') });
    }
  }
}
