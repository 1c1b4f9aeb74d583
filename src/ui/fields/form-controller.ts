import type { ReactiveControllerHost } from 'lit';
import { fieldLabel, problemText } from '../../i18n/problems.js';
import type { Localizer } from '../../i18n/localizer.js';
import type { ActivityDraft, ActivityPatch } from '../../model/activity.js';
import type { ActivityType } from '../../model/activity-type.js';
import { changedPaths, changesBetween, valueAt, withValue } from '../../model/draft.js';
import { formFields } from '../../model/form-fields.js';
import { sameJson, type Json } from '../../model/json.js';
import { movedRule } from '../../model/recurrence.js';
import type { Time } from '../../model/time.js';
import { validate, type Problem, type Problems } from '../../model/validate.js';
import type { CustomField } from './custom-field.js';
import { RecordFieldController } from './record-field.js';
import { RecurrenceFieldController } from './recurrence-field.js';

export interface FormHooks {
  /** The user changed something: keep the draft. */
  readonly onChange?: () => void;
  /** How the host shows a field of the form's type, and what it demands of it. */
  readonly customField?: (path: string) => CustomField | undefined;
}

/** What is wrong with a field, for a list of all that is. */
export interface FieldError {
  readonly path: string;
  readonly label: string;
  readonly text: string;
}

/** What is said while somebody types: more typing does not mend it. */
const AT_ONCE: ReadonlySet<Problem['code']> = new Set([
  'too-long',
  'end-before-start',
  'repeat-days',
  'repeat-ends-before-start',
  'repeat-no-date',
]);

const UNTYPED: ActivityType = {
  name: '',
  label: '',
  plural: '',
  icon: 'unknown',
  hue: 'unknown',
  states: {},
  deadline: 'due',
  roles: [],
  fields: [],
};

/**
 * What is filled in, and what is wrong with it. A problem is shown once its field was left, or a save was tried; never while
 * the user is still typing, except that a text grows too long. What cannot be read stays in its field and holds up the save.
 */
