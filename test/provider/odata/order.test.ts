import { expect } from '@open-wc/testing';
import { ActivityTypes } from '../../../src/model/activity-types.js';
import type { Sort } from '../../../src/model/query.js';
import { noteTable, pointerTable } from '../../../src/provider/odata/activity-tables.js';
import { dataverse } from '../../../src/provider/odata/dataverse.js';
import { fromPlace, portionsOf } from '../../../src/provider/odata/order.js';

const pointers = pointerTable(dataverse, new ActivityTypes());
const notes = noteTable(dataverse);

describe('The order of two tables', () => {
  it('has notes among the activities where all notes have the same', () => {
    const sort: Sort[] = [{ field: 'priority', direction: 'asc' }];
    const [portion] = portionsOf({ sort }, notes, 'forward');
    expect(portion?.turn).to.equal(0);
    const isBehind = (rank: number): unknown =>
      portion && fromPlace(portion, { values: [rank], id: '' });
    // Low, normal, high: all notes are normal.
    expect([0, 1, 2].map(isBehind)).to.deep.equal([true, true, false]);
  });

  it('has the blanks of both in one turn where the service sorts one table’s blanks with the rest', () => {
    const last: Sort[] = [{ field: 'actualDuration', direction: 'desc' }];
    expect(portionsOf({ sort: last }, pointers).map(({ hasAllTurns }) => hasAllTurns)).to.eql([
      true,
    ]);
    const apart: Sort[] = [{ field: 'actualDuration', direction: 'asc' }];
    const portions = portionsOf({ sort: apart }, pointers);
    expect(portions.map(({ turn, hasAllTurns }) => [turn, hasAllTurns])).to.eql([
      [0, false],
      [1, false],
    ]);
  });

  it('leaves to the service what of the same value stands before a place: it has texts in an order of its own', () => {
    const sort: Sort[] = [
      { field: 'priority', direction: 'desc' },
      { field: 'subject', direction: 'asc' },
    ];
    const [portion] = portionsOf({ sort }, pointers, 'forward');
    const same = '(prioritycode ge 1 and prioritycode le 1)';
    expect(portion && fromPlace(portion, { values: [1, 'b'], id: '' })).to.equal(
      `(prioritycode lt 1 or (${same} and subject gt 'b') or (${same} and (subject ge 'b' and subject le 'b')))`,
    );
  });
});
