import { PROPOSE_PREFERENCE } from '../base/next-step.js';
import { writePreference } from '../base/preferences.js';
import type { ActivityWorkspace } from './activity-workspace.js';

/** Whether the user wants the next step proposed. */
export class Proposals {
  readonly #host: ActivityWorkspace;
  #isOn = true;

  constructor(host: ActivityWorkspace) {
    this.#host = host;
  }

  get isOn(): boolean {
    return this.#isOn;
  }

  async read(): Promise<void> {
    this.#isOn = (await this.#host.preferences.read(PROPOSE_PREFERENCE)) !== false;
  }

  toggle(): void {
    this.#isOn = !this.#isOn;
    void writePreference(this.#host, PROPOSE_PREFERENCE, this.#isOn ? undefined : false);
    this.#host.requestUpdate();
  }
}
