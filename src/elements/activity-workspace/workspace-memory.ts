import type { ReactiveController } from 'lit';
import { isObject, sameJson, type Json } from '../../model/json.js';
import type { ActivityPreferences } from '../../provider/preferences.js';
import { changePreference, readPreference, tellRefused } from '../base/preferences.js';
import type { Arrangement } from '../base/arrangement.js';
import type { ActivityWorkspace } from './activity-workspace.js';
import {
  hasChanged,
  toJson,
  toPersonalViews,
  withView,
  withViewBehind,
  type PersonalView,
} from './personal-views.js';
import {
  DEFAULT_STATE,
  NO_FILTERS,
  WORKSPACE_SHOWS,
  WORKSPACE_VIEWS,
  filtersOf,
  isFiltered,
  toFilters,
  type WorkspaceFilters,
  type WorkspaceState,
} from './workspace-state.js';

const VIEWS = 'workspace.views';
const DEFAULT_VIEW = 'workspace.default-view';
const CURRENT = 'workspace.current';
const CHANGES = 'workspace.changes';

/** Unsaved changes of personal views, by id. */
interface Changes {
  readonly [id: string]: WorkspaceFilters;
}

/** How long the first rows are held back for what was remembered, in milliseconds: so that they are asked for once. */
const PATIENCE = 300;

/**
 * What the workspace remembers of its user: *Show as*, where they were and what they filtered, their own views and which of them is
 * the default. A record's page remembers *Show as* only.
 */
export class WorkspaceMemory implements ReactiveController {
  readonly #host: ActivityWorkspace;
  #preferences: ActivityPreferences | undefined;
  #end: (() => void) | undefined;
  #views: readonly PersonalView[] = [];
  #changes: Changes = {};
  /** Counts what is read and changed of them: an answer that something newer overtook is passed over. */
  #turn = 0;
  #default: string | undefined;
  #isRead = false;
  #isHeld = false;
  #patience: ReturnType<typeof setTimeout> | undefined;
  /** The user chose something before what was remembered came: that counts. */
  #isTouched = false;

  constructor(host: ActivityWorkspace) {
    this.#host = host;
    host.addController(this);
  }

  /** The user's own views, in the order in which they were saved. */
  get views(): readonly PersonalView[] {
    return this.#views;
  }

  /** Name of the built-in view, or id of the own one, that is opened first. */
  get defaultView(): string {
    return this.#chosenDefault ?? DEFAULT_STATE.view;
  }

