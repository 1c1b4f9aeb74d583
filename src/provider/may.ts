import {
  isClosed,
  type Act,
  type Activity,
  type ActivityPatch,
  type ActivityState,
  type Refusal,
} from '../model/activity.js';
import type { ActivityTypes } from '../model/activity-types.js';
import { transition } from '../model/transitions.js';
import type { Capabilities } from './capabilities.js';
import type { ActivityDataProvider } from './provider.js';

/** Yes, or why not. */
export type Permission = true | Refusal;

export interface PermissionContext {
  readonly provider: ActivityDataProvider;
  readonly capabilities: Capabilities | undefined;
  readonly types: ActivityTypes;
}

const NOT_SWITCHED_ON: Refusal = { reason: 'not-switched-on' };
const NOT_NOW: Refusal = { reason: 'not-now' };

/** What an edit is: another owner is given to what is closed, too, as in Dynamics 365. */
export function actOf(patch: ActivityPatch): 'edit' | 'assign' {
  const names = Object.keys(patch);
  return names.length > 0 && names.every((name) => name === 'owner') ? 'assign' : 'edit';
}

const STATE_OF: { readonly [act in Act]?: ActivityState } = {
  complete: 'completed',
  cancel: 'canceled',
  reopen: 'open',
  schedule: 'scheduled',
};

const ACT_OF: { readonly [state in ActivityState]: Act } = {
  completed: 'complete',
  canceled: 'cancel',
  open: 'reopen',
  scheduled: 'schedule',
};

/**
 * May this be done to this activity? Refusals have one order: the provider lacks the method, its capabilities refuse, the
 * row's `can` refuses, the transition is not legal. Every element asks here.
 */
export function may(act: Act, activity: Activity, context: PermissionContext): Permission {
  if (!hasMethod(act, context.provider)) return NOT_SWITCHED_ON;
  const general = context.capabilities?.acts?.[act];
  if (general !== undefined && general !== true) return general;
  const own = activity.can?.[act];
  if (own !== undefined && own !== true) return own;
  const to = STATE_OF[act];
  if (to) return transition(activity, to, context.types.get(activity.type)).allowed || NOT_NOW;
  if (act === 'edit' && isClosed(activity)) return NOT_NOW;
  return true;
}

/** May this activity go to this state (its own included, to change the reason)? */
export function mayMoveTo(
  to: ActivityState,
  activity: Activity,
  context: PermissionContext,
): Permission {
  const type = context.types.get(activity.type);
  // Between open and scheduled there is nothing to reopen: those are two ways of not being done yet.
  if (to === 'open' && !isClosed(activity)) {
    if (!hasMethod('schedule', context.provider)) return NOT_SWITCHED_ON;
    return transition(activity, to, type).allowed || NOT_NOW;
  }
  return to === activity.state
    ? transition(activity, to, type).allowed || NOT_NOW
    : may(ACT_OF[to], activity, context);
}

/** May an activity of this type be created? */
export function mayCreate(type: string, context: PermissionContext): Permission {
  if (!context.provider.create) return NOT_SWITCHED_ON;
  return context.capabilities?.acts?.create ?? context.capabilities?.createTypes?.[type] ?? true;
}

/** Is this ever done here? What the data source has not, or refuses to all for good, is offered nowhere. */
export function canEver(act: Act, { provider, capabilities }: PermissionContext): boolean {
  const general = capabilities?.acts?.[act];
  const isRefused = general !== undefined && general !== true && general.reason !== 'not-now';
  return hasMethod(act, provider) && !isRefused;
}

/** Does anything ever go to this state here? */
export function canEverMoveTo(to: ActivityState, context: PermissionContext): boolean {
  // What is scheduled goes to open as well, without having been closed.
  return canEver(ACT_OF[to], context) || (to === 'open' && canEver('schedule', context));
}

function hasMethod(act: Act, provider: ActivityDataProvider): boolean {
  switch (act) {
    case 'edit':
    case 'assign':
      return !!provider.update;
    case 'remove':
      return !!provider.remove;
    case 'attach':
      return !!provider.attachments;
    case 'send':
      return !!provider.send;
    default:
      return !!provider.transition;
  }
}
