import { html, nothing, type TemplateResult } from 'lit';
import type { Localizer } from '../../i18n/localizer.js';
import type { Party, RecordRef } from '../../model/activity.js';
import type { FormField } from '../../model/form-fields.js';
import { plainToHtml } from '../../model/plain-text.js';
import type { Time } from '../../model/time.js';
import type { RecordSummary } from '../../provider/provider.js';
import { bodyField, type BodyEditor } from './body-field.js';
import { checkField } from './check-field.js';
import { choiceField } from './choice-field.js';
import { customField } from './custom-field.js';
import type { FieldOptions } from './field.js';
import { durationField } from './duration-field.js';
import { fieldId, type FormController } from './form-controller.js';
import { numberField } from './number-field.js';
import type { Chosen, RecordCreation } from './record-field.js';
import { textArea, textField } from './text-field.js';
import { periodField, timeField } from './time-field.js';

export interface FormFieldOptions {
  readonly words: Localizer;
  /** Records of these kinds (empty: any) whose name contains the text; left out, none can be sought. */
  readonly lookup?:
    | ((
        text: string,
        kinds: readonly string[],
        signal: AbortSignal,
      ) => Promise<readonly RecordSummary[]>)
    | undefined;
  /** Makes a record of one of these kinds; left out, none can be made. */
  readonly creation?: RecordCreation | undefined;
  readonly announce?: ((text: string) => void) | undefined;
  readonly readOnly?: boolean | undefined;
  /** How a choice of few is shown. Default: `select`. */
  readonly choices?: 'select' | 'segmented' | undefined;
  readonly hint?: FieldOptions['hint'];
  readonly placeholder?: string | undefined;
  /** What edits HTML, where there is anything. */
  readonly editor?: BodyEditor | undefined;
  /** Why HTML is shown as plain text, for the host's developer. */
  readonly onProblem?: ((problem: string) => void) | undefined;
  readonly autofocus?: boolean | undefined;
  /** A record was chosen of those that were found. */
  readonly onPick?: ((summary: RecordSummary) => void) | undefined;
  /** What is known of the series that an activity belongs to. */
  readonly repeats?: RepeatsOptions | undefined;
}

/** Of a series, as its master says it; and whether anything can be made to repeat. */
export interface RepeatsOptions {
  /** Why nothing can; left out, it can. */
  readonly why?: string | undefined;
  readonly rule?: string | undefined;
  readonly zone?: string | undefined;
  /** When the series begins. */
  readonly begins?: Time | undefined;
}

/** More than these are too many to stand side by side. */
const FEW = 4;

/** The control for a field of a form, with what stands in it and what is wrong with it. */
export function formField(
  form: FormController,
  field: FormField,
  options: FormFieldOptions,
): TemplateResult {
  const leave = (event: FocusEvent): void => {
    const { currentTarget, relatedTarget } = event;
    if (relatedTarget instanceof Node && (currentTarget as Node).contains(relatedTarget)) return;
    form.leave(...(field.kind === 'period' ? ['start', 'end'] : [field.path]));
  };
  return html`<div class="form-field ${field.kind}" @focusout=${leave}>
    ${control(form, field, options)}
  </div>`;
}

function control(
  form: FormController,
  field: FormField,
  options: FormFieldOptions,
): TemplateResult {
  const { words, readOnly, hint } = options;
  const { path, kind } = field;
  const value = form.value(path);
  const common = {
    id: fieldId(path),
    label: words.label(field.label),
    required: field.required,
    readOnly,
    hint,
    error: form.error(path, words),
    part: `field-${path.replace(/^.*\./, '')}`,
  } as const;
  const set = (next: unknown): void => form.set(path, next);
  const render = form.customField(path)?.render;
  if (render) {
    return customField({
      ...common,
      path,
      draft: form.draft,
      render,
      version: form.ownVersion(path),
      onChange: (next) => form.setOwn(path, next),
    });
  }
  const unread = (problem: Parameters<FormController['setUnread']>[1]): void =>
    form.setUnread(path, problem);

  switch (kind) {
    case 'text':
    case 'phone':
    case 'url':
      return textField({
        ...common,
        kind,
        ...(kind === 'phone' && { callLabel: (number) => words.say('input.call-number', number) }),
        value: textOf(value),
        placeholder: options.placeholder,
        autofocus: options.autofocus,
        onInput: set,
      });
    case 'longtext':
    case 'html':
      if (path === 'description' || kind === 'html')
        return bodyControl(form, field, options, common);
      return textArea({
        ...common,
        value: textOf(value),
        placeholder: options.placeholder,
        autofocus: options.autofocus,
        onInput: set,
      });
    case 'duration':
      return durationField({
        ...common,
        words,
        value: typeof value === 'number' ? value : undefined,
        bad: form.isUnread(path),
        onChange: set,
        onProblem: unread,
      });
    case 'number':
      return numberField({
        ...common,
        value: typeof value === 'number' ? value : undefined,
        min: field.min,
        max: field.max,
        bad: form.isUnread(path),
        onChange: set,
        onProblem: unread,
      });
    case 'boolean':
      return checkField({ ...common, value: value === true, onChange: set });
    case 'choice': {
      const choices = (field.choices ?? []).map((choice) => ({
        value: choice.value,
        label: words.label(choice.label),
      }));
      const optional = !field.required && field.fallback === undefined;
      return choiceField({
        ...common,
        as: choices.length <= FEW ? options.choices : 'select',
        value: typeof value === 'string' ? value : field.fallback,
        choices,
        none: optional ? words.say('value.none') : undefined,
        onChange: set,
      });
    }
    case 'time':
      return timeField({
        ...common,
        words,
        value: value as Time | undefined,
        precision: 'either',
        bad: form.isUnread(path),
        onChange: set,
        onProblem: unread,
      });
    case 'recurrence':
      return recurrenceControl(form, options, common);
    case 'record':
    case 'parties':
      return recordControl(form, field, options, common);
    case 'period':
      return periodField({
        ...common,
        words,
        value: { start: form.draft.start, end: form.draft.end },
        labels: { start: common.label, end: words.say('field.end') },
        errors: { start: common.error, end: form.error('end', words) },
        bad: { start: form.isUnread('start'), end: form.isUnread('end') },
        announce: options.announce,
        onChange: ({ start, end }) => {
          form.moveSeries(start, words.timeZone);
          form.set('start', start);
          form.set('end', end);
        },
        onProblem: (end, problem) => form.setUnread(end, problem),
      });
  }
}

