/**
 * Classes, types and helpers of Activity Kit. Importing this registers nothing: import `activity-kit/activity-grid.js` and its
 * like for that.
 */

// Elements
export { ActivityCalendar } from './elements/activity-calendar/activity-calendar.js';
export { ActivityContext } from './elements/activity-context/activity-context.js';
export { ActivityForm } from './elements/activity-form/activity-form.js';
export { ActivityGrid } from './elements/activity-grid/activity-grid.js';
export { ActivityKanban } from './elements/activity-kanban/activity-kanban.js';
export { ActivityQuickCreate } from './elements/activity-quick-create/activity-quick-create.js';
export { ActivityTimeline } from './elements/activity-timeline/activity-timeline.js';
export { ActivityWorkspace } from './elements/activity-workspace/activity-workspace.js';
export type { ViewProperties } from './elements/activity-workspace/view-properties.js';
export { ActivityElement } from './elements/base/activity-element.js';
export {
  activityContext,
  type ActivityContextValue,
  type Density,
  type Notice,
} from './elements/base/context.js';
export type {
  CustomField,
  CustomFields,
  FieldRenderer,
  FieldRendererContext,
  FieldValidator,
} from './ui/fields/custom-field.js';
export type { ActivityPreferences, PreferenceChange } from './provider/preferences.js';

// Events
export { ActivityCompleteEvent } from './events/activity-complete-event.js';
export { ActivityComposeEvent } from './events/activity-compose-event.js';
export { ActivityCreateEvent } from './events/activity-create-event.js';
export { ActivityCreateRecordEvent } from './events/activity-create-record-event.js';
export { ActivityDeleteEvent } from './events/activity-delete-event.js';
export { ActivityErrorEvent } from './events/activity-error-event.js';
export { ActivityMoveStatusEvent } from './events/activity-move-status-event.js';
export { ActivityOpenEvent } from './events/activity-open-event.js';
export { ActivityRequestEvent, type LinkTarget } from './events/activity-request-event.js';
export { ActivitySavedEvent } from './events/activity-saved-event.js';
export { ActivitySelectionChangeEvent } from './events/activity-selection-change-event.js';
export { ActivitySendEvent } from './events/activity-send-event.js';
export { ActivityUpdateEvent } from './events/activity-update-event.js';
export { ActivityViewChangeEvent } from './events/activity-view-change-event.js';
export type { StatusChange } from './events/status-change.js';

// The record and its types
export type * from './model/activity.js';
export type * from './model/activity-type.js';
export { ActivityTypes } from './model/activity-types.js';
export { builtInTypes } from './model/built-in-types.js';
export {
  DUE_BUCKETS,
  bucketOf,
  dueBuckets,
  toBucketFilter,
  type DueBucket,
  type DueBucketOptions,
} from './model/due-buckets.js';
export { DUE_FILTERS, toDueFilter, type DueFilter } from './model/due.js';
export { countGroups, evaluate, matches, type EvaluationContext } from './model/evaluate.js';
export type { Json } from './model/json.js';
export type * from './model/query.js';
export {
  COMMON_FIELDS,
  OPERATORS,
  queryField,
  type QueryField,
  type QueryFieldKind,
} from './model/query-fields.js';
export { resolveFilter, resolveQuestion, type Present } from './model/relative-time.js';
export type { Day, Milliseconds, Time } from './model/time.js';
export { reachableStates, transition, type Transition } from './model/transitions.js';

// The seam to a backend
export type { Capabilities } from './provider/capabilities.js';
export { failure, toFailure, type FailureCode, type ProviderFailure } from './provider/failure.js';
export { may, mayCreate, mayMoveTo, type Permission } from './provider/may.js';
export type * from './provider/provider.js';

// Safety
export { useTrustedTypesPolicy, type HtmlPolicy } from './ui/sanitize.js';

// The store behind the elements
export { ActivityStore, type StoreOptions } from './store/activity-store.js';
export type {
  Act as StoreAct,
  ActEnd,
  ActOptions as StoreActOptions,
  RestLeft,
  UpdateEach,
  WriteResult,
} from './store/acts.js';
export type { Conflict, ConflictField } from './store/conflict.js';
export type * from './store/change.js';
export type * from './store/journal/journal.js';
export type { ActivityView } from './store/activity-view.js';
export type { Clock } from './store/clock.js';
export { storeFor } from './store/store-for.js';

// Words
export { registerMessages } from './i18n/locale.js';
export type { Messages, PartialMessages } from './i18n/messages.js';
