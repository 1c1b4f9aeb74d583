import { ActivityForm } from '../elements/activity-form/activity-form.js';
import { defineElement } from '../elements/base/define-element.js';

// What shows the history of a record comes when it is looked at.
ActivityForm.bring = () => import('./activity-timeline.js');

defineElement('activity-form', ActivityForm);

export { ActivityForm };
