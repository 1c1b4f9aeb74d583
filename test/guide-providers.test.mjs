// What the guide says of its two providers and its server: how short they are.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { it } from 'node:test';
import { root } from './support/install.mjs';

for (const [name, most] of [
  ['stories/guides/read-only-provider.ts', 15],
  ['stories/guides/fetch-provider.ts', 120],
  ['demo/rest/server.mjs', 60],
]) {
  it(`${name} of the guide has at most ${most} lines`, () => {
    const text = readFileSync(path.join(root, name), 'utf8');
    assert.ok(text.trimEnd().split('\n').length <= most);
  });
}
