import { html, nothing, type ReactiveController } from 'lit';
import type { Attachment } from '../../model/activity.js';
import type { ActivityType } from '../../model/activity-type.js';
import {
  limitsOf,
  mostRawBytes,
  type AttachmentLimits,
  type FileRefusal,
} from '../../model/attachment-limits.js';
import { toFailure, type ProviderFailure } from '../../provider/failure.js';
import type { ActivityDataProvider } from '../../provider/provider.js';
import { FileTransfers, type FileTarget, type FileTransfer } from '../../store/file-transfers.js';
import { attachments, isImage, type AttachmentRow } from '../../ui/attachments.js';
import { button } from '../../ui/button.js';
import { DialogController } from '../../ui/dialog.js';
import { picture } from '../../ui/picture.js';
import { saveFile } from '../../ui/save-file.js';
import type { ActivityElement } from './activity-element.js';

/** How long a removed file can be brought back, in milliseconds; only then is it removed on the server. */
const UNDO_TIME = 7000;

/** Milliseconds after which files that are not held over the form any more no longer count as held. */
const HELD = 800;

/** Larger pictures are not drawn small in the list. */
const MOST_PICTURE = 20_000_000;

/** Of a picture that is looked at, in pixels. */
const PREVIEW_EDGE = 2048;

export interface AttachmentsShown {
  readonly type: ActivityType;
  /** Of the activity, as the server calls it; left out where it is yet to be created. */
  readonly id?: string | undefined;
  /** Files can be added and removed. */
  readonly mayChange: boolean;
}

interface Preview {
  readonly name: string;
  readonly content: Blob;
  readonly isBroken: boolean;
}

/**
 * The files of the activity that a form shows. Files of one that exists are sent at once; those of a new one are kept until it is
 * created, see `send`. What fails is kept and told, and can be tried again; a removed file is gone only after the undo time.
 *
 * ```ts
 * #files = new Attachments(this);                    // attachmentsStyles among the element's styles
 * this.#files.show({ type, id, mayChange });         // in willUpdate; undefined: nothing is shown
 * html`${this.#files.render()} ${this.#files.renderPreview()}`
 * ```
 */
