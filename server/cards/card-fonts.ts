import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const resolve = createRequire(import.meta.url).resolve;

/** The faces that cards are set in: they come with Daymark, so a card looks the same on a bare machine. */
const families = ['noto-sans', 'noto-sans-arabic', 'noto-sans-hebrew'];
const weights = ['400Regular', '700Bold'];

/**
 * Tells fontconfig where fonts are, in a file of its own under `folder`, and gives that file’s name. The machine’s fonts come
 * after ours: a newsroom whose script ours don’t have installs one.
 */
export function writeFontConfig(folder: string): string {
  const ours = families.flatMap((family) => {
    const home = dirname(resolve(`@expo-google-fonts/${family}/package.json`));
    return weights.map((weight) => join(home, weight));
  });
  const dirs = [...ours, '/usr/share/fonts', '/usr/local/share/fonts', '/Library/Fonts', '/System/Library/Fonts'];
  const file = join(folder, 'fonts.conf');
  writeFileSync(
    file,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${dirs
      .map((dir) => `<dir>${escaped(dir)}</dir>`)
      .join('')}<cachedir>${escaped(join(folder, 'cache'))}</cachedir></fontconfig>\n`,
  );
  return file;
}

const escaped = (path: string): string => path.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
