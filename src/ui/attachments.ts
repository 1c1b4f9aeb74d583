import { html, nothing, type TemplateResult } from 'lit';
import type { Localizer } from '../i18n/localizer.js';
import { extensionsOf } from '../model/attachment-limits.js';
import { button } from './button.js';
import { icon } from './icon.js';
import { picture } from './picture.js';

/** Of a small picture, in pixels: sharp on a dense screen, too. */
const PICTURE_EDGE = 96;

/** One file as a row of the list shows it. */
export interface AttachmentRow {
  readonly key: string;
  readonly name: string;
  readonly bytes: number;
  readonly mediaType: string;
  /** What it holds, where that is a picture and is here anyway. */
  readonly picture?: Blob | undefined;
  readonly state: 'attached' | 'removed' | 'waiting' | 'sending' | 'failed' | 'refused';
  /** Of what is being sent: part of 1; left out, it is not known. Of what failed: how much of it is there, and not sent again. */
  readonly progress?: number | undefined;
  /** What is said besides size and type: why it failed or is refused. */
  readonly text?: string | undefined;
  /** A press on its name. */
  readonly onOpen?: (() => void) | undefined;
  readonly onDownload?: (() => void) | undefined;
  readonly onRemove?: (() => void) | undefined;
  readonly onRetry?: (() => void) | undefined;
  readonly onUndo?: (() => void) | undefined;
}

export interface AttachmentsOptions {
  readonly words: Localizer;
  readonly rows: readonly AttachmentRow[];
  /** Instead of the rows: they are on their way. */
  readonly isLoading?: boolean;
  /** Why the list could not be loaded, and what tries again. */
  readonly failed?: { readonly text: string; readonly onRetry: () => void } | undefined;
  /** Left out: nothing can be attached. */
  readonly onAttach?: ((files: readonly File[]) => void) | undefined;
  /** What may be chosen: media types. */
  readonly accept?: readonly string[] | undefined;
  /** What the files may be. */
  readonly hint?: string | undefined;
  /** Files are held over it. */
  readonly isTarget?: boolean;
}

/** The files of an activity: a list, each with what can be done about it, and what attaches more. */
export function attachments(options: AttachmentsOptions): TemplateResult {
  const { words, rows, onAttach, isTarget = false, hint, failed, isLoading } = options;
  return html`<div
    class="attachments${isTarget ? ' target' : ''}"
    part="attachments${isTarget ? ' target' : ''}"
    role="group"
    aria-labelledby="attachments-label"
    aria-busy=${isLoading ? 'true' : nothing}
  >
    <div class="attachments-head">
      <span class="field-label" part="label" id="attachments-label"
        >${words.say('attach.label')}</span
      >
      ${onAttach ? attachButton(options) : nothing}
    </div>
    ${
      failed
        ? html`<p class="field-error" part="error" role="alert">
            ${icon('error', 16)}<span>${failed.text}</span>
            ${button({
              label: words.say('action.retry'),
              kind: 'link',
              onClick: failed.onRetry,
            })}
          </p>`
        : nothing
    }
    ${
      rows.length > 0
        ? html`<ul class="attachment-list">
            ${rows.map((row) => attachmentRow(row, words))}
          </ul>`
        : nothing
    }
    ${
      onAttach
        ? html`<p class="field-hint" id="attachments-hint">
            ${words.say('attach.hint')} ${hint ?? nothing}
          </p>`
        : rows.length === 0 && !failed && !isLoading
          ? html`<p class="field-hint">${words.say('attach.none')}</p>`
          : nothing
    }
  </div>`;
}

function attachButton({ words, onAttach, accept }: AttachmentsOptions): TemplateResult {
  const choose = (event: Event): void => {
    const input = event.currentTarget as HTMLInputElement;
    const files = [...(input.files ?? [])];
    // The same file once more is a change, too.
    input.value = '';
    if (files.length > 0) onAttach?.(files);
  };
  return html`${button({
      label: words.say('attach.add'),
      icon: 'attach',
      small: true,
      part: 'attach',
      focusKey: 'attach',
      onClick: (event) =>
        ((event.currentTarget as HTMLElement).nextElementSibling as HTMLInputElement).click(),
    })}<input
      type="file"
      multiple
      hidden
      aria-label=${words.say('attach.add')}
      accept=${accept ? accept.join(',') : nothing}
      @change=${choose}
    />`;
}

