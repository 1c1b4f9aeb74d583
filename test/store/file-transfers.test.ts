import { expect } from '@open-wc/testing';
import { failure } from '../../src/provider/failure.js';
import type { ActivityDataProvider, WriteOptions } from '../../src/provider/provider.js';
import { FileTransfers, type FileTarget } from '../../src/store/file-transfers.js';

type Files = NonNullable<ActivityDataProvider['attachments']>;
type Upload = Files['upload'];

const file = (name: string, size = 3): File => new File(['x'.repeat(size)], name);

function target(upload: Upload, attached: string[] = []): FileTarget {
  const files: Files = {
    list: () => Promise.resolve([]),
    download: () => Promise.reject(failure('unsupported')),
    remove: () => Promise.resolve(),
    upload,
  };
  const asker = { locale: 'en', timeZone: 'UTC' };
  return { files, asker, id: 'a', onAttached: ({ name }) => attached.push(name) };
}

const accepts: Upload = (_id, { name, size }) =>
  Promise.resolve({ id: name, name, mediaType: 'text/plain', bytes: size });

const states = (transfers: FileTransfers): string[] =>
  transfers.all.map((one) => `${one.file.name} ${one.state.kind}`);

/** An upload that waits for a word. */
function gate(): { upload: Upload; calls: WriteOptions[]; open: (error?: Error) => void } {
  const calls: WriteOptions[] = [];
  const waiting: ((error?: Error) => void)[] = [];
  return {
    calls,
    upload: (id, one, options) =>
      new Promise((resolve, reject) => {
        calls.push(options);
        waiting.push((error) => (error ? reject(error) : resolve(accepts(id, one, options))));
      }),
    open: (error) => waiting.shift()?.(error),
  };
}

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe('files on their way', () => {
  it('are judged when they come, those that came before included', () => {
    const transfers = new FileTransfers();
    const limits = { perActivity: 2, blockedExtensions: ['exe'] };
    const taken = transfers.add(
      [file('a.txt'), file('b.txt.exe'), file('c.txt', 0), file('d.txt'), file('e.txt')],
      limits,
      0,
    );
    expect(taken.map((one) => one.file.name)).to.deep.equal(['a.txt', 'd.txt']);
    expect(states(transfers)).to.deep.equal([
      'a.txt waiting',
      'b.txt.exe refused',
      'c.txt refused',
      'd.txt waiting',
      'e.txt refused',
    ]);
    transfers.judge({}, 0);
    expect(states(transfers)[4]).to.equal('e.txt waiting');
    expect(transfers.unsent).to.have.length(4);
  });

  it('arrive, two at a time', async () => {
    const transfers = new FileTransfers();
    const { upload, calls, open } = gate();
    const attached: string[] = [];
    transfers.add([file('a'), file('b'), file('c')], {}, 0);
    const sent = transfers.send(target(upload, attached));
    await turn();
    expect(calls).to.have.length(2);
    expect(states(transfers)).to.deep.equal(['a sending', 'b sending', 'c waiting']);
    open();
    await turn();
    expect(calls).to.have.length(3);
    open();
    open();
    expect(await sent).to.equal(true);
    expect(attached).to.have.members(['a', 'b', 'c']);
    expect(transfers.all).to.deep.equal([]);
  });

  it('are kept when they fail, and tried again under the same key', async () => {
    const transfers = new FileTransfers();
    const { upload, calls, open } = gate();
    transfers.add([file('a')], {}, 0);
    const first = transfers.send(target(upload));
    await turn();
    open(failure('network'));
    expect(await first).to.equal(false);
    const [failed] = transfers.all;
    expect(failed?.state).to.deep.equal({
      kind: 'failed',
      error: { code: 'network', message: '' },
    });
    const second = transfers.retry(failed?.key ?? '', target(upload));
    await turn();
    open();
    expect(await second).to.equal(true);
    expect(calls[0]?.idempotencyKey).to.equal(calls[1]?.idempotencyKey);
  });

  it('keep how far they came where the provider goes on from there', async () => {
    const transfers = new FileTransfers();
    const { upload, calls, open } = gate();
    transfers.add([file('a')], {}, 0);
    const there: FileTarget = { ...target(upload), resumes: true };
    const first = transfers.send(there);
    await turn();
    calls[0]?.onProgress?.(2, 3);
    open(failure('network'));
    await first;
    const [failed] = transfers.all;
    const error = { code: 'network', message: '' };
    expect(failed?.state).to.deep.equal({ kind: 'failed', error, done: 2, total: 3 });
    const second = transfers.retry(failed?.key ?? '', there);
    await turn();
    expect(transfers.all[0]?.state).to.deep.equal({ kind: 'sending', done: 2, total: 3 });
    open(failure('forbidden'));
    await second;
    // What is refused is not there, and begins anew.
    expect(transfers.all[0]?.state).not.to.have.property('done');
  });

  it('say how far they are, where that is known', async () => {
    const transfers = new FileTransfers();
    const { upload, calls, open } = gate();
    transfers.add([file('a')], {}, 0);
    const sent = transfers.send(target(upload));
    await turn();
    calls[0]?.onProgress?.(0, 3);
    expect(transfers.all[0]?.state).to.deep.equal({ kind: 'sending', done: 0 });
    calls[0]?.onProgress?.(2, 3);
    expect(transfers.all[0]?.state).to.deep.equal({ kind: 'sending', done: 2, total: 3 });
    open();
    await sent;
  });

  it('can be stopped, also where the provider does not hear of it', async () => {
    const transfers = new FileTransfers();
    const { upload, calls, open } = gate();
    const attached: string[] = [];
    transfers.add([file('a')], {}, 0);
    const sent = transfers.send(target(upload, attached));
    await turn();
    transfers.remove(transfers.all[0]?.key ?? '');
    expect(await sent).to.equal(true);
    expect(calls[0]?.signal?.aborted).to.equal(true);
    expect(transfers.all).to.deep.equal([]);
    // It arrived after all: then it is shown as attached.
    open();
    await turn();
    expect(attached).to.deep.equal(['a']);
  });

  it('are taken up while others are sent', async () => {
    const transfers = new FileTransfers();
    const attached: string[] = [];
    transfers.add([file('a')], {}, 0);
    const first = transfers.send(target(accepts, attached));
    transfers.add([file('b')], {}, 0);
    const second = transfers.send(target(accepts, attached));
    expect(await Promise.all([first, second])).to.deep.equal([true, true]);
    expect(attached).to.deep.equal(['a', 'b']);
  });
});
