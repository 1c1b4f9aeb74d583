import { ActivityGrid } from '../elements/activity-grid/activity-grid.js';
import { defineElement } from '../elements/base/define-element.js';

defineElement('activity-grid', ActivityGrid);

export { ActivityGrid };
