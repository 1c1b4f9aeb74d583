import { ActivityCalendar } from '../elements/activity-calendar/activity-calendar.js';
import { defineElement } from '../elements/base/define-element.js';

defineElement('activity-calendar', ActivityCalendar);

export { ActivityCalendar };
