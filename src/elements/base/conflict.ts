import { css, html, type TemplateResult } from 'lit';
import type { Localizer } from '../../i18n/localizer.js';
import { fieldLabel } from '../../i18n/problems.js';
import type { Activity, Party, RecordRef } from '../../model/activity.js';
import { valueAt } from '../../model/draft.js';
import { timeKind } from '../../model/time.js';
import { button } from '../../ui/button.js';
import type { FormController } from '../../ui/fields/form-controller.js';

/** Among the styles of an element with a `conflictPanel`. */
export const conflictStyles = css`
  .conflict {
    display: grid;
    gap: calc(2 * var(--_space));
    padding: calc(2 * var(--_space)) calc(3 * var(--_space));
    border: var(--_stroke) solid var(--_warning-text);
    border-radius: var(--_radius);
  }
  .conflict > p {
    margin: 0;
  }
  .conflict-field {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_space) calc(3 * var(--_space));
    overflow-wrap: anywhere;
  }
`;

/** Somebody else saved between; both changed what stands at these paths. */
export interface Conflict {
  readonly row: Activity;
  readonly paths: readonly string[];
}

/** Theirs beside one's own, field by field; one's own stays unless the user takes theirs. */
export function conflictPanel(
  { row, paths }: Conflict,
  form: FormController,
  words: Localizer,
  onSettled: (path: string) => void,
): TemplateResult {
  const who = row.modifiedBy ? words.recordName(row.modifiedBy) : words.say('conflict.somebody');
  return html`<div
    class="conflict"
    part="conflict"
    role="group"
    aria-label=${words.say('conflict.title')}
  >
    <p>
      <strong class="strong">${words.say('conflict.title')}.</strong>
      ${words.say('conflict.text', who)}
    </p>
    ${paths.map((path) => {
      const label = fieldLabel(path, form.type, words);
      return html`<div class="conflict-field">
        <span class="strong">${label}</span>
        <span>${words.say('conflict.mine')}: <bdi>${shown(form.value(path), words)}</bdi></span>
        <span>${words.say('conflict.theirs')}: <bdi>${shown(valueAt(row, path), words)}</bdi></span>
        ${button({
          label: words.say('conflict.take', label),
          small: true,
          kind: 'outline',
          onClick: () => {
            form.set(path, valueAt(row, path));
            onSettled(path);
          },
        })}
      </div>`;
    })}
  </div>`;
}

function shown(value: unknown, words: Localizer): string {
  if (value === undefined || value === null || value === '') return words.say('value.none');
  if (typeof value === 'string') return timeKind(value) ? words.stamp(value) : value;
  if (Array.isArray(value)) {
    const names = (value as readonly Party[]).map(
      ({ record, name, address }) => record?.name ?? name ?? address ?? '',
    );
    return names.length > 0 ? words.list(names) : words.say('value.none');
  }
  if (typeof value === 'object') return words.recordName(value as RecordRef);
  return String(value);
}
