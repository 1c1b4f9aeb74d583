import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { Localizer } from '../../i18n/localizer.js';
import type { Json } from '../../model/json.js';
import type { ActivityPreferences, PreferenceChange } from '../../provider/preferences.js';
import type { ActivityStore } from '../../store/activity-store.js';
import type { Asker } from '../../store/activity-view.js';
import type { ActivityContextValue } from './context.js';
import { HeldPreferences, withLeft, type PreferencesOwner } from './held-preferences.js';

type Key = [provider: string, user: string, key: string];
interface PreferencesDatabase extends DBSchema {
  preferences: { key: Key; value: Json };
}

const DATABASE = 'activity-kit.preferences';
/** An open database keeps alive whoever opened it, in milliseconds: so long after the last call it is let go. */
const KEPT_OPEN = 5000;

/** Kept on this device, in IndexedDB, each write on the disk before it is acknowledged. */
export class DevicePreferences implements ActivityPreferences {
  /** Called once, when this browser first refuses to keep what is written; it then lasts as long as the page. */
  onRefused: (() => void) | undefined;
  readonly #ask: () => Promise<PreferencesOwner | undefined>;
  readonly #listeners = new Set<(key: string) => void>();
  /** What could not be kept, newer than what is on the device; undefined: removed. */
  readonly #unkept = new Map<string, Json | undefined>();
  /** What was last seen on the device. */
  readonly #seen = new Map<string, Json | undefined>();
  readonly #held = new HeldPreferences((key) => this.#seen.get(key));
  #madeUp: Promise<void> = Promise.resolve();
  #opening: Promise<IDBPDatabase<PreferencesDatabase>> | undefined;
  #running = 0;
  #idle: ReturnType<typeof setTimeout> | undefined;
  #channel: BroadcastChannel | undefined;

  /** `owner` is asked at each call: who the user is may be learnt late. */
  constructor(owner: () => Promise<PreferencesOwner | undefined>) {
    this.#ask = owner;
  }

