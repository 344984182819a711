import { describe, expect, it } from 'vitest';
import { diagnoseSite } from '../diagnose-site.ts';
import { render } from '../render.ts';
import { failing } from '../testing/faults.ts';
import { but, svc } from '../testing/fixtures.ts';
import { SITE } from '../testing/healthy.ts';

const broken = (said: string, versions: readonly string[] = []) =>
  but(svc(), 'imap.tls', (result) =>
    failing(
      result,
      'tls',
      'tls-failed',
      versions.length > 0 ? { tlsOffered: { versions } } : {},
      `outlook.office365.com:993 (52.96.0.10) failed the TLS handshake: ${said}`,
    ),
  );
const found = (said: string, versions: readonly string[] = []) => {
  const [finding, ...more] = diagnoseSite({ site: SITE, servers: [broken(said, versions)] });
  expect(more).toEqual([]);
  expect(finding).toMatchObject({ rule: 'tls.failed', phase: 'tls' });
  expect(finding?.params).not.toHaveProperty('contradicted');
  return finding;
};
const OLD = 'does not speak TLS 1.2';

describe('a handshake that fails', () => {
  it.each([
    ['tlsv1 alert protocol version', OLD],
    ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', OLD],
    ['ERR_SSL_UNSUPPORTED_PROTOCOL', OLD],
    ['wrong version number', 'is no TLS'],
    ['ERR_SSL_PACKET_LENGTH_TOO_LONG', 'is no TLS'],
    ['http request', 'is no TLS'],
    ['tlsv1 unrecognized name', 'does not know that name'],
    ['tlsv13 alert certificate required', 'shows no certificate'],
    ['ERR_SSL_TLSV1_ALERT_ACCESS_DENIED', 'shows no certificate'],
    ['sslv3 alert handshake failure', 'alert handshake failure'],
    ['tlsv1 alert internal error', 'alert internal error'],
    ['tlsv1 alert insufficient security', 'alert insufficient security'],
    ['words of tomorrow', 'words of tomorrow'],
  ])('is told by what OpenSSL says of it, and by no more: %s', (said, words) => {
    const finding = found(said);
    expect(finding?.summary).toContain(words);
    expect(finding?.summary.includes(OLD)).toBe(words === OLD);
    expect(finding && render(finding, 'ja').summary).toMatch(/\p{Script=Han}|\p{Script=Katakana}/u);
  });

  it.each([
    [['TLSv1.1'], true],
    [['TLSv1', 'TLSv1.1'], true],
    [['TLSv1.1', 'TLSv1.2'], false],
    [['TLSv1.3'], false],
  ])('is one of versions where another look showed which are spoken: %j', (versions, old) => {
    expect(found('sslv3 alert handshake failure', versions)?.summary.includes(OLD)).toBe(old);
  });

  it('of which no reason is known is possible at the most, and gets no remedy of one', () => {
    const finding = found('tlsv1 alert internal error');
    expect(finding).toMatchObject({ confidence: 'possible', owner: 'network' });
    expect(finding?.nextStep).toContain('openssl s_client');
  });
});
