import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../icon.js';

/** What all fields have in common. */
export interface FieldOptions {
  /** Unique within the shadow root; the control has it, and the ids of what describes it are made of it. */
  readonly id: string;
  readonly label: string;
  readonly required?: boolean | undefined;
  /** Shown, but not to be changed. */
  readonly readOnly?: boolean | undefined;
  /** What is wrong and how to mend it; undefined where nothing is. */
  readonly error?: string | undefined;
  /** A quiet line under the control; with `overdue` it is not quiet. */
  readonly hint?: string | { readonly text: string; readonly overdue: true } | undefined;
  /** Its name for CSS besides `field`: `field-subject`. */
  readonly part?: string | undefined;
}

/** The ids of what describes the control of a field. */
export function describedBy({ id, error, hint }: FieldOptions): string | undefined {
  const ids = [error !== undefined && `${id}-error`, hint !== undefined && `${id}-hint`];
  return ids.filter(Boolean).join(' ') || undefined;
}

export function labelClass({ required }: Pick<FieldOptions, 'required'>): string {
  return required ? 'field-label required' : 'field-label';
}

export function fieldPart({ part, error, required, readOnly }: FieldOptions): string {
  const parts = ['field', part, error !== undefined && 'invalid', required && 'required'];
  return [...parts, readOnly && 'readonly'].filter(Boolean).join(' ');
}

/** Under the control: the hint, and what is wrong. */
export function fieldNotes({ id, error, hint }: FieldOptions): TemplateResult {
  const text = typeof hint === 'object' ? hint.text : hint;
  const overdue = typeof hint === 'object' && hint.overdue;
  return html`${
    text === undefined
      ? nothing
      : html`<span class="field-hint${overdue ? ' late' : ''}" part="hint" id="${id}-hint"
          >${overdue ? icon('clock', 16) : nothing}<span>${text}</span></span
        >`
  }${
    error === undefined
      ? nothing
      : html`<span class="field-error" part="error" id="${id}-error"
          >${icon('error', 16)}<span>${error}</span></span
        >`
  }`;
}

/** A label over one control, with its notes below. The control has the id `options.id`. */
export function field(options: FieldOptions, control: unknown): TemplateResult {
  return html`<div class="field" part=${fieldPart(options)}>
    <label class=${labelClass(options)} part="label" id="${options.id}-label" for=${options.id}
      >${options.label}</label
    >
    ${control} ${fieldNotes(options)}
  </div>`;
}

/** Several controls under one legend. `requiredWord` is said where the mark is seen. */
export function fieldGroup(
  options: FieldOptions,
  requiredWord: string,
  controls: unknown,
): TemplateResult {
  return html`<fieldset class="field" part=${fieldPart(options)}>
    <legend class=${labelClass(options)} part="label">
      ${options.label}${
        options.required ? html`<span class="visually-hidden"> (${requiredWord})</span>` : nothing
      }
    </legend>
    ${controls} ${fieldNotes(options)}
  </fieldset>`;
}
