import { describe, expect, it } from 'vitest';
import type { Evidence, Finding } from '@mailpath/protocol';
import { diagnoseSite } from './diagnose-site.ts';
import type { ServerResults, SiteFacts } from './look.ts';
import { render } from './render.ts';
import type { AnswerTables } from './sign-in/answers.ts';
import { failing } from './testing/faults.ts';
import { app, but, faulty, svc } from './testing/fixtures.ts';
import { claimsOf, healthy, sections, signedIn, SITE, wellAt } from './testing/healthy.ts';

const diagnose = (servers: ServerResults[], site: SiteFacts = SITE, answers?: AnswerTables): Finding[] =>
  diagnoseSite({ site, servers, ...(answers ? { answers } : {}) });
const only = (findings: readonly Finding[]): Finding => {
  expect(findings.map(({ key }) => key)).toHaveLength(1);
  return findings[0] as Finding;
};
const NO: Evidence = {
  login: {
    user: 'sales@example.com',
    credential: '1800 characters, sha256 ab12',
    reply: 'NO AUTHENTICATE failed.',
  },
};
const noLogin = (server: ServerResults, evidence: object = {}): ServerResults =>
  but(server, 'imap.mailbox', (result) => failing(result, 'authenticate', 'denied', sections(NO, evidence)));

describe('a message that is refused', () => {
  const OK = '250 2.1.0 Sender OK';
  it.each([
    [{ mailFrom: '550 5.7.708 Access denied', rcptTo: '503 5.5.2 Need mail command' }, 'sender', '5.7.708'],
    [{ mailFrom: OK, rcptTo: '550 5.7.99 No', data: '503 5.5.1 Bad sequence' }, 'recipient', '5.7.99'],
    [{ mailFrom: OK, rcptTo: '250 2.1.5 OK', data: '554 5.6.0 Corrupt' }, 'message', '5.6.0'],
  ])('is told by the first refusal, which the later ones only follow: %j', (submission, part, status) => {
    const server = but(svc(), 'smtp.login', (result) => failing(result, 'send', 'denied', { submission }));
    const finding = only(diagnose([server]));
    expect(finding.summary).toContain(`but not the ${part}`);
    expect(finding.summary).toContain(status);
    expect(render(finding, 'ja').summary).toContain(
      { sender: '送信者', recipient: '受信者' }[part] ?? 'メッセージ',
    );
  });
});

