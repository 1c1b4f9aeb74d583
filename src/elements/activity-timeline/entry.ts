import { html, nothing, type TemplateResult } from 'lit';
import { isClosed, type Activity } from '../../model/activity.js';
import { toPlainText } from '../../model/plain-text.js';
import { mayMoveTo } from '../../provider/may.js';
import { button } from '../../ui/button.js';
import { icon } from '../../ui/icon.js';
import type { MenuItem } from '../../ui/menu.js';
import { richText } from '../../ui/rich-text.js';
import { tag } from '../../ui/status.js';
import { tile } from '../../ui/tile.js';
import { recordLink } from '../base/record-link.js';
import { subjectLink, subjectOf } from '../base/subject-link.js';
import type { ActivityTimeline } from './activity-timeline.js';
import { happenedAt } from './feed.js';

/** Longer than this, in characters, a body is cut until it is asked for. */
const LONG = 180;

/** One entry: what, its status, who and when, through whom, and the beginning of its words. */
export function entry(timeline: ActivityTimeline, activity: Activity): TemplateResult {
  const { words } = timeline;
  const type = timeline.typeOf(activity);
  const closed = isClosed(activity);
  const due = words.due(activity, type);
  const at = happenedAt(activity);
  const body = toPlainText(activity.description ?? '', activity.descriptionFormat);
  const isNote = activity.state === null;
  const shownBody =
    isNote && !activity.subject ? body.slice(subjectOf(timeline, activity).length).trim() : body;
  const isLong = shownBody.length > LONG || shownBody.split('\n').length > 2;
  const isExpanded = timeline.isExpanded(activity.id);
  const problems = timeline.store?.problemsOf(activity.id) ?? [];
  const id = `entry-${activity.id}`;
  return html`<article
    class="entry ${closed ? 'closed' : ''}"
    part="entry${due?.late ? ' overdue' : ''}${closed ? ' closed' : ''}"
    aria-labelledby=${id}
    aria-busy=${timeline.isBusy(activity) ? 'true' : nothing}
  >
    ${tile(type, { label: words.typeName(type) })}
    <div class="words">
      <div class="head">
        <h4 class="subject-line" id=${id} data-focus=${activity.id}>
          ${subjectLink(timeline, activity)}
        </h4>
        ${
          due?.late
            ? html`<span title=${due.title}>${tag(due.text, 'danger')}</span>`
            : closed
              ? tag(words.reasonName(type, activity.state, activity.statusReason))
              : nothing
        }
        ${
          problems.length > 0
            ? html`<span
                class="problem"
                role="img"
                aria-label=${words.say('error.bad-row')}
                title=${words.say('error.bad-row')}
                >${icon('warning', 16)}</span
              >`
            : nothing
        }
        <span class="acts">${acts(timeline, activity)}</span>
      </div>
      <p class="meta quiet small">
        ${
          activity.modifiedBy || activity.createdBy || activity.owner
            ? html`<bdi
                  >${words.recordName(activity.modifiedBy ?? activity.createdBy ?? activity.owner ?? { kind: '', id: '' })}</bdi
                >
                · `
            : nothing
        }${
          at === undefined
            ? nothing
            : html`<time datetime=${at} title=${words.stamp(at)}>${words.ago(at)}</time>`
        }
        ${
          !closed && !isNote && due
            ? html` ·
                <span title=${due.title}
                  >${words.say('timeline.due', due.late ? words.stamp(activity.due ?? activity.end ?? '') : due.text)}</span
                >`
            : nothing
        }
        ${via(timeline, activity)}
      </p>
      ${
        shownBody
          ? html`${text(timeline, activity, shownBody, isLong && !isExpanded)}
            ${
              isLong
                ? button({
                    label: words.say(isExpanded ? 'action.show-less' : 'action.show-more'),
                    kind: 'link',
                    small: true,
                    onClick: () => timeline.toggle(activity.id),
                  })
                : nothing
            }`
          : nothing
      }
    </div>
  </article>`;
}

/** What was written: its first words, or all of it in its own form. */
function text(
  timeline: ActivityTimeline,
  activity: Activity,
  shownBody: string,
  isCut: boolean,
): TemplateResult {
  const { descriptionFormat: format, description = '', id } = activity;
  if (format !== 'html' || isCut) {
    return html`<p
      class="text ${isCut ? 'lines-2' : ''}"
      part="text"
      dir="auto"
      .textContent=${shownBody}
    ></p>`;
  }
  return html`<div
    class="text rich-text"
    part="text"
    dir="auto"
    ${richText(description, {
      format,
      showImages: timeline.words.say('action.show-images'),
      onProblem: (problem) => timeline.reportProblems([`activity ${id}: ${problem}`]),
    })}
  ></div>`;
}

/** Through whom it stands here, where that is another record. */
function via(timeline: ActivityTimeline, activity: Activity): TemplateResult | typeof nothing {
  const [through] = activity.via?.filter(({ by }) => by === 'rollup') ?? [];
  if (!through) return nothing;
  return html` · ${timeline.words.say('timeline.via')} ${recordLink(timeline, through.record)}`;
}

function acts(timeline: ActivityTimeline, activity: Activity): TemplateResult | typeof nothing {
  const { words, store } = timeline;
  if (!store || activity.state === null || isClosed(activity)) return nothing;
  const subject = subjectOf(timeline, activity);
  const complete = mayMoveTo('completed', activity, store.permissions);
  const items: MenuItem[] = (['canceled', 'scheduled', 'open'] as const)
    .filter((to) => to !== activity.state && timeline.typeOf(activity).states[to])
    .map((to) => {
      const answer = mayMoveTo(to, activity, store.permissions);
      return {
        label: words.say('action.move-to-state', words.stateName(to)),
        disabled: answer !== true,
        why: answer === true ? undefined : words.refusal(answer),
        onSelect: () => void timeline.move(activity, to),
      };
    });
  return html`
    ${button({
      label: words.say('timeline.complete', subject),
      icon: 'complete',
      iconOnly: true,
      small: true,
      disabled: complete !== true,
      why: complete === true ? undefined : words.refusal(complete),
      onClick: () => void timeline.move(activity, 'completed'),
    })}
    ${button({
      label: words.say('action.more-for', subject),
      icon: 'more',
      iconOnly: true,
      small: true,
      popup: 'menu',
      onClick: (event) =>
        timeline.menu.toggle(event.currentTarget as HTMLElement, {
          label: words.say('action.more-for', subject),
          groups: [{ items }],
        }),
    })}
  `;
}
