// Builds the demo and runs the end-to-end tests against it.
//   node test/e2e.mjs [FILE …]
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { root, run } from './support/install.mjs';

const files = process.argv.slice(2);
const all = readdirSync(path.join(import.meta.dirname, 'e2e'))
  .filter((file) => file.endsWith('.test.mjs'))
  .map((file) => `test/e2e/${file}`);

run(process.execPath, ['node_modules/vite/bin/vite.js', 'build', '--logLevel=warn']);

// One file at a time: each has a browser and servers of its own.
const options = ['--test', '--test-reporter=spec', '--test-concurrency=1'];
const { status } = spawnSync(process.execPath, [...options, ...(files.length ? files : all)], {
  cwd: root,
  stdio: ['ignore', 'inherit', 'inherit'],
});
process.exitCode = status ?? 1;
