import { expect } from '@open-wc/testing';
import { deleteDB } from 'idb';
import type { Activity } from '../../../src/model/activity.js';
import {
  createIndexedDbProvider,
  type BrowserStorage,
  type IndexedDbProvider,
  type IndexedDbProviderOptions,
} from '../../../src/provider/indexeddb/indexeddb-provider.js';
import type { ProviderChange, WriteOptions } from '../../../src/provider/provider.js';
import { activities, ana, now, records } from '../sample.js';

const call = { locale: 'en', timeZone: 'UTC' };
const write = (): WriteOptions => ({ ...call, idempotencyKey: crypto.randomUUID() });

describe('What IndexedDB holds, as one file', () => {
  const opened: { readonly name: string; readonly provider: IndexedDbProvider }[] = [];

  function open(options: Partial<IndexedDbProviderOptions> = {}): IndexedDbProvider {
    const name = `archive-${crypto.randomUUID()}`;
    const provider = createIndexedDbProvider({ name, now, ...options });
    opened.push({ name, provider });
    return provider;
  }
  const rowsOf = async (provider: IndexedDbProvider): Promise<readonly Activity[]> =>
    (await provider.query({ sort: [{ field: 'id', direction: 'asc' }] }, call)).rows;
  const withoutVersions = (rows: readonly Activity[]): readonly Activity[] =>
    rows.map(({ version: _version, ...row }) => row);
  const failed = async (work: Promise<unknown>): Promise<{ code: string; message: string }> =>
    work.then(
      () => ({ code: 'none', message: '' }),
      (thrown: unknown) => thrown as { code: string; message: string },
    );

  afterEach(async () => {
    for (const { name, provider } of opened.splice(0)) {
      provider.close();
      await deleteDB(name);
    }
  });

  it('goes out and comes in with activities, records, people and files', async () => {
    const from = open({ seed: { activities, records, user: ana, team: [ana] } });
    const email = await from.create(
      crypto.randomUUID(),
      { type: 'email', subject: '計畫' },
      write(),
    );
    const bytes = Uint8Array.from({ length: 130_000 }, (_, index) => index % 251);
    const made = await from.attachments.upload(email.id, new File([bytes], 'plan.bin'), write());
    const file = await from.exportAll(call);
    expect(file.name).to.equal(`${from.name}.jsonl`);

    for (const keptRows of [5000, 0]) {
      const to = open({ keptRows, seed: { activities: activities.slice(0, 3) } });
      await rowsOf(to);
      const heard: ProviderChange[] = [];
      const end = to.subscribe((change) => heard.push(change));
      await to.importAll(file, call);
      end();
      expect(heard).to.deep.equal([{ kind: 'invalidate' }]);
      const [found, wanted] = [await rowsOf(to), await rowsOf(from)];
      expect(withoutVersions(found)).to.deep.equal(withoutVersions(wanted));
      expect(await to.session(call)).to.deep.include({ user: ana, team: [ana] });
      expect(await to.lookup('', [], call)).to.deep.equal(await from.lookup('', [], call));
      const back = await to.attachments.download(email.id, made.id, call);
      expect(new Uint8Array(await back.arrayBuffer())).to.deep.equal(bytes);
    }
  });

  it('leaves everything as it was where the file is none, broken, or of a newer version', async () => {
    const provider = open({ seed: { activities } });
    const before = await rowsOf(provider);
    const head = '{"format":"activity-kit","version":1}';
    const good = JSON.stringify({ activity: activities[0] });
    for (const [text, words] of [
      ['', /no file of exported/],
      ['<!doctype html>', /no file of exported/],
      ['{"format":"other"}', /no file of exported/],
      [head.replace('1', '2'), /newer version/],
      [`${head}\n${good}\n{"activity":{"subj`, /Line 3/],
      [`${head}\n${good}\n{"activity":{"subject":"No id"}}`, /Line 3/],
      [`${head}\n{"file":["a","b",0],"data":"%"}`, /Line 2/],
    ] as const) {
      const { code, message } = await failed(provider.importAll(new Blob([text]), call));
      expect([code, message]).to.satisfy(([one, said]: string[]) => one === 'validation' && words.test(said ?? ''), text); // prettier-ignore
    }
    expect(await rowsOf(provider)).to.deep.equal(before);
  });

  it('changes no prototype', async () => {
    const provider = open();
    const text =
      '{"format":"activity-kit","version":1}\n{"activity":{"id":"1","type":"task","subject":"A","state":"open","__proto__":{"polluted":true},"fields":{"constructor":{"prototype":{"polluted":true}}}}}';
    await provider.importAll(new Blob([text]), call);
    expect(({} as { polluted?: boolean }).polluted).to.equal(undefined);
    expect((await rowsOf(provider)).map(({ subject }) => subject)).to.deep.equal(['A']);
  });

  it('is kept for good where the browser agrees, asked once something was written', async () => {
    const asked: string[] = [];
    let isKept = false;
    const storage: BrowserStorage = {
      persist: () => {
        asked.push('persist');
        isKept = true;
        return Promise.resolve(true);
      },
      persisted: () => Promise.resolve(isKept),
      estimate: () => Promise.resolve({ usage: 10, quota: 100 }),
    };
    const provider = open({ storage, seed: { activities } });
    const [row] = await rowsOf(provider);
    expect(await provider.storageState()).to.deep.equal({
      persistence: 'best-effort',
      used: 10,
      available: 90,
    });
    expect(asked).to.deep.equal([]);
    for (const priority of ['high', 'low'] as const) {
      await provider.update(row?.id ?? '', { priority }, write());
    }
    expect(await provider.askPersistence()).to.equal('persistent');
    expect(asked).to.deep.equal(['persist']);

    const silent = open({ storage, asksPersistence: false, seed: { activities } });
    await silent.update(row?.id ?? '', { priority: 'high' }, write());
    expect(asked).to.deep.equal(['persist']);
  });

  it('says nothing wrong where the browser says nothing', async () => {
    const refused = (): Promise<never> => Promise.reject(new DOMException('', 'SecurityError'));
    const provider = open({
      storage: { persist: refused, persisted: refused, estimate: refused },
    });
    expect(await provider.storageState()).to.deep.equal({ persistence: 'unknown' });
    expect(await provider.askPersistence()).to.equal('unknown');
  });
});
