import type { CheckResult, FailureCode, TokenClaims } from '@mailpath/protocol';
import { describe, expect, it } from 'vitest';
import { diagnoseSite } from './diagnose-site.ts';
import { pastOf } from './history.ts';
import type { ServerResults } from './look.ts';
import { application, OBJECT_ID } from './testing/application.ts';
import { failing } from './testing/faults.ts';
import { but, svc } from './testing/fixtures.ts';
import { SALES, signedIn, SITE } from './testing/healthy.ts';
import { also, breaks, claims, login } from './testing/sign-in-steps.ts';

const found = (...servers: ServerResults[]) => diagnoseSite({ site: SITE, servers });
const OPENS_NOT = { mailbox: { opened: false, reply: '6 BAD User is authenticated but not connected.' } };

describe('a token that names another user than the one that is entered', () => {
  const OTHER: Partial<TokenClaims> = { user: 'u10452@corp.example' };

  it.each(['SALES@EXAMPLE.COM', 'Sales@Example.com', 'u10452@corp.example', 'sales@alias.example'])(
    'is no finding while what it is for works: %s',
    (user) => {
      expect(found(claims({ user }))).toEqual([]);
    },
  );

  it('is likely the cause where the mailbox does not open, by whichever protocol', () => {
    for (const check of ['imap.mailbox', 'pop3.mailbox'] as const) {
      const server = also(
        { ...claims(OTHER), results: claims(OTHER).results.filter(({ check: id }) => id !== 'imap.mailbox') },
        failing(signedIn(check), 'authenticate', 'denied', login('NO AUTHENTICATE failed.')),
      );
      expect(found(server)).toMatchObject([
        { rule: 'token.other-user', confidence: 'likely', severity: 'error' },
      ]);
    }
  });

  it('is certain only where somebody entered whose token it must be', () => {
    const server = breaks(
      'imap.mailbox',
      'authenticate',
      'denied',
      login('NO AUTHENTICATE failed.'),
      claims(OTHER),
    );
    const site = { ...SITE, mailboxes: [{ address: SALES, user: 'shared@example.com' }] };
    const aimed = but(server, 'token.refresh', (result) => ({
      ...result,
      target: { ...result.target, mailbox: 'shared@example.com' },
    }));
    expect(diagnoseSite({ site, servers: [aimed] })).toMatchObject([
      { rule: 'token.other-user', confidence: 'certain', severity: 'error' },
    ]);
  });

  it('is information, and no more, where nobody has tried', () => {
    const server = {
      ...claims(OTHER),
      results: claims(OTHER).results.filter(({ check }) => check.startsWith('token.')),
    };
    const [finding, ...more] = found(server);
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ severity: 'info', confidence: 'possible' });
    expect(finding?.nextStep).toContain('enter it as the user name');
  });
});

