/** What holds for the files of one activity. */
export interface AttachmentLimits {
  readonly maxBytes?: number;
  readonly measure?: 'raw' | 'base64';
  readonly blockedExtensions?: readonly string[];
  readonly mediaTypes?: readonly string[];
  readonly perActivity?: number;
}

/** What a provider says of the files it takes: `capabilities.attachments` has this shape. */
export interface AllAttachmentLimits extends Omit<AttachmentLimits, 'perActivity'> {
  readonly perActivity?: number | { readonly [type: string]: number };
}

/** What holds for the files of an activity of this type. */
export function limitsOf(
  { perActivity, ...limits }: AllAttachmentLimits,
  type: string,
): AttachmentLimits {
  const most = typeof perActivity === 'object' ? perActivity[type] : perActivity;
  return most === undefined ? limits : { ...limits, perActivity: most };
}

/** Of a file, what can be judged before it is sent. */
export interface FileFacts {
  readonly name: string;
  readonly size: number;
  /** Media type; '' where the browser knows none. */
  readonly type: string;
}

export type FileRefusal =
  | { readonly code: 'empty' }
  | {
      readonly code: 'too-large';
      /** Most bytes that the file itself may have. */ readonly maxBytes: number;
    }
  | { readonly code: 'blocked-extension'; readonly extension: string }
  | { readonly code: 'media-type'; readonly mediaType: string }
  | { readonly code: 'too-many'; readonly most: number };

/** Bytes of a file of this size in Base64, with its padding and no line breaks. */
export function base64Bytes(size: number): number {
  return Math.ceil(size / 3) * 4;
}

/** Most bytes that a file itself may have, however the server counts. */
export function mostRawBytes({ maxBytes, measure = 'raw' }: AttachmentLimits): number {
  if (maxBytes === undefined) return Infinity;
  return measure === 'raw' ? maxBytes : Math.floor(maxBytes / 4) * 3;
}

/**
 * Every extension of a name, in small letters and without dots: `invoice.PDF.exe` has `pdf` and `exe`. Dots and spaces at the end
 * do not count, for Windows drops them; nor do characters that cannot be seen, with which a name can be made to look like another.
 */
export function extensionsOf(name: string): readonly string[] {
  const seen = name.replaceAll(/[\p{Cc}\p{Cf}]/gu, '').replace(/[.\s]+$/u, '');
  return seen
    .split('.')
    .slice(1)
    .map((part) => part.trim().toLowerCase())
    .filter((part) => part !== '');
}

/** Why a file is not taken; undefined: it may be sent. `count`: how many the activity has already, those under way included. */
export function refusalOfFile(
  file: FileFacts,
  limits: AttachmentLimits,
  count = 0,
): FileRefusal | undefined {
  const { blockedExtensions = [], mediaTypes, perActivity } = limits;
  if (perActivity !== undefined && count >= perActivity) {
    return { code: 'too-many', most: perActivity };
  }
  if (file.size === 0) return { code: 'empty' };
  const maxBytes = mostRawBytes(limits);
  if (file.size > maxBytes) return { code: 'too-large', maxBytes };
  const blocked = new Set(blockedExtensions.map((each) => each.replace(/^\./, '').toLowerCase()));
  const extension = extensionsOf(file.name).find((each) => blocked.has(each));
  if (extension !== undefined) return { code: 'blocked-extension', extension };
  if (mediaTypes && !mediaTypes.some((pattern) => isOfType(file.type, pattern))) {
    return { code: 'media-type', mediaType: file.type };
  }
  return undefined;
}

/** `image/*` and `*` take all that is of it; parameters such as `charset` do not count. */
function isOfType(mediaType: string, pattern: string): boolean {
  const [bare = ''] = mediaType.toLowerCase().split(';');
  const type = bare.trim();
  const wanted = pattern.trim().toLowerCase();
  if (wanted === '*' || wanted === '*/*') return true;
  return wanted.endsWith('/*') ? type.startsWith(wanted.slice(0, -1)) : type === wanted;
}
