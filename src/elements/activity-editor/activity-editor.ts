import { baseKeymap, chainCommands, exitCode } from 'prosemirror-commands';
import { history, redo, undo } from 'prosemirror-history';
import { keymap } from 'prosemirror-keymap';
import { DOMParser, DOMSerializer, type NodeType } from 'prosemirror-model';
import { liftListItem, sinkListItem, splitListItem } from 'prosemirror-schema-list';
import { EditorState, Selection, type Command } from 'prosemirror-state';
import { EditorView } from 'prosemirror-view';
import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { button } from '../../ui/button.js';
import { richTextStyles } from '../../ui/rich-text.styles.js';
import { isSanitizerReady, loadSanitizer, sanitize } from '../../ui/sanitize.js';
import { toPlainText } from '../../model/plain-text.js';
import { ActivityElement } from '../base/activity-element.js';
import { activityEditorStyles } from './activity-editor.styles.js';
import { schema } from './schema.js';
import { isLinked, link, tools, type Tool } from './tools.js';

/**
 * Edits the HTML of an email or a note: bold, italic, underlined, headings, lists, quotes, links. A form of the kit takes it for
 * bodies in HTML where this element is defined; it can stand alone, too. Whatever is set or pasted is sanitised before it is shown.
 *
 * @element activity-editor
 * @fires {Event} input - The user changed the text.
 * @fires {Event} change - The user left it after a change.
 * @csspart base - All of it.
 * @csspart toolbar - The buttons over the text.
 * @csspart tool - One of them; also `pressed`.
 * @csspart pressed - A button that is on.
 * @csspart text - The text.
 * @csspart link-bar - Where the address of a link is filled in.
 * @csspart input - The address.
 * @csspart button - A button beside it; also `primary`.
 * @csspart primary - The primary button.
 * @csspart notices - The stack of notices, where the element stands alone.
 */
export class ActivityEditor extends ActivityElement {
  static override readonly styles: CSSResultGroup = [
    ActivityElement.styles,
    richTextStyles,
    activityEditorStyles,
  ];

  static override readonly shadowRootOptions: ShadowRootInit = {
    ...ActivityElement.shadowRootOptions,
    delegatesFocus: true,
  };

  /** Names the text for assistive technology. */
  @property() label = '';
  /** It can be read, not changed. */
  @property({ type: Boolean, reflect: true, attribute: 'readonly' }) readOnly = false;

  /** The text, as HTML; empty where nothing is written. Setting it fires nothing. */
  @property({ attribute: false })
  get value(): string {
    return this.#value;
  }
  set value(value: string) {
    const old = this.#value;
    this.#value = value;
    if (value !== old) this.#put(value);
    this.requestUpdate('value', old);
  }

  @state() private linkBar: string | undefined;

  #value = '';
  #view: EditorView | undefined;
  /** Of the button of the toolbar that Tab reaches. */
  #toolAt = 0;
  #changed = false;

  protected override get needsSource(): boolean {
    return false;
  }

