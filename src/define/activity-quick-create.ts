import { ActivityQuickCreate } from '../elements/activity-quick-create/activity-quick-create.js';
import { defineElement } from '../elements/base/define-element.js';

defineElement('activity-quick-create', ActivityQuickCreate);

export { ActivityQuickCreate };
