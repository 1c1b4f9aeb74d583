import { html, LitElement } from 'lit';
import { fixture } from '@open-wc/testing';
import { Localizer } from '../../../src/i18n/localizer.js';
import type { ActivityDraft } from '../../../src/model/activity.js';
import type { ActivityType } from '../../../src/model/activity-type.js';
import { ActivityTypes } from '../../../src/model/activity-types.js';
import { formFields } from '../../../src/model/form-fields.js';
import type { RecordSummary } from '../../../src/provider/provider.js';
import { controlsStyles } from '../../../src/theme/controls.styles.js';
import { tokensStyles } from '../../../src/theme/tokens.styles.js';
import { fieldsStyles } from '../../../src/ui/fields/fields.styles.js';
import { FormController } from '../../../src/ui/fields/form-controller.js';
import { formField, formProblems } from '../../../src/ui/fields/form-field.js';
import type { RecordCreation } from '../../../src/ui/fields/record-field.js';
import { popoverStyles } from '../../../src/ui/popover.styles.js';

/** Monday, 23 November 2026, 14:07 in Taipei. */
export const NOW = Date.parse('2026-11-23T06:07:00Z');
export const types = new ActivityTypes();

export type TestLookup = (
  text: string,
  kinds: readonly string[],
  signal: AbortSignal,
) => Promise<readonly RecordSummary[]>;

export const people: readonly RecordSummary[] = [
  { ref: { kind: 'contact', id: 'c1', name: 'Cecil Langer' }, detail: 'Wingtip Toys' },
  { ref: { kind: 'contact', id: 'c2', name: 'Cecilia Bianchi' } },
  { ref: { kind: 'account', id: 'a1', name: 'Cecil & Sons' } },
];

/** A form as an element has one: all fields of a type in one shadow root. */
export class TestForm extends LitElement {
  static override styles = [tokensStyles, controlsStyles, popoverStyles, fieldsStyles];
  readonly said: string[] = [];
  changes = 0;
  readOnly = false;
  lookup: TestLookup | undefined = (text) =>
    Promise.resolve(
      people.filter(({ ref }) => ref.name?.toLowerCase().includes(text.toLowerCase())),
    );
  creation: RecordCreation | undefined;
  words = new Localizer({ locale: 'en-GB', timeZone: 'Asia/Taipei', now: () => NOW });
  readonly form = new FormController(this, { onChange: () => this.changes++ });

  override render() {
    return html`<div class="base" lang=${this.words.locale} dir=${this.words.direction}>
      ${formProblems(this.form, this.words)}
      ${formFields(this.form.type).map((field) =>
        formField(this.form, field, {
          words: this.words,
          lookup: this.lookup,
          creation: this.creation,
          readOnly: this.readOnly,
          choices: 'segmented',
          announce: (text) => this.said.push(text),
        }),
      )}
      <button type="button">After</button>
    </div>`;
  }

  get(selector: string): HTMLElement {
    const found = this.renderRoot.querySelector<HTMLElement>(selector);
    if (!found) throw new Error(`no ${selector}`);
    return found;
  }

  all(selector: string): HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>(selector)];
  }

  input(path: string): HTMLInputElement {
    return this.get(`#field-${path.replaceAll('.', '-')}`) as HTMLInputElement;
  }

  /** What is shown under the control of a field. */
  errorOf(path: string): string {
    const id = `#field-${path.replaceAll('.', '-')}-error`;
    return this.renderRoot.querySelector(id)?.textContent?.trim() ?? '';
  }

  /** As if the user typed it in: value and event. */
  async enter(path: string, text: string): Promise<void> {
    await enterInto(this, this.input(path), text);
  }
}
customElements.define('test-form', TestForm);

export async function enterInto(
  form: TestForm,
  input: HTMLInputElement,
  text: string,
): Promise<void> {
  input.focus();
  input.value = text;
  input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  await form.updateComplete;
}

/** A form for a type of activity, beginning with this draft. */
export async function formFor(
  type: string | ActivityType,
  draft: Partial<ActivityDraft> = {},
  more: Partial<Pick<TestForm, 'lookup' | 'creation' | 'readOnly' | 'words'>> & {
    isNew?: boolean;
  } = {},
): Promise<TestForm> {
  const { isNew = true, ...set } = more;
  const element = await fixture<TestForm>(html`<test-form></test-form>`);
  Object.assign(element, set);
  const definition = typeof type === 'string' ? types.get(type) : type;
  element.form.begin(definition, { type: definition.name, ...draft }, { isNew });
  await element.updateComplete;
  return element;
}
