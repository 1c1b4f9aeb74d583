import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { chromiumArgs, findBrowser } from './browsers.mjs';

/**
 * A Chromium that can be killed like one that crashes, and started again on what it has left behind: `launch()` resolves with its
 * context, in English and in Berlin; `kill()` once all of its processes have ended. What is left at the end of `t` goes with it.
 */
export function killableBrowser(t) {
  const profile = mkdtempSync(path.join(tmpdir(), 'activity-kit-profile-'));
  let program;

  async function launch() {
    program = spawn(
      findBrowser('chromium'),
      [
        ...chromiumArgs,
        '--headless',
        '--lang=en-US',
        '--remote-debugging-port=0',
        `--user-data-dir=${profile}`,
      ],
      {
        stdio: ['ignore', 'ignore', 'pipe'],
        env: { ...process.env, TZ: 'Europe/Berlin' },
        // A group of its own: what is called Chromium may be a script that starts it.
        detached: true,
      },
    );
    let said = '';
    const address = await new Promise((resolve, reject) => {
      program.stderr.setEncoding('utf8').on('data', (text) => {
        said += text;
        const found = /^DevTools listening on (\S+)$/m.exec(said);
        if (found) resolve(found[1]);
      });
      program.once('exit', () => reject(new Error(`Chromium does not start.\n${said}`)));
    });
    const browser = await chromium.connectOverCDP(address);
    return browser.contexts()[0];
  }

  async function kill() {
    const ended = once(program, 'close');
    process.kill(process.platform === 'win32' ? program.pid : -program.pid, 'SIGKILL');
    await ended;
  }

  t.after(async () => {
    await kill().catch(() => {});
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  });
  return { launch, kill };
}
