import { ActivityContext } from '../elements/activity-context/activity-context.js';
import { defineElement } from '../elements/base/define-element.js';

defineElement('activity-context', ActivityContext);

export { ActivityContext };
