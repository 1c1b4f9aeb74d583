import { waitUntil } from './until.js';

const textOf = ({ textContent }: Element): string => textContent.replaceAll(/\s+/g, ' ').trim();

/** What the live regions in a shadow root say, from now on: they say it only for a moment. */
export class Heard {
  readonly all: string[] = [];
  /** What was said before this is waited for no more. */
  #from = 0;

  constructor(root: ShadowRoot | null | undefined) {
    if (!root) return;
    const last = new WeakMap<Element, string>();
    new MutationObserver(() => {
      for (const region of root.querySelectorAll('[role=status], [role=alert]')) {
        const text = textOf(region);
        if (text !== '' && text !== last.get(region)) this.all.push(text);
        last.set(region, text);
      }
    }).observe(root, { subtree: true, childList: true, characterData: true });
  }

  /** Resolves when something of which this is true was said that was not waited for before. */
  async says(isMeant: (text: string) => boolean, name: string): Promise<void> {
    let at = -1;
    await waitUntil(() => {
      at = this.all.findIndex((text, index) => index >= this.#from && isMeant(text));
      return at >= 0;
    }, name);
    this.#from = at + 1;
  }
}
