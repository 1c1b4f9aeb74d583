import { html, nothing, type ReactiveController, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Localizer } from '../../../i18n/localizer.js';
import { sameRecord, type RecordRef } from '../../../model/activity.js';
import type { ActivityType } from '../../../model/activity-type.js';
import { sameJson } from '../../../model/json.js';
import type { Time } from '../../../model/time.js';
import type { RecordSummary } from '../../../provider/provider.js';
import { describedBy, field } from '../../../ui/fields/field.js';
import type { FormController } from '../../../ui/fields/form-controller.js';
import { icon, recordIcon } from '../../../ui/icon.js';
import type { MenuController } from '../../../ui/menu.js';
import { RovingController } from '../../../ui/roving.js';
import type { ActivityElement } from '../../base/activity-element.js';
import type { FormLookup } from '../../base/form-body.js';
import {
  isSkippedTime,
  lineValues,
  otherSide,
  takesLength,
  takesOwner,
  takesPriority,
  takesTime,
} from './line-values.js';
import type * as LineDates from './line-dates.js';
import {
  isNamed,
  readLine,
  type LineName,
  type LineReading,
  type LineType,
  type ReadTimes,
} from './read-line.js';

export interface LineHooks {
  /** The types that may be created. */
  readonly types: () => readonly ActivityType[];
  readonly lookup: () => FormLookup | undefined;
  readonly switchTo: (type: string) => void;
  readonly onEnter: () => void;
}

/** Between the last keystroke and the first question, in milliseconds. */
const PAUSE = 200;
/** Between the last keystroke and what is said of it. */
const SAID_AFTER = 900;
/** How long a save waits for who is meant. */
const PATIENCE = 3000;
const MOST_CHOICES = 8;
const OWNERS: readonly string[] = ['user', 'team'];

type Answer = readonly RecordSummary[] | 'asking' | 'failed';
type Who =
  | { readonly kind: 'asking' | 'nobody' }
  | { readonly kind: 'one'; readonly record: RecordRef }
  | { readonly kind: 'several'; readonly records: readonly RecordSummary[] };

/** Something that was understood. */
interface Understood {
  /** What to ignore when the user takes it away. */
  readonly key: string;
  readonly icon: string;
  /** What it is: the name of its field. */
  readonly what: string;
  readonly text: string;
  /** The field in which it is corrected. */
  readonly path?: string;
  readonly choices?: readonly RecordSummary[];
  readonly name?: LineName;
}

/**
 * The line that understands: what is typed fills in the form as it is typed, and stands below as chips that lead to the field, or
 * take it back. What the user changed in the form by hand is no longer the line's.
 */
export class LineController implements ReactiveController {
  readonly #host: ActivityElement;
  readonly #form: FormController;
  readonly #menu: MenuController;
  readonly #hooks: LineHooks;
  readonly #roving: RovingController;
  #text = '';
  #reading: LineReading | undefined;
  #isLoading = false;
  #dates: typeof LineDates | undefined;
  readonly #ignored = new Set<string>();
  readonly #nobodys = new Set<string>();
  readonly #picked = new Map<string, RecordRef>();
  readonly #answers = new Map<string, Answer>();
  readonly #asking = new Map<string, AbortController>();
  readonly #applied = new Map<string, { readonly value: unknown; readonly before: unknown }>();
  readonly #released = new Set<string>();
  #types: { readonly before: string; readonly set: string } | undefined;
  #asked = false;
  #pause: ReturnType<typeof setTimeout> | undefined;
  #saying: ReturnType<typeof setTimeout> | undefined;
  #said = '';
  #waiting: (() => void)[] = [];

  constructor(host: ActivityElement, form: FormController, menu: MenuController, hooks: LineHooks) {
    this.#host = host;
    this.#form = form;
    this.#menu = menu;
    this.#hooks = hooks;
    this.#roving = new RovingController(host, { axis: 'horizontal', wrap: false });
    host.addController(this);
  }

