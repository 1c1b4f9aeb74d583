import { ActivityEditor } from '../elements/activity-editor/activity-editor.js';
import { defineElement } from '../elements/base/define-element.js';

defineElement('activity-editor', ActivityEditor);

export { ActivityEditor };