function attachmentRow(row: AttachmentRow, words: Localizer): TemplateResult {
  const { key, name, state, progress, onOpen } = row;
  const shown = name === '' ? words.say('attach.unnamed') : name;
  const isBad = state === 'failed' || state === 'refused';
  const named = html`<bdi class="attachment-name">${shown}</bdi>`;
  return html`<li class="attachment ${state}" part="attachment ${state}" data-key=${key}>
    ${
      row.picture === undefined
        ? icon(isImage(row) ? 'image' : 'file')
        : html`<canvas
            class="attachment-picture"
            aria-hidden="true"
            ${picture(row.picture, PICTURE_EDGE)}
          ></canvas>`
    }
    <div class="grow">
      ${
        onOpen
          ? html`<button
              type="button"
              class="attachment-open"
              part="attachment-open"
              title=${shown}
              @click=${onOpen}
            >
              ${named}
            </button>`
          : html`<span title=${shown}>${named}</span>`
      }
      <span class="small quiet num attachment-facts">${factsOf(row, words)}</span>
      ${
        isBad
          ? html`<span class="field-error" part="error"
              >${icon('error', 16)}<span>${row.text}</span></span
            >`
          : nothing
      }
      ${
        state === 'sending'
          ? html`<progress
              part="progress"
              aria-label=${words.say('attach.sending', shown)}
              max="1"
              value=${progress ?? nothing}
            ></progress>`
          : nothing
      }
    </div>
    <div class="attachment-acts">${actsOf(row, shown, words)}</div>
  </li>`;
}

/** How large it is and of what kind, or what becomes of it. */
function factsOf(row: AttachmentRow, words: Localizer): string {
  const { state, bytes, text } = row;
  if (state === 'removed') return words.say('attach.removed');
  const facts = [words.bytes(bytes), kindOf(row)];
  if (state === 'sending') {
    facts.push(
      row.progress === undefined
        ? words.say('attach.is-sent')
        : words.say('attach.progress', words.percent(row.progress)),
    );
  } else if (state === 'failed' && row.progress !== undefined) {
    facts.push(words.say('attach.progress', words.percent(row.progress)));
  } else if (state === 'waiting' && text !== undefined) facts.push(text);
  return facts.filter(Boolean).join(' · ');
}

function actsOf(row: AttachmentRow, name: string, words: Localizer): unknown {
  const { onRetry, onUndo, onDownload, onRemove, state } = row;
  return [
    onRetry
      ? button({
          label: words.say(row.progress === undefined ? 'action.retry' : 'action.resume'),
          small: true,
          kind: 'outline',
          part: 'attachment-retry',
          onClick: onRetry,
        })
      : nothing,
    onUndo
      ? button({ label: words.say('action.undo'), small: true, kind: 'outline', onClick: onUndo })
      : nothing,
    onDownload
      ? button({
          label: words.say('attach.download', name),
          icon: 'download',
          iconOnly: true,
          small: true,
          part: 'attachment-download',
          onClick: onDownload,
        })
      : nothing,
    onRemove
      ? button({
          label: words.say(state === 'sending' ? 'attach.stop' : 'action.remove-name', name),
          icon: 'close',
          iconOnly: true,
          small: true,
          part: 'attachment-remove',
          onClick: onRemove,
        })
      : nothing,
  ];
}

/** What the browser can show of a file without running anything of it: no SVG. */
export function isImage({ mediaType }: { readonly mediaType: string }): boolean {
  return /^image\/(?:png|jpeg|gif|webp|avif|bmp)$/i.test(mediaType.split(';')[0]?.trim() ?? '');
}

/** Its last extension, in large letters: what people call the type of a file. */
function kindOf({ name, mediaType }: AttachmentRow): string {
  const extension = extensionsOf(name).at(-1);
  if (extension !== undefined && extension.length <= 8) return extension.toUpperCase();
  return mediaType === 'application/octet-stream' ? '' : mediaType;
}
