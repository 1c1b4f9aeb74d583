import type { Attachment } from '../../model/activity.js';
import type { Capabilities } from '../capabilities.js';
import { base64Length, fromBase64, toBase64 } from '../base64.js';
import { failure, isBrokenOff, toFailure } from '../failure.js';
import type { CallOptions, WriteOptions } from '../provider.js';
import { typeOf } from './activity-reader.js';
import { toGuid } from './filter.js';
import { queryString } from './query-string.js';
import { numberOf, readNote, rowOf, rowsOf, textOf, type WireRow } from './read-row.js';
import type { Service } from './service.js';

type Limits = NonNullable<Capabilities['attachments']>;

/** What an organisation has that never changed it. */
const DEFAULT_LIMITS: Limits = {
  maxBytes: 5_242_880,
  measure: 'base64',
  perActivity: { note: 1 },
  resumes: true,
};

/** Larger files go in blocks. The service takes less than 4 MB at once; a block is a whole number of Base64's threes. */
const BLOCK_BYTES = 3 * 1024 * 1024;

/** An upload in blocks that may have broken off. */
interface BegunUpload {
  readonly file: File;
  readonly token: string;
  /** Ids of the blocks that are there, in their order. */
  readonly blocks: string[];
}

/** So many broken uploads are remembered. */
const BEGUN_LIMIT = 20;
/** Files of emails and appointments, each a row of its own, and of notes, one in the note's row. Their content is Base64. */
export class ActivityFiles {
  readonly #service: Service;
  #limits: Promise<Limits> | undefined;
  /** By idempotency key. */
  readonly #begun = new Map<string, BegunUpload>();

  constructor(service: Service) {
    this.#service = service;
  }

