import { expect, oneEvent } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { html } from 'lit';
import '../../../../src/define/activity-context.js';
import '../../../../src/define/activity-quick-create.js';
import type { ActivityQuickCreate } from '../../../../src/elements/activity-quick-create/activity-quick-create.js';
import { registerMessages } from '../../../../src/i18n/locale.js';
import { zhTW } from '../../../../src/i18n/zh-TW.js';
import type { Activity } from '../../../../src/model/activity.js';
import type { ActivityDataProvider, RecordSummary } from '../../../../src/provider/provider.js';
import { storeFor } from '../../../../src/store/store-for.js';
import { deepActiveElement } from '../../../../src/ui/deep-focus.js';
import { cecil, clock, inContext, jun, memory, wingtip } from '../../../support/fixtures.js';
import { FormPage, textOf } from '../../../support/form.js';
import { waitUntil } from '../../../support/until.js';

registerMessages('zh-TW', zhTW);
const CALL = { locale: 'en', timeZone: 'UTC' };
const LINE = 'In one line';

interface Stage {
  readonly form: FormPage<ActivityQuickCreate>;
  readonly element: ActivityQuickCreate;
  readonly provider: ActivityDataProvider;
  readonly chips: () => string[];
  readonly say: (text: string, label?: string) => Promise<void>;
}

async function stage(
  properties: Partial<ActivityQuickCreate> = {},
  more: Partial<ActivityDataProvider> = {},
): Promise<Stage> {
  const provider = { ...memory([]), ...more };
  const context = await inContext(provider, html`<activity-quick-create></activity-quick-create>`);
  const element = context.querySelector('activity-quick-create');
  if (!element) throw new Error('no quick create');
  await storeFor(provider, { clock }).ready(CALL);
  Object.assign(element, properties);
  await element.updateComplete;
  const form = new FormPage(element);
  return {
    form,
    element,
    provider,
    chips: () => form.all('.understood > li').map(textOf),
    say: (text, label = LINE) => form.enter(label, text),
  };
}

async function rowsOf(provider: ActivityDataProvider): Promise<readonly Activity[]> {
  const answer = await provider.query({}, { ...CALL, signal: new AbortController().signal });
  return 'rows' in answer ? answer.rows : answer;
}

const chip = (form: FormPage, text: string): HTMLElement => {
  const found = form.all('.chip-label').find((one) => textOf(one) === text);
  if (!found) throw new Error(`no chip ${text}`);
  return found;
};

