import type { Activity } from '../../src/model/activity.js';
import { SITE_SURVEY } from './own-types.js';
import { guid } from './random.js';
import type { World } from './records.js';
import type { Workdays } from './workdays.js';

/** Working days from today, which of the accounts, who of the firm, and what was found there; left out: still to be done. */
const SURVEYS: readonly (readonly [
  day: number,
  account: number,
  user: number,
  found?: readonly [condition: string, floorArea: number],
])[] = [
  [-60, 3, 1, ['ready', 320]],
  [-41, 8, 0, ['to-repair', 145]],
  [-28, 14, 2, ['shell', 860]],
  [-12, 0, 0, ['ready', 210]],
  [-7, 21, 4, ['to-repair', 95]],
  [3, 5, 1],
  [6, 0, 4],
  [9, 11, 3],
  [14, 8, 1],
  [22, 17, 2],
];

/** What the firm's own type holds. Not of the stream of chance, so that all else stays as it is. */
export function createSurveys({ users, accounts }: World, days: Workdays): Activity[] {
  return SURVEYS.flatMap(([offset, accountIndex, userIndex, found], index) => {
    const [account, user] = [accounts[accountIndex], users[userIndex]];
    if (!account || !user) return [];
    const day = days.workday(days.today, offset);
    const made = days.at(days.workday(offset < 0 ? day : days.today, -4), 10 * 60);
    const done = days.at(day, 15 * 60);
    return {
      id: guid(`survey ${index}`),
      type: SITE_SURVEY,
      subject: `Sales floor in ${account.city}`,
      state: found ? 'completed' : 'open',
      statusReason: found ? 'completed' : 'open',
      due: days.at(day, 14 * 60),
      priority: 'normal',
      owner: user.ref,
      regarding: account.deals[0]?.ref ?? account.ref,
      createdBy: user.ref,
      createdAt: made,
      modifiedBy: user.ref,
      modifiedAt: found ? done : made,
      ...(found && { actualEnd: done, fields: { condition: found[0], floorArea: found[1] } }),
    } satisfies Activity;
  });
}
