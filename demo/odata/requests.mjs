import { LOGICAL_NAMES, failure, partiesOf, typeOfSet } from './dialect.mjs';

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
export function asDataverseTakesIt() {
  return (req, res, next) => {
    const url = new URL(req.url, 'http://localhost');
    if (url.searchParams.has('$skip')) {
      return next(failure(501, '0x80060888', 'Skip Clause is not supported in CRM'));
    }
    // What Dataverse's own samples send with every request, to keep the browser's cache out.
    if (req.headers['if-none-match'] === 'null') delete req.headers['if-none-match'];
    readPreferences(req, res, url);
    if (req.body && typeof req.body === 'object') {
      try {
        req.body = resolveBindings(req.body, url.pathname.split('/').pop()?.replace(/\(.*$/, ''));
      } catch (error) {
        return next(error);
      }
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
      req.url = req.url.replace(/([?&])\$top=\d+&?/, '$1').replace(/[?&]$/, '');
    }
    delete req.headers.prefer;
  } else if (req.method === 'DELETE') {
    delete req.headers.prefer;
  } else {
    req.headers.prefer = representation ? 'return=representation' : 'return=minimal';
  }
}

/**
 * `"regardingobjectid_contact_task@odata.bind": "/contacts(<guid>)"`, the short `regardingobjectid_contact@odata.bind`,
 * `ownerid@odata.bind` and `partyid_contact@odata.bind` become the columns that hold them; null clears.
 */
function resolveBindings(body, set) {
  const type = typeOfSet(set);
  const resolved = {};
  for (const [key, value] of Object.entries(body)) {
    if (key === partiesOf(type) && Array.isArray(value)) {
      resolved[key] = value.map((party) => resolveBindings(party, 'activityparties'));
      continue;
    }
    if (!key.endsWith('@odata.bind')) {
      if (/^_\w+_value$/.test(key))
        throw failure(
          400,
          '0x80048d19',
          `The property '${key}' is read-only: bind it by its navigation property.`,
        );
      resolved[key] = value;
      continue;
    }
    const match =
      /^(regardingobjectid|ownerid|partyid|objectid)(?:_([a-z]+?))?(?:_([a-z]+))?$/.exec(
        key.slice(0, -'@odata.bind'.length),
      );
    if (!match || (match[3] && match[3] !== type && match[3] !== 'activityparty')) {
      throw failure(400, '0x80048d19', `An undeclared property '${key}' was found in the payload.`);
    }
    const [, lookup, target] = match;
    const { id, logicalName } = readReference(value, key);
    if (target && logicalName && target !== logicalName) {
      throw failure(400, '0x80048d19', `'${key}' takes a ${target}, not a ${logicalName}.`);
    }
    resolved[`_${lookup}_value`] = id;
    if (lookup === 'objectid') resolved.objecttypecode = logicalName ?? null;
  }
  return resolved;
}

function readReference(value, key) {
  if (value === null) return { id: null };
  const match = /(?:^|\/)(\w+)\(([0-9a-f-]{36})\)$/i.exec(String(value));
  if (!match || !LOGICAL_NAMES[match[1]])
    throw failure(
      400,
      '0x80048d19',
      `'${key}' is not bound to a known record: ${JSON.stringify(value)}`,
    );
  return { id: match[2].toLowerCase(), logicalName: LOGICAL_NAMES[match[1]] };
}
