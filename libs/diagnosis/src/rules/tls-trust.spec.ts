import { describe, expect, it } from 'vitest';
import type { Certificate, Evidence, Finding, TrustListVerdict } from '@mailpath/protocol';
import { diagnoseSite } from '../diagnose-site.ts';
import type { ServerResults } from '../look.ts';
import { everywhere, imap, svc } from '../testing/fixtures.ts';
import { certificate, SITE, tlsOf } from '../testing/healthy.ts';

type Tls = NonNullable<Evidence['tls']>;
const CA1 = 'CN=DigiCert Cloud Services CA-1, O=DigiCert Inc, C=US';
const GLOBAL = 'CN=DigiCert Global Root CA, OU=www.digicert.com, O=DigiCert Inc, C=US';
const G2 = 'CN=DigiCert Global Root G2, OU=www.digicert.com, O=DigiCert Inc, C=US';
const CORP = 'CN=Corp Proxy CA, O=Corp';
const issued = (subject: string, issuer: string, more: Partial<Certificate> = {}): Certificate => ({
  ...certificate(issuer),
  subject,
  ...more,
});
const leafOf = (issuer: string, more: Partial<Certificate> = {}) =>
  issued('CN=outlook.com, O=Microsoft Corporation', issuer, more);
const refused = (distrust: string, chain: Certificate[], more: Partial<Tls> = {}): ServerResults =>
  imap('tls', 'untrusted', { tls: tlsOf({ trusted: false, distrust, anchor: null, chain, ...more }) });
const only = (...servers: ServerResults[]): Finding => {
  const findings = diagnoseSite({ site: SITE, servers });
  expect(findings.map(({ rule }) => rule)).toHaveLength(1);
  return findings[0] as Finding;
};
const list = (
  name: TrustListVerdict['list'],
  root: string | null,
  match: 'certificate' | 'key' | 'subject' = 'certificate',
): TrustListVerdict => ({
  list: name,
  name: `the list ${name}`,
  size: 140,
  error: null,
  root: root === null ? null : { subject: root, fingerprint256: 'CB:3C', match },
});

describe('a certificate that is refused for what it is made of', () => {
  it.each([
    [{ weak: ['sha1-signature'], signatureAlgorithm: 'sha1WithRSAEncryption' }, 'SHA-1'],
    [{ weak: ['md5-signature'] }, 'MD5'],
    [{ weak: ['rsa-below-2048'], keyType: 'rsa', keyBits: 1024 }, '2048 bits'],
    [{ weak: ['ec-below-224'], keyType: 'ec', keyBits: 192 }, '224 bits'],
  ] satisfies [Partial<Certificate>, string][])('is told as weak: %j', (facts, says) => {
    for (const code of ['UNSPECIFIED', 'EE_KEY_TOO_SMALL', 'CA_MD_TOO_WEAK']) {
      const finding = only(
        refused(code, [leafOf(CORP, facts)], { trustLists: [list('mozilla', null), list('machine', CORP)] }),
      );
      expect(finding).toMatchObject({ rule: 'tls.weak', owner: 'proxy' });
      expect(finding.summary).toContain(says);
      expect(finding.cause).toContain('root is trusted on this machine');
    }
  });

  it('is told as refused for an unknown reason where nobody tells which, never as of an unknown root', () => {
    for (const code of ['UNSPECIFIED', 'CERT_REVOKED', 'INVALID_PURPOSE', 'PATH_LENGTH_EXCEEDED']) {
      const finding = only(refused(code, [leafOf(CORP), issued(CORP, CORP)]));
      expect(finding).toMatchObject({ rule: 'tls.untrusted', owner: 'proxy' });
      expect(finding.summary + finding.cause).toContain(code);
      expect(finding.summary + finding.cause).not.toContain('no trusted root vouches');
    }
  });

  it('is interception first where nobody vouches for a weak one', () => {
    const finding = only(refused('SELF_SIGNED_CERT_IN_CHAIN', [leafOf(CORP, { weak: ['sha1-signature'] })]));
    expect(finding.rule).toBe('tls.untrusted');
  });
});

