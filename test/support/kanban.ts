import { html } from '@open-wc/testing';
import { sendMouse } from '@web/test-runner-commands';
import '../../src/define/activity-context.js';
import '../../src/define/activity-kanban.js';
import type { ActivityKanban } from '../../src/elements/activity-kanban/activity-kanban.js';
import { deepActiveElement } from '../../src/ui/deep-focus.js';
import { inContext } from './fixtures.js';
import { Heard } from './heard.js';
import { waitUntil } from './until.js';

/** Those that a user has: neither what a drag holds on to nor the copy that SortableJS hides. */
const CARDS = 'li:not([aria-hidden=true], .sortable-fallback) article';

/** A board as a user has it: lanes by their names, cards by their subjects. */
export class Board {
  readonly element: ActivityKanban;
  readonly context: HTMLElement;
  readonly #heard: Heard;

  constructor(context: HTMLElement) {
    const element = context.querySelector('activity-kanban');
    if (!element) throw new Error('no board');
    this.context = context;
    this.element = element;
    this.#heard = new Heard(context.shadowRoot);
  }

  get root(): ShadowRoot {
    const root = this.element.shadowRoot;
    if (!root) throw new Error('the board is not drawn');
    return root;
  }

  all(selector: string): HTMLElement[] {
    return [...this.root.querySelectorAll<HTMLElement>(selector)];
  }

  find(selector: string): HTMLElement {
    const [found] = this.all(selector);
    if (!found) throw new Error(`no ${selector}`);
    return found;
  }

  /** Names of the lanes as a screen reader says them: "Open, 2 of 2". */
  get headings(): string[] {
    return this.all('h3 .visually-hidden').map(textOf);
  }

  lane(name: string): HTMLElement {
    const lane = this.all('section').find((one) =>
      textOf(one.querySelector('h3')).startsWith(name),
    );
    if (!lane) throw new Error(`no lane ${name}`);
    return lane;
  }

  /** Subjects of the cards in a lane, from above. */
  cards(name: string): (string | null)[] {
    const cards = this.lane(name).querySelectorAll(CARDS);
    return [...cards].map((card) => card.getAttribute('aria-label'));
  }

  card(subject: string): HTMLElement {
    const cards = this.all(CARDS);
    const card = cards.find((one) => one.getAttribute('aria-label') === subject);
    if (!card) throw new Error(`no card ${subject}`);
    return card;
  }

  /** Resolves when a card stands in a lane. */
  async hasMoved(subject: string, lane: string): Promise<void> {
    await waitUntil(() => this.cards(lane).includes(subject), `${subject} in ${lane}`);
  }

  /** The subject of the card that has the focus, itself or by something in it. */
  get focused(): string | null | undefined {
    return deepActiveElement()?.closest('article')?.getAttribute('aria-label');
  }

  async openMenu(subject: string): Promise<void> {
    const button = this.card(subject).querySelector<HTMLElement>('[part~=more]');
    button?.click();
    await waitUntil(() => this.menuItems.length > 0, 'menu is open');
  }

  get menuItems(): HTMLElement[] {
    return this.all('[role=menu] :is([role=menuitem], [role=menuitemcheckbox])');
  }

  menuItem(label: string): HTMLElement {
    const item = this.menuItems.find((one) => one.dataset['label'] === label);
    if (!item) throw new Error(`no ${label} in the menu`);
    return item;
  }

  /** What the menu says about going to a lane: "yes", or why not. */
  get moves(): Record<string, string> {
    const items = this.all('[role=menu] [role=group][aria-label^="Move"] [role=menuitem]');
    return Object.fromEntries(
      items.map((item) => [
        item.dataset['label'] ?? '',
        item.ariaDisabled === 'true' ? (item.getAttribute('aria-description') ?? 'no') : 'yes',
      ]),
    );
  }

  /** What the user was told last. */
  get notices(): string[] {
    const layer = this.context.shadowRoot;
    return [...(layer?.querySelectorAll('.notice-text') ?? [])].map(textOf);
  }

  /** Resolves when this was read to screen readers. */
  async hears(text: string): Promise<void> {
    await waitUntil(
      () => this.#heard.all.some((heard) => heard.includes(text)),
      `"${text}" is announced`,
    );
  }

  /** The lifted card as it hangs on the pointer. */
  get lifted(): HTMLElement | undefined {
    return this.all('.lifted:popover-open:not(.flight)')[0];
  }

  // ── the mouse ────────────────────────────────────────────────────────────────────────────────

  async moveMouse(target: Element, { y = 0.5 } = {}): Promise<void> {
    const position = pointIn(target, y);
    await sendMouse({ type: 'move', position });
  }

