import { ActivityForm } from '../elements/activity-form/activity-form.js';
import { defineElement } from '../elements/base/define-element.js';

defineElement('activity-form', ActivityForm);

export { ActivityForm };
