/** What the page around the store tells it. */
export interface Page {
  /** The browser has a network; true where nobody knows. */
  readonly isOnline: boolean;
  readonly isVisible: boolean;
  /** Hears of what happens to the page. Answers the way to end it. */
  listen(listener: (event: PageEvent) => void): () => void;
  /** The user is asked before the page goes away, where `isNeeded` says so at that moment. Answers the way to end it. */
  guard(isNeeded: () => boolean): () => void;
}

/** `online`, `offline`: of the browser's network. `seen`: the page comes to the front. `hidden`: it may be going away. */
export type PageEvent = 'online' | 'offline' | 'seen' | 'hidden';

/** Where there is no page: always there, always online. */
export const noPage: Page = {
  isOnline: true,
  isVisible: true,
  listen: () => () => undefined,
  guard: () => () => undefined,
};
