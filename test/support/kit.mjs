import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { build } from 'esbuild';
import { root } from './install.mjs';

/** Everything that some files of the sources export, made runnable in Node. */
export async function loadKit(...files) {
  const contents = files.map((file) => `export * from '${path.join(root, file)}';`).join('\n');
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
  });
  const code = Buffer.from(outputFiles[0].contents).toString('base64');
  return import(`data:text/javascript;base64,${code}`);
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
