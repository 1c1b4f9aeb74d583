import { toPlainJson } from '../../model/json.js';
import { failure, toFailure, type ProviderFailure } from '../failure.js';
import type { Http } from '../http.js';
import type { CallOptions } from '../provider.js';
import type { ODataDialect } from './dialect.js';
import { toHttpFailure } from './odata-failure.js';

/** What one part of a batch was answered with. */
export type PartAnswer = { readonly body: unknown } | { readonly error: ProviderFailure };

/** Asks several questions in one request; one that fails fails no other. */
export type Batch = (paths: readonly string[], call: CallOptions) => Promise<readonly PartAnswer[]>;

/** The service takes no more in one. */
const PARTS_LIMIT = 1000;

export function createBatch(http: Http, errors: ODataDialect['errors']): Batch {
  async function send(paths: readonly string[], call: CallOptions): Promise<readonly PartAnswer[]> {
    const boundary = `batch_${crypto.randomUUID()}`;
    const answer = await http('$batch', call, {
      method: 'POST',
      headers: {
        Accept: 'multipart/mixed',
        'Content-Type': `multipart/mixed; boundary=${boundary}`,
        'OData-MaxVersion': '4.0',
        'OData-Version': '4.0',
        // A part that fails does not end the others.
        Prefer: 'odata.continue-on-error',
      },
      body: toBatch(paths, boundary),
    });
    const parts = readBatch(await answer.text(), answer.headers.get('Content-Type') ?? '', errors);
    if (parts.length !== paths.length) throw failure('server');
    return parts;
  }

  return async (paths, call) => {
    const answers: PartAnswer[] = [];
    for (let at = 0; at < paths.length; at += PARTS_LIMIT) {
      answers.push(...(await send(paths.slice(at, at + PARTS_LIMIT), call)));
    }
    return answers;
  };
}

const LINE = '\r\n';

function toBatch(paths: readonly string[], boundary: string): string {
  const parts = paths.map((path) =>
    [
      `--${boundary}`,
      'Content-Type: application/http',
      'Content-Transfer-Encoding: binary',
      '',
      `GET ${path} HTTP/1.1`,
      'Accept: application/json',
      'Prefer: odata.include-annotations="*"',
      '',
      '',
    ].join(LINE),
  );
  return `${parts.join(LINE)}${LINE}--${boundary}--${LINE}`;
}

/** The answers in a batch, in order. */
export function readBatch(
  text: string,
  contentType: string,
  errors: ODataDialect['errors'],
): readonly PartAnswer[] {
  if (/\bhtml\b/i.test(contentType)) throw failure('unauthenticated');
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (boundary === undefined) throw failure('server');
  const pieces = text.split(`--${boundary}`);
  // What ends without its last boundary was cut off.
  if (!pieces.at(-1)?.startsWith('--')) throw failure('network');
  return pieces.slice(1, -1).map((piece) => readPart(piece, errors));
}

function readPart(piece: string, errors: ODataDialect['errors']): PartAnswer {
  const start = /HTTP\/1\.\d (\d{3})[^\r\n]*\r?\n/.exec(piece);
  if (!start) throw failure('server');
  const status = Number(start[1]);
  const rest = piece.slice(start.index + start[0].length);
  const [head = '', ...others] = rest.split(/\r?\n\r?\n/);
  // A part without headers begins with the empty line.
  const body = parse(rest.startsWith('\n') || rest.startsWith('\r\n') ? rest : others.join('\n\n'));
  if (status >= 200 && status < 300) return { body };
  return { error: toFailure(toHttpFailure({ status, headers: headersOf(head) }, body, errors)) };
}

function headersOf(head: string): Headers {
  const headers = new Headers();
  for (const line of head.split(/\r?\n/)) {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(0, colon)).trim();
    if (/^[\w-]+$/.test(name)) headers.set(name, line.slice(colon + 1).trim());
  }
  return headers;
}

function parse(text: string): unknown {
  const json = text.trim();
  if (json === '') return undefined;
  try {
    return toPlainJson(JSON.parse(json));
  } catch {
    throw failure('network');
  }
}
