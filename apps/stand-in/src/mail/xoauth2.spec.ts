import { describe, expect, it } from 'vitest';
import { readXOAuth2 } from './xoauth2.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('readXOAuth2', () => {
  it('reads mailbox and token', () => {
    expect(readXOAuth2(base64('user=ada@contoso.example\x01auth=Bearer a.b.c\x01\x01'))).toEqual({
      user: 'ada@contoso.example',
      accessToken: 'a.b.c',
    });
  });

  it.each([
    ['nothing', ''],
    ['no base64', '!!!!'],
    ['base64 without its padding', base64('user=ada\x01auth=Bearer abc\x01\x01').replace(/=+$/, '')],
    ['base64 with more behind it', `${base64('user=ada\x01auth=Bearer abc\x01\x01')}AAAA`],
    ['one end', base64('user=ada\x01auth=Bearer a\x01')],
    ['three ends', base64('user=ada\x01auth=Bearer a\x01\x01\x01')],
    ['no user', base64('auth=Bearer a\x01\x01')],
    ['an empty user', base64('user=\x01auth=Bearer a\x01\x01')],
    ['no token', base64('user=ada\x01auth=Bearer \x01\x01')],
    ['a token with a space', base64('user=ada\x01auth=Bearer a b\x01\x01')],
    ['OAUTHBEARER', base64('n,a=ada,\x01auth=Bearer a\x01\x01')],
  ])('refuses %s', (_, text) => {
    expect(readXOAuth2(text)).toBeNull();
  });
});
