import type { ReactiveController } from 'lit';
import type { ActivityWorkspace } from './activity-workspace.js';
import { fromParameters, withState } from './workspace-url.js';

/**
 * Keeps what is seen in the page's address, with `url-state`. The entry of the history is replaced, not added to: *Back* leaves the
 * page, and a host's router is left alone.
 */
export class WorkspaceAddress implements ReactiveController {
  readonly #host: ActivityWorkspace;
  #listening: AbortController | undefined;
  #isRead = false;

  constructor(host: ActivityWorkspace) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#listening = new AbortController();
    addEventListener('popstate', () => this.#read(), { signal: this.#listening.signal });
  }

  hostDisconnected(): void {
    this.#listening?.abort();
  }

  hostUpdate(): void {
    if (this.#isRead || !this.#host.urlState || !this.#host.isConnected) return;
    this.#isRead = true;
    this.#read();
  }

  #read(): void {
    const host = this.#host;
    if (!host.urlState) return;
    const state = fromParameters(new URLSearchParams(location.search));
    if (!state) return;
    const { name, ...rest } = state;
    host.hasUrlState = true;
    host.urlShow = rest.show;
    host.sharedName = name;
    host.restore(rest);
  }

  write(): void {
    const host = this.#host;
    if (!host.urlState) return;
    const address = withState(location.href, { ...host.state, name: host.sharedName });
    if (address !== location.href) history.replaceState(history.state, '', address);
  }
}
