import type { RecordRef } from '../../model/activity.js';
import type { ActivityType } from '../../model/activity-type.js';
import { ActivityTypes } from '../../model/activity-types.js';
import { fieldsOf, type ActivityQuery, type CountGroup } from '../../model/query.js';
import type { Capabilities } from '../capabilities.js';
import { systemNow } from '../embedded.js';
import { resolveFilter } from '../../model/relative-time.js';
import type { ActivityDataProvider, CallOptions } from '../provider.js';
import { MAX_PAGE, readOne, readPage } from './activity-reader.js';
import { ActivityFiles } from './activity-files.js';
import { noteTable, pointerTable } from './activity-tables.js';
import { ActivityWriter } from './activity-writer.js';
import { countGroups } from './counts.js';
import { dataverse } from './dataverse.js';
import { canRepeat, type ODataDialect } from './dialect.js';
import { createRecord, dealsOf, lookup, summariesOf } from './directory.js';
import type { FilterContext } from './filter.js';
import type { HttpOptions } from '../http.js';
import { createBatch } from './batch.js';
import { createODataHttp, createSend } from './http.js';
import { readPeople, type People } from './people.js';
import { SeenRows, type Service } from './service.js';

export { dataverse } from './dataverse.js';
export type { ODataDialect, SeriesDialect } from './dialect.js';
export type { EntityMapping } from './entity-mapping.js';
export {
  createODataEntityProvider,
  type ODataEntityProvider,
  type ODataEntityProviderOptions,
} from './entity-provider.js';

export interface ODataProviderOptions extends HttpOptions {
  /** Under which journal, drafts and preferences are kept. Default: the address. */
  readonly name?: string;
  /** Names and numbers of the backend. Default: Dataverse's. */
  readonly dialect?: ODataDialect;
  readonly types?: readonly ActivityType[];
  /** Kinds of record that users may make from within a picker, by a name alone. Default: none. */
  readonly createRecords?: readonly string[];
  /** Who works here; left out: who the service says. */
  readonly user?: RecordRef;
  /** For how many milliseconds a read may still show the past after a write. Default: 0; an organisation with replicas sets more. */
  readonly consistencyMs?: number;
  /** Milliseconds since 1970; for the end of what is logged as done. */
  readonly now?: () => number;
}

/** A provider over an OData v4 service with the names of a dialect. */
export type ODataProvider = Required<
  Pick<
    ActivityDataProvider,
    | 'name'
    | 'query'
    | 'capabilities'
    | 'session'
    | 'get'
    | 'count'
    | 'create'
    | 'update'
    | 'transition'
    | 'remove'
    | 'send'
    | 'attachments'
    | 'lookup'
    | 'createRecord'
    | 'records'
  >
>;

