import { html, nothing } from 'lit';
import { applyPatch, type Activity } from '../../model/activity.js';
import type { ActivityType } from '../../model/activity-type.js';
import { formFields, type FormField } from '../../model/form-fields.js';
import { may } from '../../provider/may.js';
import { FormController } from '../../ui/fields/form-controller.js';
import { formField } from '../../ui/fields/form-field.js';
import type { MenuItem } from '../../ui/menu.js';
import { conflictPanel, type Conflict } from '../base/conflict.js';
import { FormDrafts, withPatch } from '../base/form-drafts.js';
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

/** A value that is being changed. */
interface Edit {
  readonly activity: Activity;
  readonly paths: ReadonlySet<string>;
  isSaving: boolean;
  /** What somebody else made of the same: who saves again means their own. */
  conflict?: Conflict;
}

/**
 * Changes a value where it stands, in a small form over its cell: Enter keeps it, and so does going on elsewhere; Escape does not.
 * What the type's rules or the server say against it stands beneath, and what was typed stays; should the page go, it is offered
 * wherever the activity is edited next.
 */
export class EditInPlace {
  readonly #grid: ActivityGrid;
  readonly #form: FormController;
  readonly #drafts: FormDrafts;
  #edit: Edit | undefined;

  constructor(grid: ActivityGrid) {
    this.#grid = grid;
    this.#form = new FormController(grid, { onChange: () => this.#drafts.changed() });
    this.#drafts = new FormDrafts(grid, this.#form, {
      onRestore: ({ patch }) => this.#form.restore(withPatch(this.#form.draft, patch)),
      shows: (patch) => Object.keys(patch).every((path) => this.#edit?.paths.has(path)),
    });
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
        })}${this.#renderConflict()}${this.#drafts.render()}`,
      apply: { label: words.say('action.save'), run: () => void this.#save() },
      other: {
        label: words.say('action.back'),
        run: () => {
          this.#drafts.end();
          panel.close();
        },
      },
      onEscape: () => this.#drafts.end(),
      onLeave: () => this.#leave(),
      onClose: () => {
        this.#edit = undefined;
        this.#drafts.begin(undefined);
      },
    });
    this.#edit = {
      activity,
      paths: new Set([field.path, ...(field.kind === 'period' ? ['end'] : [])]),
      isSaving: false,
    };
    this.#form.begin(type, activity, { isNew: false });
    this.#drafts.begin(`form.draft:${activity.id}`);
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

  #renderConflict(): unknown {
    const edit = this.#edit;
    if (!edit?.conflict || edit.conflict.paths.length === 0) return nothing;
    return conflictPanel(edit.conflict, this.#form, this.#grid.words, (path) => {
      const { conflict } = edit;
      if (!conflict) return;
      edit.conflict = { ...conflict, paths: conflict.paths.filter((other) => other !== path) };
      this.#grid.requestUpdate();
    });
  }

  /** True if somebody else made something else of the same meanwhile: it is shown, and this is saved only once that was seen. */
  #conflicts(edit: Edit, row: Activity): boolean {
    const paths = this.#form.conflictsWith(row).filter((path) => edit.paths.has(path));
    this.#form.rebase(row);
    if (paths.length === 0) return false;
    edit.conflict = { row, paths };
    const { context, words } = this.#grid;
    context.announce(words.say('conflict.title'), true);
    this.#grid.requestUpdate();
    return true;
  }

  /** What else is wrong with the activity is nobody's business here. */
  #isRight({ paths }: Edit): boolean {
    return !this.#form.errors(this.#grid.words).some(({ path }) => paths.has(path));
  }

  /** Who goes on elsewhere means what is typed, as Enter does; what is wrong stays there to be seen. */
  #leave(): boolean {
    const edit = this.#edit;
    this.#form.settle();
    if (!edit || !this.#form.isDirty) return false;
    if (this.#isRight(edit)) void this.#save();
    else this.#form.leave(...edit.paths);
    return true;
  }

  async #save(): Promise<void> {
    const edit = this.#edit;
    this.#form.settle();
    if (!edit || edit.isSaving || (!this.#isRight(edit) && !this.#form.check())) return;
    const { panel, requests, words, store } = this.#grid;
    const { activity } = edit;
    const row = store?.row(activity.id);
    if (!row) {
      // What was typed stays, to be copied.
      const [path = ''] = edit.paths;
      this.#form.refuse({ [path]: words.failure({ code: 'not-found', message: '' }) });
      return;
    }
    if (this.#conflicts(edit, row)) return;
    const { changes } = this.#form;
    if (Object.keys(changes).length === 0) {
      panel.close();
      return;
    }
    edit.isSaving = true;
    delete edit.conflict;
    const isSaved = this.#drafts.saving(changes);
    const { isDone, error } = await requests.update([row], changes, {
      done: words.say('announce.saved', subjectOf(this.#grid, applyPatch(row, changes))),
    });
    edit.isSaving = false;
    if (isDone) isSaved();
    if (edit !== this.#edit) return;
    const theirs = error?.code === 'conflict' ? error.row : undefined;
    if (theirs && this.#conflicts(edit, theirs)) return;
    this.#form.rebase(store?.row(activity.id) ?? theirs ?? row);
    if (error?.fields) this.#form.refuse(error.fields);
    // What was typed while it was being saved is not.
    else if (!this.#form.isDirty) panel.close();
  }
}
