import { sendKeys } from '@web/test-runner-commands';
import { html } from 'lit';
import '../../src/define/activity-calendar.js';
import '../../src/define/activity-context.js';
import type { ActivityCalendar } from '../../src/elements/activity-calendar/activity-calendar.js';
import type { ActivityContext } from '../../src/elements/activity-context/activity-context.js';
import { inContext } from './fixtures.js';
import { Heard } from './heard.js';
import { waitUntil } from './until.js';

export const press = (key: string): Promise<unknown> => sendKeys({ press: key });

interface Mounted {
  /** Waits until the rows are there. */
  readonly ready?: boolean;
  readonly width?: number;
  readonly height?: number;
  /** Without it, there is nothing that opens an activity. */
  readonly links?: boolean;
  readonly context?: Partial<ActivityContext>;
}

/** A calendar as a user meets it: days and entries by their names. */
export class CalendarHarness {
  readonly context: ActivityContext;
  readonly element: ActivityCalendar;
  readonly #heard: Heard;

  private constructor(context: ActivityContext, element: ActivityCalendar) {
    this.context = context;
    this.element = element;
    this.#heard = new Heard(context.shadowRoot);
  }

  /** On Monday, 23 November 2026, 11:35 in Berlin, in a place of 1,000 × 700 px. */
  static async mount(
    provider: unknown,
    properties: Partial<ActivityCalendar> = {},
    { ready = true, width = 1000, height = 700, links = true, context: more = {} }: Mounted = {},
  ): Promise<CalendarHarness> {
    const element = Object.assign(document.createElement('activity-calendar'), properties);
    element.style.setProperty('inline-size', `${String(width)}px`);
    element.style.setProperty('block-size', `${String(height)}px`);
    const context = (await inContext(provider, html`${element}`)) as ActivityContext;
    Object.assign(context, more);
    if (links) {
      context.hrefFor = (target) =>
        'activity' in target ? `#${target.activity.id}` : `#${target.record.id}`;
    }
    const harness = new CalendarHarness(context, element);
    await harness.updated();
    if (ready) await harness.isReady();
    return harness;
  }

  resize(width: number, height: number): void {
    this.element.style.setProperty('inline-size', `${String(width)}px`);
    this.element.style.setProperty('block-size', `${String(height)}px`);
  }

  async updated(): Promise<void> {
    await this.context.updateComplete;
    await this.element.updateComplete;
  }

  async isReady(): Promise<void> {
    await waitUntil(() => !this.element.matches(':state(loading)'), 'rows are there');
    await this.updated();
  }

  get root(): ShadowRoot {
    return found(this.element.shadowRoot, 'drawing');
  }

  get heading(): string {
    return plain(textOf(found(this.root.querySelector('[part=heading] bdi'), 'heading')));
  }

  get panel(): HTMLElement {
    return found(this.root.querySelector<HTMLElement>('[part=panel]'), 'panel');
  }

  /** The lines of the chosen day's list, with what is free between. */
  get schedule(): string[] {
    return [...this.panel.querySelectorAll('[part~=line], [part=free]')].map(
      (line) => textOf(line.querySelector('[part=subject]')) || textOf(line),
    );
  }

  get deals(): string[] {
    return [...this.panel.querySelectorAll('[part=deal]')].map((deal) => textOf(deal));
  }

  /** The days, in order: cells of a month, columns of a week. */
  get days(): HTMLElement[] {
    return [...this.root.querySelectorAll<HTMLElement>('[data-day]')];
  }

  day(date: string): HTMLElement {
    return found(
      this.days.find((day) => day.dataset['day'] === date),
      `day ${date}`,
    );
  }

  /** What of a day takes the focus. */
  controlOf(day: HTMLElement): HTMLElement {
    return found(day.querySelector<HTMLElement>('button'), 'button of the day');
  }

  /** What a day is called. */
  nameOf(date: string): string {
    return nameOf(this.controlOf(this.day(date)));
  }

  /** All that stands on a day, in order, by what can be read there. */
  entries(date: string): string[] {
    return this.entriesOf(date).map((entry) => {
      const words = [...(entry.querySelector('.shown')?.children ?? [])];
      return (
        words
          .map((part) => textOf(part))
          .join(' ')
          .trim() || textOf(entry)
      );
    });
  }

  entriesOf(date: string): HTMLElement[] {
    return [...this.day(date).querySelectorAll<HTMLElement>('[data-entry]')];
  }

  /** An entry by a part of its name. */
  entry(part: string): HTMLElement {
    return found(
      [...this.root.querySelectorAll<HTMLElement>('[part~=entry]')].find((entry) =>
        nameOf(entry).includes(part),
      ),
      `entry ${part}`,
    );
  }

  button(name: string): HTMLElement {
    return found(
      [...this.root.querySelectorAll<HTMLElement>('button')].find(
        (button) => nameOf(button) === name,
      ),
      `button ${name}`,
    );
  }

  async choose(view: 'Month' | 'Week'): Promise<void> {
    const choice = [...this.root.querySelectorAll('label')].find(
      (label) => textOf(label.querySelector('.label')) === view,
    );
    found(choice, view).click();
    await this.isReady();
  }

  async click(element: HTMLElement): Promise<void> {
    element.click();
    await this.updated();
  }

  /** The days that Tab leads to: one. */
  get tabStops(): (string | undefined)[] {
    return this.days
      .filter((day) => this.controlOf(day).tabIndex === 0)
      .map((day) => day.dataset['day']);
  }

  focusDay(): void {
    const [day] = this.tabStops;
    this.controlOf(this.day(day ?? '')).focus();
  }

  /** The date of the day, or the name of what else, has the focus. */
  get focused(): string {
    const active = this.root.activeElement;
    if (!(active instanceof HTMLElement)) return 'nothing';
    const day = active.closest<HTMLElement>('[data-day]');
    if (day && this.controlOf(day) === active) return day.dataset['day'] ?? '';
    return nameOf(active);
  }

  async hasFocus(name: string): Promise<void> {
    await waitUntil(() => this.focused.includes(name), `${name} has the focus`);
  }

  /** Resolves when this was read to screen readers. */
  async hears(text: string): Promise<void> {
    await this.#heard.says((said) => plain(said).includes(text), `"${text}" is announced`);
  }
}

/** Without the comma after a weekday and the spaces in a range, which engines put or leave out. */
export function plain(name: string | null | undefined): string {
  return (name ?? '')
    .replaceAll(/((?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?),(?= \d)/g, '$1')
    .replaceAll(/\s*–\s*/g, '–')
    .replace(/ (?=星期)/, '');
}

/** What it is called for assistive technology. */
export function nameOf(element: Element): string {
  const said = element.ariaLabel ?? textOf(element.querySelector('.visually-hidden'));
  return plain(said || textOf(element));
}

export function textOf(node: Node | null | undefined): string {
  return (node?.textContent ?? '').replace(/\s+/g, ' ').trim();
}

function found<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new Error(`there is no ${what}`);
  return value;
}
