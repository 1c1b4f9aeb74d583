import { html, nothing } from 'lit';
import { button } from '../../ui/button.js';
import { DialogController } from '../../ui/dialog.js';
import { textField } from '../../ui/fields/text-field.js';
import type { MenuGroup, MenuItem } from '../../ui/menu.js';
import type { ActivityWorkspace } from './activity-workspace.js';
import { viewNamed, type PersonalView } from './personal-views.js';
import { withState } from './workspace-url.js';
import { WORKSPACE_VIEWS, isFiltered } from './workspace-state.js';

/** The views to choose from, and what can be done with them: the menu under the title, and the dialog that asks for a name. */
export class WorkspaceViews {
  readonly #host: ActivityWorkspace;
  readonly #dialog: DialogController;
  #name = '';
  #problem = '';
  /** The view that is renamed; undefined: a new one is saved. */
  #renamed: PersonalView | undefined;
  /** The name that exists already, once that was said: the next press replaces it. */
  #toReplace: string | undefined;

  constructor(host: ActivityWorkspace) {
    this.#host = host;
    this.#dialog = new DialogController(host);
  }

  menu(): readonly MenuGroup[] {
    const { words, memory, view, personalView, sharedName } = this.#host;
    const hint = (name: string): { hint?: string } =>
      memory.defaultView === name ? { hint: words.say('view.default') } : {};
    const own = memory.views.map((one): MenuItem => {
      const isUnsaved = one.id === personalView ? memory.hasChanged : memory.unsaved(one.id);
      return {
        label: one.name,
        kind: 'radio',
        checked: one.id === personalView,
        ...(isUnsaved ? { hint: words.say('view.unsaved') } : hint(one.id)),
        onSelect: () => this.open(one.id),
      };
    });
    const builtIn = WORKSPACE_VIEWS.map((name): MenuItem => ({
      label: words.say(`view.${name}`),
      kind: 'radio',
      checked: personalView === undefined && sharedName === undefined && name === view,
      ...hint(name),
      onSelect: () => this.open(name),
    }));
    return [
      { label: words.say('view.own'), items: own },
      { ...(own.length > 0 && { label: words.say('view.built-in') }), items: builtIn },
      { items: this.#commands() },
    ];
  }

  #commands(): MenuItem[] {
    const host = this.#host;
    const { words, memory } = host;
    const { chosen } = memory;
    const current = chosen?.id ?? host.view;
    const items: (MenuItem | false)[] = [
      chosen !== undefined &&
        memory.hasChanged && {
          label: words.say('view.save-changes'),
          icon: 'save',
          onSelect: () => void this.saveChanges(chosen),
        },
      chosen !== undefined &&
        memory.hasChanged && {
          label: words.say('action.discard'),
          icon: 'undo',
          onSelect: () => host.choose({ ...chosen.filters }),
        },
      {
        label: words.say('view.save-as'),
        icon: 'add',
        onSelect: () => this.askName(),
      },
      chosen !== undefined && {
        label: words.say('view.rename'),
        icon: 'edit',
        onSelect: () => this.#rename(chosen),
      },
      // Elsewhere nobody would read it.
      host.urlState && {
        label: words.say('action.copy-link'),
        icon: 'link',
        onSelect: () => void this.#copyLink(),
      },
      // What somebody shared is no view of the user's own until it is saved as one.
      host.sharedName === undefined &&
        memory.defaultView !== current && {
          label: words.say('view.make-default'),
          icon: 'pin',
          onSelect: () => void this.#makeDefault(current),
        },
      chosen !== undefined && {
        label: words.say('view.delete'),
        icon: 'delete',
        danger: true,
        onSelect: () => void this.#remove(chosen),
      },
    ];
    return items.filter((item) => item !== false);
  }

  /**
   * A view by its name or id: its own filters, or what stands unsaved for it. Between built-in ones the filters stay, but for those
   * of somebody else's view.
   */
  open(name: string): void {
    const host = this.#host;
    const next = host.memory.stateOf(name);
    if (!next) return;
    const keepsFilters =
      next.personalView === undefined &&
      host.personalView === undefined &&
      host.sharedName === undefined;
    host.sharedName = undefined;
    host.choose(keepsFilters ? { view: next.view } : next);
  }