  /** Resolves when the board listens to the pointer. */
  isReady(): Promise<void> {
    return waitUntil(() => this.all('ul').every(isSortable), 'cards can be dragged');
  }

  /** Puts the mouse on a card that stands still, and on nothing that lies over it: what moves is aimed at by nobody. */
  async #aimAt(subject: string): Promise<void> {
    let at: [number, number] = [0, 0];
    const isUnder = (): boolean => this.card(subject).contains(this.root.elementFromPoint(...at));
    await waitUntil(
      async () => {
        const { top } = this.card(subject).getBoundingClientRect();
        await this.element.updateComplete;
        await new Promise((resolve) => requestAnimationFrame(resolve));
        if (this.card(subject).getBoundingClientRect().top !== top) return false;
        at = pointIn(this.card(subject), 0.5);
        if (!isUnder()) return false;
        await sendMouse({ type: 'move', position: at });
        await this.element.updateComplete;
        // What the mouse shows by being there, and what came meanwhile, is drawn by then.
        return isUnder() && this.card(subject).getBoundingClientRect().top === top;
      },
      () => `${subject} stands still under the mouse, where there is ${this.#under(at)}`,
    );
  }

  #under([x, y]: [number, number]): string {
    const found = this.root.elementFromPoint(x, y);
    const card = found?.closest('article')?.ariaLabel;
    return card ? `the card ${card}` : (found?.outerHTML.slice(0, 120) ?? 'nothing');
  }

  /** Takes hold of a card and pulls it off its place. */
  async lift(subject: string): Promise<void> {
    await this.press(subject);
    await this.pull(subject);
  }

  /** Takes hold of a card. */
  async press(subject: string): Promise<void> {
    await this.isReady();
    await this.#aimAt(subject);
    await sendMouse({ type: 'down' });
  }

  /** Pulls a card that is held off its place. */
  async pull(subject: string): Promise<void> {
    const card = this.card(subject);
    await this.moveMouse(card, { y: 0.75 });
    await this.moveMouse(card, { y: 0.9 });
    // One that was let go before may still be on its way.
    await waitUntil(
      () => textOf(this.lifted).includes(subject),
      () => {
        const pressed = textOf(this.all('.sortable-chosen')[0]) || 'nothing';
        const under = this.#under(pointIn(card, 0.9));
        return `${subject} is lifted; held is ${pressed}, under the mouse ${under}, lifted ${textOf(this.lifted) || 'nothing'}`;
      },
    );
  }

  async carryTo(lane: string): Promise<void> {
    await this.moveMouse(this.lane(lane));
    await waitUntil(() => this.lane(lane).matches('.target, .refuses'), `${lane} answers`);
  }

  async drop(): Promise<void> {
    await sendMouse({ type: 'up' });
    await this.settled();
  }

  /** Answers what is asked beside a card: the reason of a new status, an owner, a day. */
  async choose(label: string): Promise<void> {
    await waitUntil(
      () => this.menuItems.some((item) => item.dataset['label'] === label),
      `${label} is offered`,
    );
    this.menuItem(label).click();
  }

  async settled(): Promise<void> {
    await waitUntil(
      () => this.all('.lifted:not(.flight), [data-lifted], [data-gone]').length === 0,
      'settled',
    );
  }
}

/** Where the mouse meets an element: in the middle of what is seen of it across, so far down. */
function pointIn(target: Element, y: number): [number, number] {
  const { left, top, width, height } = target.getBoundingClientRect();
  const right = Math.min(left + width, innerWidth - 1);
  return [Math.round((left + right) / 2), Math.round(top + height * y)];
}

/** SortableJS keeps itself on its list under a name of its own. */
function isSortable(list: HTMLElement): boolean {
  return Object.keys(list).some((key) => key.startsWith('Sortable'));
}

export function textOf(element: Element | null | undefined): string {
  return element?.textContent?.replaceAll(/\s+/g, ' ').trim() ?? '';
}

/** A board in a context with this provider, as wide as a window. */
export async function boardOf(
  provider: unknown,
  { width = '760px', ...properties }: { width?: string } & Partial<ActivityKanban> = {},
): Promise<Board> {
  const context = await inContext(
    provider,
    html`<style>
        .place {
          inline-size: ${width};
          block-size: 480px;
          display: flex;
          flex-direction: column;
        }
      </style>
      <div class="place"></div>`,
  );
  const element = document.createElement('activity-kanban');
  Object.assign(element, properties);
  context.querySelector('.place')?.append(element);
  const board = new Board(context);
  await waitUntil(() => board.root.childElementCount > 0 && !element.matches(':state(loading)'));
  await element.updateComplete;
  return board;
}
