import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { Localizer } from '../../../src/i18n/localizer.js';
import type { ActivityDraft } from '../../../src/model/activity.js';
import { enterInto, formFor, NOW, type TestForm } from './test-form.js';

const time = (element: TestForm, path: string): HTMLInputElement =>
  element.get(`#field-${path}-time`) as HTMLInputElement;
const enterTime = (element: TestForm, path: string, text: string): Promise<void> =>
  enterInto(element, time(element, path), text);
const words = (timeZone: string): Localizer =>
  new Localizer({ locale: 'en', timeZone, now: () => NOW });

/** The end's controls stand beside the start's. */
const END = 'start-end';

const task = (due: string | undefined, timeZone = 'Asia/Taipei'): Promise<TestForm> =>
  formFor('task', { subject: 'Quote', ...(due && { due }) }, { words: words(timeZone) });

const meeting = (draft: Partial<ActivityDraft> = {}): Promise<TestForm> =>
  formFor('appointment', {
    subject: 'Visit',
    start: '2026-11-24T01:00:00Z',
    end: '2026-11-24T02:15:00Z',
    ...draft,
  });

/** Engines without a date input show a line of text in its place. */
const hasDateInput = ((): boolean => {
  const input = document.createElement('input');
  input.type = 'date';
  return input.type === 'date';
})();

describe('time field', () => {
  it('shows and reads the clock of the user’s zone', async () => {
    const element = await task('2026-11-24T02:00:00Z', 'Europe/Berlin');
    expect([element.input('due').value, time(element, 'due').value]).to.deep.equal([
      '2026-11-24',
      '03:00',
    ]);
    await enterTime(element, 'due', '17:30');
    expect(element.form.draft.due).to.equal('2026-11-24T16:30:00Z');
    await element.enter('due', '2026-07-01');
    expect(element.form.draft.due).to.equal('2026-07-01T15:30:00Z');
  });

  it('is named as a group, date and time by themselves', async () => {
    const element = await task('2026-11-24');
    const group = element.input('due').closest('fieldset');
    expect(group?.querySelector('legend')?.textContent?.trim()).to.equal('Due');
    expect(element.input('due').ariaLabel).to.equal('Date');
    expect(time(element, 'due').ariaLabel).to.equal('Time');
    await expect(element).to.be.accessible();
  });

  it('takes a date without a time, and a time later', async () => {
    const element = await task(undefined);
    await element.enter('due', '2026-11-24');
    expect(element.form.draft.due).to.equal('2026-11-24');
    await enterTime(element, 'due', '09:00');
    expect(element.form.draft.due).to.equal('2026-11-24T01:00:00Z');
    await enterTime(element, 'due', '');
    expect(element.form.draft.due).to.equal('2026-11-24');
    await element.enter('due', '');
    expect(element.form.draft.due).to.equal(undefined);
  });

  it('says that the clock skips a time, and keeps what was typed until it is mended', async () => {
    const element = await task('2026-03-28T01:30:00Z', 'Europe/Berlin'); // 02:30 the day before
    await element.enter('due', '2026-03-29');
    element.form.leave('due');
    await element.updateComplete;
    expect(element.errorOf('due')).to.equal(
      'The clock skips 2:30 AM on that day. Enter an earlier or later time.',
    );
    expect(time(element, 'due').value).to.equal('02:30');
    expect(element.form.check()).to.equal(false);
    await enterTime(element, 'due', '03:30');
    expect(element.errorOf('due')).to.equal('');
    expect(element.form.draft.due).to.equal('2026-03-29T01:30:00Z');
  });

  it('says what the clock shows where it was planned, if that is elsewhere', async () => {
    const element = await task('2026-11-24T08:30:00[Asia/Taipei]', 'Europe/Berlin');
    const hint = element.get('#field-due-hint');
    expect(hint.textContent?.trim()).to.equal('8:30 AM in Asia/Taipei');
    expect(element.input('due').getAttribute('aria-describedby')).to.contain('field-due-hint');
    const here = await task('2026-11-24T08:30:00[Asia/Taipei]');
    expect(here.all('#field-due-hint')).to.have.length(0);
  });

  it('leaves the second of two equal hours alone', async () => {
    const second = '2026-11-01T09:30:00Z';
    const element = await task(second, 'America/Los_Angeles');
    expect(time(element, 'due').value).to.equal('01:30');
    await enterTime(element, 'due', '01:30');
    element.get('button').focus();
    expect(element.form.draft.due).to.equal(second);
    expect(element.form.isDirty).to.equal(false);
  });

  it('keeps the zone of a wall time', async () => {
    const element = await task('2026-11-24T09:00:00[Europe/Berlin]');
    expect(time(element, 'due').value).to.equal('16:00');
    await enterTime(element, 'due', '17:00');
    expect(element.form.draft.due).to.equal('2026-11-24T10:00:00[Europe/Berlin]');
  });

  it('holds up the save while only a time is given', async () => {
    const element = await task(undefined);
    await enterTime(element, 'due', '09:00');
    expect(element.form.check()).to.equal(false);
    await element.updateComplete;
    expect(element.errorOf('due')).to.equal('Enter a full date that the calendar has.');
    expect(time(element, 'due').value).to.equal('09:00');
    await element.enter('due', '2026-11-24');
    expect(element.form.draft.due).to.equal('2026-11-24T01:00:00Z');
    expect(element.errorOf('due')).to.equal('');
    expect(element.form.check()).to.equal(true);
  });

  it('takes no unfinished year for a date', async () => {
    const element = await task('2026-11-24');
    await element.enter('due', '0020-11-24');
    expect(element.form.draft.due).to.equal('2026-11-24');
    expect(element.form.check()).to.equal(false);
  });

  if (hasDateInput) {
    it('keeps what is half typed, and holds up the save with it', async () => {
      const element = await task(undefined);
      element.input('due').focus();
      await sendKeys({ type: '11' });
      element.requestUpdate();
      await element.updateComplete;
      expect(element.form.check(), 'while it has the focus').to.equal(false);
      element.get('button').focus();
      await element.updateComplete;
      expect(element.input('due').validity.badInput).to.equal(true);
      expect(element.errorOf('due')).to.equal('Enter a full date that the calendar has.');
      expect(element.input('due').getAttribute('aria-invalid')).to.equal('true');
    });
  } else {
    it('keeps text that is no date, and holds up the save with it', async () => {
      const element = await task('2026-11-24');
      await element.enter('due', 'next week');
      expect(element.form.check()).to.equal(false);
      await element.updateComplete;
      expect(element.input('due').value).to.equal('next week');
      expect(element.errorOf('due')).to.equal('Enter a full date that the calendar has.');
    });
  }

  it('cannot be changed where it is read-only', async () => {
    const element = await formFor('task', { due: '2026-11-24' }, { readOnly: true });
    await element.enter('due', '2026-11-25');
    expect(element.form.draft.due).to.equal('2026-11-24');
  });
});