  hostDisconnected(): void {
    clearTimeout(this.#pause);
    clearTimeout(this.#saying);
    this.#abort(() => true);
    this.#wake();
  }

  /** The form shows another activity. */
  reset(): void {
    this.#text = '';
    this.#forget();
    this.#applied.clear();
    this.#types = undefined;
    this.#host.requestUpdate();
  }

  #forget(): void {
    clearTimeout(this.#pause);
    clearTimeout(this.#saying);
    this.#reading = undefined;
    this.#ignored.clear();
    this.#nobodys.clear();
    this.#picked.clear();
    this.#released.clear();
    this.#said = '';
    this.#asked = false;
    this.#abort(() => true);
    this.#wake();
  }

  // ── reading ──────────────────────────────────────────────────────────────────────────────────

  readonly #load = (): void => {
    if (this.#dates || this.#isLoading) return;
    this.#isLoading = true;
    import('./line-dates.js')
      .then(
        (module) => (this.#dates = module),
        // Without it a line has no dates; the next time it has the focus it is tried again.
        () => undefined,
      )
      .finally(() => {
        this.#isLoading = false;
        if (this.#text.trim() !== '') this.#read();
        this.#wake();
      });
  };

  readonly #typed = (event: InputEvent | CompositionEvent): void => {
    this.#text = (event.currentTarget as HTMLInputElement).value;
    this.#load();
    if ('isComposing' in event && event.isComposing) return;
    if (this.#text.trim() === '') this.#forget();
    this.#read();
    clearTimeout(this.#saying);
    this.#saying = setTimeout(() => this.#say(), SAID_AFTER);
  };

  #read(): void {
    this.#asked = false;
    const types = this.#hooks.types();
    const { words } = this.#host;
    const known: LineType[] = types.map((type) => ({
      name: type.name,
      words: [words.typeName(type), ...(type.keywords ?? [])],
    }));
    const options = { types: known, priorities: priorityWords(words), ignored: this.#withNobody };
    const first = readLine(this.#text, { ...options, readTimes: this.#readTimes() });
    this.#takeType(first.type?.name);
    // What the type has no field for is nothing that was understood: it stays in the subject.
    const { type } = this.#form;
    const isWhole =
      (!first.time || takesTime(type)) &&
      (!first.priority || takesPriority(type)) &&
      (!first.length || takesLength(type)) &&
      (!first.owner || takesOwner(type));
    this.#reading = isWhole
      ? first
      : readLine(this.#text, {
          ...options,
          readTimes: takesTime(type) ? this.#readTimes() : undefined,
          hasPriority: takesPriority(type),
          hasLength: takesLength(type),
          hasOwner: takesOwner(type),
        });
    this.#seek();
    this.#apply();
    this.#host.requestUpdate();
  }

  /** Whom nobody knows is no owner: the words stay in the subject. */
  get #withNobody(): ReadonlySet<string> {
    return new Set([...this.#ignored, ...this.#nobodys]);
  }

  #readTimes(): ReadTimes | undefined {
    const { words } = this.#host;
    return this.#dates?.timeReader({
      now: words.now(),
      timeZone: words.timeZone,
      isDayFirst: isDayFirst(words.locale),
    });
  }

  // ── who is meant ─────────────────────────────────────────────────────────────────────────────

  get #names(): readonly { readonly name: LineName; readonly kinds: readonly string[] }[] {
    const reading = this.#reading;
    if (!reading) return [];
    const kinds = otherSide(this.#form.type)?.kinds ?? [];
    return [
      ...reading.people.map((name) => ({ name, kinds })),
      ...(reading.about ? [{ name: reading.about, kinds: [] }] : []),
      ...(reading.owner ? [{ name: reading.owner, kinds: OWNERS }] : []),
    ];
  }

  /** Asks for names that are not known yet, after a pause; what is not sought any more is given up. */
  #seek(): void {
    clearTimeout(this.#pause);
    const wanted = new Set(
      this.#names.flatMap(({ name, kinds }) => name.tries.map((text) => keyOf(text, kinds))),
    );
    this.#abort((key) => !wanted.has(key));
    if (!this.#hooks.lookup()) return;
    this.#pause = setTimeout(() => this.#ask(), PAUSE);
  }

  #ask(): void {
    const lookup = this.#hooks.lookup();
    if (!lookup) return;
    for (const { name, kinds } of this.#names) {
      const text = this.#nextTry(name, kinds);
      if (text === undefined) continue;
      const key = keyOf(text, kinds);
      const asking = new AbortController();
      this.#asking.set(key, asking);
      this.#answers.set(key, 'asking');
      lookup(text, kinds, asking.signal).then(
        (found) => this.#answered(key, asking, found),
        () => this.#answered(key, asking, 'failed'),
      );
    }
    this.#wake();
    this.#host.requestUpdate();
  }

  #answered(key: string, asking: AbortController, answer: Answer): void {
    // Of an older question, or a second answer to the same one.
    if (asking.signal.aborted || this.#asking.get(key) !== asking) return;
    this.#asking.delete(key);
    this.#answers.set(key, answer);
    this.#ask();
    const owner = this.#reading?.owner;
    if (owner && this.#who({ name: owner, kinds: OWNERS }).kind === 'nobody') {
      this.#nobodys.add(`owner:${owner.text}`);
      this.#read();
    }
    this.#apply();
    this.#host.requestUpdate();
    this.#wake();
  }

  #abort(isOver: (key: string) => boolean): void {
    for (const [key, asking] of this.#asking) {
      if (!isOver(key)) continue;
      asking.abort();
      this.#asking.delete(key);
      this.#answers.delete(key);
    }
  }

  /** What is to be asked next of a name; undefined where all is known, or an answer is awaited. */
  #nextTry(name: LineName, kinds: readonly string[]): string | undefined {
    if (this.#picked.has(name.text)) return undefined;
    for (const text of name.tries) {
      const answer = this.#answers.get(keyOf(text, kinds));
      if (answer === undefined) return text;
      if (answer === 'asking') return undefined;
      if (matches(answer, text).length > 0) return undefined;
    }
    return undefined;
  }

  #who({ name, kinds }: { readonly name: LineName; readonly kinds: readonly string[] }): Who {
    const picked = this.#picked.get(name.text);
    if (picked) return { kind: 'one', record: picked };
    for (const text of name.tries) {
      const answer = this.#answers.get(keyOf(text, kinds));
      if (answer === undefined || answer === 'asking') return { kind: 'asking' };
      const found = matches(answer, text);
      const [first] = found;
      if (first) {
        return found.length === 1
          ? { kind: 'one', record: first.ref }
          : { kind: 'several', records: found };
      }
    }
    return { kind: 'nobody' };
  }

  // ── filling in ───────────────────────────────────────────────────────────────────────────────

  #takeType(wanted: string | undefined): void {
    const form = this.#form;
    const own = this.#types;
    if (own && form.type.name !== own.set) {
      // Switched by hand since: that holds until the line is begun anew.
      if (wanted !== undefined) this.#released.add('type');
      this.#types = undefined;
    }
    if (this.#released.has('type')) return;
    const next = wanted ?? this.#types?.before;
    if (next === undefined || next === form.type.name) {
      if (wanted === undefined) this.#types = undefined;
      return;
    }
    const before = this.#types?.before ?? form.type.name;
    this.#takeBack(() => true);
    this.#hooks.switchTo(next);
    this.#types = wanted === undefined ? undefined : { before, set: next };
  }

  #apply(): void {
    const reading = this.#reading;
    if (!reading) return this.#takeBack(() => true);
    const { words } = this.#host;
    const { type } = this.#form;
    const one = (who: Who | undefined): RecordRef | undefined =>
      who?.kind === 'one' ? who.record : undefined;
    const names = this.#names.map((name) => one(this.#who(name)));
    const { people, about, owner } = reading;
    const values = lineValues(
      reading,
      {
        people: names.slice(0, people.length).filter((record) => record !== undefined),
        about: about && names[people.length],
        owner: owner && names.at(-1),
      },
      {
        type,
        now: words.now(),
        timeZone: words.timeZone,
        start: (this.#applied.get('start')?.before ?? this.#form.value('start')) as
          | Time
          | undefined,
      },
    );
    // Who was chosen beforehand stays what it is about, unless the line says otherwise.
    const before = this.#applied.get('regarding')?.before ?? this.#unless('regarding');
    if (before && !reading.about) values.delete('regarding');
    this.#takeBack((path) => !values.has(path));
    for (const [path, value] of values) this.#fill(path, value);
  }

  /** What stands in a field that the line has not filled in. */
  #unless(path: string): unknown {
    return this.#applied.has(path) ? undefined : this.#form.value(path);
  }

  #fill(path: string, value: unknown): void {
    if (this.#released.has(path)) return;
    const form = this.#form;
    const applied = this.#applied.get(path);
    if (applied && !sameJson(form.value(path), applied.value)) {
      this.#released.add(path);
      this.#applied.delete(path);
      return;
    }
    const before = applied ? applied.before : form.value(path);
    form.set(path, value);
    this.#applied.set(path, { value: form.value(path), before });
  }

  #takeBack(isOver: (path: string) => boolean): void {
    for (const [path, { value, before }] of [...this.#applied]) {
      if (!isOver(path)) continue;
      this.#applied.delete(path);
      if (sameJson(this.#form.value(path), value)) this.#form.set(path, before);
    }
  }

  // ── saving ───────────────────────────────────────────────────────────────────────────────────

  /** Something stands in it. */
  get isUsed(): boolean {
    return this.#text.trim() !== '';
  }

  /** It is not known yet who, or when, is meant. */
  get isBusy(): boolean {
    if (!this.isUsed) return false;
    if (this.#isLoading) return true;
    return (
      this.#hooks.lookup() !== undefined &&
      this.#names.some((name) => this.#who(name).kind === 'asking')
    );
  }

  /** Resolves once it is known who is meant, or nobody wants to wait for that any longer. */
  async settled(): Promise<void> {
    if (!this.isBusy) return;
    let isOver = false;
    const timer = setTimeout(() => {
      isOver = true;
      this.#wake();
    }, PATIENCE);
    clearTimeout(this.#pause);
    this.#ask();
    while (!isOver && this.isBusy && this.#host.isConnected) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    clearTimeout(timer);
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }

  readonly #keydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.isComposing) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    event.preventDefault();
    void this.#enter();
  };

  /** Enter saves; once, it asks who of several is meant. */
  async #enter(): Promise<void> {
    const text = this.#text;
    await this.settled();
    if (text !== this.#text) return;
    const several = this.#understood().find(({ choices }) => choices !== undefined);
    if (several && !this.#asked) {
      this.#asked = true;
      this.#host.context.announce(several.text);
      // Its chip may not be drawn yet.
      await this.#host.updateComplete;
      await this.#roving.focus(several.key);
      return;
    }
    this.#hooks.onEnter();
  }

  // ── what is drawn ────────────────────────────────────────────────────────────────────────────

  #say(): void {
    const { words, context } = this.#host;
    const text = words.list(this.#understood().map((one) => one.text));
    if (text === this.#said) return;
    this.#said = text;
    if (text !== '') context.announce(words.say('line.says', text));
  }

  #understood(): readonly Understood[] {
    const reading = this.#reading;
    if (!reading) return [];
    const { words } = this.#host;
    const { type } = this.#form;
    const all: Understood[] = [];
    if (reading.type && reading.type.name === type.name && !this.#released.has('type')) {
      all.push({
        key: `type:${reading.type.text}`,
        icon: type.icon,
        what: words.say('field.type'),
        text: words.typeName(type),
      });
    }
    const role = otherSide(type);
    const names = this.#names;
    names.forEach((name, index) => {
      const isOwner = name.kinds === OWNERS;
      const isAbout = !isOwner && index >= reading.people.length;
      const path = isOwner ? 'owner' : isAbout || !role ? 'regarding' : `parties.${role.role}`;
      if (this.#released.has(path)) return;
      const who = this.#who(name);
      const what =
        path === 'owner' || path === 'regarding'
          ? words.say(`field.${path}`)
          : words.roleName(type, role?.role ?? '');
      const key = `${isOwner ? 'owner' : isAbout ? 'about' : 'person'}:${name.name.text}`;
      if (who.kind === 'one') {
        if (path !== 'regarding' && !this.#applied.has(path)) return;
        all.push({
          key,
          path,
          what,
          icon: recordIcon(who.record.kind),
          text: words.recordName(who.record),
        });
      } else if (who.kind === 'several') {
        all.push({
          key,
          what,
          icon: recordIcon('contact'),
          text: words.say('line.which', name.name.text),
          choices: who.records.slice(0, MOST_CHOICES),
          name: name.name,
        });
      }
    });
    const { time, priority, length } = reading;
    const path = type.deadline === 'due' ? 'due' : 'start';
    if (time && time.problem === undefined && !this.#released.has(path)) {
      const { start, end, due } = this.#form.draft;
      all.push({
        key: `time:${time.text}`,
        path,
        icon: 'calendar',
        what: words.say(path === 'due' ? 'field.due' : 'field.start'),
        text: path === 'due' ? exactDue(due, words) : words.span({ start, end }),
      });
    }
    if (length && !this.#released.has('end') && this.#applied.has('end')) {
      all.push({
        key: `length:${length.text}`,
        path: 'end',
        icon: 'calendar',
        what: words.say('line.length'),
        text: words.duration(length.minutes),
      });
    }
    if (priority && !this.#released.has('priority')) {
      all.push({
        key: `priority:${priority.text}`,
        path: 'priority',
        icon: 'priority-high',
        what: words.say('field.priority'),
        text: words.say(`priority.${priority.value}`),
      });
    }
    return all;
  }

  /** What the line says of a time and no calendar or clock has. */
  #problem(words: Localizer): string | undefined {
    const time = this.#reading?.time;
    if (!time) return undefined;
    if (time.problem === 'no-such-date') return words.say('line.no-such-date', time.text);
    if (!isSkippedTime(time, words.timeZone) || time.minutes === undefined) return undefined;
    const { due, start } = this.#form.draft;
    const taken = this.#form.type.deadline === 'due' ? due : start;
    return words.say('line.skipped', words.clock(time.minutes), words.time(taken ?? ''));
  }

  #remove({ key, text }: Understood): void {
    const { context, words } = this.#host;
    this.#ignored.add(key);
    this.#read();
    context.announce(words.say('input.removed', text));
    this.#input?.focus();
  }

  focus(): void {
    this.#input?.focus();
  }

  get #input(): HTMLInputElement | null | undefined {
    return this.#host.shadowRoot?.querySelector<HTMLInputElement>('#line');
  }

  #pick({ name }: Understood, record: RecordRef): void {
    if (!name) return;
    this.#picked.set(name.text, record);
    this.#apply();
    this.#host.requestUpdate();
    this.#input?.focus();
    this.#host.context.announce(
      this.#host.words.say('input.added', this.#host.words.recordName(record)),
    );
  }

  /** `autofocus`: it gets the focus when the dialog around it opens. */
  render(autofocus: boolean): TemplateResult {
    const { words } = this.#host;
    const understood = this.#understood();
    const options = {
      id: 'line',
      label: words.say('line.label'),
      part: 'field-line',
      error: this.#problem(words),
    };
    return html`<div class="line">
      ${field(
        options,
        html`<input
          class="input"
          part="input"
          id="line"
          type="text"
          dir=${this.#text === '' ? nothing : 'auto'}
          autocomplete="off"
          enterkeyhint="done"
          placeholder=${words.say('line.example')}
          ?data-autofocus=${autofocus}
          aria-invalid=${options.error === undefined ? nothing : 'true'}
          aria-describedby=${ifDefined(describedBy(options))}
          .value=${live(this.#text)}
          @focus=${this.#load}
          @input=${this.#typed}
          @compositionend=${this.#typed}
          @keydown=${this.#keydown}
        />`,
      )}
      ${
        understood.length === 0
          ? nothing
          : html`<ul
              class="understood"
              part="understood"
              aria-label=${words.say('line.understood')}
              @keydown=${this.#roving.keydown}
              @focusin=${this.#roving.focusin}
            >
              ${repeat(
                understood,
                ({ key }) => key,
                (one) => this.#chip(one, words),
              )}
            </ul>`
      }
    </div>`;
  }

  #chip(one: Understood, words: Localizer): TemplateResult {
    const { key, what, text, choices, path } = one;
    const name = words.say('line.chip', what, text);
    const remove = words.say('action.remove-name', text);
    const press = (event: MouseEvent): void => {
      if (choices) {
        this.#menu.toggle(event.currentTarget as HTMLElement, {
          label: text,
          groups: [
            {
              items: choices.map(({ ref: record, detail, parent }) => ({
                label: words.recordName(record),
                icon: recordIcon(record.kind),
                hint: detail ?? parent?.name ?? words.kindName(record.kind),
                onSelect: () => this.#pick(one, record),
              })),
            },
            {
              items: [
                { label: words.say('line.none-of-these'), onSelect: () => this.#remove(one) },
              ],
            },
          ],
        });
      } else if (path !== undefined) this.#form.focus(path);
      else this.#input?.focus();
    };
    const keydown = (event: KeyboardEvent): void => {
      if (event.key !== 'Delete' && event.key !== 'Backspace') return;
      event.preventDefault();
      this.#remove(one);
    };
    return html`<li class="chip on" part="chip on">
      <button
        type="button"
        class="chip-label"
        aria-label=${name}
        title=${name}
        aria-haspopup=${choices ? 'menu' : nothing}
        aria-keyshortcuts="Delete"
        ${this.#roving.item(key)}
        @click=${press}
        @keydown=${keydown}
      >
        ${icon(one.icon, 16)}<bdi class="label">${text}</bdi
        >${choices ? icon('chevron-down', 16) : nothing}
      </button>
      <button
        type="button"
        class="chip-remove"
        tabindex="-1"
        title=${remove}
        aria-label=${remove}
        @click=${() => this.#remove(one)}
      >
        ${icon('close', 16)}
      </button>
    </li>`;
  }
}

const keyOf = (text: string, kinds: readonly string[]): string =>
  `${kinds.join()}\n${text.toLowerCase()}`;

/** Those of this very name; else those of whose name it is a part. Each once. */
function matches(answer: Answer, text: string): readonly RecordSummary[] {
  if (typeof answer === 'string') return [];
  const once = answer.filter(
    ({ ref }, index) => answer.findIndex((other) => sameRecord(other.ref, ref)) === index,
  );
  const exact = once.filter(({ ref }) => isNamed(ref.name, text) === 'exactly');
  return exact.length > 0 ? exact : once.filter(({ ref }) => isNamed(ref.name, text) === 'partly');
}

/** With its time, also where others would be told the date only. */
function exactDue(due: Time | undefined, words: Localizer): string {
  const text = words.span({ end: due });
  const time = due === undefined ? '' : words.time(due);
  return text.includes(time) ? text : `${text} ${time}`;
}

function priorityWords(words: Localizer): Record<string, 'low' | 'normal' | 'high'> {
  return Object.fromEntries(
    (['low', 'normal', 'high'] as const).map((value) => [
      words.say(`priority.${value}`).toLowerCase(),
      value,
    ]),
  );
}

/** `24/12`, not `12/24`. */
function isDayFirst(locale: string): boolean {
  const parts = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'numeric' })
    .formatToParts()
    .map(({ type }) => type);
  return parts.indexOf('day') < parts.indexOf('month');
}
