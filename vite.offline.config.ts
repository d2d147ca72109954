import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** The worker that keeps copies of visited pages: one plain script under one name, served as `/sw.js`. */
export default defineConfig({
  root: path('.'),
  publicDir: false,
  build: {
    outDir: path('dist/offline'),
    emptyOutDir: true,
    target: ['chrome111', 'firefox114', 'safari16.4'],
    sourcemap: false,
    rolldownOptions: {
      input: path('client/offline/worker.ts'),
      output: { entryFileNames: 'sw.js', format: 'iife' },
    },
  },
});
