// Writes what upgrades are tested with: the data of one version, and what that version told of them.
// From a checkout of the version, built: node tests/upgrades/write-fixture.mjs format-1 CHECKOUT
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const [name, checkout] = process.argv.slice(2);
const here = fileURLToPath(new URL('.', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'daymark-fixture-'));
const dataDir = join(folder, 'data');
const token = 'admin-token-of-the-fixture';
const env = { ...process.env, DATA_DIR: dataDir, PORT: '0', HOST: '127.0.0.1', WORKERS: '1', ADMIN_TOKEN: token };
const server = spawn(process.execPath, [join(checkout, 'dist/server/main.js')], {
  env,
  stdio: ['ignore', 'pipe', 'inherit'],
});
let said = '';
while (!/ready: (\S+)/.test(said)) said += (await once(server.stdout, 'data'))[0];
const origin = /ready: (\S+)/.exec(said)[1];

async function call(method, path, body, headers = {}) {
  const answer = await fetch(`${origin}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return answer.status === 204 ? null : answer.json();
}

const timeline = { slug: 'kept', title: 'Kept', subject: 'the war', dayOne: '2023-10-07', timeZone: 'Asia/Gaza' };
await call('POST', '/timelines', timeline);
const at = '/timelines/kept';
const ids = [];
for (let n = 0; n < 12; n++) {
  const update = {
    occurredAt: `2024-02-0${5 + (n % 3)}T1${n % 10}:20:00+02:00`,
    headline: `Development ${n}`,
    body: `<p>What was seen, and by <em>whom</em>: ${n}.</p>`,
    key: n % 4 === 0,
    sources: [{ name: 'A source', url: `https://example.org/${n}` }],
    tags: ['north'],
  };
  ids.push((await call('POST', `${at}/updates`, update, { 'idempotency-key': `kept-${n}` })).id);
}
const revise = (id, revision, body) => call('PATCH', `${at}/updates/${id}`, body, { 'if-match': `"${revision}"` });
await revise(ids[0], 1, { body: '<p>It was otherwise.</p>', correction: 'It was otherwise.' });
await revise(ids[1], 1, { status: 'retracted', reason: 'Not so.' });
await revise(ids[2], 1, { occurredAt: '2024-02-06T09:00:00+02:00' });
await call('DELETE', `${at}/updates/${ids[3]}`, { reason: 'A court' });
const sections = [{ heading: 'North', points: [{ text: 'It was seen.', updates: [ids[4]] }] }];
await call('PUT', `${at}/days/124/summary`, { sections }, { 'if-match': '"0"' });
await call('POST', `${at}/updates`, { occurredAt: '2024-02-07', headline: 'A draft', status: 'draft' });

const told = {
  head: await call('GET', `${at}/head`),
  days: await Promise.all((await call('GET', `${at}/days`)).days.map(({ day }) => call('GET', `${at}/days/${day}`))),
  removed: ids[3],
  first: { key: 'kept-5', id: ids[5] },
};
server.kill('SIGTERM');
await once(server, 'exit');
const files = join(dataDir, 'redis/appendonlydir');
const log = readdirSync(files).find((file) => file.endsWith('.incr.aof'));
writeFileSync(join(here, `${name}.aof.gz`), gzipSync(readFileSync(join(files, log)), { level: 9 }));
writeFileSync(join(here, `${name}.json`), `${JSON.stringify(told, null, 1)}\n`);
rmSync(folder, { recursive: true });
