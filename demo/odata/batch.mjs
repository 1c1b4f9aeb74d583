import { resolveBindings } from './bindings.mjs';

const SERVICE = String.raw`(?:\S*?/api/data/v9\.2/|/)?`;
const REQUEST_LINE = new RegExp(
  String.raw`^(GET|POST|PATCH|DELETE) ${SERVICE}(\S+) HTTP/1\.1`,
  'gm',
);
const WITH_BODY = /^((?:POST|PATCH) (\S+) HTTP\/1\.1\r?\n(?:.+\r?\n)*\r?\n)([\s\S]*?)(?=\r?\n--)/gm;

/** What is done to single requests, done to those inside a `$batch`: a JSON one, or the text of a multipart one. */
export function resolveBatch(batch) {
  if (typeof batch === 'string') {
    return batch
      .replace(REQUEST_LINE, '$1 $2 HTTP/1.1')
      .replace(WITH_BODY, (whole, head, url, body) =>
        body.trim() ? head + JSON.stringify(resolveBindings(JSON.parse(body), setOf(url))) : whole,
      );
  }
  return {
    ...batch,
    requests: batch.requests?.map((request) =>
      request.body
        ? { ...request, body: resolveBindings(request.body, setOf(request.url)) }
        : request,
    ),
  };
}

function setOf(url) {
  return url.split('?')[0].split('/').pop().replace(/\(.*$/, '');
}
