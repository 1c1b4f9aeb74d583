import { loadKit } from './kit.mjs';

/** The demo's data, made from the same TypeScript that fills the embedded source. */
export async function loadDemoData(options) {
  const { createDemoData } = await loadKit('demo/data/create-demo-data.ts');
  return createDemoData(options);
}
