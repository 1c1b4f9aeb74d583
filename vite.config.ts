import { readdirSync } from 'node:fs';
import path from 'node:path';
import { defineConfig } from 'vite';

const port = process.env.PORT;
const demo = path.join(import.meta.dirname, 'demo');
const pages = readdirSync(demo).filter((file) => file.endsWith('.html'));

/** The OData server answers under the demo's own address, as Dataverse would behind a host's. */
const proxy = {
  // The host that was asked is told to it, so that the links it answers lead here too.
  '/api': { target: `http://localhost:${process.env.ODATA_PORT ?? 4004}`, changeOrigin: false },
};

/** The strictest a host may be; the development server could not serve under it. */
const policy = [
  "default-src 'self'",
  "require-trusted-types-for 'script'",
  "trusted-types lit-html activity-kit 'allow-duplicates'",
].join('; ');

/** Serves and builds the demo; the package itself is compiled by tsc (`npm run build`). */
export default defineConfig({
  root: 'demo',
  // The names in tsconfig.json's `paths`.
  resolve: { tsconfigPaths: true },
  server: { port: Number(port ?? 5173), strictPort: port !== undefined, proxy },
  preview: {
    port: Number(port ?? 4173),
    strictPort: port !== undefined,
    proxy,
    headers: { 'Content-Security-Policy': policy },
  },
  build: {
    outDir: '../.cache/demo',
    emptyOutDir: true,
    rolldownOptions: { input: pages.map((page) => path.join(demo, page)) },
  },
});
