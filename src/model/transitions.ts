import { ACTIVITY_STATES, isClosed, type Activity, type ActivityState } from './activity.js';
import type { ActivityType, StateDefinition, StatusReason } from './activity-type.js';

/** May an activity go to a state, and with which reasons a user may give. The first reason is the type's default. */
export type Transition =
  | { readonly allowed: true; readonly reasons: readonly StatusReason[]; readonly default: string }
  | {
      readonly allowed: false;
      readonly why: 'no-life-cycle' | 'no-such-state' | 'closed' | 'not-from-here';
    };

/**
 * The one answer to "may this activity go there". Every element asks it, whatever the gesture.
 * Rules are Dynamics 365's: built-in types go between open and scheduled where they have both, and from either to
 * completed or canceled; what is closed stays closed unless its type says otherwise. To change the reason within a state
 * is a transition too, and allowed while the activity is not closed.
 */
export function transition(
  activity: Pick<Activity, 'state'>,
  to: ActivityState,
  type: ActivityType,
): Transition {
  const from = activity.state;
  if (from === null || Object.keys(type.states).length === 0) {
    return { allowed: false, why: 'no-life-cycle' };
  }
  const target = type.states[to];
  if (!target) return { allowed: false, why: 'no-such-state' };
  const targets = type.transitions?.[from] ?? defaultTargets(from);
  const stays = from === to && !isClosed(activity);
  if (!stays && !targets.includes(to)) {
    return { allowed: false, why: isClosed(activity) ? 'closed' : 'not-from-here' };
  }
  let answer = allowed.get(target);
  if (!answer) allowed.set(target, (answer = allow(target)));
  return answer;
}

/** Worked out once for each state of a type: a thousand may be asked for at once. */
const allowed = new WeakMap<StateDefinition, Transition>();

function allow(target: StateDefinition): Transition {
  const reasons = reasonsToChoose(target);
  const first = reasons.filter((reason) => reason.name === target.default);
  const others = reasons.filter((reason) => reason.name !== target.default);
  return { allowed: true, reasons: [...first, ...others], default: target.default };
}

/** The reasons that a user may give for a state. */
export function reasonsToChoose(state: StateDefinition | undefined): readonly StatusReason[] {
  return state?.reasons.filter(({ isAutomatic }) => !isAutomatic) ?? [];
}

/** The states this activity may go to from where it is, its own left out. */
export function reachableStates(
  activity: Pick<Activity, 'state'>,
  type: ActivityType,
): ActivityState[] {
  return ACTIVITY_STATES.filter(
    (to) => to !== activity.state && transition(activity, to, type).allowed,
  );
}

function defaultTargets(from: ActivityState): readonly ActivityState[] {
  if (from === 'open') return ['scheduled', 'completed', 'canceled'];
  if (from === 'scheduled') return ['open', 'completed', 'canceled'];
  return [];
}