  /** Who it is now; fulfilled when what pages of theirs went without is made up for. */
  async #owner(): Promise<PreferencesOwner | undefined> {
    const owner = await this.#ask();
    const last = this.#held.owner;
    if (owner && (owner.provider !== last?.provider || owner.user !== last.user)) {
      this.#seen.clear();
      this.#held.owner = owner;
      const made = this.#held.makeUp(owner, async (left) => {
        const key: Key = [owner.provider, owner.user, left.key];
        await this.#run((db) => changeKept(db, key, (value) => withLeft(left, value)));
      });
      this.#madeUp = made.catch(() => undefined);
    }
    await this.#madeUp;
    return owner;
  }

  /** The next page makes up for it. */
  hold(key: string, change: PreferenceChange): () => void {
    return this.#held.hold(key, change);
  }

  async read(key: string): Promise<Json | undefined> {
    const owner = await this.#owner();
    if (this.#unkept.has(key)) return this.#unkept.get(key);
    if (!owner) return undefined;
    try {
      const value = await this.#run((db) =>
        db.get('preferences', [owner.provider, owner.user, key]),
      );
      this.#seen.set(key, value);
      return value;
    } catch {
      // What cannot be read cannot be written either, and that is told.
      return undefined;
    }
  }

  async write(key: string, value: Json | undefined): Promise<void> {
    const end = this.#held.hold(key, () => value, true);
    try {
      await this.#keep(key, value);
    } finally {
      end();
    }
    this.#tell(key);
  }

  async #keep(key: string, value: Json | undefined): Promise<void> {
    const owner = await this.#owner();
    if (!owner) {
      this.#unkept.set(key, value);
      return;
    }
    try {
      await this.#run((db) => changeKept(db, [owner.provider, owner.user, key], () => value));
      this.#unkept.delete(key);
      this.#seen.set(key, value);
    } catch {
      this.#unkept.set(key, value);
      this.#refuse();
    }
  }

  async forget(): Promise<void> {
    const owner = await this.#owner();
    const keys = new Set(this.#unkept.keys());
    this.#unkept.clear();
    this.#seen.clear();
    if (owner) this.#held.forget(owner);
    // Rejects where it cannot: nobody is told that something is gone which is not.
    if (owner) for (const key of await this.#run((db) => removeAll(db, owner))) keys.add(key);
    for (const key of keys) this.#tell(key);
  }

  subscribe(listener: (key: string) => void): () => void {
    this.#listeners.add(listener);
    if (!this.#channel && typeof BroadcastChannel === 'function') {
      this.#channel = new BroadcastChannel(DATABASE);
      this.#channel.onmessage = ({ data }: MessageEvent<Key>) => void this.#hear(data);
    }
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      this.#channel?.close();
      this.#channel = undefined;
    };
  }

  async #hear([provider, user, key]: Key): Promise<void> {
    const owner = await this.#owner();
    if (owner?.provider !== provider || owner.user !== user) return;
    for (const listener of [...this.#listeners]) listener(key);
  }

  #tell(key: string): void {
    for (const listener of [...this.#listeners]) listener(key);
    void this.#owner().then((owner) => {
      if (!owner || typeof BroadcastChannel !== 'function') return;
      const channel = this.#channel ?? new BroadcastChannel(DATABASE);
      channel.postMessage([owner.provider, owner.user, key] satisfies Key);
      if (channel !== this.#channel) channel.close();
    });
  }

  #refuse(): void {
    this.onRefused?.();
    this.onRefused = undefined;
  }

  async #run<T>(work: (db: IDBPDatabase<PreferencesDatabase>) => Promise<T>): Promise<T> {
    this.#running += 1;
    try {
      return await this.#runTwice(work);
    } finally {
      this.#running -= 1;
      const opening = this.#opening;
      clearTimeout(this.#idle);
      this.#idle = setTimeout(() => {
        if (this.#running === 0 && opening) this.#close(opening);
      }, KEPT_OPEN);
    }
  }

  /** Once more on a new connection: the browser closes one at will. */
  async #runTwice<T>(work: (db: IDBPDatabase<PreferencesDatabase>) => Promise<T>): Promise<T> {
    const opening = (this.#opening ??= this.#open());
    try {
      return await work(await opening);
    } catch {
      if (this.#opening === opening) this.#opening = undefined;
      void opening.then((db) => db.close()).catch(() => undefined);
      return work(await (this.#opening ??= this.#open()));
    }
  }

  #open(): Promise<IDBPDatabase<PreferencesDatabase>> {
    const opening: Promise<IDBPDatabase<PreferencesDatabase>> = openDB<PreferencesDatabase>(
      DATABASE,
      1,
      {
        upgrade: (db) => void db.createObjectStore('preferences'),
        blocking: () => this.#close(opening),
        terminated: () => this.#close(opening),
      },
    );
    opening.catch(() => {
      if (this.#opening === opening) this.#opening = undefined;
    });
    return opening;
  }

  #close(opening: Promise<IDBPDatabase<PreferencesDatabase>>): void {
    if (this.#opening === opening) this.#opening = undefined;
    void opening.then((db) => db.close()).catch(() => undefined);
  }
}

async function changeKept(
  db: IDBPDatabase<PreferencesDatabase>,
  key: Key,
  change: PreferenceChange,
): Promise<void> {
  const transaction = db.transaction('preferences', 'readwrite', { durability: 'strict' });
  const value = change(await transaction.store.get(key));
  if (value === undefined) await transaction.store.delete(key);
  else await transaction.store.put(value, key);
  await transaction.done;
}

async function removeAll(
  db: IDBPDatabase<PreferencesDatabase>,
  { provider, user }: PreferencesOwner,
): Promise<string[]> {
  const transaction = db.transaction('preferences', 'readwrite', { durability: 'strict' });
  // An empty list sorts behind every text.
  const all = IDBKeyRange.bound([provider, user], [provider, user, []]);
  const keys = await transaction.store.getAllKeys(all);
  await transaction.store.delete(all);
  await transaction.done;
  return keys.map(([, , key]) => key);
}

/** As long as the page lives. */
export function memoryPreferences(): ActivityPreferences {
  return new DevicePreferences(() => Promise.resolve(undefined));
}

/** Who asks, and who tells: the last element that wanted them, since the first may be long gone. */
interface DeviceUser {
  readonly asker: () => Asker;
  readonly onRefused: () => void;
}

const devices = new WeakMap<ActivityStore, { device: DevicePreferences; user: DeviceUser }>();

/**
 * The preferences of a store's user on this device. A provider without a name, or one that does not say who the user is, keeps
 * them as long as the page: under no name, two applications of one origin would share them.
 */
export function devicePreferences(store: ActivityStore, user: DeviceUser): ActivityPreferences {
  const known = devices.get(store);
  if (known) {
    known.user = user;
    return known.device;
  }
  const device = new DevicePreferences(async () => {
    // Whoever asks for rows tells why there is no session.
    await store.ready(made.user.asker()).catch(() => undefined);
    const provider = store.provider.name;
    const id = store.session.user?.id;
    return provider === undefined || id === undefined ? undefined : { provider, user: id };
  });
  const made = { device, user };
  device.onRefused = () => tellOnce(() => made.user.onRefused());
  devices.set(store, made);
  return device;
}

let isTold = false;

/** One page, one browser: the next store is refused for the same reason. */
function tellOnce(tell: () => void): void {
  if (isTold) return;
  isTold = true;
  tell();
}

/** What an element needs of itself to keep something of its user's. */
export interface PreferencesHost {
  readonly preferences: ActivityPreferences;
  readonly context: Pick<ActivityContextValue, 'notify'>;
  readonly words: Localizer;
}

/** The last change of each key that this page has begun and that is not kept yet. */
const changing = new Map<string, Promise<void>>();

/**
 * What was kept, changes that this page has begun among it; undefined also where a host's or a provider's preferences fail, so that the
 * element stands as it does at first.
 */
export async function readPreference(
  preferences: ActivityPreferences,
  key: string,
): Promise<Json | undefined> {
  try {
    await changing.get(key)?.catch(() => undefined);
    return await preferences.read(key);
  } catch {
    return undefined;
  }
}

/** Keeps it, or says that it lasts as long as the page. Never rejects. */
export async function writePreference(
  host: PreferencesHost,
  key: string,
  value: Json | undefined,
): Promise<void> {
  try {
    await host.preferences.write(key, value);
  } catch {
    tellRefused(host);
  }
}

/** In one notice, however much of it there is. */
export function tellRefused({ context, words }: Omit<PreferencesHost, 'preferences'>): void {
  context.notify({ kind: 'error', text: words.say('preferences.refused'), topic: 'preferences' });
}

/** Changes of one key are made one after the other, also those of other tabs, so that none is lost. */
export async function changePreference(
  preferences: ActivityPreferences,
  key: string,
  change: PreferenceChange,
): Promise<void> {
  const end = preferences.hold?.(key, change);
  const work = async (): Promise<void> =>
    preferences.write(key, change(await preferences.read(key)));
  const hasLocks = typeof navigator === 'object' && 'locks' in navigator;
  const changed = hasLocks
    ? navigator.locks.request(`${DATABASE} ${key}`, work)
    : (changing.get(key) ?? Promise.resolve()).then(work, work);
  changing.set(key, changed);
  try {
    await changed;
  } finally {
    end?.();
    if (changing.get(key) === changed) changing.delete(key);
  }
}
