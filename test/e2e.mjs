// Builds the demo and runs the end-to-end tests against it.
//   node test/e2e.mjs [FILE …]
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { after, describe } from 'node:test';
import { build } from 'vite';
import { closeDemo } from './support/demo.mjs';
import { root } from './support/install.mjs';

const files = process.argv.slice(2);
const all = readdirSync(path.join(import.meta.dirname, 'e2e'))
  .filter((file) => file.endsWith('.test.mjs'))
  .map((file) => `test/e2e/${file}`);

await build({ configFile: path.join(root, 'vite.config.ts'), logLevel: 'warn' });

// One after the other in this process, so that what drives the browser is loaded once. The hooks of a file are its suite's.
for (const file of files.length ? files : all) {
  describe(file, () => import(path.resolve(root, file)));
}
after(closeDemo);
