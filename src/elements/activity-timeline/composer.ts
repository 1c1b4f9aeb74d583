import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { mayCreate } from '../../provider/may.js';
import { button } from '../../ui/button.js';
import { icon } from '../../ui/icon.js';
import type { ActivityTimeline } from './activity-timeline.js';

/** Where a note is written, and what else can be planned from here. */
export function composer(timeline: ActivityTimeline): TemplateResult | typeof nothing {
  const { words, store } = timeline;
  if (!store || mayCreate('note', store.permissions) !== true) return nothing;
  const others = [...store.types].filter(
    ({ name }) =>
      ['phonecall', 'task', 'email', 'appointment'].includes(name) &&
      timeline.context.canCompose &&
      mayCreate(name, store.permissions) === true,
  );
  const keydown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void timeline.addNote();
    }
  };
  return html`<form
    class="composer"
    part="composer"
    aria-label=${words.say('action.add-note')}
    @submit=${(event: SubmitEvent) => {
      event.preventDefault();
      void timeline.addNote();
    }}
  >
    <div class="kinds">
      <span class="kind on" aria-hidden="true">${icon('note', 16)}${words.say('type.note')}</span>
      ${others.map(
        (type) =>
          html`<button
            type="button"
            class="kind"
            @click=${() => void timeline.requests.compose(timeline.draftFor(type.name))}
          >
            ${icon(type.icon, 16)}${words.typeName(type)}
          </button>`,
      )}
    </div>
    <textarea
      class="note"
      rows="2"
      dir="auto"
      maxlength="100000"
      aria-label=${words.say('timeline.note')}
      placeholder=${words.say('timeline.note-hint')}
      aria-invalid=${timeline.noteError ? 'true' : nothing}
      aria-describedby=${timeline.noteError ? 'note-error' : nothing}
      .value=${live(timeline.note.text)}
      @input=${(event: InputEvent) => timeline.note.type((event.target as HTMLTextAreaElement).value)}
      @keydown=${keydown}
    ></textarea>
    <div class="foot">
      <span class="field-error" id="note-error" role="alert">${timeline.noteError}</span>
      ${button({
        label: words.say(timeline.isSaving ? 'sync.saving' : 'action.add-note'),
        kind: 'primary',
        disabled: timeline.isSaving,
        part: 'add-note',
        onClick: () => void timeline.addNote(),
      })}
    </div>
  </form>`;
}
