import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { connectSubscriberTo, connectTo, reached } from '../../server/store/connection.ts';
import { RedisStore } from '../../server/store/redis-store.ts';
import { type Certificates, certificatesIn, hasOpenssl } from '../support/certificates.ts';
import { freePort } from '../support/free-port.ts';
import { placeFrom } from '../support/place.ts';
import { silent } from '../support/spine.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { freshPrefix, startRedis, type TestRedis } from '../support/test-redis.ts';
import { describeStoreContract } from './contract.ts';

if (!hasOpenssl) {
  test.skip('START30 TLS to Redis: there is no openssl here to make certificates with', () => undefined);
} else {
  const folder = temporaryFolder();
  let files: Certificates;
  let redis: TestRedis;
  let url: string;
  beforeAll(async () => {
    files = certificatesIn(folder.path);
    const port = await freePort();
    const { ca, cert, key } = files;
    const tls = ['--tls-port', `${port}`, '--tls-cert-file', cert, '--tls-key-file', key, '--tls-ca-cert-file', ca];
    redis = await startRedis(tls);
    url = `rediss://127.0.0.1:${port}`;
  });
  afterAll(async () => {
    await redis.end();
    folder.remove();
  });
  const place = (more: Record<string, string> = {}) => placeFrom({ REDIS_URL: url, REDIS_TLS_CA: files.ca, ...more });
  const shown = () => ({ REDIS_TLS_CERT: files.cert, REDIS_TLS_KEY: files.key });

  describeStoreContract('a Redis over TLS that asks for certificates', {
    async open(keep) {
      const commands = connectTo(place(shown()), silent);
      await reached(commands, 10_000);
      return new RedisStore(commands, connectSubscriberTo(place(shown()), silent), { prefix: freshPrefix(), keep });
    },
  });

  describe('TLS to Redis', () => {
    test('START30 a server whose certificate nobody vouches for is not spoken to, and the reason is told', async () => {
      const commands = connectTo(placeFrom({ REDIS_URL: url, ...shown() }), silent);
      await expect(reached(commands, 2_000)).rejects.toThrow(/certificate/);
      commands.disconnect();
    });
  });
}
