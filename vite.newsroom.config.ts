import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/**
 * What staff’s browsers load. A build of its own: no chunk is shared with the reader’s pages, so nothing that grows here can
 * weigh on a reader. Each page of the newsroom is a chunk, loaded when it is opened.
 */
export default defineConfig({
  root: path('.'),
  base: '/newsroom/',
  publicDir: false,
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: path('dist/newsroom'),
    emptyOutDir: true,
    manifest: 'manifest.json',
    target: ['chrome111', 'firefox114', 'safari16.4'],
    sourcemap: false,
    // A policy without `data:` for scripts and styles; small icons stay files too.
    assetsInlineLimit: 0,
    rolldownOptions: { input: { newsroom: path('client/newsroom/newsroom.tsx') } },
  },
});
