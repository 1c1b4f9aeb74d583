import { createContext } from '@lit/context';
import type { Activity, ActivityDraft } from '../../model/activity.js';
import type { LinkTarget } from '../../events/activity-request-event.js';
import type { PartialMessages } from '../../i18n/messages.js';
import type { ActivityDataProvider } from '../../provider/provider.js';
import type { Journal } from '../../store/journal/journal.js';
import type { SeriesScope } from '../../model/recurrence.js';
import type { Milliseconds } from '../../model/time.js';
import type { Clock } from '../../store/clock.js';
import type { ActivityPreferences } from '../../provider/preferences.js';
import type { CustomFields } from '../../ui/fields/custom-field.js';

export type Density = 'comfortable' | 'compact' | 'touch';

/** A word to the user about what happened, with what can be done about it. */
export interface Notice {
  readonly kind: 'done' | 'error';
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void };
  /** Takes the place of the notice before that is about the same. */
  readonly topic?: string;
  /** Whose it is: gets the focus from a notice that had it where no other place is left for it. */
  readonly element?: HTMLElement;
}

/** What the user is asked before something is done. */
export interface Question {
  readonly title: string;
  readonly text: string;
  /** What he says to go on. */
  readonly yes: string;
}

/** What elements inside a context or workspace get from it. */
export interface ActivityContextValue {
  readonly provider?: ActivityDataProvider | undefined;
  readonly locale?: string | undefined;
  readonly timeZone?: string | undefined;
  readonly density?: Density | undefined;
  readonly messages?: PartialMessages | undefined;
  readonly clock?: Clock | undefined;
  /** Makes writes of the context's provider durable. */
  readonly journal?: Journal | undefined;
  /** Where the host keeps what belongs to the user; left out: on the device. */
  readonly preferences?: ActivityPreferences | undefined;
  /** Kinds of record that the host makes for pickers; left out: those that the provider can make. */
  readonly createRecords?: readonly string[] | undefined;
  /** How the host shows fields of the forms, and what it demands of them. */
  readonly customFields?: CustomFields | undefined;
  /** Makes real links of subjects and records; undefined for what has none. */
  readonly hrefFor?: ((target: LinkTarget) => string | undefined) | undefined;
  /** For how long what can't be taken back otherwise is not sent, in milliseconds. */
  readonly undoTime?: Milliseconds | undefined;
  /** The next step is not proposed. */
  readonly withoutProposals?: boolean | undefined;
  /** `open` has something to show an activity in. */
  readonly canOpen: boolean;
  /** `compose` has something to fill a draft in. */
  readonly canCompose: boolean;
  /** Reads a text to screen readers, in the one live region. `urgent` for failures only. */
  announce(text: string, urgent?: boolean): void;
  /** Shows a notice, and announces it. Answers the way to take it away. */
  notify(notice: Notice): () => void;
  /** Asks the user before something is done. */
  ask(question: Question): Promise<boolean>;
  /** Asks for which dates of a series something is meant; undefined: for none after all. */
  askScope(
    act: 'save' | 'delete',
    scopes: readonly SeriesScope[],
  ): Promise<SeriesScope | undefined>;
  /** Shows an activity in `activity-form`; false where that tag is not defined. */
  open(activity: Activity): boolean;
  /** Shows `activity-quick-create` with a draft; false where that tag is not defined. */
  compose(draft: ActivityDraft): boolean;
}

/** The same for every copy of the kit on a page. */
export const activityContext = createContext<ActivityContextValue>(
  Symbol.for('activity-kit.context@1'),
);
