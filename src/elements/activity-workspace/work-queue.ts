import { html, nothing, type ReactiveController, type TemplateResult } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import { isClosed, type Activity } from '../../model/activity.js';
import type { Snooze } from '../../model/snooze.js';
import type { Day } from '../../model/time.js';
import { toFailure, type ProviderFailure } from '../../provider/failure.js';
import { mayMoveTo, type Permission } from '../../provider/may.js';
import type { ActivityStore } from '../../store/activity-store.js';
import { button } from '../../ui/button.js';
import { menuButton } from '../../ui/menu.js';
import { tile } from '../../ui/tile.js';
import type { ActivityWorkspace } from './activity-workspace.js';
import type { Command } from '../base/command.js';
import { ASKED, type Outcome } from '../base/requests.js';
import { moveOf, rescheduleQuestion, tellsOthers } from '../base/reschedule.js';
import { DayPicker } from './day-picker.js';
import {
  again,
  fromQueue,
  isDone,
  leftOf,
  notPutOff,
  putOff,
  step,
  toQueue,
  type Queue,
} from './queue.js';
import { unfinishedOf, type Unfinished } from './unfinished.js';
import { movable, snoozeItems } from './selection-commands.js';

const QUEUE = 'workspace.queue';
/** For how long a key is not taken for the one that came by itself, in milliseconds. */
const SURPRISE = 600;

const NOTHING_TO_DO: Outcome = { isDone: true, results: [] };
const ignore = (): void => undefined;

/** What keeps from going on. */
interface Trouble {
  readonly error: ProviderFailure;
  readonly retry: () => void;
}

/** An act of this queue that can be taken back, or may turn out to be one. */
interface Act {
  readonly id: string;
  readonly ended: Promise<Outcome>;
  /** It has ended, and can be. */
  readonly isKnown?: boolean;
}

/**
 * Walks the list as it is shown now, one activity at a time, with one key per act. Where it was left, it goes on; what was done
 * meanwhile by somebody else is passed over, and said to be so.
 */
export class WorkQueue implements ReactiveController {
  readonly #host: ActivityWorkspace;
  readonly #panel = createRef<HTMLElement>();
  readonly #day: DayPicker;
  #queue: Queue | undefined;
  /** The one before, until another list is there. */
  #earlier: Queue | undefined;
  #isOpen = false;
  /** The list is being asked for. */
  #gathering: AbortController | undefined;
  #trouble: Trouble | undefined;
  /** What is said of the one in hand, besides what it is. */
  #note = '';
  /** Rows that are gone, or that nobody may see. */
  readonly #gone = new Set<string>();
  readonly #loading = new Set<string>();
  /** What was done here and can be taken back, the last one last. */
  #done: readonly Act[] = [];
  /** One after the other, so that it ends at the one that was taken back last. */
  #undoing = Promise.resolve();
  /** What was acted on here, and how that ended may be known only later. */
  readonly #acted = new Set<string>();
  #heard: ActivityStore | undefined;
  #endHearing: (() => void) | undefined;
  /** Who presses a key means the one that is seen. */
  #drawn: string | undefined;
  #surprise: ReturnType<typeof setTimeout> | undefined;
  #hadFocus = false;
  /** Where it went back from, while what is before is looked through for what is still open. */
  #backFrom: number | undefined;
  #watched: string | undefined;
  /** Of what is in hand, also when it is gone. */
  #subject = '';
  #endWatch: (() => void) | undefined;

  constructor(host: ActivityWorkspace) {
    this.#host = host;
    this.#day = new DayPicker(host);
    host.addController(this);
  }

