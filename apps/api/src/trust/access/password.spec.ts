import { describe, expect, it } from 'vitest';
import { hashPassword, isPassword } from './password.ts';

describe('a password', () => {
  it('is known by its hash, and no other is', async () => {
    const hash = await hashPassword('correct horse battery');
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(hash).not.toContain('horse');
    expect(await isPassword('correct horse battery', hash)).toBe(true);
    expect(await isPassword('correct horse batterY', hash)).toBe(false);
    expect(await isPassword('', hash)).toBe(false);
  });

  it('has a salt of its own, and is the same however its letters were composed', async () => {
    const composed = await hashPassword('Käsekuchen für alle');
    expect(await hashPassword('Käsekuchen für alle')).not.toBe(composed);
    expect(await isPassword('Käsekuchen für alle'.normalize('NFD'), composed)).toBe(true);
  });

  it.each([
    null,
    '',
    '$argon2id$',
    'plain text',
    '$argon2i$v=19$m=19456,t=2,p=1$AAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA',
  ])('never matches what is no hash: %s', async (hash) => {
    expect(await isPassword('anything at all', hash)).toBe(false);
  });

  it('is checked for many at once, each with its own answer', async () => {
    const hash = await hashPassword('one of many words');
    const all = ['one of many words', 'another', 'one of many words', 'a third', 'one of many words'];
    expect(await Promise.all(all.map((each) => isPassword(each, hash)))).toEqual([
      true,
      false,
      true,
      false,
      true,
    ]);
  });
});
