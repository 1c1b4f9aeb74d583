/* Starts the OData server of the demo: `npm run demo:odata`. Installs its packages first where they are missing. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

const here = import.meta.dirname;
const { PORT = '4004', TODAY, TZ_NAME: timeZone = 'Europe/Berlin', DB: database } = process.env;
const { COUNT_LIMIT = '5000', LAG_MS = '0', EVERY = '1' } = process.env;

if (!existsSync(path.join(here, 'node_modules', '.package-lock.json'))) {
  console.error('Installing the packages of the OData server …');
  const { status } = spawnSync('npm', ['ci', '--loglevel=error'], {
    cwd: here,
    stdio: ['ignore', 2, 'inherit'],
    shell: process.platform === 'win32',
  });
  if (status !== 0) process.exit(status ?? 1);
}

const { startServer } = await import('./server.mjs');
/** The data begins at half past eight: before that, what happened today has not yet. */
const morning = Date.now() - 8.5 * 60 * 60_000;
const today = TODAY || new Intl.DateTimeFormat('sv-SE', { timeZone }).format(morning);
const { url, reset } = await startServer({
  port: Number(PORT),
  today,
  timeZone,
  countLimit: Number(COUNT_LIMIT),
  lagMs: Number(LAG_MS),
  every: Number(EVERY),
  ...(database && { database: path.resolve(database) }),
});
console.log(`OData: ${url}`);

// Whoever started this as a child can have the data again as it was, without another start.
process.on('message', async (message) => {
  if (message !== 'reset') return;
  await reset();
  process.send('reset');
});
