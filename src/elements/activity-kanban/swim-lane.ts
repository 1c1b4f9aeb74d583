import { html, nothing, type TemplateResult } from 'lit';
import { face } from '../../ui/face.js';
import { icon } from '../../ui/icon.js';
import type { Group } from './groups.js';

export interface SwimLaneOptions {
  readonly id: string;
  /** How many stand in it, in words; undefined while that is not known. */
  readonly count: string | undefined;
  readonly isCollapsed: boolean;
  readonly onToggle: () => void;
  readonly cells: unknown;
}

/** A row of lanes: its name and count, which fold it away, and its cells. */
export function swimLane(
  { label, owner }: Group,
  { id, count, isCollapsed, onToggle, cells }: SwimLaneOptions,
): TemplateResult {
  return html`<section class="row" part="row" aria-labelledby=${id}>
    <h3 class="row-header" part="row-header">
      <button
        type="button"
        class="row-toggle with"
        id=${id}
        aria-expanded=${isCollapsed ? 'false' : 'true'}
        @click=${onToggle}
      >
        ${icon(isCollapsed ? 'chevron-right' : 'chevron-down', 16)}
        ${owner ? face(owner, { size: 'small' }) : nothing}
        <span class="strong clip">${label}</span>
        ${
          count === undefined
            ? nothing
            : html`<bdi class="quiet num" part="row-count">${count}</bdi>`
        }
      </button>
    </h3>
    ${isCollapsed ? nothing : html`<div class="row-cells">${cells}</div>`}
  </section>`;
}
