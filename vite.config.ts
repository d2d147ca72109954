import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
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

/** The icon as launchers want it: pixels, and one with room around it, which they cut to their own shape. */
const appIcons: Plugin = {
  name: 'app-icons',
  async buildStart() {
    const svg = path('client/reader/icon.svg');
    const drawn = (size: number) => sharp(svg, { density: 72 * (size / 32) }).resize(size, size);
    const edge = { top: 77, bottom: 77, left: 77, right: 77, background: '#1b1a17' };
    const icons = {
      'app-192': drawn(192),
      'app-512': drawn(512),
      'app-maskable': drawn(358).flatten({ background: '#1b1a17' }).extend(edge),
    };
    for (const [name, icon] of Object.entries(icons)) {
      const source = await icon.png({ palette: true }).toBuffer();
      this.emitFile({ type: 'asset', name: `${name}.png`, originalFileName: `client/reader/${name}.png`, source });
    }
  },
};

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

/**
 * What other sites’ pages load. `loader` has no imports, so that it runs as a plain script; it is told the address of
 * `widget` by the server.
 */
const embed = Object.fromEntries(
  ['loader.ts', 'widget.ts', 'document.ts', 'embed.css'].map((file) => [
    `embed-${file.split('.')[0]}`,
    path(`client/embed/${file}`),
  ]),
);

/** What readers’ browsers load, with hashed names; `manifest.json` tells the server those names (server/http/pages.ts). */
export default defineConfig({
  root: path('.'),
  publicDir: false,
  plugins: [icon, appIcons, noPreload],
  build: {
    outDir: path('dist/public'),
    emptyOutDir: true,
    manifest: 'manifest.json',
    target: ['chrome111', 'firefox114', 'safari16.4'],
    modulePreload: false,
    sourcemap: false,
    rolldownOptions: {
      // The widget is called by the loader, which the bundler can’t see.
      preserveEntrySignatures: 'exports-only',
      input: {
        reader: path('client/reader/reader.ts'),
        notifications: path('client/reader/notifications.ts'),
        archive: path('client/archive/search.ts'),
        style: path('client/reader/reader.css'),
        ...sheets,
        ...embed,
      },
    },
  },
});
