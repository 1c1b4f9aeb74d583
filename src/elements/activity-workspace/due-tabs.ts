import { html, type TemplateResult } from 'lit';
import { DUE_BUCKETS, type DueBucket } from '../../model/due-buckets.js';
import type { ActivityWorkspace } from './activity-workspace.js';

/** When it is due, one click each, with how many there are. The same value as the due filter. */
export function dueTabs(workspace: ActivityWorkspace): TemplateResult {
  const { words, due, tabs } = workspace;
  const tab = (bucket: DueBucket | undefined, label: string): TemplateResult => {
    const count = workspace.countOf(bucket);
    const isOn = due === bucket;
    return html`<button
      type="button"
      class="due-tab${bucket === 'overdue' && count?.value ? ' late' : ''}"
      part="due-tab${isOn ? ' on' : ''}"
      aria-pressed=${String(isOn)}
      data-bucket=${bucket ?? 'all'}
      ${tabs.item(bucket ?? 'all')}
      @click=${() => workspace.choose({ due: bucket })}
    >
      <span>${label}</span>
      <span class="num due-count${workspace.isCounting ? ' before' : ''}"
        >${count ? workspace.countWords(count) : ''}</span
      >
    </button>`;
  };
  return html`<div
    class="bar due-tabs"
    part="due-tabs"
    role="toolbar"
    aria-label=${words.say('bucket.title')}
    @keydown=${tabs.keydown}
    @focusin=${tabs.focusin}
  >
    ${tab(undefined, words.say('bucket.all'))}
    ${DUE_BUCKETS.map((bucket) => tab(bucket, words.say(`bucket.${bucket}`)))}
  </div>`;
}