  /** Undefined: none was chosen, or it was deleted on another device. */
  get #chosenDefault(): string | undefined {
    const name = this.#default;
    return name !== undefined && this.stateOf(name) ? name : undefined;
  }

  /** What was remembered is on its way, and decides what is asked for. */
  get isHeld(): boolean {
    return this.#isHeld;
  }

  get chosen(): PersonalView | undefined {
    return this.find(this.#host.personalView);
  }

  find(id: string | undefined): PersonalView | undefined {
    return this.#views.find((view) => view.id === id);
  }

  /** The chosen view of the user's own is not as it was saved. */
  get hasChanged(): boolean {
    return this.chosen !== undefined && hasChanged(this.chosen, this.#host.state);
  }

  /** What stands unsaved for a view of the user's own. */
  unsaved(id: string): WorkspaceFilters | undefined {
    return this.#changes[id];
  }

  hostUpdate(): void {
    if (!this.#host.isConnected || !this.#host.store) return;
    const { preferences } = this.#host;
    if (preferences === this.#preferences) return;
    this.#follow(preferences);
  }

  hostDisconnected(): void {
    queueMicrotask(() => {
      if (this.#host.isConnected) return;
      this.#end?.();
      this.#end = undefined;
      this.#preferences = undefined;
      clearTimeout(this.#patience);
    });
  }

  #follow(preferences: ActivityPreferences): void {
    this.#end?.();
    this.#preferences = preferences;
    // A host's own may be set late: what they remember counts until the user has chosen something.
    this.#isRead = this.#isTouched;
    this.#end = preferences.subscribe?.((key) => {
      if (key === VIEWS || key === DEFAULT_VIEW) void this.#readViews();
      else if (key === CHANGES) void this.#readChanges();
    });
    // Without a name nothing outlives the page, so there is nothing to wait for.
    if (!this.#isRead && this.#host.store?.provider.name !== undefined) {
      this.#isHeld = true;
      this.#patience = setTimeout(() => this.#release(), PATIENCE);
    }
    void this.#read();
  }

  #release(): void {
    clearTimeout(this.#patience);
    if (!this.#isHeld) return;
    this.#isHeld = false;
    this.#host.requestUpdate();
  }

  get #showKey(): string {
    return this.#host.about ? 'workspace.record-show' : 'workspace.show';
  }

  async #read(): Promise<void> {
    const preferences = this.#preferences;
    if (!preferences) return;
    try {
      const [show, current] = await Promise.all([
        preferences.read(this.#showKey),
        preferences.read(CURRENT),
        this.#readChanges(),
        this.#readViews(),
        this.#host.queue.read(),
        this.#host.proposals.read(),
      ]);
      if (preferences !== this.#preferences) return;
      if (!this.#isRead) this.#restore(show, current);
      this.#isRead = true;
    } catch {
      // A host's store that fails leaves the page as it starts.
    } finally {
      this.#release();
      this.#host.requestUpdate();
    }
  }

  async #readViews(): Promise<void> {
    const preferences = this.#preferences;
    if (!preferences) return;
    const [views, byDefault] = await Promise.all([
      readPreference(preferences, VIEWS),
      readPreference(preferences, DEFAULT_VIEW),
    ]);
    if (preferences !== this.#preferences) return;
    this.#views = toPersonalViews(views);
    this.#default = typeof byDefault === 'string' ? byDefault : undefined;
    this.#host.requestUpdate();
  }

  async #readChanges(): Promise<void> {
    const preferences = this.#preferences;
    if (!preferences) return;
    const turn = ++this.#turn;
    const changes = await readPreference(preferences, CHANGES);
    if (preferences !== this.#preferences || turn !== this.#turn) return;
    this.#changes = toChanges(changes);
    this.#host.requestUpdate();
  }

  /** What the host, the address or the user said by now stays. */
  #restore(show: unknown, current: unknown): void {
    const host = this.#host;
    const { state } = host;
    const restored: { -readonly [key in keyof WorkspaceState]?: WorkspaceState[key] } = {};
    if (host.urlShow === undefined && state.show === DEFAULT_STATE.show) {
      const known = WORKSPACE_SHOWS.find((name) => name === show);
      if (known) restored.show = known;
    }
    const { groupBy } = state;
    const plain = { ...filtersOf(DEFAULT_STATE), groupBy };
    const isPlain = sameJson(filtersOf(state), plain) && !state.personalView;
    if (!host.about && isPlain && !host.hasUrlState && !this.#isTouched) {
      Object.assign(restored, this.#firstView(current), groupBy !== undefined && { groupBy });
    } else if (state.personalView && host.hasUrlState) {
      // An address does not say how columns are laid out; of a view of somebody else's what it means came with it.
      const own = this.stateOf(state.personalView);
      if (own) restored.arrangement = own.arrangement;
      else restored.personalView = undefined;
    }
    if (!this.#isTouched || restored.show === undefined) host.restore(restored);
  }

  /**
   * Where the user was, if something there is not saved or no view was made the default; else the default. What is filtered on a
   * built-in view is saved nowhere.
   */
  #firstView(current: unknown): Partial<WorkspaceState> {
    const kept = isObject(current) ? current : {};
    const filters = toFilters(kept['filters']);
    const id = typeof kept['personalView'] === 'string' ? kept['personalView'] : undefined;
    const view = this.find(id);
    if (filters && (id === undefined || view)) {
      const isUnsaved = view ? hasChanged(view, filters) : isFiltered(filters);
      if (isUnsaved || this.#chosenDefault === undefined) return { ...filters, personalView: id };
    }
    return this.stateOf(this.defaultView) ?? {};
  }

  /** What choosing a view by name or id leads to, with what stands unsaved for it. */
  stateOf(name: string): (WorkspaceFilters & Pick<WorkspaceState, 'personalView'>) | undefined {
    const own = this.find(name);
    if (own) return { ...(this.#changes[own.id] ?? own.filters), personalView: own.id };
    const view = WORKSPACE_VIEWS.find((one) => one === name);
    return view && { ...NO_FILTERS, view, personalView: undefined };
  }

  /** The user chose something. */
  keep(changes: Partial<WorkspaceState>): void {
    this.#isTouched = true;
    if (changes.show !== undefined) void this.#write(this.#showKey, changes.show);
    const { about, state } = this.#host;
    if (about) return;
    void this.#write(
      CURRENT,
      asJson({ filters: filtersOf(state), personalView: state.personalView }),
    );
    const { chosen } = this;
    if (!chosen) return;
    void this.#keepChanges(chosen.id, hasChanged(chosen, state) ? filtersOf(state) : undefined);
  }

  /** As it is seen, where the grid is what shows the activities. */
  get #arrangement(): Arrangement | undefined {
    const { grid, arrangement } = this.#host;
    return arrangement ?? grid?.layoutOfColumns.arrangement;
  }

  /** Saves what is seen under a name; in place of the view that has it. Answers its id, and whether it is kept beyond the page. */
  async save(name: string): Promise<{ readonly id: string; readonly isKept: boolean }> {
    const named = this.#views.find((view) => view.name === name);
    const view: PersonalView = {
      id: named?.id ?? crypto.randomUUID(),
      name,
      filters: { ...filtersOf(this.#host.state), arrangement: this.#arrangement },
    };
    const isKept = await this.#changeViews((views) => withView(views, view));
    void this.#keepChanges(view.id, undefined);
    return { id: view.id, isKept };
  }

  /** Answers, as what follows does, whether it is kept beyond the page; that it is not has been told. */
  async saveChanges(view: PersonalView): Promise<boolean> {
    const filters = filtersOf(this.#host.state);
    const isKept = await this.#changeViews((views) => withView(views, { ...view, filters }));
    void this.#keepChanges(view.id, undefined);
    return isKept;
  }

  async rename(view: PersonalView, name: string): Promise<boolean> {
    return this.#changeViews((views) => withView(views, { ...view, name }));
  }

  /** Answers the way back: to its place, with what stood unsaved for it, and the default where it was that. */
  async remove(view: PersonalView): Promise<() => Promise<void>> {
    const unsaved = this.#changes[view.id];
    const wasDefault = this.#default === view.id;
    let ahead: readonly PersonalView[] = [];
    await this.#changeViews((views) => {
      const at = views.findIndex(({ id }) => id === view.id);
      if (at >= 0) ahead = views.slice(0, at);
      return views.filter(({ id }) => id !== view.id);
    });
    void this.#keepChanges(view.id, undefined);
    if (wasDefault) await this.makeDefault(DEFAULT_STATE.view);
    return async () => {
      await this.#changeViews((views) => withViewBehind(views, view, ahead));
      void this.#keepChanges(view.id, unsaved);
      if (wasDefault && this.#chosenDefault === undefined) await this.makeDefault(view.id);
    };
  }

  async makeDefault(name: string): Promise<boolean> {
    this.#default = name === DEFAULT_STATE.view ? undefined : name;
    this.#host.requestUpdate();
    return this.#write(DEFAULT_VIEW, this.#default);
  }

  /** What stands unsaved for a view; undefined: nothing. What stands for others is left alone, since other tabs write it. */
  async #keepChanges(id: string, filters: WorkspaceFilters | undefined): Promise<void> {
    if (filters === undefined && this.#changes[id] === undefined) return;
    const changed = (changes: Changes): Changes => {
      const { [id]: _, ...others } = changes;
      return filters ? { ...others, [id]: filters } : others;
    };
    this.#turn += 1;
    this.#changes = changed(this.#changes);
    const { preferences } = this.#host;
    await this.#isKept(() =>
      changePreference(preferences, CHANGES, (kept) => asJson(changed(toChanges(kept)))),
    );
  }

  async #changeViews(
    change: (views: readonly PersonalView[]) => readonly PersonalView[],
  ): Promise<boolean> {
    const { preferences } = this.#host;
    const before = this.#views;
    const isKept = await this.#isKept(() =>
      changePreference(preferences, VIEWS, (kept) => {
        this.#views = change(toPersonalViews(kept));
        return toJson(this.#views);
      }),
    );
    if (!isKept) this.#views = change(before);
    this.#host.requestUpdate();
    return isKept;
  }

  async #write(key: string, value: Json | undefined): Promise<boolean> {
    return this.#isKept(() => this.#host.preferences.write(key, value));
  }

  /** Never rejects: what is refused lasts as long as the page, which is said. */
  async #isKept(write: () => Promise<void>): Promise<boolean> {
    try {
      await write();
      return true;
    } catch {
      tellRefused(this.#host);
      return false;
    }
  }
}

function toChanges(kept: unknown): Changes {
  if (!isObject(kept)) return {};
  return Object.fromEntries(
    Object.entries(kept).flatMap(([id, one]) => {
      const filters = toFilters(one);
      return filters ? [[id, filters]] : [];
    }),
  );
}

/** As it is kept: without what is undefined. */
function asJson(value: object): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}
