import type { FieldColumn, ODataDialect, StateCodes, TypeDialect } from './dialect.js';

/*
 * Dataverse as Dynamics 365 Sales has it. Numbers and columns are those of its entity reference (task, phonecall, email,
 * appointment, letter, fax, annotation, activityparty). The same number means different things to different types: 5 is a
 * completed task, a busy appointment, a canceled email.
 */

type Reasons = StateCodes['reasons'];

function states(open: Reasons, completed: Reasons, canceled: Reasons, scheduled?: Reasons) {
  return {
    open: { code: 0, reasons: open },
    completed: { code: 1, reasons: completed },
    canceled: { code: 2, reasons: canceled },
    ...(scheduled && { scheduled: { code: 3, reasons: scheduled } }),
  } satisfies TypeDialect['states'];
}

const text = (column: string): FieldColumn => ({ column, kind: 'text' });
const number = (column: string): FieldColumn => ({ column, kind: 'number' });
const direction: FieldColumn = {
  column: 'directioncode',
  kind: 'boolean',
  values: { outgoing: true, incoming: false },
};

export const dataverse: ODataDialect = {
  types: {
    task: {
      set: 'tasks',
      states: states(
        { 'not-started': 2, 'in-progress': 3, waiting: 4, deferred: 7 },
        { completed: 5 },
        { canceled: 6 },
      ),
      fields: { percentComplete: number('percentcomplete') },
      own: 'activity_pointer_task',
    },
    phonecall: {
      set: 'phonecalls',
      states: states({ open: 1 }, { made: 2, received: 4 }, { canceled: 3 }),
      fields: {
        direction,
        phoneNumber: text('phonenumber'),
        leftVoicemail: { column: 'leftvoicemail', kind: 'boolean' },
      },
      own: 'activity_pointer_phonecall',
      parties: 'phonecall_activity_parties',
    },
    email: {
      set: 'emails',
      states: states(
        { draft: 1, failed: 8 },
        { completed: 2, sent: 3, received: 4, 'pending-send': 6, sending: 7 },
        { canceled: 5 },
      ),
      fields: { direction },
      own: 'activity_pointer_email',
      parties: 'email_activity_parties',
      attachments: true,
      send: 'Microsoft.Dynamics.CRM.SendEmail',
    },
    appointment: {
      set: 'appointments',
      states: states(
        { free: 1, tentative: 2 },
        { completed: 3 },
        { canceled: 4 },
        { busy: 5, 'out-of-office': 6 },
      ),
      fields: { location: text('location') },
      own: 'activity_pointer_appointment',
      parties: 'appointment_activity_parties',
      attachments: true,
      series: {
        set: 'recurringappointmentmasters',
        logicalName: 'recurringappointmentmaster',
        parties: 'recurringappointmentmaster_activity_parties',
        begin: 'Microsoft.Dynamics.CRM.AddRecurrence',
        end: 'DeleteOpenInstances',
      },
    },
    letter: {
      set: 'letters',
      states: states({ draft: 2, open: 1 }, { sent: 4, received: 3 }, { canceled: 5 }),
      fields: { direction, address: text('address') },
      own: 'activity_pointer_letter',
      parties: 'letter_activity_parties',
    },
    fax: {
      set: 'faxes',
      states: states({ open: 1 }, { completed: 2, sent: 3, received: 4 }, { canceled: 5 }),
      fields: {
        direction,
        faxNumber: text('faxnumber'),
        coverPageName: text('coverpagename'),
        numberOfPages: number('numberofpages'),
      },
      own: 'activity_pointer_fax',
      parties: 'fax_activity_parties',
    },
  },
  kinds: {
    account: {
      set: 'accounts',
      logicalName: 'account',
      id: 'accountid',
      label: 'name',
      detail: 'address1_city',
      regarding: true,
    },
    contact: {
      set: 'contacts',
      logicalName: 'contact',
      id: 'contactid',
      label: 'fullname',
      nameParts: ['firstname', 'lastname'],
      detail: 'jobtitle',
      regarding: true,
      parent: { column: '_parentcustomerid_value', kind: 'account' },
    },
    opportunity: {
      set: 'opportunities',
      logicalName: 'opportunity',
      id: 'opportunityid',
      label: 'name',
      regarding: true,
      parent: { column: '_parentaccountid_value', kind: 'account' },
      deal: {
        value: 'estimatedvalue',
        currency: ['transactioncurrencyid', 'isocurrencycode'],
        base: 'estimatedvalue_base',
        stage: 'stepname',
        stageIndex: 'salesstage',
        stageCount: 4,
      },
    },
    user: {
      set: 'systemusers',
      logicalName: 'systemuser',
      id: 'systemuserid',
      label: 'fullname',
      detail: 'title',
      owns: 'owninguser',
    },
    team: {
      set: 'teams',
      logicalName: 'team',
      id: 'teamid',
      label: 'name',
      owns: 'owningteam',
      unsearched: true,
    },
  },
  roles: { from: 1, to: 2, cc: 3, bcc: 4, required: 5, optional: 6, organizer: 7 },
  baseCurrency: { set: 'organizations', currency: ['basecurrencyid', 'isocurrencycode'] },
  rollup: {
    account: [
      { through: 'contact', path: '_parentcustomerid_value' },
      { through: 'opportunity', path: '_parentaccountid_value' },
      { through: 'account', path: '_parentaccountid_value' },
      {
        through: 'contact',
        path: 'parentcustomerid_account/_parentaccountid_value',
        extended: true,
      },
      { through: 'opportunity', path: 'parentaccountid/_parentaccountid_value', extended: true },
    ],
    contact: [{ through: 'opportunity', path: '_parentcontactid_value' }],
  },
  errors: {
    // A key that exists; a record that duplicate detection found.
    duplicate: ['0x80040237', '0x80060892', '0x80040333'],
    // A status that does not go with the state; a change to what is closed.
    transitionRefused: ['0x80048408', '0x80040222'],
    // A file beyond what the organisation allows.
    tooLarge: ['0x80044a02'],
  },
};
