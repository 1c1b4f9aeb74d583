import { expect } from '@open-wc/testing';
import { Localizer } from '../../src/i18n/localizer.js';
import { problemText, validationErrors } from '../../src/i18n/problems.js';
import { ActivityTypes } from '../../src/model/activity-types.js';
import type { Problem } from '../../src/model/validate.js';

const words = new Localizer({ locale: 'en', timeZone: 'UTC', now: () => 0 });

describe('problems in words', () => {
  const said: readonly (readonly [Problem, RegExp])[] = [
    [{ code: 'required' }, /^Subject is needed/],
    [{ code: 'too-long', max: 200, length: 1201 }, /1,201.*200/],
    [{ code: 'min', min: 1 }, /1 or more/],
    [{ code: 'max', max: 100 }, /100 or less/],
    [{ code: 'range', min: 0, max: 100 }, /from 0 to 100/],
    [{ code: 'number' }, /number/],
    [{ code: 'date' }, /date/],
    [{ code: 'time' }, /date and time/],
    [{ code: 'end-before-start' }, /end lies before/],
    [{ code: 'mixed-times' }, /both/],
    [{ code: 'choice' }, /list/],
    [{ code: 'address' }, /name@example\.com/],
    [{ code: 'too-many' }, /one/],
    [{ code: 'url' }, /https/],
  ];
  for (const [problem, text] of said) {
    it(problem.code, () => expect(problemText(problem, 'Subject', words)).to.match(text));
  }

  it('stand under the path of their field, with the field’s own name', () => {
    const errors = validationErrors(
      { type: 'phonecall' },
      new ActivityTypes().get('phonecall'),
      words,
    );
    expect([...errors]).to.deep.equal([
      ['subject', 'Subject is needed.'],
      ['parties.from', 'From is needed.'],
      ['parties.to', 'To is needed.'],
    ]);
  });
});
