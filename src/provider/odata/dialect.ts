import type { ActivityState } from '../../model/activity.js';

/** How a field of the kit is written in a column of its own. */
export type ColumnKind = 'text' | 'number' | 'boolean' | 'time';

/** A type's own field. `values` where the column holds something else than the kit does. */
export interface FieldColumn {
  readonly column: string;
  readonly kind: ColumnKind;
  readonly values?: { readonly [value: string]: boolean | number };
}

export interface StateCodes {
  readonly code: number;
  /** By the name of the status reason. */
  readonly reasons: { readonly [reason: string]: number };
}

export interface TypeDialect {
  readonly set: string;
  readonly states: { readonly [state in ActivityState]?: StateCodes };
  readonly fields: { readonly [field: string]: FieldColumn };
  /** Navigation property from the union of all types to the row in the type's own set. Left out: no list knows the type's fields. */
  readonly own?: string;
  /** How it went, where the organisation has columns for it; `values` for a choice. Dataverse itself has none. */
  readonly outcome?: FieldColumn;
  readonly outcomeNote?: FieldColumn;
  /** It can have files. */
  readonly attachments?: true;
  /** Action that sends it. */
  readonly send?: string;
  /** Navigation property to the parties; left out where the type has none. */
  readonly parties?: string;
  /** It can repeat. Left out: it can't. */
  readonly series?: SeriesDialect;
}

/** The table of what stands for a whole series, with the columns of Dataverse's `recurringappointmentmaster`. */
export interface SeriesDialect extends Pick<TypeDialect, 'set' | 'parties'> {
  readonly logicalName: string;
  /** Action of one activity that makes a series of it. */
  readonly begin: string;
  /** Action of the service that removes what is still to be done of a series, and leaves the rest. */
  readonly end: string;
}

/** A table of records that activities are about, belong to, or are taken part in by. */
export interface KindDialect {
  readonly set: string;
  /** What the backend calls the kind. */
  readonly logicalName: string;
  readonly id: string;
  /** Column of its name. */
  readonly label: string;
  /** Where the name is computed: columns of the parts that are written, the given name and the last. */
  readonly nameParts?: readonly [given: string, last: string];
  readonly detail?: string;
  readonly parent?: { readonly column: string; readonly kind: string };
  /** What it is worth, and how far it has come. */
  readonly deal?: {
    readonly value: string;
    /** Navigation property to the currency, and the column of its ISO code there. */
    readonly currency: readonly [navigation: string, code: string];
    /** Column of the same in the organisation's currency, which `baseCurrency` tells. */
    readonly base?: string;
    readonly stage: string;
    readonly stageIndex: string;
    readonly stageCount: number;
  };
  /** Activities can be about it. */
  readonly regarding?: true;
  /** Navigation property from an activity to its owner of this kind. */
  readonly owns?: string;
  /** Left out of a search that names no kinds. */
  readonly unsearched?: true;
}

/** A way from what an activity is regarding up to a record. */
export interface RollupPath {
  /** Kind that it is regarding. */
  readonly through: string;
  /** From there to the column that holds the record's id. */
  readonly path: string;
  /** More than one step up: only in an extended roll-up. */
  readonly extended?: true;
}

/** A backend's names and numbers, as data. A host with types of its own spreads one and adds to it. */
export interface ODataDialect {
  readonly types: { readonly [type: string]: TypeDialect };
  readonly kinds: { readonly [kind: string]: KindDialect };
  /** Number of a party's role. */
  readonly roles: { readonly [role: string]: number };
  /** What tells the organisation's currency: an entity set of one row, a navigation property there, and the column of its ISO code. */
  readonly baseCurrency?: { readonly set: string; readonly currency: readonly [string, string] };
  /** By the kind of the record whose history is asked for. */
  readonly rollup: { readonly [kind: string]: readonly RollupPath[] };
  /** Error codes that say more than the status they come with. */
  readonly errors: {
    readonly duplicate: readonly string[];
    readonly transitionRefused: readonly string[];
    readonly tooLarge: readonly string[];
  };
}

/** Something in it can be made to repeat. */
export function canRepeat({ types }: ODataDialect): boolean {
  return Object.values(types).some(({ series }) => series !== undefined);
}
