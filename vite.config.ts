import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** The icon is a file of its own, as the pages’ policy lets no `data:` in. */
const icon: Plugin = {
  name: 'icon',
  buildStart() {
    const source = readFileSync(path('client/reader/icon.svg'));
    this.emitFile({ type: 'asset', name: 'icon.svg', originalFileName: 'client/reader/icon.svg', source });
  },
};

/** What readers’ browsers load, with hashed names; `manifest.json` tells the server those names (server/http/pages.ts). */
export default defineConfig({
  root: path('.'),
  publicDir: false,
  plugins: [icon],
  build: {
    outDir: path('dist/public'),
    emptyOutDir: true,
    manifest: 'manifest.json',
    target: ['chrome111', 'firefox114', 'safari16.4'],
    // Chunks are few and small: fetching them ahead would only compete with the page itself.
    modulePreload: false,
    sourcemap: false,
    rolldownOptions: {
      input: { reader: path('client/reader/reader.ts'), style: path('client/reader/reader.css') },
    },
  },
});
