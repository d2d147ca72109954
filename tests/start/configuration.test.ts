import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { readConfig, settingsTable } from '../../server/config.ts';
import { daymarks } from '../support/daymark-process.ts';

const faultsOf = (env: Record<string, string>, args: string[] = []): string[] => {
  const read = readConfig(env, args);
  return 'faults' in read ? read.faults : [];
};

describe('configuration', () => {
  test('START1 every fault is told in one go, with exit 78, and nothing is left behind', async () => {
    const env = {
      PORT: '70000',
      REDIS_URL: 'http://user:secret@localhost',
      PUBLIC_URL: 'live.example.org',
      ADMIN_TOKEN: 'too-short-a-secret',
      WORKERS: 'many',
      LOG_LEVEL: 'loud',
      TRUSTED_PROXIES: '-1',
    };
    const suite = daymarks();
    const { code, stdout, stderr } = await suite.run({ env, args: ['--accept-everything'] });
    await suite.end();
    expect(code).toBe(78);
    expect(stdout).toBe('');
    for (const name of [...Object.keys(env), '--accept-everything']) expect(stderr).toContain(name);
    expect(stderr.trim().split('\n')).toHaveLength(Object.keys(env).length + 1);
    expect(stderr).not.toContain('secret');
  });

  test.each([
    [{ PORT: '3000.5' }, /^PORT must be a whole number from 0 to 65535, not “3000.5”$/],
    [{ PUBLIC_URL: 'https://example.org/live' }, /^PUBLIC_URL .*without a path/],
    [{ ADMIN_TOKEN: 'x'.repeat(23) }, /^ADMIN_TOKEN must have 24 characters or more/],
    [{ REDIS_URL: 'redis://host/zero' }, /^REDIS_URL must be redis:/],
    [{ REDIS_URL: 'unix://' }, /^REDIS_URL must be/],
    [{ REDIS_CLUSTER_URLS: 'redis://a:6379,b:6379' }, /^REDIS_CLUSTER_URLS must be URLs/],
    [{ REDIS_CLUSTER_URLS: 'redis://a:6379/1' }, /^REDIS_CLUSTER_URLS must be URLs/],
    [{ REDIS_SENTINELS: 'a:26379,/x' }, /^REDIS_SENTINELS must be a:26379/],
    [{ REDIS_SENTINELS: 'http://a:26379' }, /^REDIS_SENTINELS must be/],
    [{ REDIS_URL: 'redis://a', REDIS_SENTINELS: 'a:26379' }, /^REDIS_URL and REDIS_SENTINELS exclude each other/],
    [{ REDIS_TLS_CA: '/nowhere.pem' }, /^REDIS_TLS_CA must name a readable PEM file$/],
    [{ ACCEPT_DATA_LOSS: 'maybe' }, /^ACCEPT_DATA_LOSS must be yes or no/],
  ])('START1 %j is refused in a sentence', (env, sentence) => {
    const faults = faultsOf(env);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(sentence);
  });

  test.each([
    { REDIS_URL: 'redis://user:pass@host:6380/2' },
    { REDIS_URL: 'rediss://host' },
    { REDIS_URL: 'unix:///run/redis.sock?db=1' },
    { REDIS_CLUSTER_URLS: 'rediss://user:pass@a:6379, rediss://b:6379' },
    { REDIS_SENTINELS: 'a:26379' },
    { PUBLIC_URL: 'https://live.example.org/', PORT: '0', HOST: '::1', ADMIN_TOKEN: 'x'.repeat(24) },
    { PORT: '', REDIS_URL: '' },
  ])('START1 %j is taken', (env) => {
    expect(faultsOf(env)).toEqual([]);
  });

  test.each([
    ['a:26379', [['a', 26_379]], 'mymaster', 'redis://primary/', null],
    [
      'a,[::1]:5/war',
      [
        ['a', 26_379],
        ['::1', 5],
      ],
      'war',
      'redis://primary/',
      null,
    ],
    [
      'rediss://u:p@a:1,b:2/war?db=3&sentinelPassword=s',
      [
        ['a', 1],
        ['b', 2],
      ],
      'war',
      'rediss://u:p@primary/3',
      's',
    ],
  ])(
    'START31 %s says where the sentinels are and what they call the primary',
    (text, hosts, primary, url, password) => {
      const read = readConfig({ REDIS_SENTINELS: text }, []);
      const found = hosts.map(([host, port]) => ({ host, port }));
      const at = { kind: 'sentinels', hosts: found, primary, url, password };
      expect('config' in read && read.config.place?.at).toEqual(at);
    },
  );

  test('START2 the README shows the settings as they are', () => {
    expect(readFileSync(new URL('../../README.md', import.meta.url), 'utf8')).toContain(settingsTable());
  });
});
