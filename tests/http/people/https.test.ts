import { expect, test } from '@jest/globals';
import { site } from '../support.ts';
import { Browser } from './support.ts';

const the = site({ publicUrl: 'https://live.example.org' });

test('PEO11 over https the cookies are bound to this very host; those of plain http count for nothing', async () => {
  const jane = new Browser(the());
  await jane.join('jane');
  expect(jane.set).toHaveLength(2);
  for (const line of jane.set)
    expect(line).toMatch(/^__Host-daymark[\w-]*=[\w-]{43}; Max-Age=\d+; Path=\/; HttpOnly; Secure; SameSite=Strict$/);
  await jane.ask('get', '/account', undefined, { Origin: 'https://live.example.org' }).expect(200);
  const token = jane.cookies.get('__Host-daymark');
  await the()
    .request.get('/api/v1/account')
    .set({ 'Daymark-Newsroom': '1', Cookie: `daymark=${token}` })
    .expect(401);
});
