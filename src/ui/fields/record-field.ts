import {
  html,
  nothing,
  type ReactiveController,
  type ReactiveControllerHost,
  type TemplateResult,
} from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { live } from 'lit/directives/live.js';
import { createRef, ref } from 'lit/directives/ref.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Localizer } from '../../i18n/localizer.js';
import { sameRecord, type Party, type RecordRef } from '../../model/activity.js';
import { parseAddress, parseAddresses, type Address } from '../../model/address.js';
import type { Problem } from '../../model/validate.js';
import type { RecordSummary } from '../../provider/provider.js';
import { face } from '../face.js';
import { icon, recordIcon } from '../icon.js';
import { keepPlaced } from '../popover.js';
import { describedBy, field, type FieldOptions } from './field.js';

/** Who or what stands in the field: a record, or a bare address where the field takes one. */
export type Chosen = Pick<Party, 'record' | 'address' | 'name'>;

export type Lookup = (text: string, signal: AbortSignal) => Promise<readonly RecordSummary[]>;

/** Makes a record that is not there yet. */
export interface RecordCreation {
  /** Kinds that can be made. */
  readonly kinds: readonly string[];
  /** Undefined: there is none after all, and why was said. */
  readonly create: (kind: string, name: string) => Promise<RecordSummary | undefined>;
}

export interface RecordFieldOptions extends FieldOptions {
  readonly words: Localizer;
  readonly value: readonly Chosen[];
  /** More than one may stand in it; otherwise the next takes the place of the one before. */
  readonly many?: boolean | undefined;
  /** E-mail addresses may be typed. */
  readonly address?: boolean | undefined;
  /** Records whose name contains the text; left out, none can be sought. */
  readonly lookup?: Lookup | undefined;
  readonly onChange: (value: readonly Chosen[]) => void;
  /** What is typed is nobody (yet): it stays, and the form cannot be saved with it. Undefined: that is over. */
  readonly onProblem: (problem: Problem | undefined) => void;
  readonly announce?: ((text: string) => void) | undefined;
  /** Offered under what was found. */
  readonly creation?: RecordCreation | undefined;
  /** A record was chosen of those that were found, or made. */
  readonly onPick?: ((summary: RecordSummary) => void) | undefined;
  /** With every keystroke. */
  readonly onText?: (() => void) | undefined;
}

type Option =
  | { readonly kind: 'record'; readonly summary: RecordSummary }
  | { readonly kind: 'address'; readonly address: Address }
  | { readonly kind: 'create'; readonly recordKind: string; readonly name: string }
  | { readonly kind: 'retry' };

/** Between the last keystroke and the question, in milliseconds. */
const PAUSE = 200;
/** Kinds that are people, and shown by their face. */
const PEOPLE: ReadonlySet<string> = new Set(['contact', 'user', 'lead']);

/**
 * Seeks records and keeps the chosen ones as chips: the APG's combobox with a list, in one shadow root. Down opens, Enter
 * and Tab pick, Escape closes and then clears, Backspace goes to the last chip and then removes it. One controller per field.
 */
