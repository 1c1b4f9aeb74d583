using stored as table from './tables';

@path: '/api/data/v9.2'
service Dataverse {
  // The union of all types: what every type has, and nothing more. Written through the sets of the types.
  @readonly
  @cds.redirection.target
  entity activitypointers as select from table.Activities {
    *, parties as activitypointer_activity_parties,
    own as activity_pointer_task        : redirected to tasks,
    own as activity_pointer_phonecall   : redirected to phonecalls,
    own as activity_pointer_email       : redirected to emails,
    own as activity_pointer_appointment : redirected to appointments,
    own as activity_pointer_letter      : redirected to letters,
    own as activity_pointer_fax         : redirected to faxes,
    own as activity_pointer_contoso_sitesurvey : redirected to contoso_sitesurveys
  } excluding {
    parties, own, percentcomplete, directioncode, phonenumber, leftvoicemail, isalldayevent, location, address, faxnumber, coverpagename, numberofpages, conversationindex, senton, originalstartdate, contoso_condition, contoso_floorarea
  };

  // Stands in for the union while lists lag behind what was written.
  @readonly
  entity pastpointers as select from table.PastActivities {
    *, parties as activitypointer_activity_parties,
    own as activity_pointer_task        : redirected to tasks,
    own as activity_pointer_phonecall   : redirected to phonecalls,
    own as activity_pointer_email       : redirected to emails,
    own as activity_pointer_appointment : redirected to appointments,
    own as activity_pointer_letter      : redirected to letters,
    own as activity_pointer_fax         : redirected to faxes,
    own as activity_pointer_contoso_sitesurvey : redirected to contoso_sitesurveys
  } excluding {
    parties, own, percentcomplete, directioncode, phonenumber, leftvoicemail, isalldayevent, location, address, faxnumber, coverpagename, numberofpages, conversationindex, senton, originalstartdate, contoso_condition, contoso_floorarea
  };

  entity tasks as select from table.Activities {
    *, parties as task_activity_parties
  } excluding {
    parties, own, directioncode, phonenumber, leftvoicemail, isalldayevent, location, address, faxnumber, coverpagename, numberofpages, conversationindex, senton, originalstartdate, contoso_condition, contoso_floorarea
  } where activitytypecode = 'task';

  entity phonecalls as select from table.Activities {
    *, parties as phonecall_activity_parties
  } excluding {
    parties, own, percentcomplete, isalldayevent, location, address, faxnumber, coverpagename, numberofpages, conversationindex, senton, originalstartdate, contoso_condition, contoso_floorarea
  } where activitytypecode = 'phonecall';

  entity emails as select from table.Activities {
    *, parties as email_activity_parties
  } excluding {
    parties, own, percentcomplete, phonenumber, leftvoicemail, isalldayevent, location, address, faxnumber, coverpagename, numberofpages, originalstartdate, contoso_condition, contoso_floorarea
  } where activitytypecode = 'email';

  entity appointments as select from table.Activities {
    *, parties as appointment_activity_parties
  } excluding {
    parties, own, percentcomplete, directioncode, phonenumber, leftvoicemail, address, faxnumber, coverpagename, numberofpages, conversationindex, senton, contoso_condition, contoso_floorarea
  } where activitytypecode = 'appointment';

  // What stands for a whole series of appointments; the server makes those of it.
  entity recurringappointmentmasters as select from table.Masters {
    *, parties as recurringappointmentmaster_activity_parties
  } excluding {
    parties, own, scheduledstart, scheduledend, percentcomplete, directioncode, phonenumber, leftvoicemail, address, faxnumber, coverpagename, numberofpages, conversationindex, senton, originalstartdate, contoso_condition, contoso_floorarea
  };

  entity letters as select from table.Activities {
    *, parties as letter_activity_parties
  } excluding {
    parties, own, percentcomplete, phonenumber, leftvoicemail, isalldayevent, location, faxnumber, coverpagename, numberofpages, conversationindex, senton, originalstartdate, contoso_condition, contoso_floorarea
  } where activitytypecode = 'letter';

  entity faxes as select from table.Activities {
    *, parties as fax_activity_parties
  } excluding {
    parties, own, percentcomplete, phonenumber, leftvoicemail, isalldayevent, location, address, conversationindex, senton, originalstartdate, contoso_condition, contoso_floorarea
  } where activitytypecode = 'fax';

  // A table of the organisation's own.
  entity contoso_sitesurveys as select from table.Activities {
    *, parties as contoso_sitesurvey_activity_parties
  } excluding {
    parties, own, percentcomplete, directioncode, phonenumber, leftvoicemail, isalldayevent, location, address, faxnumber, coverpagename, numberofpages, conversationindex, senton, originalstartdate
  } where activitytypecode = 'contoso_sitesurvey';

  @readonly
  entity activityparties as projection on table.Parties;

  entity annotations     as projection on table.Annotations;

  entity activitymimeattachments as projection on table.Attachments;

  @readonly
  entity organizations   as projection on table.Organizations;

  @Capabilities: { UpdateRestrictions.Updatable: false, DeleteRestrictions.Deletable: false }
  entity accounts        as projection on table.Accounts;

  @Capabilities: { UpdateRestrictions.Updatable: false, DeleteRestrictions.Deletable: false }
  entity contacts        as projection on table.Contacts;

  @readonly
  entity opportunities   as projection on table.Opportunities;

  @readonly
  entity transactioncurrencies as projection on table.TransactionCurrencies;

  @readonly
  entity systemusers     as projection on table.SystemUsers;

  @readonly
  entity teams           as projection on table.Teams;

  @readonly
  entity teammemberships as projection on table.TeamMemberships;
}
