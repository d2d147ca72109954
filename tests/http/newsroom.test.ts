import { expect, test } from '@jest/globals';
import { site } from './support.ts';

const the = site();

test.each(['/newsroom', '/newsroom/gaza', '/newsroom/gaza/days/124/summary', '/newsroom/setup/some-token'])(
  'ROOM1 %s is the newsroom’s document: kept by nobody, found by no search, framed by nobody, styles and scripts as files',
  async (path) => {
    const { headers, text } = await the().request.get(path).expect(200);
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'x-robots-tag': 'noindex',
      'cross-origin-opener-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
    const policy = String(headers['content-security-policy']);
    for (const part of ["default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'"])
      expect(policy.split(';')).toContain(part);
    expect(policy).not.toMatch(/unsafe|\*|script-src[^;]*data:/);
    expect(text).toContain('<meta name="robots" content="noindex">');
    expect(text).not.toMatch(/<style|<script(?![^>]* src=)/);
    expect(text).not.toContain('some-token');
  },
);

test('ROOM2 an address of the newsroom’s own is no timeline’s', async () => {
  for (const slug of ['people', 'tokens', 'audit', 'account', 'sign-in', 'setup', 'invitation'])
    await the()
      .request.post('/api/v1/timelines')
      .set(the().admin)
      .send({ slug, title: 'T', subject: 't', dayOne: '2024-01-01', timeZone: 'UTC' })
      .expect(422);
});
