import { html, type TemplateResult } from 'lit';
import { formFields } from '../../model/form-fields.js';
import { formField, formProblems } from '../../ui/fields/form-field.js';
import type { FormController } from '../../ui/fields/form-controller.js';
import type { ActivityElement } from './activity-element.js';

/** Never what an activity is about, unless a type says so. */
const PEOPLE_OF_THE_HOUSE = new Set(['user', 'team']);

/** The fields of the form's type, in two columns where there is room, and what holds up a save above them. */
export function formBody(
  host: ActivityElement,
  form: FormController,
  { readOnly = false }: { readonly readOnly?: boolean } = {},
): TemplateResult {
  const { words, store } = host;
  const canLookUp = store?.provider.lookup !== undefined;
  const lookup = canLookUp
    ? async (
        text: string,
        kinds: readonly string[],
        signal: AbortSignal,
      ): Promise<Awaited<ReturnType<typeof store.lookup>>> => {
        const found = await store.lookup(text, kinds, host.asker, signal);
        return kinds.length > 0
          ? found
          : found.filter(({ ref }) => !PEOPLE_OF_THE_HOUSE.has(ref.kind));
      }
    : undefined;
  return html`${formProblems(form, words)}
    <div class="form-fields">
      ${formFields(form.type).map((field, index) =>
        formField(form, field, {
          words,
          lookup,
          readOnly,
          choices: 'segmented',
          announce: (text) => host.context.announce(text),
          autofocus: index === 0 && !readOnly,
        }),
      )}
    </div>`;
}
