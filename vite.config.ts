import { readdirSync, readFileSync } from 'node:fs';
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

/**
 * Readers connect by WebSocket or not through Socket.IO at all, but its client always brings long polling and WebTransport:
 * 2.7 kB compressed of what every reader loads. Both are left out here.
 */
const webSocketOnly: Plugin = {
  name: 'websocket-only',
  transform(_code, id) {
    if (!id.endsWith('engine.io-client/build/esm/transports/index.js')) return null;
    return 'import { WS } from "./websocket.node.js";\nexport const transports = { websocket: WS };';
  },
};

/** Modules of Socket.IO’s client that do something when they are loaded, but nothing that we need. */
const unneeded = /engine\.io-client\/build\/esm\/transports\/|socket\.io-client\/build\/esm\/index\.js$/;

/** Chunks are few and small: fetching them ahead would compete with the page, and the helper for it costs 0.7 kB. */
const noPreload: Plugin = {
  name: 'no-preload',
  enforce: 'pre',
  load(id) {
    return id.endsWith('vite/preload-helper.js') ? 'export const __vitePreload = (load) => load();' : null;
  },
};

/** Styles of some kinds of pages alone, by the names of `sheetNames` (shared/view/layout.ts). */
const sheets = Object.fromEntries(
  readdirSync(path('client/reader/sheets')).map((file) => [`sheet-${file}`, path(`client/reader/sheets/${file}`)]),
);

/** What readers’ browsers load, with hashed names; `manifest.json` tells the server those names (server/http/pages.ts). */
export default defineConfig({
  root: path('.'),
  publicDir: false,
  plugins: [icon, webSocketOnly, noPreload],
  build: {
    outDir: path('dist/public'),
    emptyOutDir: true,
    manifest: 'manifest.json',
    target: ['chrome111', 'firefox114', 'safari16.4'],
    modulePreload: false,
    sourcemap: false,
    rolldownOptions: {
      treeshake: { moduleSideEffects: (id) => !unneeded.test(id) },
      input: { reader: path('client/reader/reader.ts'), style: path('client/reader/reader.css'), ...sheets },
    },
  },
});
