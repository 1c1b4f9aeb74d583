// Runs a benchmark: `npm run bench -- NAME [options]`. What it is compared with is installed when it is first run.
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

const folder = path.join(import.meta.dirname, 'bench');
const [name = ''] = process.argv.slice(2);
const file = path.join(folder, `${path.basename(name)}.mjs`);
if (name !== '' && existsSync(file)) await import(file);
else {
  const names = readdirSync(folder).filter((one) => one.endsWith('.mjs'));
  console.log(`npm run bench -- ${names.map((one) => one.slice(0, -4)).join(' | ')}`);
  process.exitCode = 1;
}