describe('period field', () => {
  it('moves the end with the start, keeps the length and says so', async () => {
    const element = await meeting();
    await enterTime(element, 'start', '13:30');
    expect(element.form.draft.end).to.equal('2026-11-24T06:45:00Z');
    expect(time(element, END).value).to.equal('14:45');
    expect(element.said.at(-1)).to.match(/^End moved too: .*14:45/);
    await element.enter('start', '2026-12-01');
    expect(element.form.draft.end).to.equal('2026-12-01T06:45:00Z');
  });

  it('leaves the start alone when the end is moved', async () => {
    const element = await meeting();
    await enterTime(element, END, '12:00');
    expect(element.form.draft).to.include({
      start: '2026-11-24T01:00:00Z',
      end: '2026-11-24T04:00:00Z',
    });
  });

  it('says at once that an end lies before its start', async () => {
    const element = await meeting();
    await enterTime(element, END, '08:00');
    expect(element.errorOf(END)).to.equal('The end lies before the start.');
    expect(element.form.check()).to.equal(false);
    await expect(element).to.be.accessible();
  });

  it('gives a date that is entered alone the next half hour, and an end', async () => {
    const element = await meeting({ start: undefined, end: undefined });
    await element.enter('start', '2026-11-25');
    expect(time(element, 'start').value).to.equal('14:30');
    expect(element.form.draft.end).to.equal('2026-11-25T07:00:00Z');
  });

  it('does not bring back a time that was taken away', async () => {
    const element = await meeting();
    await enterTime(element, 'start', '');
    expect(time(element, 'start').value).to.equal('');
    expect(element.form.check()).to.equal(false);
    await element.updateComplete;
    expect(element.errorOf('start')).to.equal('Enter a full date and time.');
  });

  it('turns into whole days and back', async () => {
    const element = await meeting();
    const allDay = element.get('#field-start-all-day') as HTMLInputElement;
    allDay.click();
    await element.updateComplete;
    expect(element.form.draft).to.include({ start: '2026-11-24', end: '2026-11-25' });
    expect(element.all('#field-start-time')).to.have.length(0);
    // In words the last day, in data the day after.
    expect(element.input(END).value).to.equal('2026-11-24');
    await element.enter(END, '2026-11-26');
    expect(element.form.draft.end).to.equal('2026-11-27');
    await element.enter('start', '2026-12-01');
    expect(element.form.draft.end).to.equal('2026-12-04');
    await expect(element).to.be.accessible();
    allDay.click();
    await element.updateComplete;
    expect(time(element, 'start').value).to.equal('14:30');
    expect(element.form.draft.end).to.equal('2026-12-03T07:00:00Z');
  });

  it('begins whole days with today', async () => {
    const element = await meeting({ start: undefined, end: undefined });
    element.get('#field-start-all-day').click();
    await element.updateComplete;
    expect(element.form.draft).to.include({ start: '2026-11-23', end: '2026-11-24' });
  });

  it('wants both, and says which is missing', async () => {
    const element = await meeting({ start: undefined, end: undefined });
    expect(element.form.check()).to.equal(false);
    await element.updateComplete;
    expect(element.errorOf('start')).to.equal('Start is needed.');
    expect(element.errorOf(END)).to.equal('End is needed.');
  });
});
