import { randomUUID } from 'node:crypto';
import { failure } from './dialect.mjs';
import { resolveBindings } from './bindings.mjs';

/*
 * Files as Dataverse takes them: Base64 in a column of their row, at once or in blocks. The limit is measured as Base64, which
 * is a third more than the file.
 */

export const MAX_UPLOAD = 5_242_880;
const MAX_BLOCK = 4 * 1024 * 1024;

const KINDS = {
  Attachment: { set: 'activitymimeattachments', key: 'activitymimeattachmentid', body: 'body' },
  Annotation: { set: 'annotations', key: 'annotationid', body: 'documentbody' },
};

/** Checks a file on its way into a row, and measures it. */
export function takeFile(data, column, blocked) {
  const base64 = data[column];
  if (base64 === undefined || base64 === null) return;
  if (base64.length > MAX_UPLOAD)
    throw failure(400, '0x80044a02', 'Attachment file size is too big.');
  const extension = /\.(\w+)$/.exec(data.filename ?? '')?.[1]?.toLowerCase();
  if (extension && blocked.includes(extension))
    throw failure(400, '0x80043e09', 'The attachment is either not a valid type or is too large.');
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(base64))
    throw failure(400, '0x80048d19', `${column} is not Base64.`);
  data.filesize = Buffer.byteLength(base64, 'base64');
}

/** The messages that take a file in blocks. `run` does a query of the service. */
export function addBlocks(app, path, { create, update }) {
  const uploads = new Map();

  for (const [kind, { set, key, body }] of Object.entries(KINDS)) {
    app.post(`${path}/Initialize${kind}BlocksUpload`, (req, res) => {
      const token = randomUUID();
      uploads.set(token, new Map());
      res.json({ FileContinuationToken: token });
    });
    app.post(`${path}/Commit${kind}BlocksUpload`, async (req, res, next) => {
      try {
        const { Target: target, BlockList: list, FileContinuationToken: token } = req.body;
        const blocks = uploads.get(token);
        if (!blocks || !list?.every((id) => blocks.has(id)))
          throw failure(400, '0x80048d19', 'The block list names blocks that were never sent.');
        const base64 = Buffer.concat(list.map((id) => blocks.get(id))).toString('base64');
        const row = { ...resolveBindings(target, set), [body]: base64 };
        delete row['@odata.type'];
        row[key] ??= randomUUID();
        if (kind === 'Annotation') await update(set, key, row);
        else await create(set, row);
        uploads.delete(token);
        const size = Buffer.byteLength(base64, 'base64');
        const id = kind === 'Annotation' ? 'AnnotationId' : 'ActivityMimeAttachmentId';
        res.json({ [id]: row[key], FileSizeInBytes: size });
      } catch (error) {
        next(error);
      }
    });
  }

  app.post(`${path}/UploadBlock`, (req, res, next) => {
    const { BlockId: id, BlockData: data, FileContinuationToken: token } = req.body;
    const blocks = uploads.get(token);
    const bytes = Buffer.from(data ?? '', 'base64');
    if (!blocks) return next(failure(400, '0x80048d19', 'The upload is not known.'));
    if (bytes.length > MAX_BLOCK)
      return next(failure(400, '0x80044a02', 'A block is larger than 4 MB.'));
    const [first] = blocks.keys();
    if (first !== undefined && first.length !== id.length)
      return next(failure(400, '0x80048d19', 'The ids of blocks must be of one length.'));
    blocks.set(id, bytes);
    return res.status(204).end();
  });
}
