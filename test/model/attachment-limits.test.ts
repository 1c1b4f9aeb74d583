import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import {
  base64Bytes,
  extensionsOf,
  mostRawBytes,
  refusalOfFile,
  type AttachmentLimits,
} from '../../src/model/attachment-limits.js';

const file = (name: string, size = 10, type = '') => ({ name, size, type });

describe('Limits of attachments', () => {
  it('counts Base64 as it is written', () => {
    for (const size of [0, 1, 2, 3, 4, 100]) {
      expect(base64Bytes(size), String(size)).to.equal(btoa('x'.repeat(size)).length);
    }
  });

  it('takes a file of exactly the limit and refuses one byte more, however the server counts', () => {
    const measures: AttachmentLimits['measure'][] = ['raw', 'base64'];
    fc.assert(
      fc.property(
        fc.integer({ min: 4, max: 2 ** 31 }),
        fc.constantFrom(...measures),
        (maxBytes, measure) => {
          const limits = { maxBytes, ...(measure && { measure }) };
          const most = mostRawBytes(limits);
          const counted = (size: number) => (measure === 'base64' ? base64Bytes(size) : size);
          expect(counted(most)).to.be.at.most(maxBytes);
          expect(counted(most + 1)).to.be.above(maxBytes);
          expect(refusalOfFile(file('a.txt', most), limits)).to.equal(undefined);
          expect(refusalOfFile(file('a.txt', most + 1), limits)).to.deep.equal({
            code: 'too-large',
            maxBytes: most,
          });
        },
      ),
    );
  });

  it('refuses a file of 0 bytes, also where there are no limits', () => {
    expect(refusalOfFile(file('a.txt', 0), {})).to.deep.equal({ code: 'empty' });
    expect(refusalOfFile(file('a.txt', 1), {})).to.equal(undefined);
  });

  it('finds a blocked extension wherever it stands', () => {
    const limits = { blockedExtensions: ['exe', '.JS'] };
    const names = {
      exe: [
        'a.exe',
        'a.EXE',
        'a.exe.pdf',
        'a.pdf.exe',
        'a.exe. ',
        'a.exe...',
        'a.e\u200Bxe',
        '.exe',
        'a\u202Efdp.exe',
      ],
      js: ['a.js', 'a.js.txt'],
    };
    for (const [extension, listed] of Object.entries(names)) {
      for (const name of listed) {
        expect(refusalOfFile(file(name), limits), name).to.deep.equal({
          code: 'blocked-extension',
          extension,
        });
      }
    }
    for (const name of ['exe', 'a.exec', 'notes.json', 'a.pdf', '']) {
      expect(refusalOfFile(file(name), limits), name).to.equal(undefined);
    }
    expect(extensionsOf('archive.tar.GZ')).to.deep.equal(['tar', 'gz']);
  });

  it('takes only the media types of the list', () => {
    const limits = { mediaTypes: ['image/*', 'text/plain'] };
    for (const type of ['image/png', 'IMAGE/PNG', 'text/plain; charset=utf-8']) {
      expect(refusalOfFile(file('a', 1, type), limits), type).to.equal(undefined);
    }
    for (const mediaType of ['', 'imagex/png', 'text/html', 'text/plainer']) {
      expect(refusalOfFile(file('a', 1, mediaType), limits)).to.deep.equal({
        code: 'media-type',
        mediaType,
      });
    }
    expect(refusalOfFile(file('a'), { mediaTypes: ['*/*'] })).to.equal(undefined);
  });

  it('says how many an activity may have', () => {
    const limits = { perActivity: 2 };
    expect(refusalOfFile(file('a'), limits, 1)).to.equal(undefined);
    expect(refusalOfFile(file('a'), limits, 2)).to.deep.equal({ code: 'too-many', most: 2 });
  });
});
