import path from 'node:path';
import { build } from 'esbuild';

const here = import.meta.dirname;

/** The demo's data, made from the same TypeScript that fills the embedded source. */
export async function loadDemoData(options) {
  const { outputFiles } = await build({
    entryPoints: [path.join(here, '..', 'data', 'create-demo-data.ts')],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    // The root's packages may not be installed yet.
    nodePaths: [path.join(here, 'node_modules')],
    logLevel: 'warning',
  });
  const url = `data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`;
  const { createDemoData } = await import(url);
  return createDemoData(options);
}
