import { expect } from '@open-wc/testing';
import { toFailure } from '../../../src/provider/failure.js';
import {
  createODataProvider,
  type ODataProvider,
} from '../../../src/provider/odata/odata-provider.js';
import { FakeService, URL, type Answer } from './fake-service.js';

const id = '00000000-0000-4000-8000-000000000001';
const key = '00000000-0000-4000-8000-00000000000f';
const call = { locale: 'en', timeZone: 'UTC' };
const write = { ...call, idempotencyKey: key };
const organization = {
  body: { value: [{ maxuploadfilesize: 8_000_000, blockedattachments: 'exe;js; BAT' }] },
};

function open(
  type: string,
  answers: { readonly [beginning: string]: Answer | Answer[] },
): { service: FakeService; provider: ODataProvider } {
  const service = new FakeService({
    'GET organizations': organization,
    'GET activitypointers':
      type === 'note' ? { status: 404 } : { body: { activitytypecode: type } },
    ...answers,
  });
  return { service, provider: createODataProvider({ url: URL, fetch: service.fetch }) };
}

async function codeOf(calling: Promise<unknown>): Promise<string> {
  return calling.then(
    () => 'it answered',
    (thrown: unknown) => toFailure(thrown).code,
  );
}

describe('The files of activities', () => {
  it('are limited as the organisation says, measured as Base64', async () => {
    const { service, provider } = open('email', {
      'POST activitymimeattachments': { status: 204 },
    });
    const { attachments } = await provider.capabilities(call);
    expect(attachments).to.deep.equal({
      maxBytes: 8_000_000,
      measure: 'base64',
      blockedExtensions: ['exe', 'js', 'bat'],
      perActivity: { note: 1 },
      resumes: true,
    });
    const big = new File([new Uint8Array(6_000_001)], 'big.bin');
    expect(await codeOf(provider.attachments.upload(id, big, write))).to.equal('too-large');
    expect(service.sent.some(({ method }) => method === 'POST')).to.equal(false);
    const hidden = open('email', { 'GET organizations': { status: 403 } }).provider;
    expect((await hidden.capabilities(call)).attachments?.maxBytes).to.equal(5_242_880);
  });

  it('go in one request where they are small, under an id that a repeat has too', async () => {
    const duplicate = { status: 412, body: { error: { code: '0x80040237', message: '' } } };
    const { service, provider } = open('email', {
      'POST activitymimeattachments': [{ status: 204 }, duplicate],
    });
    const file = new File(['12 €'], 'prices.txt', { type: 'text/plain' });
    const kept = await provider.attachments.upload(id, file, write);
    expect(kept).to.deep.equal({ id: key, name: 'prices.txt', mediaType: 'text/plain', bytes: 6 });
    expect(service.last('POST').body).to.deep.equal({
      activitymimeattachmentid: key,
      'objectid_email@odata.bind': `/emails(${id})`,
      objecttypecode: 'email',
      subject: 'prices.txt',
      filename: 'prices.txt',
      mimetype: 'text/plain',
      body: 'MTIg4oKs',
    });
    expect(await provider.attachments.upload(id, file, write)).to.deep.equal(kept);
  });

  it('go on where they broke off, unless the service has forgotten them', async () => {
    const { service, provider } = open('email', {
      'POST InitializeAttachmentBlocksUpload': [
        { body: { FileContinuationToken: 't' } },
        { body: { FileContinuationToken: 'again' } },
      ],
      'POST UploadBlock': [
        { status: 204 },
        { status: 502 },
        { status: 400 },
        { status: 204 },
        { status: 204 },
      ],
      'POST CommitAttachmentBlocksUpload': { body: {} },
    });
    const file = new File([new Uint8Array(4_000_000)], 'film.mp4');
    const progress: number[] = [];
    const upload = (one: File): Promise<unknown> =>
      provider.attachments.upload(id, one, {
        ...write,
        onProgress: (done) => void progress.push(done),
      });
    const blocks = (): unknown[] =>
      service.sent
        .filter(({ path }) => path === 'UploadBlock')
        .map(({ body }) => {
          const sent = body as { BlockId: string; FileContinuationToken: string };
          return [sent.FileContinuationToken, Number(atob(sent.BlockId))];
        });
    expect(await codeOf(upload(file))).to.equal('server');
    expect(progress.splice(0)).to.deep.equal([0, 3_145_728]);
    expect(await codeOf(upload(file))).to.equal('validation');
    expect(progress.splice(0)).to.deep.equal([3_145_728]);
    expect(blocks()).to.deep.equal([
      ['t', 0],
      ['t', 1],
      ['t', 1],
    ]);
    await upload(file);
    expect(blocks().slice(3)).to.deep.equal([
      ['again', 0],
      ['again', 1],
    ]);
    expect(progress).to.deep.equal([0, 3_145_728, 4_000_000, 4_000_000]);
  });

  it('go in blocks where they are large, telling how far', async () => {
    const { service, provider } = open('email', {
      'POST InitializeAttachmentBlocksUpload': { body: { FileContinuationToken: 't' } },
      'POST UploadBlock': { status: 204 },
      'POST CommitAttachmentBlocksUpload': { body: {} },
    });
    const progress: number[] = [];
    const file = new File([new Uint8Array(4_000_000)], 'film.mp4');
    const onProgress = (done: number): void => void progress.push(done);
    await provider.attachments.upload(id, file, { ...write, onProgress });
    expect(progress).to.deep.equal([0, 3_145_728, 4_000_000, 4_000_000]);
    const blocks = service.sent.filter(({ path }) => path === 'UploadBlock');
    const ids = blocks.map(({ body }) => (body as { BlockId: string }).BlockId);
    expect(new Set(ids.map(({ length }) => length)).size).to.equal(1);
    expect(service.last('POST Commit').body).to.deep.include({
      BlockList: ids,
      FileContinuationToken: 't',
    });
  });

  it('of a note stand in its own row, and are one', async () => {
    const empty = { annotationid: id };
    const full = { ...empty, filename: 'a.txt', mimetype: 'text/plain', filesize: 1 };
    const { service, provider } = open('note', {
      'GET annotations': [empty, empty, full, full, full, full].map((body) => ({ body })),
      'PATCH annotations': { status: 204 },
    });
    const file = new File(['a'], 'a.txt', { type: 'text/plain' });
    await provider.attachments.upload(id, file, write);
    expect(service.last('PATCH').body).to.deep.equal({
      filename: 'a.txt',
      mimetype: 'text/plain',
      documentbody: 'YQ==',
    });
    expect(await provider.attachments.list(id, call)).to.deep.equal([
      { id, name: 'a.txt', mediaType: 'text/plain', bytes: 1 },
    ]);
    expect(await codeOf(provider.attachments.upload(id, file, write))).to.equal('unsupported');
  });

  it('come back as they were', async () => {
    const { provider } = open('email', {
      'GET activitymimeattachments': { body: { body: 'MTIg4oKs', mimetype: 'text/plain' } },
    });
    const blob = await provider.attachments.download(id, key, call);
    expect([await blob.text(), blob.type]).to.deep.equal(['12 €', 'text/plain']);
  });

  it('are refused for a type that has none', async () => {
    const { provider } = open('task', {});
    expect(await codeOf(provider.attachments.list(id, call))).to.equal('unsupported');
  });
});
