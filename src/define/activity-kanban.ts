import { defineElement } from '../elements/base/define-element.js';
import { ActivityKanban } from '../elements/activity-kanban/activity-kanban.js';

defineElement('activity-kanban', ActivityKanban);

export { ActivityKanban };
