// Writes sbom.cdx.json: what of others runs in production, in CycloneDX, as npm reads it from the lock file.
// Usage: npm run sbom [-- --stdout]
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const args = ['sbom', '--package-lock-only', '--omit=dev', '--sbom-format=cyclonedx', '--sbom-type=application'];
const made = spawnSync('npm', args, {
  cwd: root,
  encoding: 'utf8',
  maxBuffer: 64 * 1_048_576,
  stdio: ['ignore', 'pipe', 'inherit'],
});
if (made.status !== 0) {
  process.exitCode = 1;
} else if (process.argv.includes('--stdout')) {
  process.stdout.write(made.stdout);
} else {
  writeFileSync(join(root, 'sbom.cdx.json'), made.stdout);
  console.log(`sbom.cdx.json: ${JSON.parse(made.stdout).components.length} components`);
}
