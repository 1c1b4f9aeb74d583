// `npm ci` refuses a lock file that leaves out other platforms' packages, and one that names another registry than npm's own, in whose
// place npm takes the configured one, ties everybody to it; both happen quietly where it is written. One that names none makes npm ask
// for all there is to know of each package first.
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

  test(`${lock} names npm's own registry for every package, and no other`, () => {
    const elsewhere = Object.entries(packages).filter(
      ([key, { resolved }]) => key && !resolved?.startsWith('https://registry.npmjs.org/'),
    );
    assert.deepEqual(elsewhere, []);
  });
}
