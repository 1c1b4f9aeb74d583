import { expect } from '@open-wc/testing';
import { parseAddress, parseAddresses } from '../../src/model/address.js';

describe('parseAddress', () => {
  it('takes an address, alone or behind a name', () => {
    expect(parseAddress(' ana@example.com ')).to.deep.equal({ address: 'ana@example.com' });
    expect(parseAddress('Ana Trujillo <ana@example.com>')).to.deep.equal({
      address: 'ana@example.com',
      name: 'Ana Trujillo',
    });
    expect(parseAddress('"Trujillo, Ana" <ana@mail.example.com>')).to.deep.equal({
      address: 'ana@mail.example.com',
      name: 'Trujillo, Ana',
    });
    expect(parseAddress('<ana@example.com>')).to.deep.equal({ address: 'ana@example.com' });
    expect(parseAddress('陳怡君@例子.台灣')).to.deep.equal({ address: '陳怡君@例子.台灣' });
  });

  for (const none of ['', 'ana', 'ana@', '@example.com', 'ana@example', 'a b@example.com']) {
    it(`refuses “${none}”`, () => expect(parseAddress(none)).to.equal(undefined));
  }
});

describe('parseAddresses', () => {
  it('takes several', () => {
    expect(
      parseAddresses('a@example.com; "Trujillo, Ana" <ana@example.com>,\n c@example.com,'),
    ).to.deep.equal([
      { address: 'a@example.com' },
      { address: 'ana@example.com', name: 'Trujillo, Ana' },
      { address: 'c@example.com' },
    ]);
  });

  it('takes none where one is none', () => {
    expect(parseAddresses('a@example.com, Bob')).to.equal(undefined);
    expect(parseAddresses(' ; ')).to.equal(undefined);
  });
});
