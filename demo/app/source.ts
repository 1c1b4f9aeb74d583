import type { CallOptions, Capabilities } from 'activity-kit';
import type { ActivityContext } from 'activity-kit/activity-context.js';
import { createJournal } from 'activity-kit/journal.js';
import { createChaosProvider, type ChaosFaults } from 'activity-kit/providers/chaos.js';
import {
  createIndexedDbProvider,
  type IndexedDbProvider,
} from 'activity-kit/providers/indexeddb.js';
import {
  createODataProvider,
  dataverse,
  type ODataDialect,
  type ODataProvider,
} from 'activity-kit/providers/odata.js';
import {
  COMPLAINT,
  SITE_SURVEY,
  TEXT_MESSAGE,
  VIDEO_CALL,
  ownTypes as types,
} from '../data/own-types.js';
import { only } from './dom.js';
import { setting, type Setting } from './settings.js';
import { say } from './texts.js';

/** What the demo's pages are about; users and teams have none. */
export const RECORD_KINDS = ['account', 'contact', 'opportunity'] as const;
export type RecordKind = (typeof RECORD_KINDS)[number];

export function isRecordKind(kind: string | null): kind is RecordKind {
  return (RECORD_KINDS as readonly (string | null)[]).includes(kind);
}

const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const DATABASE = 'activity-kit-demo';

async function seed() {
  // Two thousand activities are only made where a database is new.
  const { createDemoData, lastMorning } = await import('../data/create-demo-data.js');
  return createDemoData({ today: lastMorning(Date.now(), timeZone), timeZone });
}

/** What can be made where a field does not find it. */
const createRecords = ['contact', 'account'];

/** Where the firm's own type stands in its organisation. */
const dialect: ODataDialect = {
  ...dataverse,
  types: {
    ...dataverse.types,
    [SITE_SURVEY]: {
      set: 'contoso_sitesurveys',
      own: 'activity_pointer_contoso_sitesurvey',
      states: {
        open: { code: 0, reasons: { open: 1 } },
        completed: { code: 1, reasons: { completed: 2 } },
        canceled: { code: 2, reasons: { canceled: 3 } },
      },
      fields: {
        condition: {
          column: 'contoso_condition',
          kind: 'number',
          values: { ready: 1, 'to-repair': 2, shell: 3 },
        },
        floorArea: { column: 'contoso_floorarea', kind: 'number' },
      },
    },
  },
};

const source: IndexedDbProvider | ODataProvider = asLicensed(
  setting('source') === 'odata'
    ? createODataProvider({
        url: '/api/data/v9.2/',
        name: `${DATABASE}-odata`,
        dialect,
        types,
        createRecords,
      })
    : createIndexedDbProvider({ name: DATABASE, seed, types, createRecords }),
);

/** What the firm has no licence for, has not switched on, or does elsewhere is not offered, and the page says why. */
function asLicensed<P extends IndexedDbProvider | ODataProvider>(provider: P): P {
  return {
    ...provider,
    capabilities: async (call: CallOptions): Promise<Capabilities> => {
      const own = await provider.capabilities(call);
      return {
        ...own,
        createTypes: {
          ...own.createTypes,
          [TEXT_MESSAGE]: { reason: 'no-licence-or-role', message: say('licence.text-message') },
          [VIDEO_CALL]: { reason: 'not-switched-on' },
          [COMPLAINT]: { reason: 'own-application', message: say('licence.complaint') },
        },
      };
    },
  };
}

/** The source in this browser, where it is the one in use. */
export const embedded = 'exportAll' in source ? source : undefined;

const trouble: { readonly [chaos in Setting<'chaos'>]?: ChaosFaults } = {
  slow: { latency: [400, 1200] },
  rough: { latency: [50, 1500], errors: 0.15, lostAnswers: 0.15, duplicates: 0.3, lag: 0.2 },
};

/** The source as the user asked for it: as it is, or with faults between it and the page. */
function withFaults() {
  const faults = trouble[setting('chaos')];
  if (!faults) return source;
  const chaos = createChaosProvider(source, { faults });
  console.info(`Faults are drawn with seed ${String(chaos.seed)}.`);
  return chaos;
}

/** Where everything on the page comes from. */
export const provider = withFaults();

/** Keeps what is done while the way to the source is broken. To this browser's own there is none, unless faults are asked for. */
export const journal = embedded && provider === source ? undefined : createJournal();

/** The one context around the page. */
export const context = only<ActivityContext>('activity-context');

/** In whose language and zone the provider is asked. */
export function asker(signal?: AbortSignal): CallOptions {
  return { locale: setting('lang'), timeZone, ...(signal && { signal }) };
}

const tabs = new BroadcastChannel(DATABASE);
tabs.onmessage = () => location.reload();

/** Everything that this browser keeps, as one file. Rejects with what the provider says. */
export async function exportData(): Promise<File> {
  if (!embedded) throw new Error();
  return embedded.exportAll(asker());
}

/** Puts what was exported in the place of everything. Rejects with what the provider says; then nothing is changed. */
export async function importData(file: File): Promise<void> {
  await embedded?.importAll(file, asker());
  tabs.postMessage('import');
  location.reload();
}

/** Empties the embedded source; it is filled anew when it is next asked. Rejects where another page does not let go of it. */
export async function resetData(): Promise<void> {
  if ('close' in source) source.close();
  await new Promise<void>((resolve, reject) => {
    const request = indexedDB.deleteDatabase(DATABASE);
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error ?? new Error('blocked'));
    request.onblocked = () => reject(new Error('blocked'));
  });
  tabs.postMessage('reset');
  location.reload();
}
