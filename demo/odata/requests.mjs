import { resolveBatch } from './batch.mjs';
import { resolveBindings } from './bindings.mjs';
import { failure } from './dialect.mjs';

const MAX_PAGE = 5000;

/** Lets pages from elsewhere in, as the demo's own port is; Dataverse does the same for registered ones. */
export function allowOtherOrigins(req, res, next) {
  res.set({
    'Access-Control-Allow-Origin': req.headers.origin ?? '*',
    'Access-Control-Allow-Methods': 'GET, POST, PATCH, DELETE, OPTIONS',
    'Access-Control-Allow-Headers': req.headers['access-control-request-headers'] ?? '*',
    'Access-Control-Expose-Headers':
      'ETag, Location, OData-EntityId, OData-Version, Preference-Applied',
    'Access-Control-Max-Age': '600',
    Vary: 'Origin',
  });
  if (req.method === 'OPTIONS') res.sendStatus(204);
  else next();
}

/** Turns what Dataverse understands and the framework does not into what it does, and refuses what Dataverse refuses. */
export function asDataverseTakesIt({ countLimit }) {
  return (req, res, next) => {
    const url = new URL(req.url, 'http://localhost');
    if (url.searchParams.has('$skip')) {
      return next(failure(501, '0x80060888', 'Skip Clause is not supported in CRM'));
    }
    const apply = url.searchParams.get('$apply');
    if (
      apply &&
      /groupby\(\([^)]*\b(scheduled|actual|created|modified)(start|end|on)\b/.test(apply)
    ) {
      return next(failure(400, '0x80040203', 'Attributes of type DateTime cannot be grouped by.'));
    }
    req.countLimit = countLimit;
    // What Dataverse's own samples send with every request, to keep the browser's cache out.
    if (req.headers['if-none-match'] === 'null') delete req.headers['if-none-match'];
    readPreferences(req, res, url);
    const set = url.pathname.split('/').pop()?.replace(/\(.*$/, '');
    try {
      if (set === '$batch') req.body = resolveBatch(req.body);
      else if (req.body) req.body = resolveBindings(req.body, set);
    } catch (error) {
      return next(error);
    }
    return next();
  };
}

function readPreferences(req, res, url) {
  const preferences =
    (req.headers.prefer ?? '').match(/(?:[^,"]|"[^"]*")+/g)?.map((one) => one.trim()) ?? [];
  const applied = [];
  req.preferences = { annotations: [] };
  let representation = false;
  for (const preference of preferences) {
    const [name, value = ''] = preference.split(/=(.*)/s);
    if (name === 'odata.maxpagesize') {
      req.preferences.pageSize = Math.min(
        Math.max(Number.parseInt(value, 10) || MAX_PAGE, 1),
        MAX_PAGE,
      );
      applied.push(preference);
    } else if (name === 'odata.include-annotations') {
      req.preferences.annotations = value.replaceAll('"', '').split(',');
      applied.push(preference);
    } else if (preference === 'return=representation') {
      representation = true;
      applied.push(preference);
    }
  }
  if (applied.length > 0) res.set('Preference-Applied', applied.join(', '));
  if (req.method === 'GET') {
    // Dataverse ignores $top where a page size is asked for.
    if (req.preferences.pageSize !== undefined && url.searchParams.has('$top')) {
      delete req.query.$top;
      req.url = req.url.replace(/([?&])\$top=\d+&?/, '$1').replace(/[?&]$/, '');
    }
    delete req.headers.prefer;
  } else if (req.method === 'DELETE') {
    delete req.headers.prefer;
  } else {
    req.headers.prefer = representation ? 'return=representation' : 'return=minimal';
  }
}
