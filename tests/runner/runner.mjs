import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import circus from 'jest-circus/runner';
import './register.mjs';
import { use } from './globals.mjs';
import { compiled, isTypeScript } from './sources.mjs';

// Nothing is left to be done: a worker that still took down what dozens of files have put into its memory, on a busy machine for
// longer than the half second that Jest gives it, would be called one that leaks.
process.once('beforeExit', () => process.exit());

/**
 * Runs a test file with Jest’s own runner, but loads it as Node loads every program, not into a context of its own: what
 * test files share, libraries above all, is loaded once for each worker and not once for each file.
 */
export default async function run(globalConfig, config, environment, runtime, path, sendMessageToJest) {
  const maps = mkdtempSync(join(tmpdir(), 'daymark-maps-'));
  runtime.unstable_shouldLoadAsEsm = () => true;
  runtime.unstable_importModule = (file) => {
    use(runtime.requireModuleOrMock(path, '@jest/globals'));
    return import(pathToFileURL(file).href);
  };
  runtime.getSourceMaps().get = (source) => mapFile(source, maps);
  try {
    return await circus.default(globalConfig, config, environment, runtime, path, sendMessageToJest);
  } finally {
    rmSync(maps, { recursive: true, force: true });
  }
}

/** Jest asks for the file of a map when it tells of an error. */
function mapFile(source, folder) {
  if (!isTypeScript(source)) return undefined;
  const file = join(folder, `${encodeURIComponent(source).slice(-200)}.map`);
  writeFileSync(file, compiled(source).map);
  return file;
}