describe('one line that understands', () => {
  it('fills in the form as it is typed, shows what it understood, and Enter saves it', async () => {
    const { form, element, provider, chips, say } = await stage();
    await say('call Cecil Langer tomorrow 3pm !high');
    await waitUntil(() => chips().length === 4, 'four things are understood');
    expect(chips()).to.deep.equal(['Phone call', 'Cecil Langer', 'Tue 15:00', 'High']);
    expect(form.title).to.equal('New phone call');
    expect(form.chosen('To')).to.deep.equal(['Cecil Langer']);
    expect(form.input('Subject').value).to.equal('Call Cecil Langer');
    await expect(element).to.be.accessible();
    const closed = oneEvent(element, 'close');
    form.input(LINE).focus();
    await sendKeys({ press: 'Enter' });
    await closed;
    const [row] = await rowsOf(provider);
    expect(row).to.include({
      type: 'phonecall',
      subject: 'Call Cecil Langer',
      due: '2026-11-24T14:00:00Z',
      priority: 'high',
    });
    expect(row?.regarding).to.deep.equal(cecil);
    expect(row?.parties).to.deep.include({ role: 'to', record: cecil });
    await waitUntil(() => form.input(LINE).value === '', 'the line is empty for the next');
  });

  it('understands Traditional Chinese', async () => {
    const { form, chips, say } = await stage({ locale: 'zh-TW' });
    await say('明天下午三點打電話給 Cecil Langer', '用一句話輸入');
    await waitUntil(() => chips().length === 3, 'three things are understood');
    expect(chips()[0]).to.equal('通話');
    expect(chips()[1]).to.equal('Cecil Langer');
    expect(form.input('主旨').value).to.equal('打電話給 Cecil Langer');
    expect(form.input('到期日').value).to.equal('2026-11-24');
  });

  it('understands how long and whose, as chips too; whom nobody knows stays in the subject', async () => {
    const { form, provider, chips, say } = await stage();
    await say('meeting with Cecil Langer tomorrow 3pm for 45 min @Jun Park');
    await waitUntil(() => chips().length === 5, 'five things are understood');
    expect(chips().slice(1)).to.deep.equal([
      'Cecil Langer',
      'Jun Park',
      'Tue, 15:00–15:45',
      '45 mins',
    ]);
    expect(form.chosen('Owner')).to.deep.equal(['Jun Park']);
    chip(form, '45 mins').focus();
    await sendKeys({ press: 'Delete' });
    await waitUntil(() => chips().includes('Tue, 15:00–15:30'), 'it is as long as usual again');
    await say('meeting with Cecil Langer tomorrow 3pm @Nobody');
    await waitUntil(() => form.input('Subject').value.includes('@Nobody'), 'the words stay');
    expect(form.chosen('Owner')).to.deep.equal(['Mona Sanders']);
    expect(await rowsOf(provider)).to.deep.equal([]);
  });

  it('takes back what is not meant: its words are in the subject again, and the focus in the line', async () => {
    const { form, chips, say } = await stage();
    await say('call Cecil Langer tomorrow 3pm');
    await waitUntil(() => chips().length === 3);
    chip(form, 'Tue 15:00').focus();
    await sendKeys({ press: 'Delete' });
    await waitUntil(() => chips().length === 2);
    expect(form.input('Subject').value).to.equal('call Cecil Langer tomorrow 3pm');
    expect(form.input('Due').value).to.equal('');
    expect(deepActiveElement()).to.equal(form.input(LINE));
    chip(form, 'Phone call').focus();
    await sendKeys({ press: 'Backspace' });
    await waitUntil(() => form.title === 'New task');
  });

  it('leads from a chip to its field, and leaves alone what is corrected there', async () => {
    const { form, chips, say } = await stage();
    await say('report tomorrow !low');
    await waitUntil(() => chips().length === 2);
    chip(form, 'Low').click();
    expect(form.field('Priority').contains(deepActiveElement() ?? null)).to.equal(true);
    await form.choose('Priority', 'High');
    await say('report today !low');
    expect(form.input('Due').value).to.equal('2026-11-23');
    expect(chips()).to.deep.equal(['Today']);
    expect(textOf(form.field('Priority').querySelector('.segment:has(:checked)'))).to.equal('High');
  });

  it('heeds no answer to an older question, and none twice', async () => {
    const asked = new Map<string, (found: readonly RecordSummary[]) => void>();
    const { form, chips, say } = await stage(
      { type: 'phonecall' },
      {
        lookup: (text) => new Promise((resolve) => asked.set(text, resolve)),
      },
    );
    await say('call Jun Park');
    await waitUntil(() => asked.has('Jun Park'));
    await say('call Cecil Langer');
    await waitUntil(() => asked.has('Cecil Langer'));
    asked.get('Cecil Langer')?.([{ ref: cecil }, { ref: cecil }]);
    await waitUntil(() => chips().includes('Cecil Langer'));
    asked.get('Jun Park')?.([{ ref: jun }]);
    asked.get('Cecil Langer')?.([{ ref: jun }]);
    await form.element.updateComplete;
    expect(form.chosen('To')).to.deep.equal(['Cecil Langer']);
    expect(chips()).to.deep.equal(['Phone call', 'Cecil Langer']);
  });

  it('asks which one is meant before it saves, and saves without an answer, too', async () => {
    const other = { kind: 'contact', id: 'c-2', name: 'Cecil Rhodes' };
    const { form, element, provider, chips, say } = await stage(
      {},
      { lookup: () => Promise.resolve([{ ref: cecil, parent: wingtip }, { ref: other }]) },
    );
    await say('call Cecil');
    form.input(LINE).focus();
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => chips().includes('Which Cecil?'));
    await waitUntil(() => textOf(deepActiveElement()) === 'Which Cecil?', 'it has the focus');
    expect(await rowsOf(provider)).to.have.length(0);
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => form.all('[role=menuitem]').length === 3);
    form.all('[role=menuitem]')[1]?.click();
    await waitUntil(() => chips().includes('Cecil Rhodes'));
    expect(deepActiveElement()).to.equal(form.input(LINE));
    const closed = oneEvent(element, 'close');
    await sendKeys({ press: 'Enter' });
    await closed;
    const [row] = await rowsOf(provider);
    expect(row?.parties).to.deep.include({ role: 'to', record: other });
  });

  it('says what no calendar and no clock has', async () => {
    const { form, chips, say } = await stage();
    await say('report on 31 Feb');
    await waitUntil(() => form.errorOf(LINE) !== '');
    expect(form.errorOf(LINE)).to.equal('No calendar has “on 31 Feb”. It stays in the subject.');
    expect(form.input('Subject').value).to.equal('report on 31 Feb');
    await say('report at 2:30am on 28 March 2027');
    await waitUntil(() => form.errorOf(LINE).includes('skips'));
    expect(form.errorOf(LINE)).to.equal('The clock skips 02:30 on that day; 03:30 is taken.');
    expect(chips().at(-1)).to.contain('28 Mar').and.to.contain('03:30');
  });

  it('keeps what is typed as it is where nothing can be looked up or loaded', async () => {
    const { form, chips, say } = await stage(
      { type: 'note', record: wingtip },
      { lookup: undefined },
    );
    await say('Likes tea with Mona Sanders tomorrow');
    expect(form.input('Description').value).to.equal('Likes tea with Mona Sanders tomorrow');
    expect(chips()).to.deep.equal([]);
    expect(form.chosen('Regarding')).to.deep.equal(['Wingtip Toys']);
  });

  it('is not there where the host wants none', async () => {
    const { form } = await stage({ withoutLine: true });
    expect(() => form.input(LINE)).to.throw();
  });
});