describe('a token of the application itself', () => {
  it.each([
    ['imap.mailbox', 'open-mailbox', OPENS_NOT],
    ['imap.mailbox', 'authenticate', login('3 NO AUTHENTICATE failed.')],
    ['imap.mailbox', 'open-mailbox', { mailbox: { opened: false, reply: '6 NO Words of tomorrow' } }],
  ] as const)('%s at %s is a matter of the service principal, and of no user', (check, phase, evidence) => {
    const [finding, ...more] = found(breaks(check, phase, 'denied', evidence, application(svc())));
    expect(more).toEqual([]);
    expect(finding).toMatchObject({
      rule: 'login.service-principal',
      owner: 'exchange',
      checklistItem: 'C8',
    });
    expect(finding?.nextStep).toContain(OBJECT_ID);
    expect(finding?.nextStep).toMatch(/New-ServicePrincipal -AppId \S+ -ObjectId \S+/);
    expect(`${finding?.cause} ${finding?.nextStep}`).not.toMatch(/token’s user|token user/);
  });

  it('is known by its roles where it does not say what it is', () => {
    const server = application(svc(), { idtyp: null });
    expect(found(breaks('imap.mailbox', 'open-mailbox', 'denied', OPENS_NOT, server))).toMatchObject([
      { rule: 'login.service-principal' },
    ]);
  });

  it.each([
    ['smtp.login', 'SMTP.SendAsApp', ['IMAP.AccessAsApp'], '535 5.7.3 Authentication unsuccessful [X]'],
    ['imap.mailbox', 'IMAP.AccessAsApp', ['SMTP.SendAsApp'], '3 NO AUTHENTICATE failed.'],
    ['imap.mailbox', 'IMAP.AccessAsApp', [], '3 NO AUTHENTICATE failed.'],
  ] as const)('%s refused without %s in its roles is told by that', (check, role, roles, reply) => {
    const server = breaks(
      check,
      'authenticate',
      'denied',
      login(reply),
      application(svc(), { roles: [...roles] }),
    );
    const [finding, ...more] = found(server);
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ rule: 'token.app-role', owner: 'entra', checklistItem: 'X2' });
    expect(finding?.nextStep).toContain(role);
    expect(finding?.nextStep).not.toMatch(/SMTP\.Send(?!AsApp)|AccessAsUser/);
  });

  it('says SMTP.SendAsApp, and not the scope of a user, where SMTP alone refuses it', () => {
    const server = breaks(
      'smtp.login',
      'authenticate',
      'denied',
      login('535 5.7.3 Authentication unsuccessful'),
      application(svc()),
    );
    const [finding] = found(server);
    expect(finding).toMatchObject({ rule: 'smtp.refused-alone', confidence: 'likely' });
    expect(finding?.cause).toContain('SMTP.SendAsApp is in the token');
  });

  it('gets the rights and the switches of the protocol that refuses it', () => {
    const nextStep = (check: 'imap.mailbox' | 'pop3.mailbox' | 'smtp.login', reply: string) => {
      const server = application(svc(), {
        roles: ['IMAP.AccessAsApp', 'POP.AccessAsApp', 'SMTP.SendAsApp'],
      });
      const refused = failing(signedIn(check), 'authenticate', 'denied', login(reply));
      const results = server.results.filter(({ check: id }) => id !== 'imap.mailbox' && id !== check);
      return found({ ...server, results: [...results, refused] })[0];
    };
    const smtp = nextStep('smtp.login', '535 5.7.3 Authentication unsuccessful [X]');
    expect(smtp).toMatchObject({ rule: 'login.service-principal', owner: 'exchange' });
    expect(smtp?.nextStep).toMatch(
      new RegExp(`Add-RecipientPermission ${SALES} -Trustee ${OBJECT_ID} -AccessRights SendAs`),
    );
    expect(smtp?.nextStep).toContain('SmtpClientAuthenticationDisabled');
    expect(smtp?.nextStep).not.toMatch(/ImapEnabled|PopEnabled/);
    for (const [check, reply] of [
      ['imap.mailbox', '3 NO AUTHENTICATE failed.'],
      ['pop3.mailbox', '-ERR Authentication failure: unknown user name or bad password.'],
    ] as const) {
      const opens = nextStep(check, reply);
      expect(opens?.nextStep).toContain(`Add-MailboxPermission ${SALES} -User ${OBJECT_ID}`);
      expect(opens?.nextStep).toContain('ImapEnabled,PopEnabled');
      expect(opens?.nextStep).not.toMatch(/SendAs|SmtpClientAuthenticationDisabled/);
    }
  });

  it('may not log on, whatever the class of the code promises', () => {
    for (const line of [
      '430 4.2.0 STOREDRV; mailbox logon failure; Cannot open mailbox.',
      '451 4.2.0 STOREDRV.Submission.Exception:ConnectionFailedTransientException.MapiExceptionLogonFailed; x',
    ]) {
      const server = also(
        application(svc()),
        failing(signedIn('mail.round-trip'), 'send', 'unavailable', { submission: { data: line } }),
      );
      const [finding, ...more] = found(server);
      expect(more).toEqual([]);
      expect(finding).toMatchObject({ rule: 'mailbox.no-log-on', owner: 'exchange', checklistItem: 'C8' });
      expect(finding?.cause).toContain('service principal');
      expect(`${finding?.cause} ${finding?.nextStep}`).not.toMatch(/[Ww]ait|moment/);
    }
  });
});

describe('what says that it passes by itself', () => {
  const AT = (n: number) => `2026-11-24T0${n}:00:00.000Z`;
  const busy = (n: number, code: FailureCode = 'unavailable') => ({
    ...failing(signedIn('mail.round-trip'), 'send', code, { submission: { data: '451 4.3.0 Try later' } }),
    startedAt: AT(n),
  });
  const after = (...earlier: CheckResult[]) =>
    found({ ...also(svc(), busy(9)), history: earlier.map(pastOf) })[0];

  it('is told as a matter of the moment for two rounds, and not from the third on', () => {
    expect(after()?.nextStep).toContain('Wait and look again');
    expect(after(busy(8))?.nextStep).toContain('Wait and look again');
    const lasting = after(busy(8), busy(7));
    expect(lasting?.nextStep).toContain('Do not wait');
    expect(lasting?.cause).toContain('3 rounds in a row');
    expect(lasting?.cause).not.toContain('A fault of the moment');
  });

  it('is another thing when it is answered otherwise in between, in whatever order rounds come', () => {
    const passed = { ...signedIn('mail.round-trip'), startedAt: AT(8) };
    expect(after(busy(7), passed, busy(6))?.nextStep).toContain('Wait and look');
    expect(after(busy(8, 'denied'), busy(7), busy(6))?.nextStep).toContain('Wait and look');
    expect(after(busy(6), busy(8), busy(7))?.cause).toContain('4 rounds');
  });
});