export class RecordFieldController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #input = createRef<HTMLInputElement>();
  readonly #box = createRef<HTMLElement>();
  readonly #list = createRef<HTMLElement>();
  #options: RecordFieldOptions | undefined;
  #text = '';
  #state: 'closed' | 'loading' | 'ready' | 'failed' | 'creating' = 'closed';
  #found: readonly RecordSummary[] = [];
  #active = -1;
  #said = '';
  #asking: AbortController | undefined;
  #pause: ReturnType<typeof setTimeout> | undefined;
  #placing: AbortController | undefined;
  #placed: HTMLElement | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  /** What is typed and nobody yet. */
  get text(): string {
    return this.#text;
  }

  /** Forgets what is typed: the form shows another activity. */
  reset(): void {
    this.#text = '';
    this.#close();
  }

  /** Puts back what was typed before. */
  restore(text: string): void {
    this.#text = text;
    this.#host.requestUpdate();
  }

  hostUpdated(): void {
    const list = this.#list.value;
    if (list !== this.#placed) {
      this.#placing?.abort();
      this.#placing = undefined;
      this.#placed = list;
      const box = this.#box.value;
      if (list?.isConnected && box) {
        list.showPopover();
        this.#placing = new AbortController();
        void keepPlaced(list, box, { matchWidth: true }, this.#placing.signal);
      }
    }
    list?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }

  hostDisconnected(): void {
    this.#close();
    this.#placing?.abort();
    this.#placing = undefined;
    this.#placed = undefined;
  }

  render(options: RecordFieldOptions): TemplateResult {
    this.#options = options;
    const { id, label, words, value, readOnly = false, lookup } = options;
    const canType = !readOnly && (lookup !== undefined || options.address === true);
    const choices = this.#state === 'closed' ? [] : this.#choices();
    const active = choices[this.#active] === undefined ? undefined : `${id}-option-${this.#active}`;
    const control = html`<div
      class="input lookup${options.error === undefined ? '' : ' invalid'}"
      part="input"
      aria-disabled=${readOnly ? 'true' : nothing}
      ${ref(this.#box)}
      @pointerdown=${this.#pressBox}
    >
      ${
        value.length === 0
          ? nothing
          : html`<ul class="pills" aria-label=${words.say('input.chosen', label)}>
              ${repeat(value, keyOf, (chosen) => this.#pill(chosen, options))}
            </ul>`
      }
      <input
        ${ref(this.#input)}
        id=${id}
        type="text"
        dir=${this.#text === '' ? nothing : 'auto'}
        role="combobox"
        autocomplete="off"
        autocapitalize="off"
        spellcheck="false"
        placeholder=${value.length === 0 && canType ? words.say('input.lookup') : nothing}
        ?readonly=${!canType}
        aria-labelledby="${id}-label"
        aria-autocomplete="list"
        aria-haspopup="listbox"
        aria-expanded=${choices.length > 0 ? 'true' : 'false'}
        aria-controls=${choices.length > 0 ? `${id}-list` : nothing}
        aria-activedescendant=${ifDefined(active)}
        aria-required=${options.required ? 'true' : nothing}
        aria-invalid=${options.error === undefined ? nothing : 'true'}
        aria-describedby=${ifDefined(describedBy(options))}
        .value=${live(this.#text)}
        @input=${this.#typed}
        @compositionend=${this.#typed}
        @keydown=${this.#keydown}
        @paste=${this.#pasted}
        @click=${this.#clicked}
        @change=${this.#settle}
        @blur=${this.#left}
      />
    </div>`;
    return html`${field(options, control)}${
      this.#state === 'closed' ? nothing : this.#popover(choices, options)
    }`;
  }

  // ── what is drawn ────────────────────────────────────────────────────────────────────────────

  #pill(chosen: Chosen, { words, readOnly }: RecordFieldOptions): TemplateResult {
    const name = nameOf(chosen, words);
    return html`<li class="pill" part="pill" title=${chosen.address ?? nothing}>
      ${markOf(chosen)}<bdi class="clip">${name}</bdi>${
        readOnly
          ? nothing
          : html`<button
              type="button"
              class="pill-remove"
              part="pill-remove"
              tabindex="-1"
              title=${words.say('action.remove-name', name)}
              aria-label=${words.say('action.remove-name', name)}
              @click=${() => this.#remove(chosen)}
              @keydown=${(event: KeyboardEvent) => this.#pillKeydown(event, chosen)}
            >
              ${icon('close', 16)}
            </button>`
      }
    </li>`;
  }

  #popover(choices: readonly Option[], { id, label, words }: RecordFieldOptions): TemplateResult {
    const message = this.#message(choices, words);
    return html`<div
      ${ref(this.#list)}
      popover="manual"
      class="popover lookup-list"
      part="lookup-list"
      @pointerdown=${keepFocus}
      @mousedown=${keepFocus}
    >
      ${message === undefined ? nothing : html`<p class="lookup-message quiet">${message}</p>`}
      ${
        choices.length === 0
          ? nothing
          : html`<ul
              role="listbox"
              id="${id}-list"
              aria-label=${label}
              aria-busy=${this.#state === 'loading' ? 'true' : nothing}
            >
              ${choices.map(
                (choice, index) =>
                  // Its keys are the combobox's: the focus never comes here.
                  // eslint-disable-next-line lit-a11y/click-events-have-key-events
                  html`<li
                    role="option"
                    class="lookup-option"
                    part="option${index === this.#active ? ' active' : ''}"
                    id="${id}-option-${index}"
                    aria-selected=${index === this.#active ? 'true' : 'false'}
                    @click=${() => this.#pick(choice)}
                    @pointermove=${() => this.#activate(index)}
                  >
                    ${optionContent(choice, words)}
                  </li>`,
              )}
            </ul>`
      }
    </div>`;
  }

  #message(choices: readonly Option[], words: Localizer): string | undefined {
    if (this.#state === 'failed') return words.say('error.lookup');
    if (this.#state === 'creating') return words.say('input.creating');
    if (this.#state === 'loading')
      return choices.length > 0 ? undefined : words.say('input.looking');
    if (choices.some(({ kind }) => kind !== 'create')) return undefined;
    return this.#text.trim() === ''
      ? words.say('input.type-to-search')
      : words.say('input.no-match', this.#text.trim());
  }

  /** What can be picked now: what was found and is not chosen yet, then what is typed if it is an address, else what could be made of it. */
  #choices(): readonly Option[] {
    const options = this.#options;
    if (!options || this.#state === 'creating') return [];
    const found = this.#found
      .filter(
        ({ ref: record }) => !options.value.some((chosen) => sameRecord(chosen.record, record)),
      )
      .map((summary): Option => ({ kind: 'record', summary }));
    const address = options.address ? parseAddress(this.#text) : undefined;
    return [
      ...(this.#state === 'failed' ? [{ kind: 'retry' } as const] : found),
      ...(address ? [{ kind: 'address', address } as const] : this.#creatable(options)),
    ];
  }

  #creatable({ creation }: RecordFieldOptions): readonly Option[] {
    const name = this.#text.trim();
    // Only beneath an answer: what is sought may be there.
    if (!creation || name === '' || this.#state !== 'ready') return [];
    return creation.kinds.map((recordKind): Option => ({ kind: 'create', recordKind, name }));
  }

  // ── asking ───────────────────────────────────────────────────────────────────────────────────

  #open(pause = 0): void {
    const options = this.#options;
    if (!options || options.readOnly) return;
    clearTimeout(this.#pause);
    this.#asking?.abort();
    const { lookup } = options;
    if (!lookup) {
      this.#found = [];
      this.#show('ready');
      return;
    }
    this.#asking = new AbortController();
    const { signal } = this.#asking;
    this.#show('loading');
    this.#pause = setTimeout(() => void this.#ask(lookup, this.#text.trim(), signal), pause);
  }

  async #ask(lookup: Lookup, text: string, signal: AbortSignal): Promise<void> {
    try {
      const found = await lookup(text, signal);
      // An answer to what was typed before is of no use, however late it comes.
      if (signal.aborted) return;
      this.#found = found;
      this.#show('ready');
    } catch {
      if (signal.aborted) return;
      this.#found = [];
      this.#show('failed');
    }
    const options = this.#options;
    if (!options) return;
    const choices = this.#choices();
    const made = choices.flatMap((one) =>
      one.kind === 'create' ? optionText(one, options.words) : [],
    );
    const said = [
      this.#message(choices, options.words) ??
        options.words.say('input.options', choices.length - made.length),
      ...made,
    ].join(' ');
    // More letters that find as many are nothing new.
    if (said !== this.#said) options.announce?.(said);
    this.#said = said;
  }

  #show(state: 'loading' | 'ready' | 'failed'): void {
    this.#state = state;
    // What was typed is meant; what merely opened is only looked at.
    const [first] = this.#text.trim() === '' || state === 'loading' ? [] : this.#choices();
    // Something new is made by nobody who only goes on typing.
    this.#active = first && first.kind !== 'create' ? 0 : -1;
    this.#host.requestUpdate();
  }

  #close(): void {
    clearTimeout(this.#pause);
    this.#asking?.abort();
    this.#asking = undefined;
    this.#found = [];
    this.#active = -1;
    this.#said = '';
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    this.#host.requestUpdate();
  }

  #activate(index: number): void {
    if (index === this.#active) return;
    this.#active = index;
    this.#host.requestUpdate();
  }

  // ── choosing ─────────────────────────────────────────────────────────────────────────────────

  #pick(option: Option): void {
    if (option.kind === 'retry') this.#open();
    else if (option.kind === 'create') void this.#create(option);
    else if (option.kind === 'record') {
      this.#options?.onPick?.(option.summary);
      this.#add([{ record: option.summary.ref }]);
    } else this.#add([option.address]);
  }

  /** What was typed stays until there is a record, which the host may ask for in a form of its own. */
  async #create({ recordKind, name }: Extract<Option, { kind: 'create' }>): Promise<void> {
    const { creation } = this.#options ?? {};
    if (!creation) return;
    this.#options?.onProblem({ code: 'choice' });
    this.#active = -1;
    this.#state = 'creating';
    this.#host.requestUpdate();
    const made = await creation.create(recordKind, name).catch(() => undefined);
    // Another activity may be shown by now, or something else be typed.
    if (!this.#isCreating) return;
    this.#close();
    if (!made || this.#text.trim() !== name) return;
    this.#options?.onPick?.(made);
    this.#add([{ record: made.ref }]);
    this.#input.value?.focus();
  }

  get #isCreating(): boolean {
    return this.#state === 'creating';
  }

  #add(added: readonly Chosen[]): void {
    const options = this.#options;
    if (!options) return;
    this.#text = '';
    this.#close();
    const { value, many, words } = options;
    const fresh = added.filter(
      (one, index) => ![...value, ...added.slice(0, index)].some((other) => isSame(one, other)),
    );
    options.onProblem(undefined);
    if (fresh.length > 0) options.onChange(many ? [...value, ...fresh] : fresh.slice(-1));
    const names = words.list(added.map((one) => nameOf(one, words)));
    options.announce?.(words.say('input.added', names));
    this.#host.requestUpdate();
  }

  #remove(chosen: Chosen): void {
    const options = this.#options;
    if (!options) return;
    options.onChange(options.value.filter((other) => other !== chosen));
    options.announce?.(options.words.say('input.removed', nameOf(chosen, options.words)));
    this.#input.value?.focus();
  }

  /** Takes what is typed for an address if it is one, and says so if it is nobody. */
  readonly #settle = (): void => {
    const options = this.#options;
    if (!options || this.#isCreating) return;
    const text = this.#text.trim();
    if (text === '') return options.onProblem(undefined);
    const addresses = options.address ? parseAddresses(text) : undefined;
    if (addresses) this.#add(addresses);
    else options.onProblem({ code: options.address ? 'address' : 'choice' });
  };

  readonly #left = (): void => {
    if (this.#isCreating) return;
    this.#close();
    this.#settle();
  };

  // ── hands on it ──────────────────────────────────────────────────────────────────────────────

  readonly #typed = (event: InputEvent | CompositionEvent): void => {
    this.#text = (event.currentTarget as HTMLInputElement).value;
    this.#host.requestUpdate();
    this.#options?.onText?.();
    if ('isComposing' in event && event.isComposing) return;
    if (this.#text.trim() === '') {
      this.#options?.onProblem(undefined);
      this.#close();
    } else this.#open(PAUSE);
  };

  readonly #pasted = (event: ClipboardEvent): void => {
    const options = this.#options;
    const text = event.clipboardData?.getData('text/plain') ?? '';
    const addresses = options?.address && options.many ? parseAddresses(text) : undefined;
    if (!addresses || this.#text.trim() !== '') return;
    event.preventDefault();
    this.#add(addresses);
  };

  readonly #clicked = (): void => {
    if (this.#state === 'closed' && this.#text === '' && this.#options?.lookup) this.#open();
  };

  readonly #pressBox = (event: PointerEvent): void => {
    if (event.target !== event.currentTarget) return;
    event.preventDefault();
    this.#input.value?.focus();
    this.#clicked();
  };

  readonly #keydown = (event: KeyboardEvent): void => {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    if (this.#answers(event)) {
      event.preventDefault();
      event.stopPropagation();
    }
  };

  /** True for a key that the field has taken. */
  #answers(event: KeyboardEvent): boolean {
    const options = this.#options;
    if (!options || options.readOnly) return false;
    const isOpen = this.#state !== 'closed';
    switch (event.key) {
      case 'ArrowDown':
      case 'ArrowUp':
        return this.#arrow(event.key === 'ArrowDown' ? 1 : -1, event.altKey);
      case 'Enter':
      case 'Tab':
        return this.#accept(event.key);
      case ',':
      case ';':
        if (!options.address || !parseAddress(this.#text)) return false;
        this.#settle();
        return true;
      case 'Escape':
        if (isOpen) this.#close();
        else if (this.#text !== '') {
          this.#text = '';
          options.onProblem(undefined);
          this.#host.requestUpdate();
        } else return false;
        return true;
      case 'Backspace':
      case 'ArrowLeft':
      case 'ArrowRight': {
        const back = options.words.direction === 'rtl' ? 'ArrowRight' : 'ArrowLeft';
        const leaves = event.key === 'Backspace' || event.key === back;
        const atStart = this.#text === '' || this.#caret === 0;
        return leaves && atStart && options.value.length > 0 && this.#focusPill(-1);
      }
      default:
        return false;
    }
  }

  get #caret(): number | null | undefined {
    const input = this.#input.value;
    return input?.selectionStart === input?.selectionEnd ? input?.selectionStart : undefined;
  }

  #arrow(step: 1 | -1, alt: boolean): boolean {
    if (this.#state === 'closed') {
      if (step < 0 && alt) return false;
      this.#open();
      return true;
    }
    if (alt && step < 0) {
      this.#close();
      return true;
    }
    const count = this.#choices().length;
    if (count === 0) return true;
    const from = this.#active < 0 && step < 0 ? 0 : this.#active;
    this.#activate((from + step + count) % count);
    return true;
  }

  #accept(key: 'Enter' | 'Tab'): boolean {
    const choice = this.#state === 'closed' ? undefined : this.#choices()[this.#active];
    if (choice && !(key === 'Tab' && (choice.kind === 'retry' || choice.kind === 'create'))) {
      this.#pick(choice);
      // Tab goes on to the next field all the same.
      return key === 'Enter';
    }
    if (key === 'Tab' || this.#text.trim() === '') return false;
    this.#settle();
    return true;
  }

  #pillKeydown(event: KeyboardEvent, chosen: Chosen): void {
    const options = this.#options;
    if (!options) return;
    const at = options.value.indexOf(chosen);
    const [back, on] =
      options.words.direction === 'rtl' ? ['ArrowRight', 'ArrowLeft'] : ['ArrowLeft', 'ArrowRight'];
    if (event.key === back) {
      if (at > 0) this.#focusPill(at - 1);
    } else if (event.key === on) {
      if (at === options.value.length - 1) this.#input.value?.focus();
      else this.#focusPill(at + 1);
    } else if (event.key === 'Backspace' || event.key === 'Delete') this.#remove(chosen);
    else if (event.key === 'Escape') this.#input.value?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #focusPill(index: number): boolean {
    const buttons = this.#box.value?.querySelectorAll<HTMLElement>('.pill-remove') ?? [];
    const button = [...buttons].at(index);
    button?.focus();
    return button !== undefined;
  }
}

