import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { connect, reached } from '../../server/store/connection.ts';
import { silent } from '../support/spine.ts';
import { sharedRedisUrl } from '../support/test-redis.ts';

describe('sha256.lua', () => {
  test('CHAIN1 gives what the platform’s own SHA-256 gives, for every length around the block’s edges', async () => {
    const redis = connect(sharedRedisUrl(), silent);
    await reached(redis, 5_000);
    const source = `${readFileSync(new URL('../../server/store/scripts/sha256.lua', import.meta.url), 'utf8')}return sha256(ARGV[1])`;
    for (let length = 0; length <= 200; length++) {
      const text = createHash('shake256', { outputLength: length }).update(String(length)).digest();
      expect(await redis.eval(source, 0, text)).toBe(createHash('sha256').update(text).digest('hex'));
    }
    redis.disconnect();
  });
});
