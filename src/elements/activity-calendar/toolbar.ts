import { html, nothing, type TemplateResult } from 'lit';
import { button } from '../../ui/button.js';
import { segmented } from '../../ui/segmented.js';
import { CALENDAR_VIEWS } from './day-navigation.js';
import { weekNumber } from './days.js';
import type { CalendarPicture } from './picture.js';

/** To today, back and on; what is shown; and as what. */
export function toolbar({ host, navigation, heading, isEmpty }: CalendarPicture): TemplateResult {
  const { words } = host;
  const { view } = navigation;
  const step = (direction: 1 | -1, to: 'previous' | 'next'): TemplateResult =>
    button({
      label: words.say(`calendar.${to}-${view}`),
      icon: to === 'next' ? 'chevron-right' : 'chevron-left',
      iconOnly: true,
      part: to,
      onClick: () => navigation.step(direction),
    });
  return html`<div class="toolbar" part="toolbar">
    ${button({
      label: words.say('calendar.today'),
      kind: 'outline',
      part: 'today',
      hint: words.day(words.today(), 'long'),
      onClick: () => navigation.goToday(),
    })}
    <div class="button-group steps">${step(-1, 'previous')}${step(1, 'next')}</div>
    <h2 class="heading" part="heading">
      <bdi class="large strong">${heading}</bdi>
      ${
        view === 'week'
          ? html`<span class="small quiet num"
              >${words.say(
                'calendar.week-number',
                weekNumber(navigation.days, words.firstDayOfWeek),
              )}</span
            >`
          : nothing
      }
      ${isEmpty ? html`<span class="small quiet">${words.say('calendar.empty')}</span>` : nothing}
    </h2>
    ${segmented({
      label: words.say('calendar.view'),
      name: 'view',
      part: 'views',
      value: view,
      segments: CALENDAR_VIEWS.map((value) => ({ value, label: words.say(`calendar.${value}`) })),
      onChange: (chosen) => navigation.show(chosen),
    })}
  </div>`;
}
