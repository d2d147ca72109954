import type { Socket } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { get } from '../http/raw.ts';
import { type Site, startSite } from '../http/support.ts';
import { admin, development, expectOk } from '../support/spine.ts';
import { waitFor } from '../support/wait-for.ts';
import { openTcp } from './ws-frames.ts';

const path = '/api/v1/timelines/gaza/export.ndjson';
let site: Site;
const open: Socket[] = [];

afterEach(async () => {
  for (const socket of open.splice(0)) socket.destroy();
  await site.end();
});

/** Asks for an export and takes nothing of it. */
async function unread(): Promise<Socket> {
  const socket = await openTcp(site.url);
  open.push(socket);
  socket.pause();
  socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`);
  return socket;
}

test('ATK34 exports at once are bounded; one that nobody reads is cut off, and makes room', async () => {
  site = await startSite({ exports: { perAddress: 2, stuckMs: 2_000 } });
  const body = `<p>${'x'.repeat(90_000)}</p>`;
  for (let n = 0; n < 150; n++) expectOk(await site.spine.desk.publish(admin, 'gaza', development({ body })));
  await unread();
  await unread();
  const refused = await waitFor(async () => {
    const answer = await get(site.url, path);
    return answer.status === 429 && answer;
  });
  expect(refused.headers['retry-after']).toBe('10');
  expect(JSON.parse(refused.body.toString()).code).toBe('too-many-requests');
  expect((await get(site.url, '/gaza')).status).toBe(200);
  await waitFor(async () => (await get(site.url, path)).status === 200, 'room for another export');
});
