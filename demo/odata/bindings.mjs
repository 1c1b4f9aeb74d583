import { LOGICAL_NAMES, failure, partiesOf, typeOfSet } from './dialect.mjs';

/**
 * `"regardingobjectid_contact_task@odata.bind": "/contacts(<guid>)"`, the short `regardingobjectid_contact@odata.bind`,
 * `ownerid@odata.bind` and `partyid_contact@odata.bind` become the columns that hold them; null clears.
 */
export function resolveBindings(body, set) {
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
      /^(regardingobjectid|ownerid|partyid|objectid)(?:_([a-z]+?))?(?:_([a-z_]+))?$/.exec(
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
  const logicalName = match && (LOGICAL_NAMES[match[1]] ?? typeOfSet(match[1]));
  if (!logicalName)
    throw failure(
      400,
      '0x80048d19',
      `'${key}' is not bound to a known record: ${JSON.stringify(value)}`,
    );
  return { id: match[2].toLowerCase(), logicalName };
}
