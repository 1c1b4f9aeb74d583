import type { Page } from '../../store/page.js';

/** The browser's page; every element gives it to its store. */
export const browserPage: Page = {
  get isOnline() {
    return navigator.onLine;
  },
  get isVisible() {
    return document.visibilityState === 'visible';
  },
  listen(listener) {
    const ends = new AbortController();
    const { signal } = ends;
    globalThis.addEventListener('online', () => listener('online'), { signal });
    globalThis.addEventListener('offline', () => listener('offline'), { signal });
    globalThis.addEventListener('focus', () => listener('seen'), { signal });
    globalThis.addEventListener('pageshow', () => listener('seen'), { signal });
    globalThis.addEventListener('pagehide', () => listener('hidden'), { signal });
    document.addEventListener(
      'visibilitychange',
      () => {
        // A page that is put away on a phone hears of nothing else.
        listener(document.visibilityState === 'visible' ? 'seen' : 'hidden');
      },
      { signal },
    );
    return () => ends.abort();
  },
  guard(isNeeded) {
    const ask = (event: BeforeUnloadEvent): void => {
      if (isNeeded()) event.preventDefault();
    };
    globalThis.addEventListener('beforeunload', ask);
    return () => globalThis.removeEventListener('beforeunload', ask);
  },
};