describe('signing in', () => {
  it('suspects place or way when the very same token is taken from another server (E4)', () => {
    const good = but(svc('svc02'), 'imap.mailbox', (result) => ({
      ...result,
      evidence: sections(NO, { mailbox: { opened: true } }),
    }));
    const finding = only(diagnose([noLogin(svc()), good]));
    expect(finding).toMatchObject({ rule: 'login.token-refused', checklistItem: 'X4', confidence: 'likely' });
    expect(finding.cause).toContain('The very same token is accepted from svc02');
  });

  it('goes by the wrong user of the token and not by the login that it fails, also across servers (C5)', () => {
    const made = but(app(), 'token.redeem', (result) => ({
      ...result,
      evidence: { claims: claimsOf({ user: 'admin@example.com' }) },
    }));
    const used = {
      ...noLogin(svc()),
      results: noLogin(svc()).results.filter(({ check }) => check !== 'token.refresh'),
    };
    const finding = only(diagnose([made, used]));
    expect(finding).toMatchObject({
      key: 'token.other-user sales@example.com',
      severity: 'error',
      checklistItem: 'C5',
    });
    expect(finding.scope.servers).toEqual(['app01', 'svc01']);
  });

  it('takes a shared account for what it is when the site says so', () => {
    const shared = svc();
    const claims = claimsOf({ user: 'shared@example.com' });
    const servers = [
      but(shared, 'imap.mailbox', (result) => ({
        ...result,
        evidence: { claims, mailbox: { opened: true } },
      })),
    ];
    expect(
      diagnose(servers, {
        ...SITE,
        mailboxes: [{ address: 'sales@example.com', user: 'shared@example.com' }],
      }),
    ).toEqual([]);
    // It opens the mailbox, so whatever name the token has is good enough.
    expect(diagnose(servers)).toEqual([]);
  });

  it('blames a policy by location where one server is refused, and the tenant where all are', () => {
    const refused = (server: ServerResults) => faulty('token.policy AADSTS53003', server);
    const local = only(diagnose([refused(svc()), svc('svc02')]));
    expect(local.nextStep).toContain('Add the public address of this server to the trusted locations');
    const tenant = only(diagnose([refused(svc()), refused(svc('svc02'))]));
    expect(tenant.scope.kind).toBe('site');
    expect(tenant.cause).toContain('It is the same on every server');
  });

  it('makes one finding of a client secret that has run out, for all servers and mailboxes', () => {
    const finding = only(
      diagnose([faulty('token.secret application', svc()), faulty('token.secret application', app())]),
    );
    expect(finding).toMatchObject({
      checklistItem: 'X1',
      scope: { kind: 'site', servers: ['app01', 'svc01'] },
    });
  });

  it('reads the answer of the authorize endpoint to a redirect URI as that of the token endpoint (C3)', () => {
    const uri = wellAt('login');
    const refused = failing(uri, 'http', 'denied', {
      redirect: {
        redirectUri: 'https://ece.example.com/x',
        aadsts: 50011,
        error: 'invalid_request',
        description: 'AADSTS50011: no.',
      },
    });
    const server = { ...svc(), results: [...svc().results, { ...refused, check: 'https.redirect-uri' }] };
    expect(only(diagnose([server]))).toMatchObject({
      rule: 'token.redirect',
      checklistItem: 'C3',
      phase: 'http',
    });
  });

  it('lets a round trip that cannot read the mailbox follow from what bars the mailbox', () => {
    const shut = but(svc(), 'imap.mailbox', (result) => failing(result, 'open-mailbox', 'denied'));
    const trip = failing(signedIn('mail.round-trip'), 'receive', 'denied');
    const finding = only(diagnose([{ ...shut, results: [...shut.results, trip] }]));
    expect(finding.rule).toBe('mailbox.refused');
    expect(finding.consequences.map(({ check }) => check)).toEqual(['mail.round-trip']);
  });

  it('never makes Microsoft the owner of what one server alone is told, and throttled never an error', () => {
    const unavailable = (server: ServerResults) =>
      but(server, 'imap.mailbox', (result) => failing(result, 'authenticate', 'unavailable'));
    expect(only(diagnose([unavailable(svc()), svc('svc02')])).owner).toBe('network');
    expect(only(diagnose([unavailable(svc())])).owner).toBe('unknown');
    expect(only(diagnose([unavailable(svc()), unavailable(svc('svc02'))])).owner).toBe('microsoft');
    const slow = but(healthy('all01', 'services', 'application'), 'smtp.login', (result) =>
      failing(result, 'authenticate', 'throttled'),
    );
    expect(only(diagnose([slow]))).toMatchObject({ rule: 'throttled', severity: 'warning' });
  });

  it('says what the tables know of an answer, with their items, and their owner where the rule has no better one', () => {
    const answer = {
      meaning: { en: 'Not known here.', ja: 'ここにはないアプリケーションです。' },
      action: { en: 'Ask the tables.', ja: '表を確認してください。' },
      items: ['X3', 'C3'],
      owner: 'ece-administrator' as const,
      rung: 'row' as const,
      retry: 'no' as const,
      cause: null,
      denies: null,
    };
    const tables: AnswerTables = {
      token: ({ aadsts }) => (aadsts === 999_999 ? answer : null),
      exchange: ({ protocol, phase, line }) =>
        protocol === 'imap' && phase === 'authenticate' && line.startsWith('NO ')
          ? { ...answer, items: ['C1'] }
          : null,
    };
    const unknown = but(svc(), 'token.refresh', (result) =>
      failing(result, 'token', 'denied', { token: { aadsts: 999_999, description: 'AADSTS999999: no.' } }),
    );
    const [denied] = diagnose([unknown], SITE, tables);
    expect(denied).toMatchObject({
      rule: 'token.denied',
      owner: 'ece-administrator',
      checklistItem: 'X3',
      items: ['X3', 'C3', 'X2'],
      nextStep: 'Ask the tables.',
    });
    expect(render(denied as Finding, 'ja').cause).toContain('ここにはないアプリケーションです');
    expect(only(diagnose([noLogin(svc())], SITE, tables))).toMatchObject({
      checklistItem: 'C1',
      owner: 'ece-administrator',
    });
  });

  it('says of words that no table knows that they are unknown, shows them, and is not sure of the cause', () => {
    const says = (reply: string) =>
      only(
        diagnose([
          but(svc(), 'imap.mailbox', (result) =>
            failing(result, 'open-mailbox', 'denied', { mailbox: { opened: false, reply } }),
          ),
        ]),
      );
    const strange = says('A2 NO Frobnicated 77');
    expect(strange).toMatchObject({ rule: 'mailbox.refused', confidence: 'possible' });
    expect(strange.summary).toContain('Frobnicated 77');
    expect(strange.cause).toMatch(/^The answer itself is unknown to Mailpath;/);
    expect(render(strange, 'ja').cause).toMatch(/^この応答は Mailpath に登録されていません。/);
    const known = says('A2 BAD User is authenticated but not connected.');
    expect(known.confidence).toBe('likely');
    expect(known.cause).not.toContain('unknown');
  });
});
