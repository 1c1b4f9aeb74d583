// Dataverse's tables for activities, with its names: entity sets and columns as
// https://learn.microsoft.com/power-apps/developer/data-platform/reference/about-entity-reference lists them.
// A lookup's `_x_value` is stored as such, so that it can be filtered and sorted by; its navigation properties follow it.

namespace stored;

type Choice : Integer;

// Compared for equality only; also the ETag.
aspect Versioned {
  @odata.etag versionnumber : Integer64;
  createdon        : DateTime;
  modifiedon       : DateTime;
  _createdby_value : UUID;
  _modifiedby_value : UUID;
}

entity Activities : Versioned {
  key activityid         : UUID;
  activitytypecode       : String(60);
  subject                : String(800);
  description            : LargeString;
  statecode              : Choice;
  statuscode             : Choice;
  prioritycode           : Choice;
  isregularactivity      : Boolean;
  scheduledstart         : DateTime;
  scheduledend           : DateTime;
  scheduleddurationminutes : Integer;
  actualstart            : DateTime;
  actualend              : DateTime;
  actualdurationminutes  : Integer;
  _ownerid_value         : UUID;
  _regardingobjectid_value : UUID;

  regardingobjectid_account     : Association to Accounts on regardingobjectid_account.accountid = _regardingobjectid_value;
  regardingobjectid_contact     : Association to Contacts on regardingobjectid_contact.contactid = _regardingobjectid_value;
  regardingobjectid_opportunity : Association to Opportunities on regardingobjectid_opportunity.opportunityid = _regardingobjectid_value;
  owninguser                    : Association to SystemUsers on owninguser.systemuserid = _ownerid_value;
  owningteam                    : Association to Teams on owningteam.teamid = _ownerid_value;
  parties                       : Composition of many Parties on parties._activityid_value = activityid;

  // Itself, in the set of its type.
  own                    : Association to many Activities on own.activityid = activityid;

  // Which series it is a date of, and how: 0 none, 1 its master, 2 as the rule has it, 3 changed by itself.
  _seriesid_value        : UUID;
  instancetypecode       : Choice;

  // What only some types have.
  percentcomplete        : Integer;
  directioncode          : Boolean;
  phonenumber            : String(200);
  leftvoicemail          : Boolean;
  isalldayevent          : Boolean;
  location               : String(200);
  address                : String(500);
  faxnumber              : String(200);
  coverpagename          : String(100);
  numberofpages          : Integer;
  conversationindex      : String(100);
  senton                 : DateTime;
  originalstartdate      : DateTime;
  contoso_condition      : Choice;
  contoso_floorarea      : Integer;
}

// Masters of series; each has a row among the activities too.
entity Masters : Activities {
  starttime              : DateTime;
  endtime                : DateTime;
  recurrencepatterntype  : Choice;
  interval               : Integer;
  daysofweekmask         : Integer;
  dayofmonth             : Integer;
  monthofyear            : Choice;
  instance               : Choice;
  isnthmonthly           : Boolean;
  isnthyearly            : Boolean;
  isweekdaypattern       : Boolean;
  firstdayofweek         : Integer;
  patternstartdate       : DateTime;
  patternendtype         : Choice;
  patternenddate         : DateTime;
  occurrences            : Integer;
  effectivestartdate     : DateTime;
  effectiveenddate       : DateTime;
  deletedexceptionslist  : LargeString;
}

// What was before, for as long as lists lag behind.
entity PastActivities : Activities {}

entity Parties {
  key activitypartyid    : UUID;
  _activityid_value      : UUID;
  _partyid_value         : UUID;
  participationtypemask  : Choice;
  addressused            : String(320);
  unresolvedpartyname    : String(400);
}

entity Annotations : Versioned {
  key annotationid       : UUID;
  subject                : String(500);
  notetext               : LargeString;
  isdocument             : Boolean;
  filename               : String(255);
  mimetype               : String(256);
  filesize               : Integer;
  documentbody           : LargeString;
  objecttypecode         : String(60);
  _ownerid_value         : UUID;
  _objectid_value        : UUID;
  owninguser             : Association to SystemUsers on owninguser.systemuserid = _ownerid_value;
  owningteam             : Association to Teams on owningteam.teamid = _ownerid_value;
  objectid_account       : Association to Accounts on objectid_account.accountid = _objectid_value;
  objectid_contact       : Association to Contacts on objectid_contact.contactid = _objectid_value;
  objectid_opportunity   : Association to Opportunities on objectid_opportunity.opportunityid = _objectid_value;
}

// Files of an email or an appointment. The body is Base64.
entity Attachments : Versioned {
  key activitymimeattachmentid : UUID;
  _objectid_value        : UUID;
  objecttypecode         : String(60);
  subject                : String(2000);
  filename               : String(255);
  mimetype               : String(256);
  filesize               : Integer;
  body                   : LargeString;
}

entity Organizations {
  key organizationid     : UUID;
  maxuploadfilesize      : Integer;
  blockedattachments     : String(1000);
  _basecurrencyid_value  : UUID;
  basecurrencyid         : Association to TransactionCurrencies on basecurrencyid.transactioncurrencyid = _basecurrencyid_value;
}

entity Accounts {
  key accountid          : UUID;
  name                   : String(160);
  address1_city          : String(80);
  _parentaccountid_value : UUID;
  parentaccountid        : Association to Accounts on parentaccountid.accountid = _parentaccountid_value;
}

entity Contacts {
  key contactid          : UUID;
  // Computed of the two.
  fullname               : String(160);
  firstname              : String(50);
  lastname               : String(50);
  jobtitle               : String(100);
  _parentcustomerid_value : UUID;
  parentcustomerid_account : Association to Accounts on parentcustomerid_account.accountid = _parentcustomerid_value;
}

entity Opportunities {
  key opportunityid      : UUID;
  name                   : String(300);
  estimatedvalue         : Double;
  estimatedvalue_base    : Double;
  salesstage             : Choice;
  stepname               : String(200);
  _parentaccountid_value : UUID;
  parentaccountid        : Association to Accounts on parentaccountid.accountid = _parentaccountid_value;
  _parentcontactid_value : UUID;
  parentcontactid        : Association to Contacts on parentcontactid.contactid = _parentcontactid_value;
  _transactioncurrencyid_value : UUID;
  transactioncurrencyid  : Association to TransactionCurrencies on transactioncurrencyid.transactioncurrencyid = _transactioncurrencyid_value;
}

entity TransactionCurrencies {
  key transactioncurrencyid : UUID;
  isocurrencycode        : String(5);
}

entity SystemUsers {
  key systemuserid       : UUID;
  fullname               : String(200);
  title                  : String(128);
}

entity Teams {
  key teamid             : UUID;
  name                   : String(160);
}

entity TeamMemberships {
  key teammembershipid   : UUID;
  teamid                 : UUID;
  systemuserid           : UUID;
}
