import { describe, expect, it } from 'vitest';
import type { CheckResult, Finding } from '@mailpath/protocol';
import { diagnoseSite } from './diagnose-site.ts';
import type { ServerResults } from './look.ts';
import { render } from './render.ts';
import { changed, failing, skippedResult } from './testing/faults.ts';
import { app, but, faulty, svc, withEvidence } from './testing/fixtures.ts';
import { certificate, sections, signedIn, SITE, tlsOf } from './testing/healthy.ts';
import { passed } from './testing/results.ts';

const diagnose = (servers: ServerResults[]): Finding[] => diagnoseSite({ site: SITE, servers });
const only = (findings: readonly Finding[]): Finding => {
  expect(findings.map(({ key }) => key)).toHaveLength(1);
  return findings[0] as Finding;
};
const IMAP_CLOSED = 'connect.timeout outlook.office365.com:993';
const corp = (anchor: 'public' | 'machine'): object => ({
  tls: tlsOf({ anchor, chain: [certificate('CN=Corp Inspection CA, O=Example Ltd')] }),
});
const shown = (server: ServerResults, evidence: object): ServerResults =>
  but(server, 'imap.tls', (result) => ({ ...result, evidence: sections(result.evidence, evidence) }));
describe('a cause across servers', () => {
  it('is no other issuer where the site expects it, though only this machine vouches for it', () => {
    const site = [shown(svc(), corp('machine')), shown(app(), corp('machine'))];
    expect(only(diagnose(site)).rule).toBe('tls.other-issuer');
    const facts = { ...SITE, expectedIssuers: ['example ltd'] };
    expect(diagnoseSite({ site: facts, servers: site })).toEqual([]);
  });

  it('is the firewall of one way where siblings get through, and says which siblings', () => {
    const finding = only(diagnose([faulty(IMAP_CLOSED, app('app02')), app('app01'), svc()]));
    expect(finding.scope).toMatchObject({
      kind: 'server',
      servers: ['app02'],
      host: 'outlook.office365.com',
      port: 993,
    });
    expect(finding.severity).toBe('warning');
    expect(finding.excludes).toContain(
      'From app01 and svc01 outlook.office365.com:993 can be used: it is neither Microsoft nor the tenant.',
    );
    expect(finding.cause).toContain('a rule for this server is missing');
  });

  it('is the perimeter where no server gets through: one finding for the site, at the worst severity of all roles', () => {
    const finding = only(diagnose([faulty(IMAP_CLOSED, app()), faulty(IMAP_CLOSED, svc())]));
    expect(finding.scope).toMatchObject({ kind: 'site', servers: ['app01', 'svc01'] });
    expect(finding).toMatchObject({ severity: 'error', statements: ['S49', 'S56', 'S59'] });
    expect(finding.summary).toMatch(/^All servers \(app01 and svc01\): /);
    expect(finding.cause).toContain('the firewall to the internet that all of them share');
    expect(finding.excludes).toContain('It is the same on app01 and svc01: it is no fault of one server.');
  });

  it('is a matter of a role where all servers of one have it, and the others do not', () => {
    const finding = only(
      diagnose([faulty(IMAP_CLOSED, app('app01')), faulty(IMAP_CLOSED, app('app02')), svc()]),
    );
    expect(finding.scope).toMatchObject({
      kind: 'role',
      roles: ['application'],
      servers: ['app01', 'app02'],
    });
  });

  it('takes a server that fails for another reason for no witness', () => {
    const [offline, closed] = diagnose([faulty('server.offline network', svc('svc02')), faulty(IMAP_CLOSED)]);
    expect(offline?.rule).toBe('server.offline');
    expect(closed).toMatchObject({
      key: IMAP_CLOSED,
      excludes: [expect.stringContaining('outlook.office365.com:443')],
    });
  });

  it('keeps its key when another server gets it as well', () => {
    const before = only(diagnose([faulty(IMAP_CLOSED), svc('svc02')]));
    const after = only(diagnose([faulty(IMAP_CLOSED), faulty(IMAP_CLOSED, svc('svc02'))]));
    expect(after.key).toBe(before.key);
  });

  it('has what a closed sign-in host stops as consequences, and as no fault of their own', () => {
    const finding = only(diagnose([faulty('connect.timeout login.microsoftonline.com:443'), app()]));
    expect(finding.scope.checks.map(({ check }) => check)).toEqual(['https.sign-in', 'token.refresh']);
    expect(finding.consequences).toEqual([
      { server: 'svc01', check: 'imap.mailbox', target: 'sales', mailbox: 'sales@example.com' },
      { server: 'svc01', check: 'smtp.login', target: 'sales', mailbox: 'sales@example.com' },
    ]);
    expect(finding.excludes.join(' ')).toMatch(/app01 makes tokens: .*\(S48\)/);
  });

  it('says of a first token that cannot be made that elsewhere tokens are refreshed (S47)', () => {
    const finding = only(diagnose([faulty('connect.timeout login.microsoftonline.com:443', app()), svc()]));
    expect(finding.scope.servers).toEqual(['app01']);
    expect(finding.excludes.join(' ')).toMatch(/svc01 refreshes tokens: .*\(S47\)/);
  });

  it('leaves an alarm mail untried on one server to the token that another could not get', () => {
    const alarm = skippedResult(signedIn('smtp.login'));
    const application = {
      ...app(),
      results: [...app().results.filter(({ check }) => check !== 'token.redeem'), alarm],
    };
    const finding = only(diagnose([faulty('token.revoked sales@example.com'), application]));
    expect(finding.consequences.map(({ server, check }) => `${server} ${check}`)).toContain(
      'app01 smtp.login',
    );
  });

  it('is told in Japanese from the same data', () => {
    const finding = only(diagnose([faulty(IMAP_CLOSED, app()), faulty(IMAP_CLOSED, svc())]));
    const stored = JSON.parse(JSON.stringify(finding)) as Finding;
    const ja = render(stored, 'ja');
    expect(ja.summary).toBe(
      '全サーバー (app01、svc01): outlook.office365.com:993 への TCP 接続に応答がありません。',
    );
    expect(render(ja, 'en')).toEqual(finding);
    expect(render({ ...stored, rule: 'of.tomorrow' }, 'ja').summary).toBe(stored.summary);
  });
});

