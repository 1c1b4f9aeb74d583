import type {
  ActivityType,
  Choice,
  FieldDefinition,
  RoleDefinition,
  StateDefinition,
  StatusReason,
} from './activity-type.js';

/*
 * The types that Dynamics 365 Sales has, with its states, status reasons, parties and limits (Dataverse entity reference:
 * task, phonecall, email, appointment, letter, fax, annotation). Labels are keys into the messages.
 */

function state(defaultReason: string, ...others: string[]): StateDefinition {
  return {
    reasons: [defaultReason, ...others].map(reason),
    default: defaultReason,
  };
}

function reason(name: string): StatusReason {
  return { name, label: `reason.${name}` };
}

/** With reasons that only a backend gives. */
function withAutomatic(state: StateDefinition, ...names: string[]): StateDefinition {
  const automatic = names.map((name) => ({ ...reason(name), isAutomatic: true }));
  return { ...state, reasons: [...state.reasons, ...automatic] };
}

function role(name: string, more: Omit<RoleDefinition, 'role' | 'label'> = {}): RoleDefinition {
  return { role: name, label: `role.${name}`, ...more };
}

function outcomes(...names: string[]): NonNullable<ActivityType['outcomes']> {
  return names.map((name) => ({ name, label: `outcome.${name}` }));
}

const PEOPLE = ['contact', 'account', 'user'];
const DIRECTIONS: readonly Choice[] = [
  { value: 'outgoing', label: 'direction.outgoing' },
  { value: 'incoming', label: 'direction.incoming' },
];

function field(
  name: string,
  kind: FieldDefinition['kind'],
  more: Omit<FieldDefinition, 'name' | 'label' | 'kind'> = {},
): FieldDefinition {
  return { name, label: `field.${name}`, kind, ...more };
}
const direction = field('direction', 'choice', { choices: DIRECTIONS });

const task: ActivityType = {
  name: 'task',
  label: 'type.task',
  plural: 'types.task',
  keywords: ['task', 'todo', 'to do', '待辦', '工作'],
  icon: 'task',
  hue: 'task',
  states: {
    open: state('not-started', 'in-progress', 'waiting', 'deferred'),
    completed: state('completed'),
    canceled: state('canceled'),
  },
  deadline: 'due',
  sortDate: { open: 'due', closed: 'actualEnd' },
  roles: [],
  fields: [field('percentComplete', 'number', { min: 0, max: 100 })],
  required: ['subject'],
  body: 'text',
};

const phonecall: ActivityType = {
  name: 'phonecall',
  label: 'type.phonecall',
  plural: 'types.phonecall',
  keywords: [
    'call',
    'call back',
    'phone',
    'ring',
    'phone call',
    '打電話',
    '打電話給',
    '打給',
    '致電',
    '電話',
    '通話',
    '回電',
  ],
  icon: 'phonecall',
  hue: 'phonecall',
  states: {
    open: state('open'),
    completed: state('made', 'received'),
    canceled: state('canceled'),
  },
  deadline: 'due',
  sortDate: { open: 'due', closed: 'actualEnd' },
  roles: [
    role('from', { required: true, many: true, kinds: PEOPLE }),
    role('to', { required: true, many: true, kinds: PEOPLE }),
  ],
  fields: [
    direction,
    field('phoneNumber', 'phone', { maxLength: 200 }),
    field('leftVoicemail', 'boolean'),
  ],
  required: ['subject'],
  body: 'text',
  outcomes: outcomes('reached', 'left-message', 'no-answer'),
  suggests: { type: 'task', afterDays: 1 },
};

const email: ActivityType = {
  name: 'email',
  label: 'type.email',
  plural: 'types.email',
  keywords: [
    'email',
    'e-mail',
    'mail',
    'write to',
    '寄信',
    '寄信給',
    '寫信',
    '寫信給',
    '發信',
    '電子郵件',
    '寄郵件',
    '回信',
  ],
  icon: 'email',
  hue: 'email',
  states: {
    open: state('draft', 'failed'),
    completed: withAutomatic(state('completed', 'sent', 'received'), 'pending-send', 'sending'),
    canceled: state('canceled'),
  },
  deadline: 'due',
  sortDate: { open: 'createdAt', closed: 'actualEnd' },
  roles: [
    role('from', { kinds: ['user'] }),
    role('to', { many: true, address: true, kinds: PEOPLE }),
    role('cc', { many: true, address: true, kinds: PEOPLE }),
    role('bcc', { many: true, address: true, kinds: PEOPLE }),
  ],
  fields: [direction],
  body: 'html',
  attachments: true,
  suggests: { type: 'phonecall', afterDays: 3 },
};

