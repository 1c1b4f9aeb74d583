import { ActivityWorkspace } from '../elements/activity-workspace/activity-workspace.js';
import { defineElement } from '../elements/base/define-element.js';

// What it is made of is registered with it; a view that is not shown at first comes when it is.
import './activity-form.js';
import './activity-quick-create.js';

ActivityWorkspace.bring = (show) => {
  switch (show) {
    case 'grid':
      return import('./activity-grid.js');
    case 'calendar':
      return import('./activity-calendar.js');
    case 'kanban':
      return import('./activity-kanban.js');
  }
};

defineElement('activity-workspace', ActivityWorkspace);

export { ActivityWorkspace };
