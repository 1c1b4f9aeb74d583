import { defineConfig } from 'vite';

export default defineConfig({
  resolve: { tsconfigPaths: true },
  logLevel: 'warn',
  build: { chunkSizeWarningLimit: 2000 },
});