const appointment: ActivityType = {
  name: 'appointment',
  label: 'type.appointment',
  plural: 'types.appointment',
  keywords: [
    'meet',
    'meeting',
    'appointment',
    'lunch',
    'dinner',
    'coffee',
    'visit',
    '開會',
    '會議',
    '約會',
    '見面',
    '拜訪',
    '午餐',
    '晚餐',
  ],
  icon: 'appointment',
  hue: 'appointment',
  states: {
    open: state('free', 'tentative'),
    scheduled: state('busy', 'out-of-office'),
    completed: state('completed'),
    canceled: state('canceled'),
  },
  initial: 'scheduled',
  deadline: 'end',
  sortDate: { open: 'start', closed: 'end' },
  roles: [
    role('organizer', { kinds: ['user'] }),
    role('required', { many: true, address: true, kinds: PEOPLE }),
    role('optional', { many: true, address: true, kinds: PEOPLE }),
  ],
  fields: [field('location', 'text', { maxLength: 200 })],
  required: ['subject', 'start', 'end'],
  body: 'text',
  attachments: true,
  recurs: true,
  notifies: ['cancel', 'reschedule', 'remove'],
  outcomes: outcomes('held', 'no-show'),
  suggests: { type: 'task', afterDays: 1 },
};

const letter: ActivityType = {
  name: 'letter',
  label: 'type.letter',
  plural: 'types.letter',
  keywords: ['letter', '信件', '信函'],
  icon: 'letter',
  hue: 'letter',
  states: {
    open: state('draft', 'open'),
    completed: state('sent', 'received'),
    canceled: state('canceled'),
  },
  deadline: 'due',
  sortDate: { open: 'due', closed: 'actualEnd' },
  roles: [
    role('from', { kinds: PEOPLE }),
    role('to', { many: true, kinds: PEOPLE }),
    role('cc', { many: true, kinds: PEOPLE }),
    role('bcc', { many: true, kinds: PEOPLE }),
  ],
  fields: [direction, field('address', 'longtext', { maxLength: 500 })],
  required: ['subject'],
  body: 'text',
};

const fax: ActivityType = {
  name: 'fax',
  label: 'type.fax',
  plural: 'types.fax',
  keywords: ['fax', '傳真', '傳真給'],
  icon: 'fax',
  hue: 'fax',
  states: {
    open: state('open'),
    completed: state('completed', 'sent', 'received'),
    canceled: state('canceled'),
  },
  deadline: 'due',
  sortDate: { open: 'due', closed: 'actualEnd' },
  roles: [role('from', { kinds: PEOPLE }), role('to', { many: true, kinds: PEOPLE })],
  fields: [
    direction,
    field('faxNumber', 'phone', { maxLength: 200 }),
    field('coverPageName', 'text', { maxLength: 100 }),
    field('numberOfPages', 'number', { min: 0 }),
  ],
  required: ['subject'],
  body: 'text',
};

const note: ActivityType = {
  name: 'note',
  label: 'type.note',
  plural: 'types.note',
  keywords: ['note', '筆記', '備註', '附註'],
  icon: 'note',
  hue: 'note',
  states: {},
  deadline: 'due',
  sortDate: { open: 'createdAt', closed: 'createdAt' },
  roles: [],
  fields: [],
  required: ['description'],
  body: 'text',
  attachments: true,
};

/** Task, phone call, email, appointment, letter, fax and note, as Dynamics 365 has them. */
export const builtInTypes: readonly ActivityType[] = [
  task,
  phonecall,
  email,
  appointment,
  letter,
  fax,
  note,
];
