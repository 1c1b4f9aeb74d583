import type { Localizer } from '../../i18n/localizer.js';
import type { ActivityDraft } from '../../model/activity.js';
import type { FormController } from '../../ui/fields/form-controller.js';

/** What the host's `<form>` sees of a form of the kit: its draft as JSON under the element's `name`, and what is wrong with it. */
export class FormValue {
  readonly #internals: ElementInternals;
  readonly #form: FormController;
  #told: ActivityDraft | undefined;

  constructor(internals: ElementInternals, form: FormController) {
    this.#internals = internals;
    this.#form = form;
  }

  /** After every rendering. What is not shown has no value and holds nothing up. */
  tell(words: Localizer, isShown: boolean): void {
    const internals = this.#internals;
    const draft = isShown ? this.#form.draft : undefined;
    if (draft !== this.#told) {
      this.#told = draft;
      internals.setFormValue(draft ? JSON.stringify(draft) : null);
    }
    const [first] = isShown ? this.#form.errors(words) : [];
    if (!first) internals.setValidity({});
    else {
      const anchor = this.#form.control(first.path);
      if (anchor) internals.setValidity({ customError: true }, first.text, anchor);
      else internals.setValidity({ customError: true }, first.text);
    }
  }
}
