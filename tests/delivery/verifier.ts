import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { temporaryFolder } from '../support/temporary-folder.ts';

type Verify = (secret: string | null, headers: object, body: string) => boolean;

/** The code that docs/contracts/webhooks.md gives receivers to copy: it is what the tests verify with. */
export async function verifierOfTheDocs(): Promise<Verify> {
  const page = readFileSync('docs/contracts/webhooks.md', 'utf8');
  const [, code = ''] = /```js\n([\s\S]*?)```/.exec(page) ?? [];
  const folder = temporaryFolder();
  const path = join(folder.path, 'verify.mjs');
  writeFileSync(path, code);
  try {
    return ((await import(pathToFileURL(path).href)) as { isFromDaymark: Verify }).isFromDaymark;
  } finally {
    folder.remove();
  }
}
