import { html, nothing, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { ref } from 'lit/directives/ref.js';
import { plainToHtml, toPlainText } from '../../model/plain-text.js';
import { button } from '../button.js';
import { richText } from '../rich-text.js';
import { describedBy, fieldNotes, fieldPart, labelClass, type FieldOptions } from './field.js';
import { textArea } from './text-field.js';

export interface BodyFieldOptions extends FieldOptions {
  readonly value: string;
  readonly format: 'text' | 'html';
  readonly rows?: number | undefined;
  readonly placeholder?: string | undefined;
  readonly autofocus?: boolean | undefined;
  /** What edits HTML; left out, only plain text can be written. */
  readonly editor?: BodyEditor | undefined;
  readonly words: {
    readonly showImages: string;
    /** The button that goes on in plain text. */
    readonly editAsText: string;
    /** What is lost by it. */
    readonly losesFormat: string;
  };
  readonly onProblem?: ((problem: string) => void) | undefined;
  /** With every keystroke. */
  readonly onInput: (value: string, format: 'text' | 'html') => void;
}

/** `slotted`: the host's own, in the slot `editor`. `element`: the page has defined `activity-editor`. */
export type BodyEditor = 'slotted' | 'element';

/** What an editor of a host must have: HTML in `value`, and an `input` or `change` event when the user changed it. */
export interface EditorElement extends HTMLElement {
  value: string;
}

/** Tag of the editor that is taken where the host gives none. */
export const EDITOR_TAG = 'activity-editor';

/**
 * The text of an email or a note. Plain text is written as such. HTML is shown sanitised, and edited in an editor where there is one;
 * without, it stays as it is unless the user goes on in plain text, which says what that costs.
 */
export function bodyField(options: BodyFieldOptions): TemplateResult {
  const { value, format, editor, readOnly } = options;
  if (editor !== undefined && !readOnly) return edited(options, editor);
  if (format === 'text') return plain(options, value);
  const words = toPlainText(value, 'html');
  // What says no more than its words is written as them.
  if (!readOnly && (value.trim() === '' || plainToHtml(words) === value)) {
    return plain(options, words);
  }
  return shown(options, words);
}

function plain(options: BodyFieldOptions, value: string): TemplateResult {
  return textArea({
    ...options,
    value,
    onInput: (next) => options.onInput(next, 'text'),
  });
}

function shown(options: BodyFieldOptions, plainWords: string): TemplateResult {
  const { id, label, value, words, readOnly } = options;
  return html`<div class="field" part=${fieldPart(options)}>
    <span class=${labelClass(options)} part="label" id="${id}-label">${label}</span>
    <div
      class="input body-text${readOnly ? '' : ' editable'}"
      part="input"
      id=${id}
      role="group"
      tabindex="0"
      aria-labelledby="${id}-label"
      aria-describedby=${ifDefined(describedBy(options))}
    >
      <div
        class="rich-text grow"
        dir="auto"
        ${richText(value, {
          format: 'html',
          showImages: words.showImages,
          onProblem: options.onProblem,
        })}
      ></div>
    </div>
    ${
      readOnly
        ? nothing
        : html`<div class="body-acts">
            ${button({
              label: words.editAsText,
              small: true,
              kind: 'outline',
              onClick: () => options.onInput(plainWords, 'text'),
            })}
            <span class="field-hint">${words.losesFormat}</span>
          </div>`
    }
    ${fieldNotes(options)}
  </div>`;
}

/** What an editor was told last: what it makes of that is no change of the user's. */
const told = new WeakMap<EditorElement, string>();

function edited(options: BodyFieldOptions, kind: BodyEditor): TemplateResult {
  const { id, label, value, format, error, onInput } = options;
  const markup = format === 'html' ? value : plainToHtml(value);
  const tell = (editor: EditorElement | undefined): void => {
    if (!editor) return;
    const { localName } = editor;
    if (localName.includes('-') && !customElements.get(localName)) {
      void customElements.whenDefined(localName).then(() => tell(editor));
      return;
    }
    if (told.get(editor) !== markup) {
      told.set(editor, markup);
      if (editor.value !== markup) editor.value = markup;
    }
    if (kind === 'slotted') editor.setAttribute('aria-label', label);
  };
  const changed = (event: Event): void => {
    const editor = editorIn(event.currentTarget as Element);
    const next: unknown = editor?.value;
    if (!editor || typeof next !== 'string' || next === told.get(editor)) return;
    told.set(editor, next);
    onInput(next, 'html');
  };
  return html`<div
    class="field"
    part=${fieldPart(options)}
    @input=${changed}
    @change=${changed}
    ${ref((field) => field && tell(editorIn(field)))}
  >
    <span class=${labelClass(options)} part="label" id="${id}-label">${label}</span>
    ${
      kind === 'slotted'
        ? html`<slot
            name="editor"
            id=${id}
            data-editor
            @slotchange=${({ currentTarget }: Event) =>
              tell(editorOf(currentTarget as HTMLSlotElement))}
          ></slot>`
        : html`<activity-editor
            part="editor"
            id=${id}
            data-editor
            .label=${label}
            ?data-autofocus=${options.autofocus}
            aria-invalid=${error === undefined ? nothing : 'true'}
          ></activity-editor>`
    }
    ${fieldNotes(options)}
  </div>`;
}

function editorIn(field: Element): EditorElement | undefined {
  const found = field.querySelector('[data-editor]');
  return found instanceof HTMLSlotElement
    ? editorOf(found)
    : ((found as EditorElement | null) ?? undefined);
}

function editorOf(slot: HTMLSlotElement): EditorElement | undefined {
  return slot.assignedElements()[0] as EditorElement | undefined;
}