  hostUpdate(): void {
    if (this.#host.isConnected) this.#hear(this.#host.store);
    this.#hadFocus =
      this.#panel.value?.contains(this.#host.shadowRoot?.activeElement ?? null) ?? false;
  }

  /** Its buttons go while the next one is loaded, and with them the focus, without which no key works. */
  hostUpdated(): void {
    if (this.#hadFocus && !this.#host.shadowRoot?.activeElement) this.#panel.value?.focus();
  }

  hostDisconnected(): void {
    this.#gathering?.abort();
    this.#gathering = undefined;
    this.#watch(undefined);
    this.#hear(undefined);
    clearTimeout(this.#surprise);
    this.#surprise = undefined;
  }

  /** Of what was kept back for its undo, or saved here, how it ended. */
  #hear(store: ActivityStore | undefined): void {
    if (store === this.#heard) return;
    this.#endHearing?.();
    this.#heard = store;
    this.#acted.clear();
    this.#endHearing = store?.writer.onLate(({ key, state }) => {
      const id = store.row(key)?.id;
      if (state === 'refused' && id !== undefined && this.#acted.delete(id)) this.#comesAgain(id);
    });
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  async read(): Promise<void> {
    const { about, preferences } = this.#host;
    if (about || this.#queue) return;
    const kept = toQueue(await preferences.read(QUEUE));
    // Begun meanwhile, or by now the host keeps it elsewhere.
    if (!this.#queue && !this.#gathering && preferences === this.#host.preferences)
      this.#queue = kept;
  }

  /** Begin, or go on; nothing while it is open. */
  commands(): Command[] {
    const { words } = this.#host;
    if (this.#isOpen) return [];
    const start: Command = {
      label: words.say('queue.start'),
      icon: 'forward',
      onSelect: () => void this.start(),
    };
    const { progress } = this;
    if (!this.#queue || !progress) return [start];
    return [
      {
        label: words.say('queue.continue', progress.at, progress.of),
        icon: 'forward',
        onSelect: () => this.#show(),
      },
      { ...start, label: words.say('queue.restart'), icon: 'repeat' },
    ];
  }

  get progress(): { readonly at: number; readonly of: number } | undefined {
    const queue = this.#queue;
    return queue && !isDone(queue) ? { at: queue.at + 1, of: queue.ids.length } : undefined;
  }

  /** Id of the one in hand. */
  get current(): string | undefined {
    return this.#isOpen ? this.#queue?.ids[this.#queue.at] : undefined;
  }

  async start(): Promise<void> {
    this.#gathering?.abort();
    const gathering = (this.#gathering = new AbortController());
    this.#earlier ??= this.#queue;
    this.#queue = undefined;
    this.#trouble = undefined;
    this.#note = '';
    this.#done = [];
    this.#gone.clear();
    this.#show();
    const { question, words, context } = this.#host;
    let found: Unfinished;
    try {
      found = await unfinishedOf(this.#host, question, gathering.signal);
    } catch (thrown) {
      if (gathering.signal.aborted) return;
      this.#gathering = undefined;
      this.#trouble = { error: toFailure(thrown), retry: () => void this.start() };
      this.#host.requestUpdate();
      return;
    }
    if (gathering.signal.aborted) return;
    // The list is another by now.
    if (question !== this.#host.question) return this.start();
    this.#gathering = undefined;
    if (found.ids.length === 0) {
      this.leave();
      context.notify({ kind: 'done', text: words.say('queue.empty') });
      return;
    }
    this.#earlier = undefined;
    if (found.isCut) this.#note = words.say('queue.cut', found.ids.length);
    this.#set({ ids: found.ids, at: 0 });
    await this.#focus();
  }

  #set(queue: Queue | undefined): void {
    this.#queue = queue;
    if (!this.#host.about) {
      const kept = queue && !isDone(queue) ? fromQueue(queue) : undefined;
      void this.#host.preferences.write(QUEUE, kept).catch(() => undefined);
    }
    this.#host.requestUpdate();
  }

  #show(): void {
    this.#isOpen = true;
    this.#host.requestUpdate();
    void this.#focus();
  }

  /** The keys work where the focus is: on the panel, which does not go with its buttons. */
  async #focus(backFrom?: number): Promise<void> {
    await this.#host.updateComplete;
    this.#panel.value?.focus();
    this.#announce(backFrom !== undefined && backFrom === this.#queue?.at);
  }

  #announce(hasStayed: boolean): void {
    const { words, context } = this.#host;
    const activity = this.#current();
    const { progress } = this;
    if (activity && progress) {
      if (hasStayed) {
        context.announce(words.say('queue.first'));
        return;
      }
      const due = words.due(activity, this.#host.typeOf(activity));
      const what = activity.subject || words.say('record.untitled');
      context.announce(
        [this.#note, words.say('queue.position', progress.at, progress.of), what, due?.text]
          .filter(Boolean)
          .join(', '),
      );
    } else if (this.#queue && isDone(this.#queue)) context.announce(words.say('queue.done'));
  }

  /** What is still to be done comes again, when the list was gone through to its end. */
  leave(): void {
    this.#isOpen = false;
    this.#gathering?.abort();
    this.#gathering = undefined;
    this.#trouble = undefined;
    this.#note = '';
    this.#watch(undefined);
    this.#queue ??= this.#earlier;
    this.#earlier = undefined;
    if (this.#queue && isDone(this.#queue)) this.#set(this.#left);
    this.#host.requestUpdate();
    void this.#host.focusView();
  }

  /** What was passed over, or taken back, as a queue of its own; undefined: nothing. */
  get #left(): Queue | undefined {
    const { store } = this.#host;
    const ids = leftOf(this.#queue).filter((id) => {
      const row = store?.row(id);
      return row && !isClosed(row);
    });
    return ids.length > 0 ? { ids, at: 0 } : undefined;
  }

  /**
   * The one in hand; undefined while it is loaded, or where all are done. What is done with already is passed over, in the direction in
   * which it goes; where nothing open is before, it stays where it was.
   */
  #current(): Activity | undefined {
    const { store } = this.#host;
    for (;;) {
      const queue = this.#queue;
      const id = queue?.ids[queue.at];
      if (!queue || id === undefined || !store || this.#trouble) return undefined;
      const row = store.row(id);
      if (row && !isClosed(row)) {
        this.#watch(id);
        this.#subject = row.subject;
        this.#backFrom = undefined;
        return row;
      }
      if (!row && !this.#gone.has(id)) {
        this.#load(id);
        return undefined;
      }
      if (id === this.#watched) this.#surpriseBy();
      const from = this.#backFrom;
      if (from === undefined) this.#queue = step(queue, 1);
      else if (queue.at > 0) this.#queue = step(queue, -1);
      else {
        this.#queue = { ...queue, at: from };
        this.#backFrom = undefined;
      }
    }
  }

  /** Only what the source says is not there is passed over. */
  #load(id: string): void {
    const { store, asker } = this.#host;
    if (!store || this.#loading.has(id)) return;
    this.#loading.add(id);
    void store
      .load(id, asker)
      .catch((thrown: unknown) => {
        const error = toFailure(thrown);
        if (error.code === 'not-found' || error.code === 'forbidden') this.#gone.add(id);
        else this.#trouble = { error, retry: () => this.#goOn() };
      })
      .finally(() => {
        this.#loading.delete(id);
        this.#host.requestUpdate();
      });
  }

  #goOn(): void {
    this.#trouble = undefined;
    this.#host.requestUpdate();
    void this.#focus();
  }

  /** Somebody else has done what is in hand, or deleted it: the next one is said to be another, before a key means it. */
  #surpriseBy(): void {
    const { words } = this.#host;
    this.#watch(undefined);
    this.#note = words.say('queue.passed', this.#subject || words.say('record.untitled'));
    clearTimeout(this.#surprise);
    this.#surprise = setTimeout(() => (this.#surprise = undefined), SURPRISE);
    queueMicrotask(() => {
      this.#set(this.#queue);
      this.#announce(false);
    });
  }

  #watch(id: string | undefined): void {
    if (id === this.#watched) return;
    this.#endWatch?.();
    this.#watched = id;
    const { store } = this.#host;
    this.#endWatch =
      id === undefined ? undefined : store?.watchRow(id, () => this.#host.requestUpdate());
  }

  async #advance(by: 1 | -1): Promise<void> {
    const from = by < 0 ? this.#queue?.at : undefined;
    this.#backFrom = from;
    this.#note = '';
    this.#watch(undefined);
    if (this.#queue) this.#set(step(this.#queue, by));
    await this.#focus(from);
  }

  async #complete(activity: Activity): Promise<void> {
    const { store } = this.#host;
    if (!store || this.#isRefused(mayMoveTo('completed', activity, store.permissions))) return;
    await this.#act(activity, this.#host.next.complete([activity]));
  }

  /** Goes on at once; what could not be done comes again at the end. `isPutOff`: it is still to be done, but not now. */
  async #act(activity: Activity, act: Promise<Outcome>, isPutOff = false): Promise<void> {
    const { id } = activity;
    if (isPutOff && this.#queue) this.#queue = putOff(this.#queue, id);
    // Whoever takes it back at once does not mean the one before.
    const done: Act = { id, ended: act };
    this.#done = [...this.#done, done];
    await this.#advance(1);
    const { isDone: isWhole, undo } = await act;
    if (isWhole) this.#acted.add(id);
    else this.#comesAgain(id);
    const known = undo ? [{ ...done, isKnown: true }] : [];
    this.#done = this.#done.flatMap((one) => (one === done ? known : one));
    this.#host.requestUpdate();
  }

  /** What could not be done stands in the queue, also where that was left meanwhile, and was through. */
  #comesAgain(id: string): void {
    const queue = again(this.#queue ?? this.#earlier ?? { ids: [], at: 0 }, id);
    if (this.#gathering) this.#earlier = queue;
    else this.#set(queue);
  }

  /** Takes back what was done last here, once that has ended, and goes back to it. */
  #undo(): void {
    const last = this.#done.at(-1);
    if (!last) return;
    this.#done = this.#done.slice(0, -1);
    this.#undoing = this.#undoing.then(() => this.#takeBack(last));
  }

  async #takeBack(last: Act): Promise<void> {
    const { undo } = await last.ended;
    if (!undo) return;
    await undo();
    this.#acted.delete(last.id);
    const at = this.#queue?.ids.indexOf(last.id) ?? -1;
    if (!this.#queue || at < 0) return;
    this.#note = '';
    this.#watch(undefined);
    this.#set({ ...notPutOff(this.#queue, last.id), at });
    await this.#focus();
  }

  /** Says why not: a key has no button that would. */
  #isRefused(permission: Permission): boolean {
    if (permission === true) return false;
    const { words, context } = this.#host;
    context.announce(words.say('announce.refused', words.refusal(permission)));
    return true;
  }

  /** To another day; others who hear of it are named first. */
  async #snooze(activity: Activity, to: Snooze | Day): Promise<void> {
    const host = this.#host;
    if (this.#isRefused(movable(host)(activity))) return;
    const patch = moveOf(host, activity, to);
    const isThere = Object.keys(patch).length === 0;
    if (isThere && tellsOthers(host, activity)) {
      host.context.announce(host.words.say('queue.on-that-day'));
      return;
    }
    const question = rescheduleQuestion(host, [activity], to);
    if (question && !(await host.context.ask(question))) return;
    const act = isThere
      ? Promise.resolve(NOTHING_TO_DO)
      : host.requests.update([activity], patch, ASKED);
    await this.#act(activity, act, true);
  }

  readonly #keydown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const activity = this.#current();
    const act = this.#actOf(event, activity);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };

  #actOf(event: KeyboardEvent, activity: Activity | undefined): (() => void) | undefined {
    if (event.key === 'Escape') return () => this.leave();
    switch (event.key.toLowerCase()) {
      case 'k':
        return () => void this.#advance(1);
      case 'b':
        return () => void this.#advance(-1);
      case 'u':
        return event.repeat ? ignore : () => this.#undo();
      case 'c':
        return this.#meant(event, activity, (one) => void this.#complete(one));
      case 's':
        return this.#meant(event, activity, (one) => void this.#snooze(one, 'tomorrow'));
      case 'o':
        return this.#meant(event, activity, (one) => void this.#host.requests.open(one));
      case 'enter':
        return event.target === event.currentTarget
          ? this.#meant(event, activity, (one) => void this.#host.requests.open(one))
          : undefined;
      default:
        return undefined;
    }
  }

  /** A key means what is seen: one that is held down, or was on its way when another came by itself, does nothing. */
  #meant(
    { repeat }: KeyboardEvent,
    activity: Activity | undefined,
    act: (activity: Activity) => void,
  ): (() => void) | undefined {
    if (!activity) return undefined;
    const isSeen = activity.id === this.#drawn && this.#surprise === undefined;
    return repeat || !isSeen ? ignore : () => act(activity);
  }

  render(): TemplateResult | typeof nothing {
    if (!this.#isOpen) return nothing;
    const { words } = this.#host;
    const activity = this.#current();
    this.#drawn = activity?.id;
    const { progress } = this;
    return html`<section
        ${ref(this.#panel)}
        class="queue"
        part="queue"
        aria-label=${words.say('queue.title')}
        aria-busy=${String(this.#gathering !== undefined)}
        tabindex="-1"
        @keydown=${this.#keydown}
      >
        <div class="queue-head">
          <span class="strong num">${this.#title}</span>
          <span class="small quiet queue-keys"
            >${progress ? words.say('queue.keys') : nothing}</span
          >
          ${button({
            label: words.say('queue.leave'),
            icon: 'close',
            iconOnly: true,
            small: true,
            hint: 'Esc',
            onClick: () => this.leave(),
          })}
        </div>
        ${this.#note ? html`<span class="small quiet" dir="auto">${this.#note}</span>` : nothing}
        ${this.#trouble ? this.#renderTrouble(this.#trouble) : activity ? this.#renderActivity(activity) : this.#renderEnd()}
      </section>
      ${this.#day.render()}`;
  }

  get #title(): string {
    const { words } = this.#host;
    const { progress } = this;
    if (progress) return words.say('queue.position', progress.at, progress.of);
    if (this.#gathering) return words.say('loading.activities');
    return words.say(this.#queue ? 'queue.done' : 'queue.title');
  }

  #renderTrouble({ error, retry }: Trouble): TemplateResult {
    const { words } = this.#host;
    return html`<div class="queue-acts">
      <span class="overdue">${words.failure(error)}</span>
      ${button({ label: words.say('action.retry'), kind: 'outline', onClick: retry })}
    </div>`;
  }

  /** Through with it: what can still be done. */
  #renderEnd(): TemplateResult | typeof nothing {
    if (!this.#queue || !isDone(this.#queue)) return nothing;
    const { words } = this.#host;
    const left = this.#left;
    return html`<div class="queue-acts" role="group" aria-label=${words.say('grid.acts')}>
      ${
        left
          ? button({
              label: words.say('queue.left', left.ids.length),
              icon: 'repeat',
              kind: 'primary',
              onClick: () => {
                this.#set(left);
                void this.#focus();
              },
            })
          : nothing
      }
      ${this.#undoButton()} ${this.#backButton()}
    </div>`;
  }

  #undoButton(): TemplateResult | typeof nothing {
    const host = this.#host;
    return this.#done.some(({ isKnown }) => isKnown)
      ? button({
          label: host.words.say('action.undo'),
          icon: 'undo',
          iconOnly: host.isNarrow,
          hint: 'U',
          onClick: () => this.#undo(),
        })
      : nothing;
  }

  #backButton(): TemplateResult {
    const host = this.#host;
    return button({
      label: host.words.say('queue.back'),
      icon: 'chevron-left',
      iconOnly: host.isNarrow,
      hint: 'B',
      disabled: this.#queue?.at === 0,
      onClick: () => void this.#advance(-1),
    });
  }

  #renderActivity(activity: Activity): TemplateResult {
    const host = this.#host;
    const { words, store } = host;
    const type = host.typeOf(activity);
    const due = words.due(activity, type);
    const may = store ? mayMoveTo('completed', activity, store.permissions) : true;
    const mayMove = movable(host)(activity);
    const move = words.say(tellsOthers(host, activity) ? 'action.reschedule' : 'queue.snooze-menu');
    return html`<div class="queue-item">
        ${tile(type)}
        <div class="queue-words">
          <span class="strong clip" dir="auto"
            >${activity.subject || words.say('record.untitled')}</span
          >
          <span class="small quiet clip"
            ><bdi
              >${[
                words.typeName(type),
                activity.regarding
                  ? words.recordName(activity.regarding)
                  : words.say('record.personal'),
              ].join(' · ')}</bdi
            ></span
          >
        </div>
        ${due ? html`<span class=${due.late ? 'overdue' : 'num'} title=${due.title}>${due.text}</span>` : nothing}
      </div>
      <div class="queue-acts" role="group" aria-label=${words.say('grid.acts')}>
        ${button({
          label: words.say('action.complete'),
          icon: 'complete',
          kind: 'primary',
          hint: 'C',
          disabled: may !== true,
          why: may === true ? undefined : words.refusal(may),
          onClick: () => void this.#complete(activity),
        })}
        ${menuButton(host.menu, {
          label: move,
          icon: 'snooze',
          hint: 'S',
          disabled: mayMove !== true,
          why: mayMove === true ? undefined : words.refusal(mayMove),
          groups: [
            {
              items: [
                ...snoozeItems(host, (to) => void this.#snooze(activity, to)),
                {
                  label: words.say('grid.snooze-day'),
                  icon: 'calendar',
                  onSelect: () =>
                    this.#day.open(move, (day) => {
                      void this.#snooze(activity, day);
                    }),
                },
              ],
            },
          ],
        })}
        ${
          host.context.canOpen
            ? button({
                label: words.say('action.open'),
                icon: 'open',
                hint: 'O',
                onClick: () => void host.requests.open(activity),
              })
            : nothing
        }
        ${button({
          label: words.say('queue.skip'),
          icon: 'forward',
          hint: 'K',
          onClick: () => void this.#advance(1),
        })}
        ${this.#backButton()} ${this.#undoButton()}
      </div>`;
  }
}