  /** What the organisation takes. Asked once; where that is not to be had, what is usual. */
  limits({ signal: _signal, ...call }: CallOptions): Promise<Limits> {
    this.#limits ??= this.#readLimits(call).catch((thrown: unknown) => {
      const { code } = toFailure(thrown);
      // Who may not know is told what is usual; whose network is gone asks again.
      if (code !== 'forbidden' && code !== 'not-found') this.#limits = undefined;
      return DEFAULT_LIMITS;
    });
    return this.#limits;
  }

  async list(id: string, call: CallOptions): Promise<readonly Attachment[]> {
    const { isNote } = await this.#holder(id, call);
    if (isNote) return this.#ofNote(id, call);
    const options = {
      $select: 'activitymimeattachmentid,filename,mimetype,filesize',
      $filter: `_objectid_value eq ${id}`,
    };
    const body = await this.#service.send(`${ATTACHMENTS}${queryString(options)}`, call);
    return rowsOf(body).flatMap((row) => readFile(row) ?? []);
  }

  async upload(id: string, file: File, options: WriteOptions): Promise<Attachment> {
    const { isNote, type, set } = await this.#holder(id, options);
    const { maxBytes = 0 } = await this.limits(options);
    if (base64Length(file.size) > maxBytes) throw failure('too-large');
    if (isNote) {
      const [there] = await this.#ofNote(id, options);
      const isOurs = this.#begun.has(options.idempotencyKey) && there?.bytes === file.size;
      // Its last answer was lost.
      if (there && isOurs && there.name === file.name) return there;
      if (there) throw failure('unsupported', 'A note holds one file.');
    }
    // The key of the write is the id of the row, so that a repeat makes no second one.
    const attachmentId = isNote ? id : (toGuid(options.idempotencyKey) ?? crypto.randomUUID());
    const mimetype = file.type || 'application/octet-stream';
    const about = isNote
      ? { filename: file.name, mimetype }
      : {
          [`objectid_${type}@odata.bind`]: `/${set}(${id})`,
          objecttypecode: type,
          subject: file.name,
          filename: file.name,
          mimetype,
        };
    const begun = this.#begun.get(options.idempotencyKey);
    if (begun && begun.file !== file) this.#begun.delete(options.idempotencyKey);
    options.onProgress?.(sentOf(this.#begun.get(options.idempotencyKey)), file.size);
    try {
      if (file.size <= BLOCK_BYTES)
        await this.#sendWhole(attachmentId, isNote, about, file, options);
      else await this.#sendBlocks(attachmentId, isNote, about, file, options);
    } catch (thrown) {
      const error = toFailure(thrown);
      // What was refused is begun anew; what broke off goes on.
      if (!isBrokenOff(error)) this.#begun.delete(options.idempotencyKey);
      if (error.code !== 'duplicate') throw thrown;
    }
    this.#begun.delete(options.idempotencyKey);
    options.onProgress?.(file.size, file.size);
    return { id: attachmentId, name: file.name, mediaType: mimetype, bytes: file.size };
  }

  async download(id: string, attachmentId: string, call: CallOptions): Promise<Blob> {
    const { isNote } = await this.#holder(id, call);
    const guid = toGuid(attachmentId);
    if (guid === undefined) throw failure('not-found');
    const [set, column] = isNote ? [NOTES, 'documentbody'] : [ATTACHMENTS, 'body'];
    const options = queryString({ $select: `${column},mimetype` });
    const row = rowOf(await this.#service.send(`${set}(${guid})${options}`, call));
    const base64 = textOf(row, column);
    if (base64 === undefined) throw failure('not-found');
    return toBlob(base64, textOf(row, 'mimetype') ?? 'application/octet-stream');
  }

  async remove(id: string, attachmentId: string, options: WriteOptions): Promise<void> {
    const { isNote } = await this.#holder(id, options);
    const guid = toGuid(attachmentId);
    if (guid === undefined) throw failure('not-found');
    await (isNote
      ? this.#service.send(`${NOTES}(${guid})`, options, {
          method: 'PATCH',
          ifMatch: '*',
          body: { documentbody: null, filename: null, mimetype: null },
        })
      : this.#service.send(`${ATTACHMENTS}(${guid})`, options, { method: 'DELETE', ifMatch: '*' }));
  }

  async #sendWhole(
    attachmentId: string,
    isNote: boolean,
    about: WireRow,
    file: File,
    options: WriteOptions,
  ): Promise<void> {
    const content = toBase64(await file.arrayBuffer());
    await (isNote
      ? this.#service.send(`${NOTES}(${attachmentId})`, options, {
          method: 'PATCH',
          ifMatch: '*',
          body: { ...about, documentbody: content },
        })
      : this.#service.send(ATTACHMENTS, options, {
          method: 'POST',
          body: { activitymimeattachmentid: attachmentId, ...about, body: content },
        }));
  }

  async #sendBlocks(
    attachmentId: string,
    isNote: boolean,
    about: WireRow,
    file: File,
    options: WriteOptions,
  ): Promise<void> {
    const { send } = this.#service;
    const kind = isNote ? 'Annotation' : 'Attachment';
    const target = {
      '@odata.type': `Microsoft.Dynamics.CRM.${isNote ? 'annotation' : 'activitymimeattachment'}`,
      [isNote ? 'annotationid' : 'activitymimeattachmentid']: attachmentId,
      ...about,
    };
    const post = (path: string, body: { readonly [name: string]: unknown }): Promise<unknown> =>
      send(path, options, { method: 'POST', body });
    const begun = await this.#begin(file, options, () =>
      post(`Initialize${kind}BlocksUpload`, { Target: target }),
    );
    const { token, blocks } = begun;
    for (let at = sentOf(begun); at < file.size; at += BLOCK_BYTES) {
      options.signal?.throwIfAborted();
      // Ids of blocks are Base64, all of one length.
      const blockId = btoa(String(blocks.length).padStart(8, '0'));
      await post('UploadBlock', {
        BlockId: blockId,
        BlockData: toBase64(await file.slice(at, at + BLOCK_BYTES).arrayBuffer()),
        FileContinuationToken: token,
      });
      blocks.push(blockId);
      options.onProgress?.(sentOf(begun), file.size);
    }
    await post(`Commit${kind}BlocksUpload`, {
      Target: target,
      BlockList: blocks,
      FileContinuationToken: token,
    });
  }

  /** What arrived of the same upload before, or a new one. */
  async #begin(
    file: File,
    { idempotencyKey }: WriteOptions,
    ask: () => Promise<unknown>,
  ): Promise<BegunUpload> {
    const before = this.#begun.get(idempotencyKey);
    if (before) return before;
    const token = textOf(rowOf(await ask()), 'FileContinuationToken');
    if (token === undefined) throw failure('server');
    const begun = { file, token, blocks: [] };
    this.#begun.set(idempotencyKey, begun);
    const [oldest] = this.#begun.keys();
    if (this.#begun.size > BEGUN_LIMIT && oldest !== undefined) this.#begun.delete(oldest);
    return begun;
  }

  async #ofNote(id: string, call: CallOptions): Promise<readonly Attachment[]> {
    const { send, dialect, types } = this.#service;
    const options = queryString({ $select: 'annotationid,filename,mimetype,filesize' });
    const row = rowOf(await send(`${NOTES}(${id})${options}`, call));
    return readNote(row, { dialect, types, timeZone: call.timeZone }).attachments ?? [];
  }

  /** What holds the files. */
  async #holder(
    id: string,
    call: CallOptions,
  ): Promise<{ readonly isNote: boolean; readonly type: string; readonly set: string }> {
    const guid = toGuid(id);
    if (guid === undefined) throw failure('not-found');
    const type = await typeOf(guid, call, this.#service);
    const own = this.#service.dialect.types[type];
    if (type !== 'note' && !own?.attachments) {
      throw failure(
        'unsupported',
        `This data source keeps no files with activities of type ${type}.`,
      );
    }
    return { isNote: type === 'note', type, set: own?.set ?? NOTES };
  }

  async #readLimits(call: CallOptions): Promise<Limits> {
    const options = { $select: 'maxuploadfilesize,blockedattachments', $top: 1 };
    const [row = {}] = rowsOf(
      await this.#service.send(`organizations${queryString(options)}`, call),
    );
    const blocked = textOf(row, 'blockedattachments');
    return {
      ...DEFAULT_LIMITS,
      maxBytes: numberOf(row, 'maxuploadfilesize') ?? DEFAULT_LIMITS.maxBytes ?? 0,
      ...(blocked !== undefined && {
        blockedExtensions: blocked.split(';').flatMap((one) => one.trim().toLowerCase() || []),
      }),
    };
  }
}

const ATTACHMENTS = 'activitymimeattachments';
const NOTES = 'annotations';

/** Bytes that are there. */
function sentOf(begun: BegunUpload | undefined): number {
  return begun ? Math.min(begun.blocks.length * BLOCK_BYTES, begun.file.size) : 0;
}

function readFile(row: WireRow): Attachment | undefined {
  const id = textOf(row, 'activitymimeattachmentid');
  if (id === undefined) return undefined;
  return {
    id,
    name: textOf(row, 'filename') ?? '',
    mediaType: textOf(row, 'mimetype') ?? 'application/octet-stream',
    bytes: numberOf(row, 'filesize') ?? 0,
  };
}

function toBlob(base64: string, type: string): Blob {
  const bytes = fromBase64(base64);
  if (!bytes) throw failure('network');
  return new Blob([bytes], { type });
}
