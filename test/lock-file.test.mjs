// `npm ci` refuses a lock file that leaves out other platforms' packages, and one that names a registry ties everybody to it; both happen
// quietly where it is written.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { root } from './support/install.mjs';

const locks = ['package-lock.json', 'demo/odata/package-lock.json'];

for (const lock of locks) {
  const { packages } = JSON.parse(readFileSync(path.join(root, lock), 'utf8'));

  test(`${lock} has every optional package of every platform`, () => {
    const names = new Set(Object.keys(packages).map((key) => key.split('node_modules/').at(-1)));
    const missing = Object.values(packages)
      .flatMap((entry) => Object.keys(entry.optionalDependencies ?? {}))
      .filter((name) => !names.has(name));
    assert.deepEqual(missing, []);
  });

  test(`${lock} names no registry`, () => {
    const resolved = Object.values(packages).flatMap((entry) => entry.resolved ?? []);
    assert.deepEqual(resolved, []);
  });
}
