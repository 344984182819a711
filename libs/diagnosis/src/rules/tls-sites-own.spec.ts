import { type Certificate, type CheckResult, type Evidence, type Finding } from '@mailpath/protocol';
import { describe, expect, it } from 'vitest';
import { diagnoseSite } from '../diagnose-site.ts';
import type { ServerResults } from '../look.ts';
import { render } from '../render.ts';
import { failing } from '../testing/faults.ts';
import { svc } from '../testing/fixtures.ts';
import { certificate, sections, SITE, tlsOf, wellAt } from '../testing/healthy.ts';

type Tls = NonNullable<Evidence['tls']>;
const CORP = 'CN=Corp Issuing CA, O=Corp';
const ROOT = 'CN=Corp Root, O=Corp';
const PAST = '2026-11-01T00:00:00.000Z';
const FUTURE = '2026-12-01T00:00:00.000Z';

const shown = (issuer: string, more: Partial<Certificate> = {}): Certificate => ({
  ...certificate(issuer),
  ...more,
});
const above = (subject: string, issuer: string, more: Partial<Certificate> = {}): Certificate => ({
  ...shown(issuer, more),
  subject,
  fingerprint256: `of ${subject}`,
});

/** Places that are none of Microsoft's, by the check that looks at them. */
const PLACES = [
  ['https.external-url', 'ece.example.com', 443],
  ['https.reach', 'intranet.example.com', 443],
  ['tls.handshake', 'archive.example.com', 993],
] as const;
type Place = readonly [check: string, host: string, port: number];

function at([check, host, port]: Place, tls: Partial<Tls>, name = 'svc01'): ServerResults {
  const server = svc(name);
  const well: CheckResult = {
    ...wellAt('login'),
    check,
    target: { name: 'own', host, port },
    evidence: sections(wellAt('login').evidence, { tls: tlsOf({ trustLists: [], ...tls }) }),
  };
  const result = tls.trusted === false ? failing(well, 'tls', 'untrusted', { tls: well.evidence.tls }) : well;
  return { ...server, results: [...server.results, result] };
}
const refused = (distrust: string, chain: Certificate[]): Partial<Tls> => ({
  trusted: false,
  distrust,
  anchor: null,
  chain,
});
const only = (...servers: ServerResults[]): Finding => {
  const findings = diagnoseSite({ site: SITE, servers });
  expect(findings.map(({ rule }) => rule)).toHaveLength(1);
  return findings[0] as Finding;
};
/** Everything that a finding says, in each language. */
const inWords = (finding: Finding): string[] =>
  (['en', 'ja'] as const).map((language) => {
    const { summary, cause, nextStep } = render(finding, language);
    return [summary, cause, nextStep].join('\n');
  });

/** What may be wrong with a certificate: its rule, and what is presented. */
const FAULTS: readonly (readonly [string, Partial<Tls>])[] = [
  ['tls.untrusted', refused('SELF_SIGNED_CERT_IN_CHAIN', [shown(CORP), above(CORP, CORP)])],
  ['tls.untrusted', refused('DEPTH_ZERO_SELF_SIGNED_CERT', [above(CORP, CORP)])],
  ['tls.untrusted', refused('UNABLE_TO_VERIFY_LEAF_SIGNATURE', [shown(CORP)])],
  ['tls.expired', refused('CERT_HAS_EXPIRED', [shown(CORP, { validTo: PAST })])],
  ['tls.expired', refused('CERT_NOT_YET_VALID', [shown(CORP, { validFrom: FUTURE })])],
  ['tls.weak', refused('CA_MD_TOO_WEAK', [shown(CORP, { weak: ['sha1-signature'] })])],
  ['tls.weak', refused('EE_KEY_TOO_SMALL', [shown(CORP, { weak: ['rsa-below-2048'] })])],
  ['tls.expires-soon', { chain: [shown(CORP, { validTo: FUTURE })], anchor: 'machine' }],
];

