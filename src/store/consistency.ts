import type { Milliseconds } from '../model/time.js';
import type { Capabilities } from '../provider/capabilities.js';

const DEFAULT_CONSISTENCY: Milliseconds = 5000;

/** How long a read may still show the past after a write. */
export function consistencyOf(capabilities: Capabilities | undefined): Milliseconds {
  return capabilities?.consistencyMs ?? DEFAULT_CONSISTENCY;
}
