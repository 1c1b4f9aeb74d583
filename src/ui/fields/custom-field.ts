import { html, nothing, type TemplateResult } from 'lit';
import type { ActivityDraft } from '../../model/activity.js';
import { valueAt } from '../../model/draft.js';
import type { Json } from '../../model/json.js';
import { hostDrawn } from '../host-drawn.js';
import { describedBy, fieldNotes, fieldPart, labelClass, type FieldOptions } from './field.js';

/** What a host's own control is drawn with, in a form of the kit. */
export interface FieldRendererContext {
  /** As it is filled in at this moment. */
  readonly activity: ActivityDraft;
  /** `fields.budget`, or a field that every activity has. */
  readonly field: string;
  /** Undefined: nothing is filled in. */
  readonly value: Json | undefined;
  /** The field's name in the user's language: for the control's `aria-label`. */
  readonly label: string;
  readonly readOnly: boolean;
  /** Empty; within the shadow root of the form. */
  readonly container: HTMLElement;
  /** What the user filled in; undefined: nothing. The control is not drawn anew for it. */
  change(value: Json | undefined): void;
}

/** Draws a control in the host's own way: text, a node, or what it filled `container` with (then a function that clears up). */
export type FieldRenderer = (context: FieldRendererContext) => string | Node | (() => void);

/** What is wrong with a value, in the user's language; undefined: nothing. Asked with every change, after the rules of the type. */
export type FieldValidator = (
  value: Json | undefined,
  activity: ActivityDraft,
) => string | undefined;

/** How a host shows, and what it demands of, a field of the forms. */
export interface CustomField {
  readonly render?: FieldRenderer;
  readonly validate?: FieldValidator;
}

/** By the field's path, of all types (`fields.budget`) or of one (`visit.fields.budget`, which comes first). */
export type CustomFields = Readonly<Record<string, CustomField>>;

export interface CustomFieldOptions extends FieldOptions {
  readonly path: string;
  readonly draft: ActivityDraft;
  readonly render: FieldRenderer;
  /** Another one than before: somebody else than the control filled in the value. */
  readonly version: number;
  readonly onChange: (value: Json | undefined) => void;
}

/** The host's own control, with the kit's label above and what is wrong with it below. */
export function customField(options: CustomFieldOptions): TemplateResult {
  const { id, label, path, draft, render, version, readOnly = false, error, onChange } = options;
  const draw = (container: HTMLElement): ReturnType<FieldRenderer> =>
    render({
      activity: draft,
      field: path,
      value: valueAt(draft, path) as Json | undefined,
      label,
      readOnly,
      container,
      change: onChange,
    });
  return html`<div class="field ${error === undefined ? '' : 'invalid'}" part=${fieldPart(options)}>
    <span class=${labelClass(options)} part="label" id="${id}-label">${label}</span>
    <div
      class="custom-field"
      id=${id}
      role="group"
      aria-labelledby="${id}-label"
      aria-describedby=${describedBy(options) ?? nothing}
      ${hostDrawn(draw, [render, readOnly, label, version])}
    ></div>
    ${fieldNotes(options)}
  </div>`;
}
