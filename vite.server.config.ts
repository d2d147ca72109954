import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin, type UserConfig } from 'vite';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** Modules go on being where they stand in the sources: what they read or run lies beside that place in dist/. */
const ownPlaces = (folder: string): Plugin => ({
  name: 'own-places',
  transform(code, id) {
    const place = relative(path('.'), id);
    if (!/^(server|bench)\/.*\.ts$/.test(place) || !code.includes('import.meta.url')) return null;
    return {
      code: code.replaceAll('import.meta.url', `new URL('__DIST__/${place}', import.meta.url).href`),
      map: null,
    };
  },
  renderChunk(code, { fileName }) {
    return { code: code.replaceAll('__DIST__', relative(dirname(join(folder, fileName)), '.')), map: null };
  },
});

/** Programs for Node, each a file that is run, with what they share in files between them. */
export const programs = (folder: string, names: readonly string[], ssr: UserConfig['ssr']): UserConfig => ({
  root: path('.'),
  publicDir: false,
  plugins: [ownPlaces(folder)],
  ...(ssr && { ssr }),
  build: {
    ssr: true,
    outDir: path(`dist/${folder}`),
    emptyOutDir: true,
    target: 'node20.19',
    // Readable as it is: a stack names the function; NODE_OPTIONS=--enable-source-maps adds the file of the sources.
    minify: false,
    sourcemap: true,
    rolldownOptions: {
      input: Object.fromEntries(names.map((name) => [name, path(`${folder}/${name}.ts`)])),
      output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name].js' },
    },
  },
});

/** What an installation runs, with its libraries: Node takes twice as long to start from a thousand files. */
export default defineConfig(
  programs(
    'server',
    ['main', 'cli/daymark', 'media/darkroom-process', 'cards/card-process', 'maps/map-process'],
    // They load compiled code from beside themselves.
    { noExternal: true, external: ['sharp', '@node-rs/argon2'] },
  ),
);
