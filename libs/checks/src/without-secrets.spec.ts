import { describe, expect, it } from 'vitest';
import { MASK, textWithoutSecrets } from './without-secrets.ts';

const SECRET = 'eyJ0eXAi+canary/secret~value==';
const secrets = new Set([SECRET]);

describe('a result without secrets', () => {
  it.each([
    ['as it is', `said ${SECRET} again`],
    ['in a URL', `https://login/?code=${encodeURIComponent(SECRET)}&x=1`],
    ['in a form', new URLSearchParams({ client_secret: SECRET }).toString()],
    ...[0, 1, 2, 3, 4, 5].flatMap((before) =>
      [0, 1, 2].map((after) => [
        `inside base64, ${before} bytes before and ${after} behind`,
        Buffer.from(`${'x'.repeat(before)}${SECRET}${'y'.repeat(after)}`).toString('base64'),
      ]),
    ),
    ['inside base64url', Buffer.from(`user=a\x01auth=Bearer ${SECRET}\x01\x01`).toString('base64url')],
  ])('masks one %s', (_, text) => {
    const shown = textWithoutSecrets(text as string, secrets);
    expect(shown).toContain(MASK);
    for (const form of ['base64', 'base64url'] as const)
      expect(Buffer.from(shown.replaceAll(MASK, ''), form).toString('utf8')).not.toContain('canary');
    expect(shown).not.toContain('canary');
  });

  it('masks what a cut has left of one', () => {
    const long = `token-${'0123456789abcdef'.repeat(100)}`;
    const cut = `the server said ${long}`.slice(0, 200);
    expect(textWithoutSecrets(`${cut}…`, new Set([long]))).toBe(`the server said ${MASK}…`);
  });

  it('leaves ordinary text, and text that only resembles a short secret, as it is', () => {
    expect(textWithoutSecrets('AUTHENTICATE failed.', new Set(['fail']))).toBe('AUTHENTICATE failed.');
    expect(textWithoutSecrets('AUTHENTICATE failed.', secrets)).toBe('AUTHENTICATE failed.');
  });
});
