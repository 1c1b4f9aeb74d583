import { PRIORITIES, ROLE_LABELS, SALES_STAGES, STATES, TYPES, labelOfReason } from './dialect.mjs';

const FORMATTED = '@OData.Community.Display.V1.FormattedValue';
const LOGICAL_NAME = '@Microsoft.Dynamics.CRM.lookuplogicalname';
const EXCEEDED = '@Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded';
const NAVIGATION = '@Microsoft.Dynamics.CRM.associatednavigationproperty';

/** Adds to rows what the client asked for by `Prefer: odata.include-annotations`, as Dataverse writes it. */
export function annotate(rows, type, annotations, directory) {
  const wants = (name) => annotations.some((pattern) => matches(pattern, name.slice(1)));
  const [formatted, logicalName, navigation] = [FORMATTED, LOGICAL_NAME, NAVIGATION].map(wants);
  if (!formatted && !logicalName && !navigation) return;

  for (const row of rows) {
    const typeName = row.activitytypecode ?? type;
    for (const [column, value] of Object.entries(row)) {
      if (Array.isArray(value)) annotate(value, undefined, annotations, directory);
      if (value === null || typeof value === 'object') continue;
      const lookup = /^_(\w+)_value$/.exec(column)?.[1];
      if (lookup) {
        const record = directory.get(value);
        if (!record) continue;
        if (formatted && record.name) row[column + FORMATTED] = record.name;
        if (logicalName) row[column + LOGICAL_NAME] = record.logicalName;
        if (navigation && lookup === 'regardingobjectid')
          row[column + NAVIGATION] = `regardingobjectid_${record.logicalName}`;
      } else if (formatted) {
        const label = labelOf(column, value, typeName);
        if (label !== undefined) row[column + FORMATTED] = label;
      }
    }
  }
}

function labelOf(column, value, type) {
  switch (column) {
    case 'statecode':
      return STATES[value];
    case 'statuscode':
      return labelOfReason(type, value);
    case 'prioritycode':
      return PRIORITIES[value];
    case 'activitytypecode':
      return TYPES[value]?.label;
    case 'participationtypemask':
      return ROLE_LABELS[value];
    case 'salesstage':
      return SALES_STAGES[value];
    case 'directioncode':
      return value ? 'Outgoing' : 'Incoming';
    default:
      return undefined;
  }
}

/** `*`, a name, or a beginning with `*` after it. */
function matches(pattern, name) {
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : pattern === name;
}

/** Links that lead to where the question was asked, errors in Dataverse's shape, and the id of what was made in its header. */
export function asDataverseAnswers(path) {
  return (req, res, next) => {
    // Behind the demo's own server it is that one: a page may be allowed no other.
    const base = `${req.protocol}://${req.headers.host}${path}/`;
    const { json, writeHead } = res;
    res.json = (body) => {
      if (body?.['@odata.nextLink']) body['@odata.nextLink'] = base + body['@odata.nextLink'];
      if (body?.['@odata.context'])
        body['@odata.context'] = base + body['@odata.context'].replace(/^(\.\.\/)+/, '');
      const count = body?.['@odata.count'];
      if (count > req.countLimit) {
        body['@odata.count'] = req.countLimit;
        if (req.preferences?.annotations.some((pattern) => matches(pattern, EXCEEDED.slice(1))))
          body[EXCEEDED] = true;
      }
      if (body?.error) body = toError(body.error, res);
      return json.call(res, body);
    };
    res.writeHead = (...args) => {
      const location = res.getHeader('Location');
      if (location) {
        const absolute = base + String(location).replace(/^\//, '');
        res.setHeader('Location', absolute);
        res.setHeader('OData-EntityId', absolute);
      }
      return writeHead.apply(res, args);
    };
    next();
  };
}

const CODES = {
  400: '0x80048d19',
  404: '0x80040217',
  405: '0x80060888',
  412: '0x80060882',
  428: '0x80060882',
};

function toError({ code = '', message }, res) {
  const status = res.statusCode;
  if (status === 412 && !code.startsWith('0x')) {
    message = "The version of the existing record doesn't match the RowVersion property provided.";
  }
  return {
    error: { code: code.startsWith('0x') ? code : (CODES[status] ?? '0x80040216'), message },
  };
}
