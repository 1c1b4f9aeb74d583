import { type TemplateResult } from 'lit';
import type { ButtonOptions } from '../../ui/button.js';
import { deniedState, emptyState, errorState } from '../../ui/state-panel.js';
import type { ActivityElement } from '../base/activity-element.js';
import type { ProviderFailure } from '../../provider/failure.js';
import type { Lane } from './lanes.js';

/** What the board as a whole is: `board` where at least one lane has something to show or to say. */
export type BoardState = 'loading' | 'board' | 'empty' | 'error' | 'denied';

export function boardState(
  lanes: readonly Lane[],
  /** What it is where no lane is open. */
  whole: 'loading' | 'board' | 'empty' = 'loading',
): BoardState {
  const all = (status: Lane['status']): boolean => lanes.every((lane) => lane.status === status);
  if (lanes.some(({ cards }) => cards.length > 0)) return 'board';
  if (lanes.length === 0) return whole;
  if (all('loading')) return 'loading';
  if (all('failed')) return lanes[0]?.error?.code === 'forbidden' ? 'denied' : 'error';
  const isEmpty = lanes.every(
    ({ status, total, hasMore }) => status === 'ready' && !total?.value && !hasMore,
  );
  return isEmpty ? 'empty' : 'board';
}

/** What stands in place of the lanes: why there is nothing, and what to do. */
export function boardPanel(
  host: ActivityElement,
  state: 'empty' | 'error' | 'denied',
  {
    error,
    add,
    older,
    onRetry,
  }: {
    readonly error: ProviderFailure | undefined;
    readonly add: ButtonOptions | undefined;
    /** Shows what was closed longer ago; left out where all is shown. */
    readonly older: (() => void) | undefined;
    readonly onRetry: () => void;
  },
): TemplateResult {
  const { words } = host;
  const detail = error && words.failure(error);
  if (state === 'denied') {
    return deniedState({ title: words.say('refusal.title'), ...(detail && { reason: detail }) });
  }
  if (state === 'error') {
    return errorState({
      title: words.say('error.load'),
      ...(detail && { detail }),
      retry: { label: words.say('action.retry'), onClick: onRetry },
    });
  }
  return emptyState({
    title: whyEmpty(host),
    icon: 'kanban',
    actions: [
      ...(add ? [add] : []),
      ...(older ? [{ label: words.say('kanban.show-older'), onClick: older }] : []),
    ],
  });
}

function whyEmpty({ words, query, about }: ActivityElement): string {
  if (query?.search) return words.say('empty.search', query.search);
  if (query?.filter) return words.say('empty.filtered');
  if (about) return words.say('empty.record', words.recordName(about));
  return words.say('empty.activities');
}