export class Attachments implements ReactiveController {
  readonly #host: ActivityElement;
  readonly #preview: DialogController;
  #shown: AttachmentsShown | undefined;
  #provider: ActivityDataProvider | undefined;
  #transfers = new FileTransfers();
  #end: () => void;
  #attached: readonly Attachment[] = [];
  #isLoading = false;
  #listError: ProviderFailure | undefined;
  #request: AbortController | undefined;
  /** Removed, but not on the server yet. */
  readonly #removed = new Map<
    string,
    { readonly timer: ReturnType<typeof setTimeout>; readonly run: (isLeaving?: boolean) => void }
  >();
  #picture: Preview | undefined;
  /** What was new is created by now, under this id. */
  #createdId: string | undefined;
  /** Files are held over the form; undefined: none. */
  #held: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ActivityElement) {
    this.#host = host;
    this.#preview = new DialogController(host, {
      lightDismiss: true,
      onClose: () => (this.#picture = undefined),
    });
    this.#end = this.#transfers.subscribe(() => host.requestUpdate());
    host.addController(this);
  }

  hostConnected(): void {
    const host = this.#host;
    host.addEventListener('dragenter', this.#dragOver);
    host.addEventListener('dragover', this.#dragOver);
    host.addEventListener('drop', this.#drop);
    host.addEventListener('paste', this.#paste);
    window.addEventListener('pagehide', this.#flush);
    window.addEventListener('beforeunload', this.#beforeUnload);
  }

  hostDisconnected(): void {
    const host = this.#host;
    host.removeEventListener('dragenter', this.#dragOver);
    host.removeEventListener('dragover', this.#dragOver);
    host.removeEventListener('drop', this.#drop);
    host.removeEventListener('paste', this.#paste);
    window.removeEventListener('pagehide', this.#flush);
    window.removeEventListener('beforeunload', this.#beforeUnload);
    clearTimeout(this.#held);
    this.#held = undefined;
    this.#flush();
    queueMicrotask(() => {
      if (host.isConnected) return;
      this.#request?.abort();
      this.#picture = undefined;
    });
  }

  // ── what is shown ──

  /** Before each rendering. Another activity begins anew; what is on its way to the last one still arrives there. */
  show(shown: AttachmentsShown | undefined): void {
    const provider = this.#host.store?.provider;
    const before = this.#shown;
    const isSame = provider === this.#provider && shown?.id === before?.id && !shown === !before;
    this.#shown = shown;
    this.#provider = provider;
    if (isSame) {
      if (!shown || shown.type === before?.type) return;
      this.#transfers.judge(this.#limits, this.#count);
      // The host's types may come after the activity.
      if (shown.id !== undefined && this.#takesFiles && !this.#request) void this.#list(shown.id);
      return;
    }
    this.#beginAnew();
    if (shown?.id !== undefined && this.#takesFiles) void this.#list(shown.id);
  }

  /** What was chosen for one that is not to be created after all is forgotten. */
  reset(): void {
    this.#transfers.clear();
    this.#beginAnew();
  }

  #beginAnew(): void {
    this.#flush();
    this.#request?.abort();
    this.#request = undefined;
    this.#preview.hide();
    this.#end();
    this.#transfers = new FileTransfers();
    this.#end = this.#transfers.subscribe(() => this.#host.requestUpdate());
    this.#attached = [];
    this.#createdId = undefined;
    this.#listError = undefined;
    this.#isLoading = false;
    this.#host.requestUpdate();
  }

  get #id(): string | undefined {
    return this.#shown?.id ?? this.#createdId;
  }

  /** The data source keeps files of this type. */
  get #takesFiles(): boolean {
    return this.#shown?.type.attachments === true && this.#files !== undefined;
  }

  get #files(): ActivityDataProvider['attachments'] {
    return this.#provider?.attachments;
  }

  get #mayAttach(): boolean {
    return this.#shown?.mayChange === true && this.#takesFiles;
  }

  get #limits(): AttachmentLimits {
    const limits = this.#host.store?.capabilities?.attachments ?? {};
    return limitsOf(limits, this.#shown?.type.name ?? '');
  }

  /** Those that the activity has, without those that are on their way. */
  get #count(): number {
    return this.#attached.length - this.#removed.size;
  }

  /** Something is being sent now. */
  get isBusy(): boolean {
    return this.#transfers.isBusy;
  }

  /** How many files would be lost if the form were left now. */
  get unsent(): number {
    return this.#transfers.unsent.length;
  }

  /** Files were chosen, and then a type that takes none. */
  get isStranded(): boolean {
    return this.unsent > 0 && !this.#takesFiles;
  }

  async #list(id: string): Promise<void> {
    const files = this.#files;
    if (!files) return;
    const request = new AbortController();
    this.#request?.abort();
    this.#request = request;
    this.#isLoading = true;
    this.#listError = undefined;
    try {
      const listed = await files.list(id, { ...this.#host.asker, signal: request.signal });
      if (this.#request === request) this.#attached = listed;
    } catch (thrown) {
      if (request.signal.aborted || this.#request !== request) return;
      this.#listError = toFailure(thrown);
    } finally {
      if (this.#request === request) {
        this.#isLoading = false;
        this.#host.requestUpdate();
      }
    }
  }

  // ── adding ──

  /** Takes files, as by drop, paste or choice. */
  add(files: readonly File[]): void {
    const taken = this.#transfers.add(files, this.#limits, this.#count);
    const refused = files.filter((file) => !taken.some((one) => one.file === file));
    const { words, context } = this.#host;
    if (refused.length > 0) {
      context.announce(
        words.say('attach.not-sent', words.list(refused.map(({ name }) => name))),
        true,
      );
    }
    const id = this.#id;
    if (taken.length === 0) return;
    if (id === undefined) {
      context.announce(words.say('attach.added', words.list(taken.map(({ file }) => file.name))));
    } else void this.#send(id);
  }

  /** Sends what was kept for an activity that is created now. True when nothing is left. */
  send(id: string): Promise<boolean> {
    this.#createdId = id;
    return this.#send(id);
  }

  /** Resolves when nothing is on its way any more: true when nothing is left. */
  async settled(): Promise<boolean> {
    await this.#transfers.settled();
    return this.unsent === 0;
  }

  #send(id: string): Promise<boolean> {
    return this.#run(id, (target) => this.#transfers.send(target));
  }

  async #run(id: string, work: (target: FileTarget) => Promise<boolean>): Promise<boolean> {
    const files = this.#files;
    if (!files) return this.unsent === 0;
    const host = this.#host;
    const transfers = this.#transfers;
    const { words, context, asker } = host;
    const before = new Set(transfers.all.filter(({ state }) => state.kind === 'failed'));
    const added: string[] = [];
    const isDone = await work({
      files,
      asker,
      id,
      resumes: host.store?.permissions.capabilities?.attachments?.resumes,
      onAttached: (attachment) => {
        added.push(attachment.name);
        if (transfers !== this.#transfers) return;
        const others = this.#attached.filter((one) => one.id !== attachment.id);
        this.#attached = [...others, attachment];
        host.requestUpdate();
      },
    });
    if (added.length > 0) context.announce(words.say('attach.added', words.list(added)));
    const failed = transfers.unsent.filter(
      (one) => one.state.kind === 'failed' && !before.has(one),
    );
    if (failed.length > 0) {
      const text = words.say('attach.not-sent', words.list(failed.map(({ file }) => file.name)));
      // Whoever looks at something else by now is told there.
      if (transfers === this.#transfers && host.isConnected) context.announce(text, true);
      else context.notify({ kind: 'error', text });
    }
    return isDone;
  }

  #retry(key: string): void {
    const id = this.#id;
    if (id !== undefined) void this.#run(id, (target) => this.#transfers.retry(key, target));
  }

  // ── removing ──

  #remove({ id, name }: Attachment): void {
    const files = this.#files;
    const activity = this.#id;
    const host = this.#host;
    if (!files || activity === undefined) return;
    const { words, context, asker } = host;
    const run = (isLeaving = false): void => {
      const held = this.#removed.get(id);
      if (!held) return;
      clearTimeout(held.timer);
      this.#removed.delete(id);
      const attached = this.#attached.filter((one) => one.id === id);
      this.#attached = this.#attached.filter((one) => one.id !== id);
      host.requestUpdate();
      void files
        .remove(activity, id, {
          ...asker,
          idempotencyKey: crypto.randomUUID(),
          ...(isLeaving && { keepalive: true }),
        })
        .catch((thrown: unknown) => {
          const error = toFailure(thrown);
          if (error.code === 'not-found') return;
          if (this.#id === activity) this.#attached = [...this.#attached, ...attached];
          const text = [words.say('attach.not-removed', name), words.failure(error)].join(' ');
          context.notify({ kind: 'error', text });
          host.requestUpdate();
        });
    };
    this.#removed.set(id, { run, timer: setTimeout(() => run(), UNDO_TIME) });
    context.announce(words.say('attach.removed-name', name));
    host.requestUpdate();
    this.#focusIn(id);
  }

  #undo({ id }: Attachment): void {
    clearTimeout(this.#removed.get(id)?.timer);
    this.#removed.delete(id);
    this.#host.context.announce(this.#host.words.say('announce.undone'));
    this.#host.requestUpdate();
    this.#focusIn(id);
  }

  /** What is removed is removed now. */
  readonly #flush = (): void => {
    for (const { run } of [...this.#removed.values()]) run(true);
  };

  readonly #beforeUnload = (event: BeforeUnloadEvent): void => {
    // Files, unlike what is typed, cannot be kept over a reload.
    if (this.unsent > 0) event.preventDefault();
  };

  /** The focus stays in the row whose button it was on, or goes to what attaches more. */
  #focusIn(key: string): void {
    void this.#host.updateComplete.then(() => {
      const root = this.#host.shadowRoot;
      const row = root?.querySelector(`.attachment[data-key="${CSS.escape(key)}"]`);
      const next =
        row?.querySelector<HTMLElement>('.attachment-acts button') ??
        root?.querySelector<HTMLElement>('[data-focus="attach"]');
      next?.focus();
    });
  }

  // ── downloading ──

  async #content({ id, name }: Attachment): Promise<Blob | undefined> {
    const files = this.#files;
    const activity = this.#id;
    if (!files || activity === undefined) return undefined;
    const { words, context, asker } = this.#host;
    try {
      return await files.download(activity, id, asker);
    } catch (thrown) {
      const text = [words.say('attach.not-downloaded', name), words.failure(toFailure(thrown))];
      context.notify({ kind: 'error', text: text.join(' ') });
      return undefined;
    }
  }

  async #download(attachment: Attachment): Promise<void> {
    const content = await this.#content(attachment);
    if (content) saveFile(content, attachment.name);
  }

  async #look(attachment: Attachment): Promise<void> {
    const content = await this.#content(attachment);
    if (content) this.#showPicture(content, attachment);
  }

  #showPicture(
    content: Blob,
    { name, mediaType }: { readonly name: string; readonly mediaType: string },
  ): void {
    this.#picture = { name, content: new Blob([content], { type: mediaType }), isBroken: false };
    void this.#preview.show();
  }

  // ── drop and paste ──

  readonly #dragOver = (event: DragEvent): void => {
    if (!hasFiles(event) || !this.#shown) return;
    // Also where none may be attached: else the browser would go to the file, and what was typed were gone.
    event.preventDefault();
    if (event.dataTransfer) event.dataTransfer.dropEffect = this.#mayAttach ? 'copy' : 'none';
    // That they were taken away again is not told alike by all browsers; that they are still there is.
    clearTimeout(this.#held);
    if (this.#held === undefined) this.#host.requestUpdate();
    this.#held = setTimeout(this.#letGo, HELD);
  };

  readonly #letGo = (): void => {
    clearTimeout(this.#held);
    this.#held = undefined;
    this.#host.requestUpdate();
  };

  readonly #drop = (event: DragEvent): void => {
    this.#letGo();
    if (!hasFiles(event) || !this.#shown || event.defaultPrevented) return;
    event.preventDefault();
    const files = [...(event.dataTransfer?.files ?? [])];
    if (this.#mayAttach && files.length > 0) this.add(files);
  };

  readonly #paste = (event: ClipboardEvent): void => {
    if (!this.#mayAttach || event.defaultPrevented) return;
    const files = [...(event.clipboardData?.files ?? [])];
    // Office puts a picture of the text beside the text: the text is meant.
    if (files.length === 0 || event.clipboardData?.getData('text/plain')) return;
    event.preventDefault();
    this.add(files);
  };

  // ── drawing ──

  /** Whether there is anything to show. */
  get isShown(): boolean {
    return this.#shown !== undefined && (this.#takesFiles || this.#transfers.all.length > 0);
  }

  render(): unknown {
    if (!this.isShown) return nothing;
    const { words } = this.#host;
    const limits = this.#limits;
    const most = mostRawBytes(limits);
    const error = this.#listError;
    const id = this.#id;
    return attachments({
      words,
      rows: [
        ...this.#attached.map((attachment) => this.#attachedRow(attachment)),
        ...this.#transfers.all.map((transfer) => this.#transferRow(transfer)),
      ],
      isLoading: this.#isLoading,
      isTarget: this.#held !== undefined && this.#mayAttach,
      ...(this.#mayAttach && { onAttach: (files) => this.add(files) }),
      ...(limits.mediaTypes && { accept: limits.mediaTypes }),
      ...(most < Infinity && { hint: words.say('attach.limit', words.bytes(most)) }),
      ...(error &&
        id !== undefined && {
          failed: {
            text: `${words.say('attach.not-listed')} ${words.failure(error)}`,
            onRetry: () => {
              void this.#list(id);
              this.#host.requestUpdate();
            },
          },
        }),
    });
  }

  #attachedRow(attachment: Attachment): AttachmentRow {
    const { id, name, bytes, mediaType } = attachment;
    const row = { key: id, name, bytes, mediaType };
    if (this.#removed.has(id)) {
      return { ...row, state: 'removed', onUndo: () => this.#undo(attachment) };
    }
    const download = (): void => void this.#download(attachment);
    return {
      ...row,
      state: 'attached',
      onOpen: isImage(row) ? () => void this.#look(attachment) : download,
      onDownload: download,
      ...(this.#mayAttach && { onRemove: () => this.#remove(attachment) }),
    };
  }

  #transferRow(transfer: FileTransfer): AttachmentRow {
    const { words } = this.#host;
    const { key, file, state } = transfer;
    const row = {
      key,
      name: file.name,
      bytes: file.size,
      mediaType: file.type,
      state: state.kind,
      picture: state.kind !== 'refused' && isSmallPicture(file) ? file : undefined,
      onRemove: () => {
        this.#transfers.remove(key);
        this.#focusIn(key);
      },
    };
    switch (state.kind) {
      case 'waiting':
        return { ...row, text: words.say('attach.on-save') };
      case 'sending': {
        const { done, total } = state;
        return { ...row, ...(total !== undefined && { progress: done / total }) };
      }
      case 'failed': {
        const canRetry = this.#id !== undefined;
        return {
          ...row,
          text: words.failure(state.error),
          ...(state.done !== undefined &&
            state.total !== undefined && { progress: state.done / state.total }),
          ...(canRetry && { onRetry: () => this.#retry(key) }),
        };
      }
      case 'refused':
        return { ...row, text: this.#refusal(file, state.refusal) };
    }
  }

  #refusal({ size }: File, refusal: FileRefusal): string {
    const { words } = this.#host;
    switch (refusal.code) {
      case 'empty':
        return words.say('attach.empty');
      case 'too-large': {
        const { maxBytes } = refusal;
        const isNear = words.bytes(size) === words.bytes(maxBytes);
        const shown = (bytes: number): string =>
          isNear ? words.exactBytes(bytes) : words.bytes(bytes);
        return words.say('attach.too-large', shown(size), shown(maxBytes));
      }
      case 'blocked-extension':
        return words.say('attach.blocked', refusal.extension);
      case 'media-type':
        return words.say('attach.media-type', refusal.mediaType);
      case 'too-many':
        return words.say('attach.too-many', refusal.most);
    }
  }

  /** The dialog with a picture; once, where dialogs of the element stand. */
  renderPreview(): unknown {
    const shown = this.#picture;
    if (!shown) return nothing;
    const { words } = this.#host;
    const { name, content, isBroken } = shown;
    return this.#preview.render({
      title: name,
      closeLabel: words.say('action.close'),
      part: 'attachment-preview',
      body: isBroken
        ? html`<p>${words.say('attach.no-preview')}</p>`
        : html`<canvas
            class="attachment-preview"
            role="img"
            aria-label=${name}
            ${picture(content, PREVIEW_EDGE, () => {
              if (this.#picture !== shown) return;
              this.#picture = { ...shown, isBroken: true };
              this.#host.requestUpdate();
            })}
          ></canvas>`,
      footer: button({
        label: words.say('attach.download', name),
        icon: 'download',
        kind: 'outline',
        onClick: () => saveFile(content, name),
      }),
    });
  }
}

function isSmallPicture({ type, size }: File): boolean {
  return isImage({ mediaType: type }) && size > 0 && size <= MOST_PICTURE;
}

function hasFiles({ dataTransfer }: DragEvent): boolean {
  return dataTransfer?.types.includes('Files') ?? false;
}
