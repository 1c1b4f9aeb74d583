import type { ActivityType } from '../../src/model/activity-type.js';

/** What this firm does besides what every salesperson does: types of its own, named as an organisation's own tables are. */
export const SITE_SURVEY = 'contoso_sitesurvey';
export const TEXT_MESSAGE = 'contoso_textmessage';
export const VIDEO_CALL = 'contoso_videocall';
export const COMPLAINT = 'contoso_complaint';

const open = { reasons: [{ name: 'open', label: 'reason.open' }], default: 'open' };
const completed = {
  reasons: [{ name: 'completed', label: 'reason.completed' }],
  default: 'completed',
};
const canceled = { reasons: [{ name: 'canceled', label: 'reason.canceled' }], default: 'canceled' };

export const siteSurvey: ActivityType = {
  name: SITE_SURVEY,
  label: { en: 'Site survey', 'zh-TW': '現場勘查' },
  plural: { en: 'Site surveys', 'zh-TW': '現場勘查' },
  keywords: ['site survey', '勘查'],
  icon: 'location',
  hue: 'light-dark(#0e7490, #67e8f9)',
  states: { open, completed, canceled },
  deadline: 'due',
  roles: [],
  fields: [
    {
      name: 'condition',
      label: { en: 'Condition', 'zh-TW': '屋況' },
      kind: 'choice',
      choices: [
        { value: 'ready', label: { en: 'Ready', 'zh-TW': '可進場' } },
        { value: 'to-repair', label: { en: 'To be repaired', 'zh-TW': '需修繕' } },
        { value: 'shell', label: { en: 'Bare shell', 'zh-TW': '毛胚' } },
      ],
    },
    {
      name: 'floorArea',
      label: { en: 'Floor area (m²)', 'zh-TW': '面積（平方公尺）' },
      kind: 'number',
      min: 0,
    },
  ],
  outcomes: [
    { name: 'feasible', label: { en: 'Feasible', 'zh-TW': '可行' } },
    { name: 'not-feasible', label: { en: 'Not feasible', 'zh-TW': '不可行' } },
  ],
  suggests: { type: 'task', afterDays: 2, subject: { en: 'Quote', 'zh-TW': '報價' } },
};

/** None of these can be created, each for another reason. */
const plain = (
  name: string,
  label: ActivityType['label'],
  plural: ActivityType['plural'],
  icon: string,
): ActivityType => ({
  name,
  label,
  plural,
  icon,
  hue: 'light-dark(#a21caf, #f0abfc)',
  states: { open, completed, canceled },
  deadline: 'due',
  roles: [],
  fields: [],
  body: 'text',
});

export const ownTypes: readonly ActivityType[] = [
  siteSurvey,
  plain(
    TEXT_MESSAGE,
    { en: 'Text message', 'zh-TW': '簡訊' },
    { en: 'Text messages', 'zh-TW': '簡訊' },
    'email',
  ),
  plain(
    VIDEO_CALL,
    { en: 'Video call', 'zh-TW': '視訊通話' },
    { en: 'Video calls', 'zh-TW': '視訊通話' },
    'video',
  ),
  plain(
    COMPLAINT,
    { en: 'Complaint', 'zh-TW': '客訴' },
    { en: 'Complaints', 'zh-TW': '客訴' },
    'warning',
  ),
];
