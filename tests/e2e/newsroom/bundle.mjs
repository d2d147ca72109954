import { build } from 'vite';

/** `node bundle.mjs ENTRY FOLDER`: a page script of the tests with all that it imports. A process of its own, as the bundler can’t run inside jest. */
const [entry, outDir] = process.argv.slice(2);
await build({
  configFile: false,
  logLevel: 'error',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  define: { 'process.env.NODE_ENV': '"production"' },
  build: { outDir, lib: { entry, formats: ['iife'], name: 'form', fileName: () => 'form.js', cssFileName: 'form' } },
});
