import type { RecordRef } from '../../model/activity.js';
import type { CallOptions, Session } from '../provider.js';
import { toFailure } from '../failure.js';
import type { ODataDialect } from './dialect.js';
import { summariesOf } from './directory.js';
import { or, toGuid } from './filter.js';
import type { Send } from './http.js';
import { queryString } from './query-string.js';
import { rowOf, rowsOf, textOf } from './read-row.js';

export type People = Required<Pick<Session, 'user' | 'team' | 'teams'>>;

/** Who asks, the teams they are in, and who else is in them; `team` is 'unknown' where they may not be asked for. */
export async function readPeople(
  call: CallOptions,
  service: { readonly send: Send; readonly dialect: ODataDialect },
  known: RecordRef | undefined,
): Promise<People> {
  const user = known ?? (await whoAmI(call, service));
  const id = toGuid(user.id);
  if (id === undefined) return { user, teams: [], team: 'unknown' };
  try {
    const teamIds = await memberships(`systemuserid eq ${id}`, 'teamid', call, service);
    const [teams, userIds] = await Promise.all([
      namesOf('team', teamIds, call, service),
      teamIds.length > 0
        ? memberships(
            or(...teamIds.map((one) => `teamid eq ${one}`)),
            'systemuserid',
            call,
            service,
          )
        : [],
    ]);
    const others = userIds.filter((one) => one !== id);
    return { user, teams, team: await namesOf('user', others, call, service) };
  } catch (thrown) {
    if (['forbidden', 'not-found', 'unsupported', 'validation'].includes(toFailure(thrown).code)) {
      return { user, teams: [], team: 'unknown' };
    }
    throw thrown;
  }
}

async function whoAmI(
  call: CallOptions,
  service: { readonly send: Send; readonly dialect: ODataDialect },
): Promise<RecordRef> {
  const id = textOf(rowOf(await service.send('WhoAmI', call)), 'UserId') ?? '';
  const [user] = await namesOf('user', [id], call, service);
  return user ?? { kind: 'user', id };
}

async function memberships(
  filter: string | boolean,
  column: 'teamid' | 'systemuserid',
  call: CallOptions,
  { send }: { readonly send: Send },
): Promise<readonly string[]> {
  const question = queryString({ $select: 'teamid,systemuserid', $filter: filter });
  const rows = rowsOf(await send(`teammemberships${question}`, call));
  return [...new Set(rows.flatMap((row) => toGuid(row[column]) ?? []))];
}

async function namesOf(
  kind: string,
  ids: readonly string[],
  call: CallOptions,
  service: { readonly send: Send; readonly dialect: ODataDialect },
): Promise<readonly RecordRef[]> {
  const found = await summariesOf(
    ids.map((id) => ({ kind, id })),
    call,
    service,
  );
  return found.map(({ ref }) => ref);
}
