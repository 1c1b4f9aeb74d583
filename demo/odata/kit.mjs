import path from 'node:path';
import { build } from 'esbuild';

const here = import.meta.dirname;
const root = path.join(here, '../..');

/** Everything that some TypeScript files export, made runnable. Paths are from the root. */
export async function loadKit(...files) {
  const contents = files.map((file) => `export * from '${path.join(root, file)}';`).join('\n');
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    // The root's packages may not be installed yet.
    nodePaths: [path.join(here, 'node_modules')],
    logLevel: 'warning',
  });
  return import(
    `data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`
  );
}
