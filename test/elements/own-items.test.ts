import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import '../../src/define/define-all.js';
import type { ActivityElement } from '../../src/elements/base/activity-element.js';
import type { ActivityForm } from '../../src/elements/activity-form/activity-form.js';
import type { ActivityQuickCreate } from '../../src/elements/activity-quick-create/activity-quick-create.js';
import type { Activity } from '../../src/model/activity.js';
import { activity, clock } from '../support/fixtures.js';
import { FormPage } from '../support/form.js';
import { until } from '../support/grid.js';

/** All that is to be read in an element, through the shadow roots in it. */
function textIn(node: Node): string {
  const root = node instanceof Element ? node.shadowRoot : null;
  const children = root ? [...root.childNodes] : [...node.childNodes];
  const own = node instanceof Text ? node.data : '';
  return own + children.map(textIn).join('');
}

async function standing<T extends ActivityElement>(
  tag: string,
  properties: Partial<T>,
): Promise<T> {
  const place = await fixture<HTMLElement>(html`<div></div>`);
  const element = document.createElement(tag) as T;
  element.style.setProperty('inline-size', '900px');
  element.style.setProperty('block-size', '600px');
  Object.assign(element, { clock, timeZone: 'Europe/Berlin', locale: 'en-GB' }, properties);
  place.append(element);
  return element;
}

describe('items on an element that stands alone', () => {
  for (const [tag, more] of Object.entries({
    'activity-grid': {},
    'activity-calendar': {},
    'activity-kanban': {},
    'activity-timeline': {},
    'activity-workspace': { view: 'all' },
    'activity-form': { mode: 'inline', activityId: 'first' },
  })) {
    it(`are shown by ${tag}, and those that come later with them`, async () => {
      const items: readonly Activity[] = Object.freeze([
        Object.freeze(activity({ id: 'first', subject: 'Seeded' })),
      ]);
      const element = await standing(tag, { items, ...more });
      await until(() => textIn(element).includes('Seeded'), 'what was given');
      element.items = [activity({ id: 'first', subject: 'Seeded anew' })];
      await until(() => textIn(element).includes('Seeded anew'), 'what came later');
    });
  }

  it('take what quick create adds', async () => {
    const element = await standing<ActivityQuickCreate>('activity-quick-create', { items: [] });
    const form = await new FormPage(element).isReady();
    await form.enter('Subject', 'Added');
    const saved = oneEvent(element, 'activity-saved');
    form.button('Save and close').click();
    const { detail } = (await saved) as unknown as HTMLElementEventMap['activity-saved'];
    const [result] = detail.results;
    expect(result && 'activity' in result && result.activity?.subject).to.equal('Added');
  });

  it('are edited in the element, not in the host’s array', async () => {
    const items = [Object.freeze(activity({ id: 'first', subject: 'As it was' }))];
    const element = await standing<ActivityForm>('activity-form', {
      items,
      mode: 'inline',
      activityId: 'first',
    });
    const form = await new FormPage(element).isReady();
    await form.enter('Subject', 'Edited');
    const saved = oneEvent(element, 'activity-saved');
    form.button('Save').click();
    await saved;
    expect(items[0]?.subject).to.equal('As it was');
    await until(() => form.title === 'Edited');
  });
});
