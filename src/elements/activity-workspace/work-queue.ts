import { html, nothing, type ReactiveController, type TemplateResult } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import { isClosed, type Activity } from '../../model/activity.js';
import type { Snooze } from '../../model/snooze.js';
import type { Day } from '../../model/time.js';
import { mayMoveTo, type Permission } from '../../provider/may.js';
import { button } from '../../ui/button.js';
import { menuButton } from '../../ui/menu.js';
import { tile } from '../../ui/tile.js';
import type { ActivityWorkspace } from './activity-workspace.js';
import type { Command } from '../base/command.js';
import { ASKED } from '../base/requests.js';
import { moveOf, rescheduleQuestion, tellsOthers } from '../base/reschedule.js';
import { DayPicker } from './day-picker.js';
import { again, fromQueue, isDone, step, toQueue, type Queue } from './queue.js';
import { movable, snoozeItems } from './selection-commands.js';

const QUEUE = 'workspace.queue';
/** Nobody works through more at one go. */
const MOST = 500;

/**
 * Walks the list as it is shown now, one activity at a time, with one key per act. Where it was left, it goes on; what was done
 * meanwhile by somebody else is passed over.
 */
export class WorkQueue implements ReactiveController {
  readonly #host: ActivityWorkspace;
  readonly #panel = createRef<HTMLElement>();
  readonly #day: DayPicker;
  #queue: Queue | undefined;
  #isOpen = false;
  #isGathering = false;
  /** Rows that are gone, or that nobody may see. */
  readonly #gone = new Set<string>();
  /** Where it went back from, while what is before is looked through for what is still open. */
  #backFrom: number | undefined;
  #watched: string | undefined;
  #endWatch: (() => void) | undefined;

  constructor(host: ActivityWorkspace) {
    this.#host = host;
    this.#day = new DayPicker(host);
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#watch(undefined);
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  async read(): Promise<void> {
    if (this.#host.about || this.#queue) return;
    this.#queue = toQueue(await this.#host.preferences.read(QUEUE));
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
    if (this.#isGathering) return;
    this.#isGathering = true;
    const ids = await this.#gather();
    this.#isGathering = false;
    const { words, context } = this.#host;
    if (ids.length === 0) {
      context.announce(words.say('queue.empty'));
      return;
    }
    this.#gone.clear();
    this.#set({ ids, at: 0 });
    this.#show();
  }

  /** The ids of the list in its order, further pages too. */
  async #gather(): Promise<readonly string[]> {
    const { store, asker, question } = this.#host;
    if (!store) return [];
    const sort = question.sort ?? [{ field: 'deadline', direction: 'asc' }];
    const view = store.view({ ...question, sort, page: { size: 100 } }, asker);
    return new Promise((resolve) => {
      const finish = (end: () => void): void => {
        resolve(
          view.rows.filter((row) => !isClosed(row) && row.access !== 'busy').map(({ id }) => id),
        );
        end();
      };
      const look = (): void => {
        if (view.status === 'failed') finish(end);
        else if (view.status === 'ready' && !view.isLoadingMore) {
          if (view.hasMore && view.rows.length < MOST) view.loadMore();
          else finish(end);
        }
      };
      const end = view.subscribe(look);
      look();
    });
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
        [words.say('queue.position', progress.at, progress.of), what, due?.text]
          .filter(Boolean)
          .join(', '),
      );
    } else if (this.#queue && isDone(this.#queue)) context.announce(words.say('queue.done'));
  }

  leave(): void {
    this.#isOpen = false;
    this.#watch(undefined);
    if (this.#queue && isDone(this.#queue)) this.#set(undefined);
    this.#host.requestUpdate();
    void this.#host.updateComplete.then(() => this.#host.focusView());
  }

  /**
   * The one in hand; undefined while it is loaded, or where all are done. What is done with already is passed over, in the direction in
   * which it goes; where nothing open is before, it stays where it was.
   */
  #current(): Activity | undefined {
    const { store, asker } = this.#host;
    for (;;) {
      const queue = this.#queue;
      const id = queue?.ids[queue.at];
      if (!queue || id === undefined || !store) return undefined;
      const row = store.row(id);
      if (row && !isClosed(row)) {
        this.#watch(id);
        this.#backFrom = undefined;
        return row;
      }
      if (!row && !this.#gone.has(id)) {
        this.#gone.add(id);
        store.load(id, asker).then(
          () => {
            this.#gone.delete(id);
            this.#host.requestUpdate();
          },
          () => this.#host.requestUpdate(),
        );
        return undefined;
      }
      const from = this.#backFrom;
      if (from === undefined) this.#queue = step(queue, 1);
      else if (queue.at > 0) this.#queue = step(queue, -1);
      else {
        this.#queue = { ...queue, at: from };
        this.#backFrom = undefined;
      }
    }
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
    if (this.#queue) this.#set(step(this.#queue, by));
    await this.#focus(from);
  }

  async #complete(activity: Activity): Promise<void> {
    const { store } = this.#host;
    if (!store || this.#isRefused(mayMoveTo('completed', activity, store.permissions))) return;
    const done = this.#host.next.complete([activity]);
    await this.#advance(1);
    const { isDone: isCompleted } = await done;
    if (!isCompleted && this.#queue) this.#set(again(this.#queue, activity.id));
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
    const done = isThere
      ? Promise.resolve({ isDone: true })
      : host.requests.update([activity], patch, ASKED);
    await this.#advance(1);
    const { isDone: isSnoozed } = await done;
    if (!isSnoozed && this.#queue) this.#set(again(this.#queue, activity.id));
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
      case 'c':
        return activity && (() => void this.#complete(activity));
      case 's':
        return activity && (() => void this.#snooze(activity, 'tomorrow'));
      case 'o':
        return activity && (() => void this.#host.requests.open(activity));
      case 'enter':
        return activity && event.target === event.currentTarget
          ? () => void this.#host.requests.open(activity)
          : undefined;
      default:
        return undefined;
    }
  }

  render(): TemplateResult | typeof nothing {
    if (!this.#isOpen || !this.#queue) return nothing;
    const { words } = this.#host;
    const activity = this.#current();
    const { progress } = this;
    return html`<section
        ${ref(this.#panel)}
        class="queue"
        part="queue"
        aria-label=${words.say('queue.title')}
        tabindex="-1"
        @keydown=${this.#keydown}
      >
        <div class="queue-head">
          <span class="strong num"
            >${progress ? words.say('queue.position', progress.at, progress.of) : words.say('queue.done')}</span
          >
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
        ${activity ? this.#renderActivity(activity) : nothing}
      </section>
      ${this.#day.render()}`;
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
        ${button({
          label: words.say('queue.back'),
          icon: 'undo',
          iconOnly: host.isNarrow,
          hint: 'B',
          disabled: this.#queue?.at === 0,
          onClick: () => void this.#advance(-1),
        })}
      </div>`;
  }
}