describe('a chain that does not come to a root of this machine', () => {
  const intermediate = issued(CA1, GLOBAL);

  it.each([
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', [leafOf(CA1), intermediate], GLOBAL],
    ['UNABLE_TO_GET_ISSUER_CERT', [leafOf(CA1), intermediate], GLOBAL],
    ['SELF_SIGNED_CERT_IN_CHAIN', [leafOf(CA1), intermediate, issued(GLOBAL, GLOBAL)], GLOBAL],
    [
      'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
      [
        leafOf('CN=Microsoft TLS G2 RSA CA OCSP 02, O=Microsoft Corporation'),
        issued('CN=Microsoft TLS G2 RSA CA OCSP 02, O=Microsoft Corporation', G2),
      ],
      G2,
    ],
  ])('is a gap of its store where a known authority issued it (%s, %#)', (code, chain, root) => {
    const finding = only(
      refused(code, chain, { trustLists: [list('mozilla', null), list('machine', null)] }),
    );
    expect(finding).toMatchObject({
      rule: 'tls.missing-root',
      owner: 'server-administrator',
      confidence: 'likely',
    });
    expect(finding.summary).toContain(root);
    expect(finding.summary).toContain('the list mozilla and the list machine');
    expect(finding.nextStep).not.toContain('inspection');
  });

  it('is interception where a known name stands over another key', () => {
    const finding = only(
      refused('SELF_SIGNED_CERT_IN_CHAIN', [leafOf(CA1), issued(GLOBAL, GLOBAL)], {
        trustLists: [list('mozilla', GLOBAL, 'subject')],
      }),
    );
    expect(finding).toMatchObject({ rule: 'tls.untrusted', owner: 'proxy' });
    expect(finding.cause).toContain('another key');
  });

  it('lacks an intermediate where siblings are sent more of the same chain', () => {
    const whole = everywhere(
      { tls: tlsOf({ chain: [leafOf(CA1), intermediate], trustLists: [] }) },
      svc('svc02'),
    );
    const findings = diagnoseSite({
      site: SITE,
      servers: [refused('UNABLE_TO_VERIFY_LEAF_SIGNATURE', [leafOf(CA1)]), whole],
    });
    expect(findings.filter(({ severity }) => severity !== 'info')).toMatchObject([
      { rule: 'tls.missing-intermediate', owner: 'proxy', confidence: 'likely' },
    ]);
    expect(findings[0]?.cause).toContain('Siblings are sent the whole chain');
  });

  it('lacks the site’s own root where siblings trust the very same proxy', () => {
    const trusting = everywhere(
      { tls: tlsOf({ chain: [leafOf(CORP), issued(CORP, CORP)], anchor: 'machine' }) },
      svc('svc02'),
    );
    const found = diagnoseSite({
      site: { ...SITE, expectedIssuers: ['Corp'] },
      servers: [refused('SELF_SIGNED_CERT_IN_CHAIN', [leafOf(CORP), issued(CORP, CORP)]), trusting],
    });
    expect(found).toMatchObject([{ rule: 'tls.missing-root', owner: 'server-administrator' }]);
    expect(found[0]?.cause).toContain('Siblings trust the same issuer');
  });

  it.each([
    'CN=Avast Web/Mail Shield Root',
    'CN=DO_NOT_TRUST_FiddlerRoot',
    'CN=Kaspersky Anti-Virus Personal Root Certificate',
    'CN=mitmproxy',
  ])('is the server’s own where %s made it', (issuer) => {
    const finding = only(refused('SELF_SIGNED_CERT_IN_CHAIN', [leafOf(issuer)]));
    expect(finding).toMatchObject({ rule: 'tls.untrusted', owner: 'server-administrator' });
    expect(finding.cause).toContain('on the server itself');
  });
});

describe('a root that one list holds', () => {
  const anchored = (root: string, match: 'certificate' | 'key' | 'subject' = 'certificate') =>
    everywhere({
      tls: tlsOf({
        anchor: 'machine',
        chain: [leafOf(CA1)],
        trustLists: [list('mozilla', match === 'subject' ? root : null, 'subject'), list('machine', root)],
      }),
    });
  it('is no sign of interception where it is that of an authority of Microsoft’s', () => {
    expect(diagnoseSite({ site: SITE, servers: [anchored(GLOBAL)] })).toEqual([]);
  });
  it('is one where another list has the name under another key, or it is the company’s', () => {
    expect(only(anchored(GLOBAL, 'subject')).rule).toBe('tls.other-issuer');
    expect(only(anchored(CORP)).rule).toBe('tls.other-issuer');
  });
});

describe('the roots that ECE’s Java must hold', () => {
  const seen = (...lists: NonNullable<Tls['trustLists']>) =>
    everywhere({ tls: tlsOf({ trustLists: lists }) });
  it('are told once for the site, as an information, where nobody read its store', () => {
    const servers = [seen(list('mozilla', G2)), { ...seen(list('mozilla', G2)), name: 'svc02' }];
    const finding = only(...servers);
    expect(finding).toMatchObject({
      rule: 'tls.roots-needed',
      severity: 'info',
      owner: 'server-administrator',
    });
    expect(finding.scope.servers).toEqual(['svc01', 'svc02']);
    expect(finding.nextStep).toContain('findstr /i "CB:3C"');
  });
  it('are said to be unread where the store could not be read', () => {
    const unread = { ...list('java', null), size: null, error: 'ENOENT' };
    expect(only(seen(list('mozilla', G2), unread)).cause).toContain('the list java (ENOENT)');
  });
  it('are nothing to tell of where its store was read and holds them', () => {
    for (const match of ['certificate', 'key'] as const)
      expect(
        diagnoseSite({ site: SITE, servers: [seen(list('mozilla', G2), list('java', G2, match))] }),
      ).toEqual([]);
  });
  it('are an error where its store was read and lacks them, or has the name alone', () => {
    for (const java of [list('java', null), list('java', G2, 'subject')]) {
      const finding = only(seen(list('mozilla', G2), java));
      expect(finding).toMatchObject({ rule: 'tls.java-lacks-root', severity: 'error' });
      expect(finding.summary).toContain('the list java');
    }
  });
});
