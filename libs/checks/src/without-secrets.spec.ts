import { describe, expect, it } from 'vitest';
import { skipped } from './skipped.ts';
import { MASK, textWithoutSecrets, withoutSecrets } from './without-secrets.ts';

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
    [
      'in a URL with small escapes',
      encodeURIComponent(SECRET).replaceAll(/%../g, (each) => each.toLowerCase()),
    ],
    ['in hexadecimal', `0x${Buffer.from(SECRET).toString('hex')}`],
    ['in capital hexadecimal', Buffer.from(`x${SECRET}y`).toString('hex').toUpperCase()],
    ['inside base64url', Buffer.from(`user=a\x01auth=Bearer ${SECRET}\x01\x01`).toString('base64url')],
  ])('masks one %s', (_, text) => {
    const shown = textWithoutSecrets(text as string, secrets);
    expect(shown).toContain(MASK);
    for (const form of ['base64', 'base64url'] as const)
      expect(Buffer.from(shown.replaceAll(MASK, ''), form).toString('utf8')).not.toContain('canary');
    expect(shown).not.toContain('canary');
    expect(Buffer.from(shown.replaceAll(MASK, '').replace('0x', ''), 'hex').toString()).not.toContain(
      'canary',
    );
  });

  it('masks one as JSON writes it', () => {
    const secret = 'two"words\\and more';
    expect(textWithoutSecrets(JSON.stringify({ secret }), new Set([secret]))).toBe(`{"secret":"${MASK}"}`);
  });

  it('keeps what a result is about and how it ended, even if a password is such a word', () => {
    const target = { name: 'imap', host: 'outlook.office365.com', port: 993 };
    const failed = {
      ...skipped('imap.mailbox', target, { code: 'called-off', reason: 'no mailbox' }),
      outcome: 'fail',
      failure: { phase: 'authenticate', code: 'denied', message: 'denied: mailbox' },
      evidence: { unexpected: { line: `${'mailbox'.repeat(140)}` } },
    } as const;
    const shown = withoutSecrets(failed, new Set(['mailbox', 'authenticate', 'denied', 'outlook']));
    expect(shown).toMatchObject({
      check: 'imap.mailbox',
      target,
      failure: { phase: 'authenticate', code: 'denied', message: `${MASK}: ${MASK}` },
      reason: `no ${MASK}`,
    });
    expect(shown.evidence.unexpected?.line).toHaveLength(1024);
  });

  it('masks what a cut has left of one', () => {
    const long = `token-${'0123456789abcdef'.repeat(100)}`;
    const cut = `the server said ${long}`.slice(0, 200);
    expect(textWithoutSecrets(`${cut}…`, new Set([long]))).toBe(`the server said ${MASK}…`);
    const quoted = 'answered "407 no, pass-wo…" and "pass-w…"';
    expect(textWithoutSecrets(quoted, new Set(['pass-word']))).toBe(
      `answered "407 no, ${MASK}…" and "${MASK}…"`,
    );
  });

  it('leaves ordinary text, and text that only resembles a short secret, as it is', () => {
    expect(textWithoutSecrets('AUTHENTICATE failed.', new Set(['fail']))).toBe('AUTHENTICATE failed.');
    expect(textWithoutSecrets('AUTHENTICATE failed.', secrets)).toBe('AUTHENTICATE failed.');
  });
});