export function createODataProvider(options: ODataProviderOptions): ODataProvider {
  const dialect = options.dialect ?? dataverse;
  const types = new ActivityTypes(options.types);
  const http = createODataHttp(options, dialect.errors);
  const service: Service = {
    send: createSend(http),
    batch: createBatch(http, dialect.errors),
    dialect,
    types,
    pointers: pointerTable(dialect, types),
    notes: noteTable(dialect),
    seen: new SeenRows(),
  };
  const files = new ActivityFiles(service);
  const writer = new ActivityWriter(service, options.now ?? systemNow);

  let asking: Promise<People> | undefined;
  /** Asked once, for all who want to know: so nobody's abort ends it. A failure is asked again. */
  function people({ signal: _signal, ...call }: CallOptions): Promise<People> {
    asking ??= readPeople(call, service, options.user).catch((thrown: unknown) => {
      asking = undefined;
      throw thrown;
    });
    return asking;
  }

  /** Who `me` and `my-team` are, if a question says so. */
  async function contextOf(
    questions: readonly Pick<ActivityQuery, 'filter'>[],
    call: CallOptions,
  ): Promise<FilterContext> {
    const values = questions
      .flatMap(({ filter }) => fieldsOf(filter))
      .flatMap(({ value }) => value ?? []);
    const isPersonal = values.includes('me') || values.includes('my-team');
    const found = isPersonal ? await people(call) : undefined;
    return {
      timeZone: call.timeZone,
      user: found?.user.id,
      team: found && found.team !== 'unknown' ? found.team.map(({ id }) => id) : undefined,
      isPattern: true,
    };
  }

  return {
    name: options.name ?? options.url,

    async query(question, call) {
      const resolved = withInstants(question, call, types);
      return readPage(resolved, call, await contextOf([question], call), service);
    },

    async capabilities(call) {
      const { createRecords, consistencyMs } = options;
      return {
        ...capabilitiesOf(service, await files.limits(call), consistencyMs),
        ...(createRecords && { createRecords }),
      };
    },

    async session(call) {
      return { ...(await people(call)), ...(options.types && { types: options.types }) };
    },

    get: (id, call) => readOne(id, call, service),

    async count(question, groups: readonly CountGroup[], call) {
      const context = await contextOf([question, ...groups], call);
      const resolved = groups.map((group) => withInstants(group, call, types));
      return countGroups(withInstants(question, call, types), resolved, call, context, service);
    },

    create: (id, draft, write) => writer.create(id, draft, write),
    update: (id, patch, write) => writer.update(id, patch, write),
    transition: (id, to, write) => writer.transition(id, to, write),
    remove: (id, write) => writer.remove(id, write),
    send: (id, write) => writer.send(id, write),
    attachments: {
      list: (id, call) => files.list(id, call),
      upload: (id, file, write) => files.upload(id, file, write),
      download: (id, attachmentId, call) => files.download(id, attachmentId, call),
      remove: (id, attachmentId, write) => files.remove(id, attachmentId, write),
    },

    lookup: (text, kinds, call) => lookup(text, kinds, call, service),
    createRecord: (id, draft, write) => createRecord(id, draft, write, service),
    records: (ask, call) =>
      'refs' in ask ? summariesOf(ask.refs, call, service) : dealsOf(ask.dealsOf, call, service),
  };
}

/** With calendar dates as instants, by the user's own days. */
function withInstants<T extends Pick<ActivityQuery, 'filter'>>(
  asked: T,
  { timeZone }: CallOptions,
  types: ActivityTypes,
): T {
  const filter = asked.filter && resolveFilter(asked.filter, { timeZone }, types);
  return filter === asked.filter ? asked : { ...asked, filter };
}

/**
 * Everything but the free texts is matched as the kit matches it. The order of names, texts, types and states is the
 * service's own: its collation is not the kit's, and it sorts states by number. Mere dates are kept as the end of their day,
 * so among the times of that day their place is another.
 */
function capabilitiesOf(
  { pointers, dialect }: Service,
  attachments: NonNullable<Capabilities['attachments']>,
  consistencyMs = 0,
): Capabilities {
  const times = ['deadline', 'start', 'createdAt', 'modifiedAt', 'actualStart', 'actualEnd'];
  const roles = Object.keys(dialect.roles).map((role) => `parties.${role}`);
  return {
    query: {
      filter: Object.keys(pointers.fields),
      sort: Object.keys(pointers.sort),
      search: true,
      range: true,
      record: ['none', 'related', 'extended'],
      places: true,
      totals: 'atLeast',
      maxPage: MAX_PAGE,
      exact: [
        ...times,
        ...['id', 'due', 'end', 'place', 'type', 'state', 'statusReason', 'priority'],
        ...['actualDuration', 'owner', 'createdBy', 'modifiedBy', 'regarding', 'regarding.kind'],
        ...['parties', ...roles, ...exactFields(dialect)],
        ...(canRepeat(dialect) ? ['series'] : []),
      ],
      exactSort: [...times, 'priority', 'actualDuration'],
    },
    attachments,
    // What is closed stays closed there.
    undo: 'hold',
    // A create is known by its id, a change by what it changed.
    idempotent: true,
    consistencyMs,
    ...(canRepeat(dialect) && {
      recurrence: 'expanded' as const,
      scopes: ['this', 'following', 'all'] as const,
    }),
  };
}

/** The types' own fields that hold no free text, whose matching is the service's. */
function exactFields({ types }: ODataDialect): readonly string[] {
  const fields = Object.values(types).flatMap(({ own, fields }) =>
    own === undefined ? [] : Object.entries(fields),
  );
  const free = new Set(
    fields.flatMap(([name, { kind, values }]) => (kind === 'text' && !values ? name : [])),
  );
  const exact = fields.flatMap(([name]) => (free.has(name) ? [] : `fields.${name}`));
  return [...new Set(exact)];
}