/** A press on the list leaves the focus in the field. */
const keepFocus = (event: Event): void => event.preventDefault();

function keyOf({ record, address }: Chosen): string {
  return record ? `${record.kind}/${record.id}` : (address ?? '');
}

function isSame(a: Chosen, b: Chosen): boolean {
  if (a.record || b.record) return sameRecord(a.record, b.record);
  return a.address?.toLowerCase() === b.address?.toLowerCase();
}

function nameOf({ record, name, address }: Chosen, words: Localizer): string {
  return record ? (record.name ?? name ?? words.recordName(record)) : (name ?? address ?? '');
}

function markOf({ record }: Chosen): TemplateResult {
  if (!record) return icon('email', 16);
  return recordMark(record);
}

function recordMark(record: RecordRef): TemplateResult {
  return PEOPLE.has(record.kind)
    ? face(record, { size: 'small' })
    : icon(recordIcon(record.kind), 16);
}

function optionText(
  { recordKind, name }: Extract<Option, { kind: 'create' }>,
  words: Localizer,
): string {
  return words.say('input.create-record', words.kindName(recordKind), name);
}

function optionContent(option: Option, words: Localizer): TemplateResult {
  if (option.kind === 'retry') return html`${icon('refresh', 16)} ${words.say('action.retry')}`;
  if (option.kind === 'create') {
    return html`${icon('add', 16)} <span>${optionText(option, words)}</span>`;
  }
  if (option.kind === 'address') {
    return html`${icon('email', 16)}
      <span>${words.say('input.add-address', option.address.address)}</span>`;
  }
  const { ref: record, detail, parent } = option.summary;
  const more = [words.kindName(record.kind), detail ?? parent?.name].filter(Boolean);
  return html`${recordMark(record)}
    <span class="grow">
      <bdi class="lookup-name">${words.recordName(record)}</bdi>
      <span class="small quiet"
        >${more.map((part, index) => html`${index > 0 ? ' · ' : nothing}<bdi>${part}</bdi>`)}</span
      >
    </span>`;
}