describe.each(PLACES)('a certificate at a place of the site’s own (%s)', (...place) => {
  it.each(FAULTS)(
    'that is told by %s is for whoever runs the place: no proxy, nothing of Microsoft’s (%#)',
    (rule, tls) => {
      const finding = only(at(place, tls));
      expect(finding).toMatchObject({ rule, owner: 'server-administrator' });
      for (const text of inWords(finding)) {
        expect(text).not.toMatch(
          /inspect|proxy team|between .* and Microsoft|Microsoft's (?:do|certificates)/,
        );
        expect(text).not.toMatch(/復号|プロキシ担当|Microsoft は証明書|Microsoft の証明書/);
      }
    },
  );

  it('is an interception where a device shows the same issuer at Microsoft’s places', () => {
    const chain = [shown(CORP), above(CORP, CORP)];
    const server = at(place, refused('SELF_SIGNED_CERT_IN_CHAIN', chain));
    const results = server.results.map((result) =>
      result.check === 'imap.tls'
        ? failing(result, 'tls', 'untrusted', { tls: tlsOf(refused('SELF_SIGNED_CERT_IN_CHAIN', chain)) })
        : result,
    );
    expect(only({ ...server, results })).toMatchObject({ rule: 'tls.untrusted', owner: 'proxy' });
  });

  it('is one where siblings are shown another issuer there', () => {
    const sibling = at(place, { chain: [shown("CN=R11, O=Let's Encrypt, C=US")] }, 'svc02');
    const server = at(place, refused('SELF_SIGNED_CERT_IN_CHAIN', [shown(CORP), above(CORP, CORP)]));
    expect(only(server, sibling)).toMatchObject({ rule: 'tls.untrusted', owner: 'proxy' });
  });
});

describe('which certificate is out of its dates', () => {
  const CA1 = 'CN=DigiCert Cloud Services CA-1, O=DigiCert Inc, C=US';
  const GLOBAL = 'CN=DigiCert Global Root CA, O=DigiCert Inc, C=US';
  const seen = (...chain: Certificate[]): ServerResults => {
    const server = svc();
    const results = server.results.map((result) =>
      result.check === 'imap.tls'
        ? failing(result, 'tls', 'untrusted', { tls: tlsOf(refused('CERT_HAS_EXPIRED', chain)) })
        : result,
    );
    return { ...server, results };
  };

  it.each([
    ['the place’s own', [shown(CA1, { validTo: PAST }), above(CA1, GLOBAL)], 'proxy', 'is out of its dates'],
    [
      'its own before those above',
      [shown(CA1, { validTo: PAST }), above(CA1, GLOBAL, { validTo: PAST })],
      'proxy',
      'is out of its dates',
    ],
    [
      'one that is sent with it',
      [shown(CA1), above(CA1, GLOBAL, { validTo: PAST })],
      'proxy',
      `${CA1}, which is sent with it, is not`,
    ],
    [
      'one above that',
      [shown(CA1), above(CA1, ROOT), above(ROOT, GLOBAL, { validTo: PAST })],
      'proxy',
      `${ROOT}, which is sent`,
    ],
    [
      'one that this machine keeps',
      [shown(CA1), above(CA1, GLOBAL)],
      'server-administrator',
      `this machine keeps to check them by is not (${GLOBAL})`,
    ],
    [
      'one that this machine keeps, over a bare certificate',
      [shown(CA1)],
      'server-administrator',
      `(${CA1})`,
    ],
  ] satisfies [string, Certificate[], string, string][])('is told: %s', (_, chain, owner, says) => {
    const finding = only(seen(...chain));
    expect(finding).toMatchObject({ rule: 'tls.expired', owner });
    expect(finding.summary).toContain(says);
  });

  it('is looked up to the very second at which it was seen', () => {
    const { startedAt } = wellAt('imap');
    expect(only(seen(shown(CA1, { validTo: startedAt, validFrom: startedAt }))).owner).toBe(
      'server-administrator',
    );
    const before = new Date(Date.parse(startedAt) - 1_000).toISOString();
    expect(only(seen(shown(CA1, { validTo: before }))).owner).toBe('proxy');
  });
});
