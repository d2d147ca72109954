import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';

/**
 * What takes bytes from strangers, the least version of it that is let in, and why. A new advisory goes in here, with the
 * version that mends it, in the same commit that raises the lock file.
 */
const least: Record<string, { version: string; because: string }> = {
  ws: { version: '8.21.0', because: 'CVE-2026-48779: many tiny fragments fill the memory' },
  'engine.io': {
    version: '6.6.9',
    because: 'GHSA-r635-g3xr-vw7x, GHSA-gr94-w7qr-f4j3: connections exhausted by strangers',
  },
  'engine.io-parser': { version: '5.2.3', because: 'the parser that engine.io 6.6.9 was tested with' },
  'socket.io-parser': { version: '4.2.7', because: 'CVE-2026-69185: attachments of a crafted packet fill the memory' },
  'socket.io': { version: '4.8.4', because: 'the first that asks for the engine.io and the ws above' },
  'socket.io-adapter': {
    version: '2.5.8',
    because: 'our adapter builds on its inside; the tests hold it from here on',
  },
  'socket.io-client': { version: '4.8.4', because: 'follows in the tests, with the parser above' },
  express: { version: '5.3.0', because: 'the first that asks for a qs and a path-to-regexp without known faults' },
  'path-to-regexp': { version: '8.4.0', because: 'CVE-2026-4926, CVE-2026-4923: an address stalls the server' },
  qs: { version: '6.16.0', because: 'CVE-2026-82417, CVE-2026-82562' },
  'body-parser': { version: '2.2.1', because: 'CVE-2025-13466: many parameters stall the server' },
  cookie: { version: '0.7.0', because: 'CVE-2024-47764: a cookie’s name may set other fields' },
  send: { version: '1.1.0', because: 'CVE-2024-43799: script in a redirect' },
  'serve-static': { version: '2.1.0', because: 'CVE-2024-43800: script in a redirect' },
  'sanitize-html': { version: '2.17.4', because: 'CVE-2026-44990: script passes inside <xmp>' },
  'markdown-it': { version: '14.2.0', because: 'CVE-2026-48988, CVE-2026-2327: a text stalls the server' },
  ioredis: { version: '6.0.0', because: 'its resending after a cut is what durability was tested with' },
  'rate-limiter-flexible': { version: '5.0.0', because: 'limits of memory that hold under load' },
};

const root = fileURLToPath(new URL('..', import.meta.url));
const lock = JSON.parse(readFileSync(`${root}/package-lock.json`, 'utf8')) as {
  packages: Record<string, { version: string; dev?: boolean; resolved?: string; integrity?: string }>;
};

/** Every copy of every package, however deep. */
const installed = Object.entries(lock.packages).flatMap(([path, entry]) => {
  const name = path.split('node_modules/').at(-1) ?? '';
  return path === '' ? [] : [{ path, name, ...entry }];
});

function isAtLeast(version: string, wanted: string): boolean {
  // Before a release is not yet the release.
  const [numbers = '', pre] = version.split('-');
  const [have, want] = [numbers, wanted].map((text) => text.split('.').map(Number));
  for (let i = 0; i < 3; i++) {
    const step = (have?.[i] ?? 0) - (want?.[i] ?? 0);
    if (step !== 0) return step > 0;
  }
  return pre === undefined;
}

describe('dependencies', () => {
  test.each(Object.entries(least))('OPS14 every copy of %s is new enough', (name, { version, because }) => {
    const copies = installed.filter((one) => one.name === name);
    expect(copies.length).toBeGreaterThan(0);
    const old = copies
      .filter((one) => !isAtLeast(one.version, version))
      .map(({ path, version: found }) => ({ path, found }));
    expect({ because, old }).toEqual({ because, old: [] });
  });

  test('OPS14 every package is held to the hash of its content, and none comes from a place of its own', () => {
    const strange = installed.filter(
      ({ resolved, integrity = '' }) => !integrity.startsWith('sha512-') || resolved !== undefined,
    );
    expect(strange.map(({ path }) => path)).toEqual([]);
  });

  test('OPS14 a bill of materials can be made: everything that runs, nothing that only builds', () => {
    const { status, stdout } = spawnSync('npm', ['run', '--silent', 'sbom', '--', '--stdout'], {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 64 * 1_048_576,
    });
    expect(status).toBe(0);
    const bill = JSON.parse(stdout) as { bomFormat: string; components: { name: string; version: string }[] };
    expect(bill.bomFormat).toBe('CycloneDX');
    const names = bill.components.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['express', 'socket.io', 'ioredis', 'engine.io', 'ws']));
    expect(names).not.toContain('jest');
  });
});
