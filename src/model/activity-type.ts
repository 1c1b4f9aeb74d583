import type { Act, Activity, ActivityState } from './activity.js';

/** A key into the messages, or words by locale (`{ en: 'Site visit', 'zh-TW': '現場拜訪' }`). */
export type Label = string | { readonly [locale: string]: string };

export interface Choice {
  readonly value: string;
  readonly label: Label;
}

/** A field of a type, beyond those every activity has. Stands in `Activity.fields` under its name. */
export interface FieldDefinition {
  readonly name: string;
  readonly label: Label;
  readonly kind:
    | 'text'
    | 'longtext'
    | 'html'
    | 'number'
    | 'boolean'
    | 'choice'
    | 'time'
    | 'duration'
    | 'record'
    | 'phone'
    | 'url';
  readonly required?: boolean;
  /** Characters. */
  readonly maxLength?: number;
  readonly min?: number;
  readonly max?: number;
  readonly choices?: readonly Choice[];
  /** For `record`: the kinds of record that may stand here. */
  readonly kinds?: readonly string[];
}

export interface StatusReason {
  readonly name: string;
  readonly label: Label;
  /** Only the backend sets it, on its way from one to another, say: it is shown, and offered to no user. */
  readonly isAutomatic?: boolean;
}

export interface StateDefinition {
  readonly reasons: readonly StatusReason[];
  /** Name of the reason taken when nobody names one. */
  readonly default: string;
}

export interface RoleDefinition {
  readonly role: string;
  readonly label: Label;
  readonly required?: boolean;
  readonly many?: boolean;
  /** A bare address may stand for a record. */
  readonly address?: boolean;
  readonly kinds?: readonly string[];
}

/**
 * One kind of activity, as plain JSON, so that a server can send it. Renderers and validators are functions
 * registered beside it; a backend's numbers live in that backend's dialect.
 */
export interface ActivityType {
  readonly name: string;
  readonly label: Label;
  readonly plural: Label;
  /** Words, in any language, that ask for one when somebody types a line: `call`, `打電話`. Its name does so anyway. */
  readonly keywords?: readonly string[];
  /** A name of the kit's icon set, or the `d` of a 20 × 20 path. */
  readonly icon: string;
  /** A token name such as `task`, or a CSS colour. */
  readonly hue: string;
  /** Empty: no life cycle. */
  readonly states: { readonly [S in ActivityState]?: StateDefinition };
  /** State of a new one. Default: the first of open, scheduled that the type has. */
  readonly initial?: ActivityState;
  /** From → to. Default: open ↔ scheduled where the type has both, either → completed, canceled; closed stays closed. */
  readonly transitions?: { readonly [S in ActivityState]?: readonly ActivityState[] };
  /** Which time makes it late: `due`, or for an appointment `end`. Its place in a calendar is start to end, else the deadline. */
  readonly deadline: 'due' | 'end';
  /** Which date orders it in a history, while open and once closed. */
  readonly sortDate?: {
    readonly open: 'due' | 'start' | 'createdAt';
    readonly closed: 'actualEnd' | 'end' | 'createdAt';
  };
  readonly roles: readonly RoleDefinition[];
  readonly fields: readonly FieldDefinition[];
  /** Fields every activity has that this type insists on. */
  readonly required?: readonly (keyof Activity)[];
  readonly body?: 'text' | 'html';
  readonly attachments?: boolean;
  readonly recurs?: boolean;
  readonly outcomes?: readonly { readonly name: string; readonly label: Label }[];
  /** Acts that reach other people: never optimistic, announced beforehand, asked once per bulk. */
  readonly notifies?: readonly (Act | 'reschedule')[];
  /** What usually comes next. */
  readonly suggests?: {
    readonly type: string;
    readonly afterDays?: number;
    readonly subject?: Label;
  };
}
