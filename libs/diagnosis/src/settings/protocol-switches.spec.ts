import { describe, expect, it } from 'vitest';
import type { CheckResult } from '@mailpath/protocol';
import { english, inShort, mailboxWith, seen, siteWith } from '../testing/settings.ts';
import { judgeSwitches } from './protocol-switches.ts';

const refused = (reply: string): Partial<CheckResult> => ({
  outcome: 'fail',
  failure: { phase: 'authenticate', code: 'denied', message: reply },
  evidence: { login: { reply } },
});
const notSentAs: Partial<CheckResult> = {
  outcome: 'fail',
  failure: {
    phase: 'send',
    code: 'denied',
    message: '5.7.60 SMTP; Client does not have permissions to send as this sender',
  },
  evidence: { login: { reply: '235 2.7.0 Authentication successful' } },
};
const notOpened: Partial<CheckResult> = {
  outcome: 'fail',
  failure: { phase: 'open-mailbox', code: 'denied', message: 'User is authenticated but not connected.' },
};
const OFF = '535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox.';

describe('the protocol switches of a mailbox', () => {
  it.each<[boolean | null, Partial<CheckResult> | null, string]>([
    [null, null, 'cannot-tell'],
    [true, null, 'holds'],
    [false, null, 'broken'],
    [false, {}, 'holds'],
    [null, {}, 'holds'],
    [false, notSentAs, 'holds'],
    [true, refused(OFF), 'broken'],
    [true, refused('535 5.7.3 Authentication unsuccessful'), 'cannot-tell'],
    [false, refused('535 5.7.3 Authentication unsuccessful'), 'broken'],
    [true, { outcome: 'skipped', reason: 'no token' }, 'holds'],
  ])('SMTP entered as %j with %j: %s', (smtpAuthEnabled, result, verdict) => {
    const mailbox = mailboxWith({ smtpAuthEnabled, imapEnabled: true });
    const results = result ? [seen('smtp.login', result)] : [];
    const verdicts = judgeSwitches(siteWith(), mailbox, results);
    expect(inShort(verdicts)).toEqual(['C6 holds S34 S36', `C6 ${verdict} S34 S35`]);
  });

  it('says when a server shows that what was entered is out of date', () => {
    const mailbox = mailboxWith({ imapEnabled: false, smtpAuthEnabled: true });
    const [imap] = judgeSwitches(siteWith(), mailbox, [seen('imap.mailbox')]);
    expect(imap).toMatchObject({ verdict: 'holds', nextStep: { id: 'switch.correct-entry' } });
  });

  it('does not take a mailbox that did not open for a proof of the switch', () => {
    const imap = (imapEnabled: boolean) =>
      judgeSwitches(siteWith(), mailboxWith({ imapEnabled }), [seen('imap.mailbox', notOpened)])[0]?.verdict;
    expect([imap(true), imap(false)]).toEqual(['cannot-tell', 'broken']);
  });

  it('names the user whose switches count, which is the one who signs in', () => {
    const mailbox = mailboxWith({ userName: 'ece@example.com', smtpAuthEnabled: false });
    const smtp = judgeSwitches(siteWith(), mailbox, []).at(-1);
    expect(english(smtp?.nextStep)).toBe(
      'Set-CASMailbox ece@example.com -SmtpClientAuthenticationDisabled $false',
    );
  });

  it('is content with one of IMAP and POP3 while the site has not decided, and asks for the one it uses', () => {
    const mailbox = mailboxWith({ imapEnabled: false, popEnabled: true, smtpAuthEnabled: true });
    const inbound = (inboundProtocol: 'imap' | 'pop3' | 'undecided') =>
      inShort(judgeSwitches(siteWith({ inboundProtocol }), mailbox, []).slice(0, -1));
    expect(inbound('undecided')).toEqual(['C6 holds S34 S36']);
    expect(inbound('pop3')).toEqual(['C6 holds S34 S36']);
    expect(inbound('imap')).toEqual(['C6 broken S34 S36']);
  });

  it('goes by the newest answer, and by none about another mailbox', () => {
    const mailbox = mailboxWith({ imapEnabled: true });
    const before = seen('smtp.login', { startedAt: '2026-11-24T02:00:00.000Z', ...refused(OFF) });
    const other = seen('smtp.login', {
      ...refused(OFF),
      target: { name: 'support', host: '127.0.0.1', port: 587, mailbox: 'support@example.com' },
    });
    expect(judgeSwitches(siteWith(), mailbox, [before, seen('smtp.login'), other])[1]?.verdict).toBe('holds');
  });
});
