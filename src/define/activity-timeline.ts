import { ActivityTimeline } from '../elements/activity-timeline/activity-timeline.js';
import { defineElement } from '../elements/base/define-element.js';

defineElement('activity-timeline', ActivityTimeline);

export { ActivityTimeline };
