import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../..');

/** Runs a command with its output on the terminal; throws when it fails. */
export function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    // Nobody sits at CI's keyboard: whoever asks gets an end of file.
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
    ...options,
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}`);
}

/** Whether node_modules holds what the lock file asks for. Compared by content: git keeps no times. */
function isInstalled(folder) {
  const installed = path.join(folder, 'node_modules/.package-lock.json');
  if (!existsSync(installed)) return false;
  const read = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;
  const [have, want] = [read(installed), read(path.join(folder, 'package-lock.json'))];
  return Object.entries(want).every(
    ([name, wanted]) =>
      // What is optional may belong to another machine.
      name === '' || wanted.optional || have[name]?.version === wanted.version,
  );
}

/** Installs a folder's packages by its lock file, unless they are there. */
export function installPackages(folder = root, ...options) {
  if (isInstalled(folder)) return;
  console.log(`Installing the packages of ${path.relative(root, folder) || 'activity-kit'} …`);
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error', ...options], {
    cwd: folder,
    // None of the packages needs a browser of its own.
    env: { ...process.env, PUPPETEER_SKIP_DOWNLOAD: '1' },
  });
}
