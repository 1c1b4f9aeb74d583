import { defineConfig } from 'vite';

export default defineConfig({
  resolve: { tsconfigPaths: true },
  logLevel: 'warn',
  build: {
    chunkSizeWarningLimit: 2000,
    // The browsers that the kit asks for. For older ones light-dark() would be rewritten, and then heed only what a sheet says.
    target: ['chrome125', 'firefox128', 'safari18.3'],
  },
});
