import { ACTIVITY_STATES, type ActivityState } from './activity.js';
import type { ActivityType, StateDefinition } from './activity-type.js';
import { builtInTypes } from './built-in-types.js';

/**
 * The types in force, by name: the built-in ones, then the host's, of which each replaces one of the same name.
 * Asking for a name nobody defined answers a plain definition, so that a row of an unknown type still stands.
 */
export class ActivityTypes implements Iterable<ActivityType> {
  readonly #byName = new Map<string, ActivityType>();
  readonly #unknown = new Map<string, ActivityType>();

  constructor(own: Iterable<ActivityType> = []) {
    for (const type of builtInTypes) this.#byName.set(type.name, type);
    for (const type of own) this.#byName.set(type.name, type);
  }

  [Symbol.iterator](): Iterator<ActivityType> {
    return this.#byName.values();
  }

  has(name: string): boolean {
    return this.#byName.has(name);
  }

  get(name: string): ActivityType {
    const known = this.#byName.get(name) ?? this.#unknown.get(name);
    if (known) return known;
    const type = unknownType(name);
    this.#unknown.set(name, type);
    return type;
  }
}

/** State a new activity of this type starts in; null where the type has no life cycle. */
export function initialState(type: ActivityType): ActivityState | null {
  return type.initial ?? ACTIVITY_STATES.find((state) => type.states[state]) ?? null;
}

function unknownType(name: string): ActivityType {
  const state = (reason: string): StateDefinition => ({
    reasons: [{ name: reason, label: `reason.${reason}` }],
    default: reason,
  });
  return {
    name,
    label: { en: name },
    plural: { en: name },
    icon: 'unknown',
    hue: 'unknown',
    states: {
      open: state('open'),
      scheduled: state('scheduled'),
      completed: state('completed'),
      canceled: state('canceled'),
    },
    deadline: 'due',
    roles: [],
    fields: [],
    body: 'text',
  };
}
