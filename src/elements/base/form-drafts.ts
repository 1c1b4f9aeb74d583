import { css, html, nothing, type TemplateResult } from 'lit';
import {
  applyPatch,
  type Activity,
  type ActivityDraft,
  type ActivityPatch,
} from '../../model/activity.js';
import { changesBetween } from '../../model/draft.js';
import { sameJson, toPlainJson, type Json } from '../../model/json.js';
import { toInstant, type Time } from '../../model/time.js';
import { button } from '../../ui/button.js';
import type { FormController } from '../../ui/fields/form-controller.js';
import { icon } from '../../ui/icon.js';
import type { ActivityElement } from './activity-element.js';
import type { ActivityPreferences, PreferenceChange } from '../../provider/preferences.js';
import { Keeping } from './keeping.js';
import { readPreference } from './preferences.js';

/** What was typed into one form and never saved. */
interface Kept {
  /** Of the form it was typed into: another one of the same record keeps its own. */
  readonly form: string;
  readonly at: Time;
  /** Of a new one: its type, and all that is filled in. */
  readonly type: string;
  readonly patch: ActivityPatch;
  /** Of a new one: under which id it is made, so that a save of which nobody knew the outcome is not done twice. */
  readonly key?: string;
  /** What stands half typed where records are sought, by path. */
  readonly texts?: { readonly [path: string]: string };
}

export const draftOfferStyles = css`
  .draft-offer {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(2 * var(--_space));
    padding: var(--_space) calc(3 * var(--_space));
    border-radius: var(--_radius);
    background: var(--_surface-sunken);
  }

  /* With too little room beside it, the buttons stand beneath. */
  .draft-offer > .grow {
    flex-basis: 7rem;
  }

  @media (forced-colors: active) {
    .draft-offer {
      border: var(--_stroke) solid CanvasText;
    }
  }
`;

/** How many unsaved drafts of one record are kept. */
const MOST = 5;

/** What is filled in, as far as it is kept. */
export type DraftedForm = Pick<
  FormController,
  'type' | 'isNew' | 'draft' | 'changes' | 'isDirty' | 'halfTyped' | 'restoreTexts'
>;

export interface FormDraftsHooks {
  /** The type of a draft that is taken up again; undefined where it is not to be had. */
  readonly onRestore: (kept: Pick<Kept, 'type' | 'patch' | 'key'>) => void;
  /** Under which id what is new is made. */
  readonly key?: () => string;
  /** Whether what was changed can all be shown here. Default: yes. */
  readonly shows?: (patch: ActivityPatch) => boolean;
}

/**
 * Keeps what is typed, as it is typed, among the user's preferences, and offers it when the same record is shown again: after a
 * failed save, a closed tab, a crash. Only a save or the user throws it away.
 */
export class FormDrafts {
  readonly #host: ActivityElement;
  readonly #form: DraftedForm;
  readonly #hooks: FormDraftsHooks;
  readonly #keeping: Keeping;
  #key: string | undefined;
  #preferences: ActivityPreferences | undefined;
  /** Of this form since it began. */
  #id = '';
  #offered: readonly Kept[] = [];
  #hasWritten = false;

  constructor(host: ActivityElement, form: DraftedForm, hooks: FormDraftsHooks) {
    this.#host = host;
    this.#form = form;
    this.#hooks = hooks;
    this.#keeping = new Keeping(host);
  }

