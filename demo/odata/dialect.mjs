/*
 * Dataverse's numbers and names per type of activity: states, status reasons (the first of a state is its default), entity
 * sets. Source: the entity reference of task, phonecall, email, appointment, letter and fax; the last is the organisation's own.
 */

export const OPEN = 0;
export const COMPLETED = 1;
export const CANCELED = 2;
export const SCHEDULED = 3;

const type = (set, label, reasons, created = OPEN) => ({ set, label, reasons, created });

export const MASTER = 'recurringappointmentmaster';

const APPOINTMENT = {
  [OPEN]: [
    [1, 'Free'],
    [2, 'Tentative'],
  ],
  [COMPLETED]: [[3, 'Completed']],
  [CANCELED]: [[4, 'Canceled']],
  [SCHEDULED]: [
    [5, 'Busy'],
    [6, 'Out of Office'],
  ],
};

/** By logical name. `reasons[statecode]` lists `[statuscode, label]`; `created` is the state a new row gets. */
export const TYPES = {
  task: type('tasks', 'Task', {
    [OPEN]: [
      [2, 'Not Started'],
      [3, 'In Progress'],
      [4, 'Waiting on someone else'],
      [7, 'Deferred'],
    ],
    [COMPLETED]: [[5, 'Completed']],
    [CANCELED]: [[6, 'Canceled']],
  }),
  phonecall: type('phonecalls', 'Phone Call', {
    [OPEN]: [[1, 'Open']],
    [COMPLETED]: [
      [2, 'Made'],
      [4, 'Received'],
    ],
    [CANCELED]: [[3, 'Canceled']],
  }),
  email: type('emails', 'Email', {
    [OPEN]: [
      [1, 'Draft'],
      [8, 'Failed'],
    ],
    [COMPLETED]: [
      [2, 'Completed'],
      [3, 'Sent'],
      [4, 'Received'],
      [6, 'Pending Send'],
      [7, 'Sending'],
    ],
    [CANCELED]: [[5, 'Canceled']],
  }),
  appointment: type('appointments', 'Appointment', APPOINTMENT, SCHEDULED),
  [MASTER]: type('recurringappointmentmasters', 'Recurring Appointment', APPOINTMENT, SCHEDULED),
  letter: type('letters', 'Letter', {
    [OPEN]: [
      [2, 'Draft'],
      [1, 'Open'],
    ],
    [COMPLETED]: [
      [4, 'Sent'],
      [3, 'Received'],
    ],
    [CANCELED]: [[5, 'Canceled']],
  }),
  fax: type('faxes', 'Fax', {
    [OPEN]: [[1, 'Open']],
    [COMPLETED]: [
      [2, 'Completed'],
      [3, 'Sent'],
      [4, 'Received'],
    ],
    [CANCELED]: [[5, 'Canceled']],
  }),
  contoso_sitesurvey: type('contoso_sitesurveys', 'Site Survey', {
    [OPEN]: [[1, 'Open']],
    [COMPLETED]: [[2, 'Completed']],
    [CANCELED]: [[3, 'Canceled']],
  }),
};

export const STATES = {
  [OPEN]: 'Open',
  [COMPLETED]: 'Completed',
  [CANCELED]: 'Canceled',
  [SCHEDULED]: 'Scheduled',
};
export const PRIORITIES = { 0: 'Low', 1: 'Normal', 2: 'High' };
export const SALES_STAGES = { 0: 'Qualify', 1: 'Develop', 2: 'Propose', 3: 'Close' };

/** `participationtypemask` by the kit's role. */
export const ROLES = { from: 1, to: 2, cc: 3, bcc: 4, required: 5, optional: 6, organizer: 7 };
export const ROLE_LABELS = {
  1: 'Sender',
  2: 'To Recipient',
  3: 'CC Recipient',
  4: 'BCC Recipient',
  5: 'Required attendee',
  6: 'Optional attendee',
  7: 'Organizer',
};

/** The logical name of an entity set whose rows others refer to. */
export const LOGICAL_NAMES = {
  accounts: 'account',
  contacts: 'contact',
  opportunities: 'opportunity',
  systemusers: 'systemuser',
  teams: 'team',
};

export const partiesOf = (typeName) => `${typeName}_activity_parties`;

export const typeOfSet = (set) => Object.keys(TYPES).find((name) => TYPES[name].set === set);

export function stateOfReason(typeName, statuscode) {
  const found = Object.entries(TYPES[typeName].reasons).find(([, reasons]) =>
    reasons.some(([code]) => code === statuscode),
  );
  return found && Number(found[0]);
}

export function labelOfReason(typeName, statuscode) {
  for (const reasons of Object.values(TYPES[typeName]?.reasons ?? {})) {
    const found = reasons.find(([code]) => code === statuscode);
    if (found) return found[1];
  }
  return undefined;
}

/** Extensions of files that are refused, as an organisation has them. */
export const BLOCKED =
  'ade adp app asa ashx asmx asp bas bat cdx cer chm class cmd com config cpl crt csh dll exe fxp hlp hta htr htw ida idc idq inf ins isp its jar js jse ksh lnk mad maf mag mam maq mar mas mat mau mav maw mda mdb mde mdt mdw mdz msc msh msh1 msh1xml msh2 msh2xml mshxml msi msp mst ops pcd pif prf prg printer pst reg rem scf scr sct shb shs shtm shtml soap stm tmp url vb vbe vbs vsmacros vss vst vsw ws wsc wsf wsh svg'.split(
    ' ',
  );

/** An error as Dataverse answers it. */
export function failure(status, code, message) {
  return Object.assign(new Error(message), { status, code });
}
