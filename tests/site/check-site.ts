import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readFeed } from '../conventions/read-feed.ts';

/** What of the list of hashes and of the feeds does not agree with the files, in words. `pages`: those that a browser found. */
export function checkFiles(folder: string, pages: ReadonlySet<string>): string[] {
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
  const faults: string[] = [];
  try {
    execFileSync('sha256sum', ['--check', '--quiet', 'SHA256SUMS'], { cwd: folder, stdio: 'pipe' });
  } catch (error) {
    faults.push(String((error as { stdout: Buffer }).stdout));
  }
  const { sums, files } = JSON.parse(read('manifest.json'));
  if (sums !== createHash('sha256').update(read('SHA256SUMS')).digest('hex')) faults.push('manifest.json: sums');
  if (files !== read('SHA256SUMS').trimEnd().split('\n').length) faults.push('manifest.json: files');
  for (const format of ['atom', 'rss', 'json'])
    for (const name of ['feed', 'feed-key', 'feed-summaries', 'feed-corrections']) {
      const feed = readFeed(format, read(`${name}.${format}`));
      if (!feed.self.endsWith(`/${name}.${format}`)) faults.push(`${name}.${format}: is ${feed.self}`);
      for (const { url } of feed.items)
        if (!pages.has(url.split('#')[0] ?? '')) faults.push(`${name}.${format}: no page ${url}`);
    }
  return faults;
}
