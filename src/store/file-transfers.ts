import type { Attachment } from '../model/activity.js';
import {
  refusalOfFile,
  type AttachmentLimits,
  type FileRefusal,
} from '../model/attachment-limits.js';
import { failure, isBrokenOff, toFailure, type ProviderFailure } from '../provider/failure.js';
import type { Asker } from './activity-view.js';
import type { ActivityDataProvider } from '../provider/provider.js';
import { Subscribable } from './subscribable.js';

/** One file on its way to an activity. */
export interface FileTransfer {
  /** Also the key under which its upload is never done twice. */
  readonly key: string;
  readonly file: File;
  readonly state: FileState;
}

export type FileState =
  /** It is sent once there is an activity to send it to. */
  | { readonly kind: 'waiting' }
  /** It will not be sent. */
  | { readonly kind: 'refused'; readonly refusal: FileRefusal }
  /** Without `total` nothing is known of how far it is. */
  | { readonly kind: 'sending'; readonly done: number; readonly total?: number }
  /** It is kept, and can be tried again. */
  | {
      readonly kind: 'failed';
      readonly error: ProviderFailure;
      /** How far it came, where that is known. */
      readonly done?: number;
      readonly total?: number;
    };

type Files = NonNullable<ActivityDataProvider['attachments']>;

export interface FileTarget {
  readonly files: Files;
  readonly asker: Asker;
  /** Of the activity, as the server calls it. */
  readonly id: string;
  /** An upload that broke off goes on where it stopped. */
  readonly resumes?: boolean | undefined;
  readonly onAttached: (attachment: Attachment, file: File) => void;
}

/** So many files are sent at a time. */
const WIDTH = 2;

/**
 * The files that a user gave to one activity and that are not on the server yet. None is lost by an error: what failed is kept until
 * it is tried again or taken away. A second try has the key of the first, so that a provider can go on where it stopped.
 */
export class FileTransfers extends Subscribable {
  #transfers: readonly FileTransfer[] = [];
  readonly #aborts = new Map<string, AbortController>();
  readonly #reached = new Map<string, { readonly done: number; readonly total?: number }>();
  #running: Promise<void> | undefined;

  get all(): readonly FileTransfer[] {
    return this.#transfers;
  }

  /** Some are on their way. */
  get isBusy(): boolean {
    return this.#transfers.some(({ state }) => state.kind === 'sending');
  }

  /** Those that would be lost: waiting, on their way, or failed. */
  get unsent(): readonly FileTransfer[] {
    return this.#transfers.filter(({ state }) => state.kind !== 'refused');
  }

  /** Takes files; each is judged at once. `count`: how many the activity has already. Answers those that are taken. */
  add(files: readonly File[], limits: AttachmentLimits, count: number): readonly FileTransfer[] {
    const taken: FileTransfer[] = [];
    for (const file of files) {
      const refusal = refusalOfFile(file, limits, count + this.unsent.length);
      const key = crypto.randomUUID();
      const state: FileState = refusal ? { kind: 'refused', refusal } : { kind: 'waiting' };
      const transfer = { key, file, state };
      this.#transfers = [...this.#transfers, transfer];
      if (!refusal) taken.push(transfer);
    }
    this.tell();
    return taken;
  }

  /** Judges anew those that are not on their way: another type may take other files. */
  judge(limits: AttachmentLimits, count: number): void {
    let before = count;
    this.#transfers = this.#transfers.map((transfer) => {
      const { kind } = transfer.state;
      if (kind === 'sending' || kind === 'failed') {
        before += 1;
        return transfer;
      }
      const refusal = refusalOfFile(transfer.file, limits, before);
      if (refusal) return { ...transfer, state: { kind: 'refused', refusal } };
      before += 1;
      return kind === 'waiting' ? transfer : { ...transfer, state: { kind: 'waiting' } };
    });
    this.tell();
  }

  /** Stops one that is on its way, or takes it from the list. */
  remove(key: string): void {
    this.#aborts.get(key)?.abort();
    this.#reached.delete(key);
    this.#transfers = this.#transfers.filter((one) => one.key !== key);
    this.tell();
  }

  clear(): void {
    for (const { key } of this.#transfers) this.remove(key);
  }

  /** Sends all that wait, and those that failed before. True when nothing is left unsent. */
  async send(target: FileTarget): Promise<boolean> {
    for (const { key, state } of this.#transfers) {
      if (state.kind === 'failed') this.#set(key, { kind: 'waiting' });
    }
    return this.#run(target);
  }

  /** Tries one again that failed. */
  async retry(key: string, target: FileTarget): Promise<boolean> {
    this.#set(key, { kind: 'waiting' });
    return this.#run(target);
  }

  /** Resolves when none is on its way any more. */
  async settled(): Promise<void> {
    while (this.#running) await this.#running;
  }

  async #run(target: FileTarget): Promise<boolean> {
    // What comes while some are sent is taken up by those who send.
    this.#running ??= Promise.all(
      Array.from({ length: WIDTH }, () => this.#sendInTurn(target)),
    ).then(() => {
      this.#running = undefined;
    });
    await this.#running;
    if (this.#transfers.some(({ state }) => state.kind === 'waiting')) return this.#run(target);
    return this.unsent.length === 0;
  }

  async #sendInTurn(target: FileTarget): Promise<void> {
    for (;;) {
      const next = this.#transfers.find(({ state }) => state.kind === 'waiting');
      if (!next) return;
      await this.#sendOne(next, target);
    }
  }

  async #sendOne({ key, file }: FileTransfer, target: FileTarget): Promise<void> {
    const abort = new AbortController();
    this.#aborts.set(key, abort);
    const before = this.#reached.get(key);
    this.#set(key, { kind: 'sending', done: 0, ...(target.resumes && before) });
    const ended = new Promise<never>((_, reject) => {
      abort.signal.addEventListener('abort', () => reject(failure('aborted')));
    });
    // A provider that hears nothing of its signal still ends for the user, and may have done it after all.
    const upload = Promise.resolve().then(() =>
      target.files.upload(target.id, file, {
        ...target.asker,
        signal: abort.signal,
        idempotencyKey: key,
        onProgress: (done, total) => this.#progress(key, done, total),
      }),
    );
    try {
      const attachment = await Promise.race([upload, ended]);
      this.#transfers = this.#transfers.filter((one) => one.key !== key);
      target.onAttached(attachment, file);
    } catch (thrown) {
      if (abort.signal.aborted) {
        void upload.then(
          (attachment) => target.onAttached(attachment, file),
          () => undefined,
        );
      }
      const error = toFailure(thrown);
      if (!isBrokenOff(error)) this.#reached.delete(key);
      const reached = target.resumes ? this.#reached.get(key) : undefined;
      this.#set(key, { kind: 'failed', error, ...reached });
    } finally {
      this.#aborts.delete(key);
      this.tell();
    }
  }

  #progress(key: string, done: number, total: number | undefined): void {
    // One that reports only begin and end has not said how far it is.
    if (done === 0 || (total !== undefined && done >= total)) return;
    const reached = { done, ...(total !== undefined && { total }) };
    this.#reached.set(key, reached);
    this.#set(key, { kind: 'sending', ...reached });
  }

  #set(key: string, state: FileState): void {
    this.#transfers = this.#transfers.map((one) => (one.key === key ? { ...one, state } : one));
    this.tell();
  }
}