  /** What is shown is kept under this key from now on; undefined: nothing is. */
  begin(key: string | undefined): void {
    const preferences = key === undefined ? undefined : this.#host.preferences;
    if (key === this.#key && preferences === this.#preferences) return;
    this.#keeping.flush();
    this.#key = key;
    this.#preferences = preferences;
    this.#id = Math.random().toString(36).slice(2);
    this.#hasWritten = false;
    this.#offered = [];
    if (key !== undefined) void this.#seek(key);
  }

  async #seek(key: string): Promise<void> {
    const preferences = this.#preferences;
    if (!preferences) return;
    const kept = keptIn(await readPreference(preferences, key));
    if (key !== this.#key) return;
    this.#offered = kept.filter(({ form }) => form !== this.#id);
    if (this.#offered.length > 0) this.#host.requestUpdate();
  }

  /** Something was typed. */
  readonly changed = (): void => {
    if (this.#key === undefined || !this.#preferences) return;
    this.#keeping.later(this.#preferences, this.#key, () => this.#replaceBy(this.#current()));
  };

  #current(): Kept | undefined {
    const { draft, isNew, type } = this.#form;
    const texts = this.#form.halfTyped;
    if (!this.#form.isDirty && Object.keys(texts).length === 0) return undefined;
    return {
      form: this.#id,
      at: toInstant(this.#host.now),
      type: type.name,
      patch: isNew ? draft : this.#form.changes,
      ...(this.#hooks.key && { key: this.#hooks.key() }),
      ...(Object.keys(texts).length > 0 && { texts }),
    };
  }

  /** It is saved, or the user threw it away. */
  end(): void {
    this.#keeping.drop();
    if (this.#hasWritten) this.#change(this.#replaceBy(undefined));
  }

  /**
   * This much of it is being saved. Answers the way to say that it is: it is kept no longer, also where something else is shown by
   * then, and what was typed since still is.
   */
  saving(patch: ActivityPatch): () => void {
    const [preferences, key, id] = [this.#preferences, this.#key, this.#id];
    return () => {
      if (key === undefined || !preferences) return;
      if (id === this.#id) this.#keeping.flush();
      void this.#keeping.change(preferences, key, (value) =>
        asKept(keptIn(value).filter((one) => one.form !== id || !sameJson(one.patch, patch))),
      );
    };
  }

  /** In place of what this form kept before. */
  #replaceBy(kept: Kept | undefined): PreferenceChange {
    this.#hasWritten = kept !== undefined;
    const id = this.#id;
    return (value) => {
      const others = keptIn(value).filter(({ form }) => form !== id);
      return asKept(kept ? [kept, ...others].slice(0, MOST) : others);
    };
  }

  #change(change: PreferenceChange): void {
    if (this.#key === undefined || !this.#preferences) return;
    void this.#keeping.change(this.#preferences, this.#key, change);
  }

  #forget(kept: Kept): void {
    this.#change((value) => asKept(keptIn(value).filter(({ form }) => form !== kept.form)));
  }

  #restore(kept: Kept): void {
    this.#hooks.onRestore(kept);
    this.#form.restoreTexts(kept.texts ?? {});
    this.#drop(kept, false);
    // From now on it is what this form keeps.
    this.#change(this.#replaceBy(this.#current()));
    this.#forget(kept);
    this.#host.context.announce(this.#host.words.say('draft.restored'));
  }

  #drop(kept: Kept, forGood: boolean): void {
    this.#offered = this.#offered.filter((one) => one !== kept);
    if (forGood) this.#forget(kept);
    this.#host.requestUpdate();
  }

  /** What was typed before and not saved, and what can be done about it. */
  render(): TemplateResult | typeof nothing {
    const { words } = this.#host;
    const kept = this.#offered.find((one) => this.#isNews(one));
    if (!kept) return nothing;
    return html`<div
      class="draft-offer"
      part="draft-offer"
      role="group"
      aria-labelledby="draft-offer"
    >
      ${icon('clock', 16)}
      <span class="grow" id="draft-offer">${words.say('draft.offer', words.ago(kept.at))}</span>
      ${button({
        label: words.say('draft.restore'),
        small: true,
        kind: 'outline',
        part: 'draft-restore',
        onClick: () => this.#restore(kept),
      })}
      ${button({
        label: words.say('draft.discard'),
        small: true,
        part: 'draft-discard',
        onClick: () => this.#drop(kept, true),
      })}
    </div>`;
  }

  /** It says something else than what stands in the form. */
  #isNews({ patch, texts }: Kept): boolean {
    if (this.#hooks.shows?.(patch) === false) return false;
    if (Object.keys(texts ?? {}).length > 0) return true;
    const { draft } = this.#form;
    const changes = Object.entries(changesBetween(draft, withPatch(draft, patch)));
    return changes.some(
      ([key, value]) => value !== null || isSet(draft[key as keyof ActivityDraft]),
    );
  }
}

/** A draft with what was changed in it before. */
export function withPatch(draft: ActivityDraft, patch: ActivityPatch): ActivityDraft {
  return applyPatch(draft as Activity, patch);
}

const isSet = (value: unknown): boolean => value !== undefined && value !== null;

const asKept = (all: readonly Kept[]): Json | undefined =>
  all.length > 0 ? toPlainJson(all) : undefined;

function keptIn(value: Json | undefined): readonly Kept[] {
  if (!Array.isArray(value)) return [];
  return (value as unknown[]).filter(isKept);
}

function isKept(value: unknown): value is Kept {
  if (typeof value !== 'object' || value === null) return false;
  const { form, at, type, patch, key } = value as Partial<Record<keyof Kept, unknown>>;
  return (
    typeof form === 'string' &&
    typeof at === 'string' &&
    typeof type === 'string' &&
    typeof patch === 'object' &&
    patch !== null &&
    (key === undefined || typeof key === 'string')
  );
}
