import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/**
 * The page runs under `script-src 'self'; style-src 'self'; font-src 'self'`: nothing may be inlined, so no file is small
 * enough to become a data address. Paths are absolute, because deep links are served from any depth.
 */
export default defineConfig({
  root: import.meta.dirname,
  base: '/',
  plugins: [react()],
  worker: { format: 'es' },
  build: {
    outDir: '../out/renderer',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // zod asks once, when the first schema is made, whether it may compile: the module that forbids it has to run
        // before them, which only holds within one chunk.
        codeSplitting: {
          groups: [{ name: 'contract', test: /zod-without-eval|[\\/]shared[\\/]|node_modules[\\/]zod[\\/]/ }],
        },
      },
    },
    target: 'chrome140',
    chunkSizeWarningLimit: 2000,
  },
});
