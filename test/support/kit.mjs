import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { root } from './install.mjs';

/** Everything that some files of the sources export, as one module's text. */
export async function bundleKit(files, platform = 'node') {
  const contents = files.map((file) => `export * from '${path.join(root, file)}';`).join('\n');
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    write: false,
    format: 'esm',
    platform,
  });
  return outputFiles[0].text;
}

let loaded = 0;

/** The same, made runnable in Node. It lies in a file, so that stack traces have a short name for it. */
export async function loadKit(...files) {
  const folder = path.join(root, '.cache/kit');
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${process.pid}-${(loaded += 1)}.mjs`);
  writeFileSync(file, await bundleKit(files));
  try {
    return await import(pathToFileURL(file).href);
  } finally {
    rmSync(file);
  }
}

/** What every call says, and what every write says beside it. */
export function callsIn(locale, timeZone) {
  const call = { locale, timeZone };
  const write = (version) => ({
    ...call,
    idempotencyKey: randomUUID(),
    ...(version && { version }),
  });
  return { call, write };
}

/** The failure that a call must end with. */
export async function failsWith(calling, code) {
  const thrown = await calling.then(
    () => assert.fail(`must fail with ${code}`),
    (why) => why,
  );
  assert.equal(thrown.code, code);
  return thrown;
}
