import type { ActivityState } from '../../model/activity.js';
import type { Json } from '../../model/json.js';

/** How an id stands in a question: a GUID as it is, a text in quotes. */
export type KeyKind = 'guid' | 'text';

/** Where a record stands in a row. */
export interface RecordColumns {
  readonly id: string;
  /** Key of the record, as it stands in a question. Default: as the entity's own. */
  readonly key?: KeyKind;
  /** Column of its name, or a path to it (`owner/name`, whose navigation property is then expanded). */
  readonly name?: string;
  /** What it is: a column that says so, or the same for all. */
  readonly kind: { readonly column: string } | { readonly is: string };
}

/** A column that holds the kit's words, or others for them. */
export interface WordColumn {
  readonly column: string;
  /** The backend's value by the kit's word. Left out: the same. */
  readonly values?: { readonly [word: string]: string | number };
}

/**
 * Where an activity's fields stand in an entity set of any OData v4 service. What is left out, the service does not have: it is
 * neither asked for nor written. Only `set`, `id`, `subject` and `state` must be there.
 */
export interface EntityMapping {
  readonly set: string;
  readonly id: { readonly column: string; readonly key: KeyKind };
  /** The type of each row: a column, or the same for all. */
  readonly type: WordColumn | { readonly is: string };
  readonly subject: string;
  readonly description?: string;
  readonly state: WordColumn & {
    readonly values: { readonly [state in ActivityState]?: string | number };
  };
  readonly statusReason?: WordColumn;
  readonly priority?: WordColumn;
  readonly outcome?: WordColumn;
  readonly outcomeNote?: string;
  /** Columns of instants, or of dates. */
  readonly times?: {
    readonly [
      field in 'start' | 'end' | 'due' | 'actualStart' | 'actualEnd' | 'createdAt' | 'modifiedAt'
    ]?: { readonly column: string; readonly is: 'instant' | 'date' };
  };
  readonly actualDuration?: string;
  readonly records?: {
    readonly [field in 'owner' | 'regarding' | 'createdBy' | 'modifiedBy']?: RecordColumns;
  };
  /** Fields of the types, by name. */
  readonly fields?: { readonly [name: string]: string };
  /** Filter of what is an activity at all, such as `IsDeleted eq false`. */
  readonly always?: string;
  /** Written into every new row. */
  readonly initially?: { readonly [column: string]: Json };
}
