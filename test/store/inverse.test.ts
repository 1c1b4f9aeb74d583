import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { applyPatch, type Activity, type ActivityPatch } from '../../src/model/activity.js';
import { inversePatch, stillStands } from '../../src/store/inverse.js';
import { activity } from '../support/fixtures.js';

const word = fc.constantFrom('a', 'b', 'c');
const fields = fc.dictionary(fc.constantFrom('x', 'y', 'z'), word);
const row: fc.Arbitrary<Activity> = fc
  .record(
    { subject: word, priority: fc.constantFrom('low', 'high'), outcomeNote: word, fields },
    { requiredKeys: ['subject'] },
  )
  .map((more) => activity(more as Partial<Activity>));
const patch: fc.Arbitrary<ActivityPatch> = fc
  .record(
    {
      subject: word,
      priority: fc.constantFrom('low', 'high', null),
      outcomeNote: fc.option(word),
      regarding: fc.option(fc.record({ kind: word, id: word })),
      fields: fc.option(fc.dictionary(fc.constantFrom('x', 'y', 'z'), fc.option(word))),
    },
    { requiredKeys: [] },
  )
  .map((made) => made as ActivityPatch);

/** No fields and an empty list of them say the same. */
const plain = ({ fields: own = {}, ...rest }: Activity): unknown => ({ ...rest, fields: own });

describe('the inverse of a patch', () => {
  it('leads back to where it was', () => {
    fc.assert(
      fc.property(row, patch, (before, change) => {
        const after = applyPatch(before, change);
        expect(plain(applyPatch(after, inversePatch(before, change)))).to.deep.equal(plain(before));
      }),
    );
  });

  it('is safe as long as what the patch made still stands', () => {
    fc.assert(
      fc.property(row, patch, patch, (before, mine, theirs) => {
        const write = { kind: 'update', patch: mine } as const;
        const after = applyPatch(before, mine);
        expect(stillStands(write, after)).to.equal(true);
        const later = applyPatch(after, theirs);
        const same =
          JSON.stringify(plain(applyPatch(later, mine))) === JSON.stringify(plain(later));
        if (same) expect(stillStands(write, later)).to.equal(true);
      }),
    );
  });
});