  /** Moves the focus into the text. */
  override focus(): void {
    if (this.#view) this.#view.focus();
    else void this.updateComplete.then(() => this.#view?.focus());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#view?.destroy();
      this.#view = undefined;
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    const place = this.renderRoot.querySelector('.text');
    if (place && !this.#view) this.#start(place);
    if (changed.has('readOnly')) this.#view?.setProps({});
  }

  #start(place: Element): void {
    const item = schema.nodes['list_item'] as NodeType;
    const br = schema.nodes['line_break'] as NodeType;
    const breakLine: Command = chainCommands(exitCode, (editor, dispatch) => {
      dispatch?.(editor.tr.replaceSelectionWith(br.create()).scrollIntoView());
      return true;
    });
    const keys: Record<string, Command> = {
      'Mod-z': undo,
      'Mod-y': redo,
      'Shift-Mod-z': redo,
      'Mod-k': () => this.#openLink(),
      'Shift-Enter': breakLine,
      Enter: splitListItem(item),
      'Mod-[': liftListItem(item),
      'Mod-]': sinkListItem(item),
    };
    for (const { keys: key, run } of tools) if (key !== undefined) keys[key] = run;
    const { Enter: _enter, 'Mod-Enter': _submit, ...base } = baseKeymap;
    this.#view = new EditorView(place, {
      state: EditorState.create({
        schema,
        plugins: [
          keymap(keys),
          // Ctrl+Enter is the form's.
          keymap({ ...base, Enter: baseKeymap['Enter'] as Command }),
          history(),
        ],
      }),
      editable: () => !this.readOnly,
      attributes: () => ({
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-label': this.label,
        class: 'rich-text',
        dir: 'auto',
      }),
      dispatchTransaction: (transaction) => {
        const view = this.#view;
        if (!view) return;
        view.updateState(view.state.apply(transaction));
        if (transaction.docChanged && transaction.getMeta('told') !== true) this.#tell();
        this.requestUpdate();
      },
      nodeViews: {
        kept: ({ attrs }) => ({ dom: drawn(attrs['element'] as Element) }),
        picture: ({ attrs }) => ({ dom: drawn(attrs['element'] as Element) }),
      },
      handleDOMEvents: {
        paste: (_view, event) => this.#paste(event),
        drop: (_view, event) => this.#drop(event),
        blur: () => {
          this.#leave();
          return false;
        },
      },
    });
    if (this.#value !== '') this.#put(this.#value);
  }

  /** Shows a value from outside. */
  #put(value: string): void {
    const view = this.#view;
    if (!view) return;
    const show = (): void => {
      if (this.#view !== view || value !== this.#value) return;
      const { doc } = view.state;
      const content = DOMParser.fromSchema(schema).parse(fragmentOf(value));
      const transaction = view.state.tr.replaceWith(0, doc.content.size, content.content);
      transaction.setSelection(Selection.atStart(transaction.doc));
      view.dispatch(transaction.setMeta('told', true).setMeta('addToHistory', false));
    };
    if (isSanitizerReady()) show();
    else void loadSanitizer().then(show, show);
  }

  /** The user changed it. */
  #tell(): void {
    const view = this.#view;
    if (!view) return;
    this.#value = htmlOf(view.state);
    this.#changed = true;
    this.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
  }

  #leave(): void {
    if (!this.#changed) return;
    this.#changed = false;
    this.dispatchEvent(new Event('change', { bubbles: true, composed: true }));
  }

  /** The library would parse what is pasted under a policy of its own; here it comes sanitised. */
  #paste(event: ClipboardEvent): boolean {
    const { clipboardData } = event;
    const view = this.#view;
    if (!view || !clipboardData || this.readOnly) return false;
    const markup = clipboardData.getData('text/html');
    const text = clipboardData.getData('text/plain');
    // Files are for whoever takes attachments.
    if (markup === '' && text === '') return true;
    event.preventDefault();
    this.#insert(view, markup, text);
    return true;
  }

  #drop(event: DragEvent): boolean {
    const { dataTransfer } = event;
    const view = this.#view;
    // What is moved inside of the text needs no parsing.
    if (!view || !dataTransfer || view.dragging) return false;
    const markup = dataTransfer.getData('text/html');
    const text = dataTransfer.getData('text/plain');
    if (markup === '' && text === '') return true;
    event.preventDefault();
    this.#insert(view, markup, text);
    return true;
  }

  #insert(view: EditorView, markup: string, text: string): void {
    if (markup === '') {
      view.pasteText(text);
      return;
    }
    const slice = DOMParser.fromSchema(schema).parseSlice(fragmentOf(markup), {
      preserveWhitespace: false,
    });
    view.dispatch(view.state.tr.replaceSelection(slice).scrollIntoView());
  }

  #run({ run }: Pick<Tool, 'run'>): void {
    const view = this.#view;
    if (!view) return;
    run(view.state, view.dispatch.bind(view));
    view.focus();
  }

  #openLink(): boolean {
    const view = this.#view;
    if (!view) return false;
    if (isLinked(view.state)) {
      const { from, to } = view.state.selection;
      view.dispatch(view.state.tr.removeMark(from, to, link));
      return true;
    }
    if (view.state.selection.empty) return true;
    this.linkBar = 'https://';
    void this.updateComplete.then(() => {
      const input = this.renderRoot.querySelector<HTMLInputElement>('.link-bar input');
      input?.focus();
      input?.select();
    });
    return true;
  }

  #link(): void {
    const view = this.#view;
    const href = (this.linkBar ?? '').trim();
    this.linkBar = undefined;
    if (!view) return;
    if (/^(?:https?:\/\/|mailto:|tel:)\S/i.test(href)) {
      const { from, to } = view.state.selection;
      view.dispatch(view.state.tr.addMark(from, to, link.create({ href })));
    }
    view.focus();
  }

  readonly #toolKeys = (event: KeyboardEvent): void => {
    const buttons = [...this.renderRoot.querySelectorAll<HTMLElement>('.toolbar button')];
    const at = buttons.findIndex((one) => one === event.target);
    const [on, back] =
      this.words.direction === 'rtl' ? ['ArrowLeft', 'ArrowRight'] : ['ArrowRight', 'ArrowLeft'];
    const to = { [on]: at + 1, [back]: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (to === undefined || at < 0) return;
    event.preventDefault();
    this.#toolAt = (to + buttons.length) % buttons.length;
    this.requestUpdate();
    buttons[this.#toolAt]?.focus();
  };

  protected override renderContent(): TemplateResult {
    const { readOnly } = this;
    return html`<div class="editor">
      ${readOnly ? nothing : this.#renderTools()} ${this.#renderLinkBar()}
      <div class="text" part="text"></div>
    </div>`;
  }

  #renderTools(): TemplateResult {
    const { words } = this;
    const now = this.#view?.state;
    const linked = now ? isLinked(now) : false;
    return html`<div
      class="toolbar"
      part="toolbar"
      role="toolbar"
      aria-label=${words.say('editor.toolbar')}
      @keydown=${this.#toolKeys}
    >
      ${tools.map((tool, index) =>
        button({
          label: words.say(tool.label as 'editor.bold'),
          icon: tool.icon,
          iconOnly: true,
          small: true,
          part: 'tool',
          pressed: now ? tool.isOn(now) : false,
          tabIndex: index === this.#toolAt ? 0 : -1,
          onClick: () => this.#run(tool),
        }),
      )}
      ${button({
        label: words.say(linked ? 'editor.unlink' : 'editor.link'),
        icon: 'link',
        iconOnly: true,
        small: true,
        part: 'tool',
        pressed: linked,
        tabIndex: tools.length === this.#toolAt ? 0 : -1,
        onClick: () => this.#openLink(),
      })}
    </div>`;
  }

  #renderLinkBar(): unknown {
    if (this.linkBar === undefined) return nothing;
    const { words } = this;
    const keydown = (event: KeyboardEvent): void => {
      if (event.key === 'Enter') {
        event.preventDefault();
        event.stopPropagation();
        this.#link();
      } else if (event.key === 'Escape') {
        event.preventDefault();
        event.stopPropagation();
        this.linkBar = undefined;
        this.#view?.focus();
      }
    };
    return html`<div class="link-bar" part="link-bar" @keydown=${keydown}>
      <input
        class="input"
        part="input"
        type="url"
        dir="ltr"
        aria-label=${words.say('editor.address')}
        .value=${this.linkBar}
        @input=${(event: Event) => {
          event.stopPropagation();
          this.linkBar = (event.currentTarget as HTMLInputElement).value;
        }}
      />
      ${button({ label: words.say('action.apply'), kind: 'primary', small: true, onClick: () => this.#link() })}
    </div>`;
  }
}