function recurrenceControl(
  form: FormController,
  { words, readOnly, repeats }: FormFieldOptions,
  common: FieldOptions,
): TemplateResult {
  const { series, start } = form.draft;
  return form.recurrence.render({
    ...common,
    words,
    readOnly,
    series,
    rule: series?.rule ?? repeats?.rule,
    begins: series?.rule === undefined ? (repeats?.begins ?? start) : start,
    start,
    why: repeats?.why,
    zone: series?.zone ?? repeats?.zone ?? words.timeZone,
    problems: {
      interval: form.error('series.interval', words),
      count: form.error('series.count', words),
      until: form.error('series.until', words),
    },
    isBad: (part) => form.isUnread(`series.${part}`),
    onChange: (next) => {
      for (const part of ['interval', 'count', 'until'])
        form.setUnread(`series.${part}`, undefined);
      form.setUnread('series', undefined);
      form.set('series', next);
    },
    onProblem: (part, problem) =>
      form.setUnread(part === undefined ? 'series' : `series.${part}`, problem),
  });
}

/** Of the description the format is said by the activity; a type's own field of HTML is always that. */
function bodyControl(
  form: FormController,
  { path, kind }: FormField,
  { words, editor, placeholder, autofocus, onProblem }: FormFieldOptions,
  common: FieldOptions,
): TemplateResult {
  const isDescription = path === 'description';
  const value = textOf(form.value(path));
  const format = isDescription ? (form.draft.descriptionFormat ?? 'text') : 'html';
  return bodyField({
    ...common,
    value,
    format,
    // What is plain stays plain, unless the type keeps HTML.
    editor: kind === 'html' || format === 'html' ? editor : undefined,
    placeholder,
    autofocus,
    words: {
      showImages: words.say('action.show-images'),
      editAsText: words.say('body.edit-as-text'),
      losesFormat: words.say('body.loses-format'),
    },
    onProblem,
    onInput: (next, nextFormat) => {
      if (isDescription) form.setBody(next, nextFormat);
      else form.set(path, nextFormat === 'html' ? next : plainToHtml(next));
    },
  });
}

function recordControl(
  form: FormController,
  { path, kind, kinds = [], many, address }: FormField,
  { words, lookup, creation, announce, onPick }: FormFieldOptions,
  common: FieldOptions,
): TemplateResult {
  const value = form.value(path);
  const role = path.replace(/^parties\./, '');
  const chosen: readonly Chosen[] =
    kind === 'parties'
      ? (value as readonly Party[])
      : value
        ? [{ record: value as RecordRef }]
        : [];
  const set = (next: readonly Chosen[]): void =>
    form.set(
      path,
      kind === 'parties' ? next.map((one): Party => ({ ...one, role })) : next[0]?.record,
    );
  return form.lookup(path).render({
    ...common,
    words,
    value: chosen,
    many,
    address,
    lookup: lookup && ((text, signal) => lookup(text, kinds, signal)),
    creation: creation && {
      ...creation,
      kinds: creation.kinds.filter((one) => kinds.length === 0 || kinds.includes(one)),
    },
    announce,
    onPick,
    onChange: set,
    onProblem: (problem) => form.setUnread(path, problem),
    onText: () => form.typed(),
  });
}

/** After a save that was held up: how many fields need attention, each a way to it. */
export function formProblems(form: FormController, words: Localizer): unknown {
  if (!form.isHeldUp) return nothing;
  const errors = form.errors(words);
  return html`<div class="problems" part="problems" role="alert">
    <p class="strong">${words.say('invalid.fix', errors.length)}</p>
    <ul>
      ${errors.map(
        ({ path, text }) =>
          html`<li>
            <button type="button" @click=${() => form.focus(path)}>${text}</button>
          </li>`,
      )}
    </ul>
  </div>`;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