export class FormController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #hooks: FormHooks;
  readonly #lookups = new Map<string, RecordFieldController>();
  readonly #own = new Map<string, { readonly value: unknown; readonly version: number }>();
  #recurrence: RecurrenceFieldController | undefined;
  #type = UNTYPED;
  #isNew = true;
  #before: ActivityDraft = { type: '' };
  #draft: ActivityDraft = { type: '' };
  #unread = new Map<string, Problem>();
  #refused = new Map<string, string>();
  #left = new Set<string>();
  #touched = new Set<string>();
  #tried = false;
  #checked: { readonly draft: ActivityDraft; readonly problems: Problems } | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement, hooks: FormHooks = {}) {
    this.#host = host;
    this.#hooks = hooks;
  }

  /** Shows a new draft, or the activity that is to be edited. What was filled in before is gone. */
  begin(type: ActivityType, draft: ActivityDraft, { isNew = true } = {}): void {
    this.#type = type;
    this.#isNew = isNew;
    this.#before = draft;
    this.#draft = draft;
    this.#unread.clear();
    this.#refused.clear();
    this.#left.clear();
    this.#touched.clear();
    this.#tried = false;
    for (const lookup of this.#lookups.values()) lookup.reset();
    for (const [path, { value, version }] of this.#own) {
      this.#own.set(path, { value, version: version + 1 });
    }
    this.#host.requestUpdate();
  }

  /**
   * Takes over a newer row, or what a new one begins with, also of another type: what the user changed stays on top of it, field
   * by field, as far as the type has it.
   */
  rebase(row: ActivityDraft, type = this.#type): void {
    const mine = [...this.changedPaths];
    const filledIn = this.#draft;
    if (type !== this.#type) this.#leaveOut(pathsOf(type));
    const kept = type === this.#type ? mine : mine.filter((path) => pathsOf(type).has(path));
    this.#type = type;
    this.#before = row;
    this.#draft = kept.reduce(
      (draft, path) => withValue(draft, path, valueAt(filledIn, path)),
      row,
    );
    this.#checked = undefined;
    this.#host.requestUpdate();
  }

  /** What was sent is saved, and came back as `row`; what the user has changed since then stays on top. */
  accept(sent: ActivityDraft, row: ActivityDraft): void {
    this.#before = sent;
    this.#tried = false;
    this.#refused.clear();
    this.rebase(row);
  }

  /** Forgets what was wrong with, or half typed in, fields that are not among these. */
  #leaveOut(paths: ReadonlySet<string>): void {
    for (const known of [this.#unread, this.#refused, this.#left, this.#touched, this.#lookups]) {
      for (const path of [...known.keys()]) {
        if (paths.has(path)) continue;
        if (known === this.#lookups) this.#lookups.get(path)?.reset();
        else known.delete(path);
      }
    }
  }

  /** Puts an earlier draft of the same activity on top, as if the user had filled it in again. */
  restore(draft: ActivityDraft): void {
    this.#draft = draft;
    this.#changed();
  }

  get type(): ActivityType {
    return this.#type;
  }

  get isNew(): boolean {
    return this.#isNew;
  }

  /** What is typed where records are sought and is nobody yet, by path. */
  get halfTyped(): { readonly [path: string]: string } {
    const texts = [...this.#lookups].map(([path, { text }]) => [path, text.trim()] as const);
    return Object.fromEntries(texts.filter(([, text]) => text !== ''));
  }

  /** Puts back what was half typed. */
  restoreTexts(texts: { readonly [path: string]: string }): void {
    for (const [path, text] of Object.entries(texts)) this.lookup(path).restore(text);
  }

  /** Something was typed that is no value yet. */
  typed(): void {
    this.#hooks.onChange?.();
  }

  get draft(): ActivityDraft {
    return this.#draft;
  }

  /** What must be written; of a new one, the draft is. */
  get changes(): ActivityPatch {
    return changesBetween(this.#before, this.#draft);
  }

  /** There is something that would be lost. */
  get isDirty(): boolean {
    return this.changedPaths.size > 0 || this.#unread.size > 0;
  }

  get changedPaths(): ReadonlySet<string> {
    return changedPaths(this.#before, this.#draft);
  }

  value(path: string): unknown {
    return valueAt(this.#draft, path);
  }

  set(path: string, value: unknown): void {
    const draft = withValue(this.#draft, path, value === '' || value === null ? undefined : value);
    const wasUnread = this.#unread.delete(path);
    const wasRefused = this.#refused.delete(path);
    if (draft === this.#draft && !wasUnread && !wasRefused) return;
    this.#draft = draft;
    this.#touched.add(path);
    this.#changed();
  }

  /** The description, in a format of its own. */
  setBody(text: string, format: 'text' | 'html'): void {
    const { descriptionFormat, description } = this.#draft;
    // Nothing has no format: who deletes all that was typed has changed nothing.
    const next = text === '' && this.#before.description === undefined ? undefined : format;
    if (descriptionFormat !== next && (descriptionFormat ?? 'text') !== next) {
      this.#draft = withValue(this.#draft, 'descriptionFormat', next);
    }
    if (description === (text === '' ? undefined : text)) this.#changed();
    else this.set('description', text);
  }

  /** What stands in the field cannot be read (yet); undefined: it can. The value stays the last good one. */
  setUnread(path: string, problem: Problem | undefined): void {
    if (this.#unread.get(path)?.code === problem?.code) return;
    if (problem) this.#unread.set(path, problem);
    else this.#unread.delete(path);
    this.#changed();
  }

  isUnread(path: string): boolean {
    return this.#unread.has(path);
  }

  /** The user has left a field: from now on it says what is wrong with it. */
  leave(...paths: readonly string[]): void {
    const fresh = paths.filter((path) => !this.#left.has(path));
    if (fresh.length === 0) return;
    for (const path of fresh) this.#left.add(path);
    this.#host.requestUpdate();
  }

  /** What is shown under a field. */
  error(path: string, words: Localizer): string | undefined {
    const refused = this.#refusedText(path, words);
    if (refused !== undefined) return refused;
    const problem = this.#problems.get(path);
    if (!problem || !this.#isShown(path, problem)) return undefined;
    return problemText(problem, fieldLabel(path, this.#type, words), words);
  }

  /** In the server's words, or the kit's where it said only that it is refused. */
  #refusedText(path: string, words: Localizer): string | undefined {
    const text = this.#refused.get(path);
    if (text !== '') return text;
    return words.say(path === 'series' ? 'invalid.refused-series' : 'invalid.refused');
  }

  /** All that holds up the save. */
  errors(words: Localizer): FieldError[] {
    const paths = new Set([...this.#problems.keys(), ...this.#refused.keys()]);
    return [...paths].map((path) => {
      const label = fieldLabel(path, this.#type, words);
      const problem = this.#problems.get(path);
      const refused = this.#refusedText(path, words);
      const text = refused ?? (problem ? problemText(problem, label, words) : '');
      return { path, label, text };
    });
  }

  /** A save was tried and something held it up. */
  get isHeldUp(): boolean {
    return this.#tried && (this.#problems.size > 0 || this.#refused.size > 0);
  }

  /** Reads what is half typed in the field that has the focus. */
  settle(): void {
    // Asked of the root, not by `:focus`: that also wants the window to be in front.
    const focused = this.#host.shadowRoot?.activeElement;
    if (focused?.matches('.field input')) focused.dispatchEvent(new Event('change'));
  }

  /** Before a save: true if nothing is wrong; otherwise everything that is gets shown, and the first of it the focus. */
  check(): boolean {
    this.settle();
    this.#tried = true;
    this.#host.requestUpdate();
    if (this.#problems.size === 0) return true;
    void this.focusFirstError();
    return false;
  }

  /** What the server refused, by field: a path, or the bare name of one of the type's own fields or roles. */
  refuse(fields: { readonly [field: string]: string }): void {
    for (const [field, text] of Object.entries(fields))
      this.#refused.set(this.#pathOf(field), text);
    this.#tried = true;
    this.#host.requestUpdate();
    void this.focusFirstError();
  }

  async focusFirstError(): Promise<void> {
    await this.#host.updateComplete;
    focusable(
      this.#root.querySelector('[aria-invalid="true"], .invalid :is([data-editor], .custom-field)'),
    )?.focus();
  }

  /** Moves the focus into the field at a path. */
  focus(path: string): void {
    this.control(path)?.focus();
  }

  /** What is filled in at a path. */
  control(path: string): HTMLElement | undefined {
    return focusable(this.#root.querySelector(`#${CSS.escape(fieldId(path))}`));
  }

  /** What both the user and whoever saved `row` changed, and not to the same. */
  conflictsWith(row: ActivityDraft): string[] {
    const theirs = changedPaths(this.#before, row);
    const different = changedPaths(this.#draft, row);
    return [...this.changedPaths].filter((path) => theirs.has(path) && different.has(path));
  }

  /** The lookup of the record field at a path: its state lives as long as the form. */
  lookup(path: string): RecordFieldController {
    let lookup = this.#lookups.get(path);
    if (!lookup) this.#lookups.set(path, (lookup = new RecordFieldController(this.#host)));
    return lookup;
  }

  customField(path: string): CustomField | undefined {
    return this.#hooks.customField?.(path);
  }

  /** A value that the host's own control filled in, which shows it already. */
  setOwn(path: string, value: Json | undefined): void {
    this.#own.set(path, {
      value: value === '' || value === null ? undefined : value,
      version: this.ownVersion(path),
    });
    this.set(path, value);
  }

  /** How often a field got a value that its own control had not filled in. */
  ownVersion(path: string): number {
    const value = this.value(path);
    const shown = this.#own.get(path);
    if (shown && sameJson(shown.value, value)) return shown.version;
    const version = (shown?.version ?? 0) + 1;
    this.#own.set(path, { value, version });
    return version;
  }

  /** The editor of how often it repeats: its state lives as long as the form. */
  get recurrence(): RecurrenceFieldController {
    return (this.#recurrence ??= new RecurrenceFieldController(this.#host));
  }

  /** Something new that repeats is moved: its rule goes with it, from Mondays to Tuesdays. */
  moveSeries(to: Time | undefined, timeZone: string): void {
    const { series, start } = this.#draft;
    if (series?.rule === undefined || start === undefined || to === undefined) return;
    const zone = series.zone ?? timeZone;
    const rule = movedRule(series.rule, start, to, zone, { movesEnd: false });
    if (rule !== series.rule) this.set('series', { ...series, rule });
  }

  get #root(): ParentNode {
    return this.#host.shadowRoot ?? this.#host;
  }

  get #problems(): Problems {
    if (this.#checked?.draft !== this.#draft) {
      const changed = this.#isNew ? undefined : this.changedPaths;
      const problems = new Map(validate(this.#draft, this.#type, changed));
      for (const path of changed ?? pathsOf(this.#type)) {
        const text = problems.has(path) ? undefined : this.#ownProblem(path);
        if (text !== undefined) problems.set(path, { code: 'host', text });
      }
      this.#checked = { draft: this.#draft, problems };
    }
    const { problems } = this.#checked;
    return this.#unread.size === 0 ? problems : new Map([...problems, ...this.#unread]);
  }

  #ownProblem(path: string): string | undefined {
    try {
      return this.customField(path)?.validate?.(this.value(path) as Json | undefined, this.#draft);
    } catch (error) {
      // A rule that fails holds up nobody's save; its developer hears of it as of any error.
      reportError(error);
      return undefined;
    }
  }

  #isShown(path: string, problem: Problem): boolean {
    if (this.#tried || AT_ONCE.has(problem.code)) return true;
    if (!this.#left.has(path)) return false;
    // Who only passes through a field need not be told that it is needed.
    return problem.code !== 'required' || this.#touched.has(path);
  }

  #pathOf(field: string): string {
    if (this.#type.fields.some(({ name }) => name === field)) return `fields.${field}`;
    return this.#type.roles.some(({ role }) => role === field) ? `parties.${field}` : field;
  }

  #changed(): void {
    this.#host.requestUpdate();
    this.#hooks.onChange?.();
  }
}

function pathsOf(type: ActivityType): ReadonlySet<string> {
  return new Set(
    formFields(type).flatMap(({ kind, path }) => {
      if (path === 'description') return [path, 'descriptionFormat'];
      return kind === 'period' ? ['start', 'end'] : [path];
    }),
  );
}

/** The id of the control of a field. */
export function fieldId(path: string): string {
  if (path === 'end') return 'field-start-end';
  return `field-${path.replaceAll('.', '-')}`;
}

function focusable(element: Element | null): HTMLElement | undefined {
  if (!(element instanceof HTMLElement)) return undefined;
  if (element instanceof HTMLSlotElement) return element.assignedElements()[0] as HTMLElement;
  if (element.matches('[data-editor], .body-text')) return element;
  if (element.matches('input, select, textarea')) return element;
  return element.querySelector<HTMLElement>('input:checked, input, select, textarea') ?? undefined;
}