/** Sanitised; its words, where that cannot be. Pictures of other sites are kept, but not asked for: see `schema`. */
function fragmentOf(markup: string): Node {
  const result = sanitize(markup, { images: true });
  if (result) return result.fragment;
  const paragraphs = document.createDocumentFragment();
  for (const line of toPlainText(markup, 'html').split('\n')) {
    const paragraph = document.createElement('p');
    paragraph.append(line);
    paragraphs.append(paragraph);
  }
  return paragraphs;
}

/** What is kept as it is, for the eye: pictures of other sites by their words, for to fetch them tells that the text is read. */
function drawn(element: Element): HTMLElement {
  const copy = element.cloneNode(true) as HTMLElement;
  const holder = document.createElement(element.localName === 'img' ? 'span' : 'div');
  const images = copy.matches('img') ? [copy] : [...copy.querySelectorAll('img')];
  for (const image of images) {
    if (/^data:/i.test(image.getAttribute('src') ?? '')) continue;
    const words = document.createElement('span');
    words.className = 'quiet';
    words.textContent = `[${image.getAttribute('alt')?.trim() || '…'}]`;
    if (image === copy) {
      holder.append(words);
      return holder;
    }
    image.replaceWith(words);
  }
  holder.append(copy);
  return holder;
}

/** Empty where nothing is written. */
function htmlOf({ doc }: EditorState): string {
  if (doc.childCount === 1 && doc.firstChild?.isTextblock && doc.firstChild.content.size === 0) {
    return '';
  }
  const container = document.implementation.createHTMLDocument('').createElement('div');
  const serializer = DOMSerializer.fromSchema(schema);
  container.append(
    serializer.serializeFragment(doc.content, { document: container.ownerDocument }),
  );
  return container.innerHTML;
}

declare global {
  interface HTMLElementTagNameMap {
    'activity-editor': ActivityEditor;
  }
}