describe('folding what one server sees', () => {
  const refused = (server: ServerResults) =>
    changed(
      server,
      () => true,
      (each) => failing(each, 'connect', 'refused'),
    );

  it('tells a firewall that rejects everything once', () => {
    expect(only(diagnose([refused(svc())])).rule).toBe('server.offline');
  });

  it('tells addresses that are dead under several of Microsoft’s names once, and those of a host of the site’s own apart', () => {
    const attempts = [
      { address: '52.96.0.10', family: 4, outcome: 'reached', ms: 20 },
      { address: '52.96.0.11', family: 4, outcome: 'timeout', ms: 3000 },
    ];
    const dead = (result: CheckResult): CheckResult => ({
      ...withEvidence({ connect: { attempts, used: '52.96.0.10' } })(result),
      outcome: 'warn',
      reason: '1 of 2',
    });
    const server = changed(svc(), ({ check }) => check === 'imap.tls' || check === 'smtp.submission', dead);
    const relay = {
      ...dead(passed('smtp')),
      target: { name: 'relay', host: 'relay.example.com', port: 587 },
    };
    const [microsofts, own, ...others] = diagnose([{ ...server, results: [...server.results, relay] }]);
    expect(others).toEqual([]);
    expect(own).toMatchObject({
      key: 'connect.some-addresses relay.example.com',
      scope: { host: 'relay.example.com' },
    });
    expect(microsofts?.key).toBe('connect.some-addresses Microsoft 365');
    expect(microsofts?.summary).toContain(
      '52.96.0.11 of outlook.office365.com and smtp.office365.com cannot be reached',
    );
  });

  it('says no more than the host where nothing else was looked at', () => {
    const one = {
      ...svc(),
      results: svc().results.filter(({ target }) => target.host === 'outlook.office365.com'),
    };
    expect(only(diagnose([refused(one)])).key).toBe('connect.host-closed outlook.office365.com');
  });

  it('speaks of large packets only where small ones were seen to pass, and of every handshake once all the same', () => {
    const silent = changed(
      faulty('tls.black-hole path MTU'),
      ({ target }) => target.port === 587,
      (each) => failing(each, 'connect', 'timeout'),
    );
    const findings = diagnose([silent]);
    expect(findings.map(({ key }) => key).toSorted()).toEqual([
      'connect.timeout smtp.office365.com:587',
      'tls.cut every handshake',
    ]);
  });
});

describe('comparing what passed', () => {
  it('is only possible that TLS is opened when one server alone shows another issuer', () => {
    expect(only(diagnose([shown(svc(), corp('public'))]))).toMatchObject({
      rule: 'tls.other-issuer',
      confidence: 'possible',
      severity: 'warning',
    });
    expect(only(diagnose([shown(svc(), corp('public')), svc('svc02')]))).toMatchObject({
      confidence: 'likely',
      scope: { servers: ['svc01'] },
    });
    expect(only(diagnose([shown(svc(), corp('machine'))]))).toMatchObject({ confidence: 'likely' });
  });

  it('takes two issuers of Microsoft’s own for normal', () => {
    const other = {
      tls: tlsOf({
        chain: [certificate('CN=Microsoft Azure RSA TLS Issuing CA 08, O=Microsoft Corporation, C=US')],
      }),
    };
    expect(diagnose([shown(svc(), other), svc('svc02')])).toEqual([]);
  });

  it('names every server whose clock is off, in one finding', () => {
    const finding = only(diagnose([faulty('clock.wrong clock', svc()), faulty('clock.wrong clock', app())]));
    expect(finding.summary).toContain('app01 is 6.7 minutes behind and svc01 is 6.7 minutes behind');
  });

  it('has certificates out of their dates follow from a clock that is off', () => {
    const server = changed(
      faulty('clock.wrong clock'),
      ({ check }) => check === 'pop3.tls',
      (result) =>
        failing(result, 'tls', 'untrusted', {
          tls: tlsOf({ trusted: false, distrust: 'CERT_NOT_YET_VALID' }),
        }),
    );
    const finding = only(diagnose([server]));
    expect([finding.rule, finding.consequences.map(({ check }) => check)]).toEqual([
      'clock.wrong',
      ['pop3.tls'],
    ]);
  });
});
