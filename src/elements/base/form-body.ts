import { html, nothing, type TemplateResult } from 'lit';
import type { Activity, ActivityDraft } from '../../model/activity.js';
import { formFields, type FormField } from '../../model/form-fields.js';
import type { RecordSummary } from '../../provider/provider.js';
import type { CustomField } from '../../ui/fields/custom-field.js';
import { EDITOR_TAG, type BodyEditor } from '../../ui/fields/body-field.js';
import type { FormController } from '../../ui/fields/form-controller.js';
import type { RecordCreation } from '../../ui/fields/record-field.js';
import { formField, formProblems, type RepeatsOptions } from '../../ui/fields/form-field.js';
import type { ActivityElement } from './activity-element.js';
import { recentFirst, recentRecords, rememberRecord } from './recent-records.js';

/** Never what an activity is about, unless a type says so. */
const PEOPLE_OF_THE_HOUSE = new Set(['user', 'team']);

export interface FormBodyOptions {
  readonly readOnly?: boolean;
  /** Names the form. */
  readonly label: string;
  /** Path of the field that gets the focus when the dialog around it opens. */
  readonly autofocus?: string;
  /** Why the last save failed. */
  readonly error?: string | undefined;
  readonly isBusy?: boolean;
  /** What is known of the series that it belongs to, and whether it can be made to repeat. */
  readonly repeats?: RepeatsOptions | undefined;
  /** Fields besides those of the type. */
  readonly more?: readonly FormField[];
  /** Above the fields. */
  readonly before?: unknown;
  /** Under the fields. */
  readonly after?: unknown;
  /** Ctrl+Enter, or Cmd+Enter. */
  readonly onSubmit?: () => void;
}

/** How the host shows a field of a type, and what it demands of it. */
export function customFieldOf(
  host: ActivityElement,
  type: string,
  path: string,
): CustomField | undefined {
  const fields = host.customFields ?? host.context.customFields;
  return fields?.[`${type}.${path}`] ?? fields?.[path];
}

/** The fields of the form's type, and what holds up a save above them. */
export function formBody(
  host: ActivityElement,
  form: FormController,
  options: FormBodyOptions,
): TemplateResult {
  const { words } = host;
  const { readOnly = false, label, autofocus, error, isBusy = false, onSubmit } = options;
  const lookup = withRecent(host);
  const creation = lookup && creationOf(host);
  const due = words.due(form.draft as Activity, form.type);
  const keydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    event.preventDefault();
    onSubmit?.();
  };
  return html`<div
    class="form"
    part="form"
    role="form"
    aria-label=${label}
    aria-busy=${isBusy ? 'true' : nothing}
    @keydown=${onSubmit ? keydown : nothing}
  >
    ${options.before}
    ${error ? html`<p class="save-error" part="save-error" role="alert">${error}</p>` : nothing}
    ${formProblems(form, words)}
    <div class="form-fields">
      ${[...formFields(form.type), ...(options.more ?? [])].map((field) =>
        formField(form, field, {
          words,
          lookup,
          creation,
          readOnly,
          editor: editorOf(host),
          repeats: options.repeats,
          onPick: (summary) => rememberRecord(host, summary),
          onProblem: (problem) => host.reportProblems([problem]),
          choices: 'segmented',
          announce: (text) => host.context.announce(text),
          autofocus: field.path === autofocus,
          ...(field.path === 'due' && due?.late && { hint: { text: due.text, overdue: true } }),
        }),
      )}
      ${options.after}
    </div>
  </div>`;
}

/** What a form can say and change of how often an activity repeats; `master` is the one of its series. */
export function repeatsOf(
  host: ActivityElement,
  { series }: Pick<ActivityDraft, 'series'>,
  master?: Activity,
): RepeatsOptions {
  const { capabilities } = host.store?.permissions ?? {};
  const isMember = series !== undefined && series.role !== 'master';
  const canChange = !isMember || capabilities?.scopes?.some((scope) => scope !== 'this');
  const { rule, zone } = master?.series ?? {};
  return {
    ...(!(capabilities?.recurrence && canChange) && { why: host.words.say('repeat.not-here') }),
    ...(rule !== undefined && { rule }),
    ...(zone !== undefined && { zone }),
    ...(master?.start !== undefined && { begins: master.start }),
  };
}

/** What edits HTML: what the host put into the slot, else the element that is there for it, if the page has it. */
function editorOf(host: ActivityElement): BodyEditor | undefined {
  if (host.querySelector(':scope > [slot=editor]')) return 'slotted';
  return customElements.get(EDITOR_TAG) ? 'element' : undefined;
}

export type FormLookup = (
  text: string,
  kinds: readonly string[],
  signal: AbortSignal,
) => Promise<readonly RecordSummary[]>;

/** Undefined where the data source has none. */
export function lookupOf(host: ActivityElement): FormLookup | undefined {
  const { store } = host;
  if (!store?.provider.lookup) return undefined;
  return async (text, kinds, signal) => {
    const found = await store.lookup(text, kinds, host.asker, signal);
    return kinds.length > 0 ? found : found.filter(({ ref }) => !PEOPLE_OF_THE_HOUSE.has(ref.kind));
  };
}

/** What can be made where it is not found: what the host says, else what the data source can; never users and teams. */
function creationOf(host: ActivityElement): RecordCreation {
  const { provider, permissions } = host.store ?? {};
  const byProvider = provider?.createRecord && permissions?.capabilities?.createRecords;
  const kinds = host.createRecords ?? host.context.createRecords ?? byProvider ?? [];
  return {
    kinds: kinds.filter((kind) => !PEOPLE_OF_THE_HOUSE.has(kind)),
    create: (kind, name) => host.requests.createRecord({ kind, name }),
  };
}

/** As `lookupOf`; where nothing is typed yet, what the user chose last comes first. */
function withRecent(host: ActivityElement): FormLookup | undefined {
  const lookup = lookupOf(host);
  if (!lookup) return undefined;
  return async (text, kinds, signal) => {
    if (text !== '') return lookup(text, kinds, signal);
    const [recent, found] = await Promise.all([
      recentRecords(host, kinds),
      lookup(text, kinds, signal),
    ]);
    const isFitting = ({ ref }: RecordSummary): boolean =>
      kinds.length > 0 || !PEOPLE_OF_THE_HOUSE.has(ref.kind);
    return recentFirst(recent.filter(isFitting), found);
  };
}

/** What is said of a save that failed. */
export function saveErrorText(host: ActivityElement, reason: string | undefined): string {
  return [host.words.say('error.save'), reason].filter(Boolean).join(' ');
}
