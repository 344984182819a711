import { expect, it } from 'vitest';
import { browserCookie, browserIn } from './browser-cookie.ts';

const ID = '0192f000-0000-7000-8000-000000000001';
const SECRET = 's'.repeat(43);

it('is read again from what it was set as, among other cookies', () => {
  const set = browserCookie(ID, null, false);
  const [pair = ''] = set.split(';');
  const secret = browserIn(`other=1; ${pair};more=2`, ID);
  expect(secret).toHaveLength(43);
  expect(browserCookie(ID, secret, false)).toBe(set);
  expect(set).toMatch(/; Path=\/v1\/sign-ins; Max-Age=900; HttpOnly; SameSite=Lax$/);
  expect(browserCookie(ID, secret, true)).toBe(`${set}; Secure`);
});

it.each([
  ['nothing', undefined],
  ['another sign-in', `mailpath-sign-in-${ID.replace('1', '2')}=${SECRET}`],
  ['a name that ends like it', `x-mailpath-sign-in-${ID}=${SECRET}`],
  ['too little', `mailpath-sign-in-${ID}=short`],
  ['too much', `mailpath-sign-in-${ID}=${SECRET}s`],
])('is not read from a header with %s', (_, header) => {
  expect(browserIn(header, ID)).toBeNull();
});
