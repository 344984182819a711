import { describe, expect, it } from 'vitest';
import type { CheckResult, Evidence } from '@mailpath/protocol';
import { diagnoseSite } from './diagnose-site.ts';
import type { ServerResults } from './look.ts';
import { changed, failing } from './testing/faults.ts';
import { app, but, svc } from './testing/fixtures.ts';
import { claimsOf, SALES, sections, signedIn, SITE } from './testing/healthy.ts';
import { untrustedTls } from './testing/results.ts';

/** Rule, servers and owner of each finding. */
const found = (...servers: ServerResults[]) =>
  diagnoseSite({ site: SITE, servers }).map(({ rule, scope, owner }) => [rule, scope.servers.join(), owner]);
const also = (server: ServerResults, ...more: CheckResult[]): ServerResults => ({
  ...server,
  results: [...server.results, ...more],
});
const everywhere = (break_: (server: ServerResults) => ServerResults) =>
  [svc('svc01'), svc('svc02'), app('app01')].map(break_);
const returnsNot = (code: 'timeout' | 'untrusted' | 'refused') =>
  failing(signedIn('mail.round-trip'), 'receive', code);

describe('what recordings of real runs showed', () => {
  it('a message is not missing where nobody can come near the mailbox', () => {
    const silent = but(svc(), 'imap.tls', (result) => failing(result, 'greet', 'timeout'));
    expect(found(also(silent, returnsNot('timeout')))).toEqual([['greet.silent', 'svc01', 'network']]);
  });

  it('a message is missing all the same where the other protocol is closed', () => {
    const closed = but(svc(), 'pop3.tls', (result) => failing(result, 'connect', 'refused'));
    const rules = found(also(closed, returnsNot('refused'))).map(([rule]) => rule);
    expect(new Set(rules)).toEqual(new Set(['connect.refused', 'mail.not-returned']));
  });

  it('the certificate that bars the reading is not that of the place where the message was sent', () => {
    const inspected = but(svc(), 'imap.tls', (result) =>
      failing(result, 'tls', 'untrusted', untrustedTls('CN=Corp Proxy CA', 'SELF_SIGNED_CERT_IN_CHAIN')),
    );
    expect(found(also(inspected, returnsNot('untrusted')))).toEqual([['tls.untrusted', 'svc01', 'proxy']]);
  });

  it('a page in the place of the sign-in host answers token requests too', () => {
    const page: Evidence = { http: { status: 403 }, unexpected: { line: 'Blocked' } } as Evidence;
    const blocked = (check: string, phase: 'http' | 'token') => (server: ServerResults) =>
      but(server, check, (result) => failing(result, phase, 'unexpected-reply', page));
    expect(found(blocked('token.refresh', 'token')(blocked('https.sign-in', 'http')(svc())))).toEqual([
      ['http.unexpected', 'svc01', 'proxy'],
    ]);
  });

  it('a server error that all are told is Microsoft’s, whatever it looks like', () => {
    const page = sections({ http: { status: 503 }, token: { status: 503 } });
    const tokens = everywhere((server) =>
      changed(
        server,
        ({ check }) => check.startsWith('token.'),
        (result) => failing(result, 'token', 'unexpected-reply', page),
      ),
    );
    expect(found(...tokens)).toEqual([['token.unavailable', 'app01,svc01,svc02', 'microsoft']]);
    const web = everywhere((server) =>
      but(server, 'https.sign-in', (result) => failing(result, 'http', 'unexpected-reply', page)),
    );
    expect(found(...web)).toEqual([['http.unexpected', 'app01,svc01,svc02', 'microsoft']]);
  });

  it('a mail server that turns everybody away for now is Microsoft’s', () => {
    const line = '421 4.3.2 Service not active';
    const away = (server: ServerResults) =>
      but(server, 'smtp.submission', (result) =>
        failing(result, 'greet', 'unexpected-reply', { unexpected: { line } }),
      );
    expect(found(...everywhere(away))).toEqual([['greet.refused', 'app01,svc01,svc02', 'microsoft']]);
    expect(found(away(svc('svc01')), svc('svc02'))).toEqual([['greet.refused', 'svc01', 'network']]);
  });

  it('mail ports are those where mail is spoken, whatever their numbers', () => {
    const closed = changed(
      svc(),
      ({ target }) => target.port !== 443,
      (result) => failing(result, 'connect', 'refused'),
    );
    const moved = {
      ...closed,
      results: closed.results.map((each) => ({
        ...each,
        target: { ...each.target, port: each.target.port + 10_000 },
      })),
    };
    expect(found(moved)).toEqual([['connect.mail-ports', 'svc01', 'network']]);
  });

  it('a service that is not available is one cause for all mailboxes', () => {
    const reply = { mailbox: { opened: false, reply: 'NO Server Unavailable. 15' } };
    const other = signedIn('imap.mailbox');
    const second = { ...other, target: { ...other.target, name: 'support', mailbox: 'support@example.com' } };
    const unavailable = (result: CheckResult) => failing(result, 'open-mailbox', 'unavailable', reply);
    expect(found(also(but(svc(), 'imap.mailbox', unavailable), unavailable(second)))).toEqual([
      ['login.unavailable', 'svc01', 'unknown'],
    ]);
  });

  it('a permission that was not asked for is one cause for all users', () => {
    const claims = (user: string) => claimsOf({ user, scp: 'IMAP.AccessAsUser.All' });
    const own = but(svc(), 'token.refresh', (result) => ({ ...result, evidence: { claims: claims(SALES) } }));
    const [refresh] = own.results.filter(({ check }) => check === 'token.refresh');
    const other = {
      ...(refresh as CheckResult),
      target: { ...(refresh as CheckResult).target, name: 'ece', mailbox: 'ece@example.com' },
      evidence: { claims: claims('ece@example.com') },
    };
    expect(found(also(own, other))).toEqual([['token.scope', 'svc01', 'entra']]);
  });
});