  async #makeDefault(name: string): Promise<void> {
    const { context, memory, words, viewName } = this.#host;
    if (!(await memory.makeDefault(name))) return;
    context.notify({ kind: 'done', text: words.say('view.is-default', viewName) });
  }

  async saveChanges(view: PersonalView): Promise<void> {
    if (await this.#host.memory.saveChanges(view)) this.#tellSaved(view.name);
  }

  /** Asks what to call what is seen. */
  askName(): void {
    this.#ask(undefined, this.#host.sharedName ?? '');
  }

  #rename(view: PersonalView): void {
    this.#ask(view, view.name);
  }

  #ask(renamed: PersonalView | undefined, name: string): void {
    this.#renamed = renamed;
    this.#name = name;
    this.#problem = '';
    this.#toReplace = undefined;
    void this.#dialog.show();
  }

  async #remove(view: PersonalView): Promise<void> {
    const host = this.#host;
    const bringBack = await host.memory.remove(view);
    this.open(view.filters.view);
    host.context.notify({
      kind: 'done',
      text: host.words.say('view.deleted', view.name),
      action: {
        label: host.words.say('action.undo'),
        run: () => void bringBack().then(() => this.open(view.id)),
      },
    });
  }

  async #copyLink(): Promise<void> {
    const host = this.#host;
    const { words, context } = host;
    const { chosen } = host.memory;
    const name = chosen?.name ?? (isFiltered(host) ? host.sharedName : undefined);
    const link = withState(location.href, { ...host.state, name, personalView: undefined });
    try {
      await navigator.clipboard.writeText(link);
      context.notify({ kind: 'done', text: words.say('view.link-copied') });
    } catch {
      context.notify({ kind: 'error', text: words.say('view.link-not-copied', link) });
    }
  }

  async #save(): Promise<void> {
    const { words, memory } = this.#host;
    const name = this.#name.trim();
    if (name === '') {
      this.#say(words.say('invalid.required', words.say('view.name')));
      return;
    }
    const existing = viewNamed(memory.views, name);
    const isTaken = existing !== undefined && existing.id !== this.#renamed?.id;
    if (isTaken && this.#renamed) {
      this.#say(words.say('view.name-taken', existing.name));
      return;
    }
    if (isTaken && this.#toReplace !== name) {
      this.#toReplace = name;
      this.#say(words.say('view.replace', existing.name));
      return;
    }
    this.#dialog.hide();
    const isKept = this.#renamed
      ? await memory.rename(this.#renamed, name)
      : await this.#saveAs(existing?.name ?? name);
    if (isKept) this.#tellSaved(name);
  }

  async #saveAs(name: string): Promise<boolean> {
    const host = this.#host;
    const { id, isKept } = await host.memory.save(name);
    host.sharedName = undefined;
    host.choose({ personalView: id, arrangement: host.memory.find(id)?.filters.arrangement });
    return isKept;
  }

  #say(problem: string): void {
    this.#problem = problem;
    this.#host.requestUpdate();
  }

  #tellSaved(name: string): void {
    const { context, words } = this.#host;
    context.notify({ kind: 'done', text: words.say('view.saved', name) });
  }

  render(): unknown {
    if (!this.#dialog.isOpen) return nothing;
    const { words } = this.#host;
    const isReplacing = this.#toReplace !== undefined && this.#toReplace === this.#name.trim();
    const submit = (event: Event): void => {
      event.preventDefault();
      void this.#save();
    };
    return this.#dialog.render({
      title: words.say(this.#renamed ? 'view.rename' : 'view.save-as'),
      closeLabel: words.say('action.close'),
      size: 'small',
      body: html`<form class="ask" @submit=${submit}>
        ${textField({
          id: 'view-name',
          label: words.say('view.name'),
          value: this.#name,
          required: true,
          autofocus: true,
          error: this.#problem || undefined,
          onInput: (name) => {
            this.#name = name;
            this.#problem = '';
            this.#host.requestUpdate();
          },
        })}
        <span class="visually-hidden" role="status">${this.#problem}</span>
      </form>`,
      footer: html`
        ${button({
          label: words.say(isReplacing ? 'action.replace' : 'action.save'),
          kind: 'primary',
          danger: isReplacing,
          onClick: () => void this.#save(),
        })}
        ${button({
          label: words.say('action.back'),
          kind: 'outline',
          onClick: () => void this.#dialog.cancel(),
        })}
      `,
    });
  }
}
