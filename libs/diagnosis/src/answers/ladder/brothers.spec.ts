import { CheckResult, type Confidence, type Owner, type Phase } from '@mailpath/protocol';
import { describe, expect, it } from 'vitest';
import { diagnoseSite } from '../../diagnose-site.ts';
import { failing } from '../../testing/faults.ts';
import { but, svc } from '../../testing/fixtures.ts';
import { signedIn, SITE, type SignInCheck } from '../../testing/healthy.ts';
import { also } from '../../testing/sign-in-steps.ts';
import type { MailProtocol } from '../exchange-table.ts';
import { mailAnswer } from './mail-answer.ts';
import type { Rung } from './rung.ts';

/**
 * Answers that no table lists, written from the RFCs: protocol, where it comes, the line, on which rung it stands
 * (`step`: on none), who must act, and how sure that may be.
 */
type Brother = readonly [MailProtocol, Phase, string, Rung | 'step', Owner, Confidence];

const STORE = 'STOREDRV.Submission.Exception:';
const BROTHERS: readonly Brother[] = [
  // RFC 4954, section 6, and RFC 5248: AUTH, where the same token opens the mailbox.
  ['smtp', 'authenticate', '534 5.7.9 Authentication mechanism is too weak', 'family', 'exchange', 'likely'],
  ['smtp', 'authenticate', '530 5.7.0 Must issue a STARTTLS command first', 'family', 'mailpath', 'likely'],
  ['smtp', 'authenticate', '530 Zuerst STARTTLS', 'family', 'mailpath', 'likely'],
  ['smtp', 'send', '530 5.7.0 Anmeldung erforderlich', 'family', 'exchange', 'likely'],
  [
    'smtp',
    'send',
    '421 4.7.66 TLS 1.0 と 1.1 はサポートされていません',
    'code',
    'server-administrator',
    'likely',
  ],
  ['smtp', 'authenticate', '538 5.7.11 Encryption required', 'family', 'exchange', 'likely'],
  [
    'smtp',
    'authenticate',
    '500 5.5.6 Authentication Exchange line is too long',
    'family',
    'mailpath',
    'likely',
  ],
  ['smtp', 'authenticate', '535 Ungültig', 'family', 'exchange', 'likely'],
  [
    'smtp',
    'authenticate',
    '535 5.7.139 Authentifizierung nicht erfolgreich, Sicherheitsstandards.',
    'code',
    'exchange',
    'likely',
  ],
  ['smtp', 'authenticate', '535 5.7.139 認証に失敗しました。', 'code', 'exchange', 'likely'],
  // What Microsoft's translations call basic authentication, which no table has in whole sentences.
  [
    'smtp',
    'authenticate',
    "535 5.7.139 L'authentification a échoué, l'authentification de base est désactivée.",
    'family',
    'exchange',
    'likely',
  ],
  [
    'smtp',
    'authenticate',
    '535 5.7.139 Authentifizierung nicht erfolgreich, die Standardauthentifizierung ist deaktiviert.',
    'family',
    'exchange',
    'likely',
  ],
  [
    'smtp',
    'authenticate',
    '535 5.7.139 認証に失敗しました。基本認証は無効です。',
    'family',
    'exchange',
    'likely',
  ],
  [
    'smtp',
    'authenticate',
    '535 5.7.139 La autenticación básica está deshabilitada.',
    'family',
    'exchange',
    'likely',
  ],
  [
    'imap',
    'authenticate',
    '1 NO L’autenticazione di base è disabilitata.',
    'family',
    'ece-administrator',
    'likely',
  ],
  ['smtp', 'authenticate', '554 Non', 'step', 'exchange', 'possible'],
  ['smtp', 'authenticate', '554 5.0.0 Failed', 'step', 'exchange', 'possible'],
  // RFC 3463, section 3, and RFC 5321, section 4.2.2: the message.
  ['smtp', 'send', '550 5.1.7 Bad sender address syntax', 'family', 'exchange', 'likely'],
  ['smtp', 'send', '550 5.1.3 Bad destination mailbox address syntax', 'family', 'exchange', 'likely'],
  ['smtp', 'send', '553 Mailbox name not allowed', 'family', 'exchange', 'likely'],
  ['smtp', 'send', '551 User not local', 'family', 'exchange', 'likely'],
  ['smtp', 'send', '550 5.2.1 Mailbox disabled', 'family', 'exchange', 'likely'],
  ['smtp', 'send', '552 5.2.3 Message length exceeds administrative limit', 'family', 'exchange', 'likely'],
  ['smtp', 'send', '554 5.3.5 System incorrectly configured', 'family', 'microsoft', 'likely'],
  ['smtp', 'send', '554 5.4.6 Routing loop detected', 'family', 'microsoft', 'likely'],
  ['smtp', 'send', '550 5.4.4 Unable to route', 'family', 'microsoft', 'likely'],
  ['smtp', 'send', '503 5.5.1 Bad sequence of commands', 'family', 'mailpath', 'likely'],
  ['smtp', 'send', '555 5.5.4 Unsupported option', 'family', 'mailpath', 'likely'],
  ['smtp', 'send', '554 5.6.1 Media not supported', 'family', 'mailpath', 'likely'],
  ['smtp', 'send', '554 5.6.3 Conversion required but not supported', 'family', 'mailpath', 'likely'],
  ['smtp', 'send', '550 5.7.999 Not permitted', 'family', 'exchange', 'likely'],
  ['smtp', 'send', '550 5.7.1 Delivery not authorized', 'family', 'exchange', 'likely'],
  ['smtp', 'send', '554 5.0.0 Transaction failed', 'step', 'exchange', 'possible'],
  ['smtp', 'send', '554 Nope', 'step', 'exchange', 'possible'],
  ['smtp', 'send', '554 5.9.1 A subject that no registry has', 'step', 'exchange', 'possible'],
  // Names of exceptions, which nobody has listed.
  ['smtp', 'send', `554 5.2.0 ${STORE}MailboxOfflineException; Failed`, 'family', 'microsoft', 'likely'],
  [
    'smtp',
    'send',
    `554 5.2.0 ${STORE}StoreUnavailableForNowException; Failed`,
    'family',
    'microsoft',
    'likely',
  ],
  ['smtp', 'send', `554 5.2.0 ${STORE}FolderQuotaExceededException; Failed`, 'family', 'exchange', 'likely'],
  ['smtp', 'send', `554 5.2.0 ${STORE}OutboundSpamLimitException; Failed`, 'family', 'exchange', 'likely'],
  ['smtp', 'send', `554 5.2.0 ${STORE}FolderAccessDeniedException; Failed`, 'family', 'exchange', 'likely'],
  [
    'smtp',
    'send',
    `554 5.2.0 ${STORE}RecipientRateExceededException; Failed`,
    'family',
    'exchange',
    'likely',
  ],
  ['smtp', 'send', `554 5.2.0 ${STORE}AttachmentRejectedException; Failed`, 'family', 'mailpath', 'likely'],
  ['smtp', 'send', `554 5.2.0 ${STORE}NeverHeardOfException; Failed`, 'family', 'exchange', 'likely'],
  // RFC 5530, section 3, and RFC 9051, section 7.1.
  ['imap', 'authenticate', '1 NO [AUTHENTICATIONFAILED] No', 'family', 'ece-administrator', 'possible'],
  ['imap', 'authenticate', '1 NO [AUTHORIZATIONFAILED] No', 'family', 'exchange', 'likely'],
  ['imap', 'authenticate', '1 NO [EXPIRED] No', 'family', 'ece-administrator', 'likely'],
  ['imap', 'authenticate', '1 NO [PRIVACYREQUIRED] No', 'family', 'mailpath', 'likely'],
  ['imap', 'authenticate', '1 NO [CONTACTADMIN] No', 'family', 'exchange', 'likely'],
  ['imap', 'authenticate', '1 BAD [CLIENTBUG] No', 'family', 'mailpath', 'likely'],
  ['imap', 'authenticate', '1 NO Nein', 'step', 'ece-administrator', 'possible'],
  ['imap', 'authenticate', '1 NO [X-NEW] No', 'step', 'ece-administrator', 'possible'],
  ['imap', 'open-mailbox', '6 NO [NOPERM] No', 'family', 'exchange', 'likely'],
  ['imap', 'open-mailbox', '6 NO [NONEXISTENT] No', 'family', 'exchange', 'likely'],
  ['imap', 'open-mailbox', '6 NO [OVERQUOTA] No', 'family', 'exchange', 'likely'],
  ['imap', 'open-mailbox', '6 NO [CORRUPTION] No', 'family', 'exchange', 'likely'],
  ['imap', 'open-mailbox', '6 NO [CANNOT] No', 'family', 'mailpath', 'likely'],
  ['imap', 'open-mailbox', '6 NO [SERVERBUG] No', 'family', 'microsoft', 'likely'],
  ['imap', 'open-mailbox', '6 NO [EXPIRED] No', 'family', 'exchange', 'likely'],
  ['imap', 'open-mailbox', '6 NO [TRYCREATE] No', 'family', 'exchange', 'likely'],
  ['imap', 'open-mailbox', '6 NO Nein', 'step', 'exchange', 'possible'],
  ['imap', 'open-mailbox', '6 BAD Nein', 'step', 'exchange', 'possible'],
  // RFC 2449, section 8, RFC 3206 and RFC 6856.
  ['pop3', 'authenticate', '-ERR [AUTH] No', 'family', 'ece-administrator', 'possible'],
  ['pop3', 'authenticate', '-ERR [SYS/PERM] No', 'family', 'exchange', 'likely'],
  ['pop3', 'authenticate', '-ERR [SYS/NEW] No', 'family', 'microsoft', 'likely'],
  ['pop3', 'authenticate', '-ERR [UTF8] No', 'family', 'mailpath', 'likely'],
  ['pop3', 'authenticate', '-ERR No', 'step', 'ece-administrator', 'possible'],
  ['pop3', 'open-mailbox', '-ERR [SYS/PERM] No', 'family', 'exchange', 'likely'],
  ['pop3', 'open-mailbox', '-ERR [AUTH] No', 'family', 'exchange', 'likely'],
  ['pop3', 'open-mailbox', '-ERR No', 'step', 'exchange', 'possible'],
  // Before anybody signs in.
  ['smtp', 'greet', '554 5.7.1 Service refused to your address', 'family', 'network', 'likely'],
  ['smtp', 'greet', '521 Server does not accept mail', 'family', 'network', 'likely'],
  ['smtp', 'greet', '554 No SMTP service here', 'family', 'network', 'likely'],
  ['smtp', 'greet', '550 5.2.1 Nein', 'family', 'network', 'likely'],
  ['smtp', 'greet', '450 4.2.0 Nein', 'family', 'microsoft', 'likely'],
  ['imap', 'greet', '* BYE Not today', 'family', 'microsoft', 'likely'],
  ['imap', 'greet', '* BYE Server is shutting down', 'family', 'microsoft', 'likely'],
  ['pop3', 'greet', '-ERR Service is under maintenance', 'family', 'microsoft', 'likely'],
  ['smtp', 'greet', '421 Service is restarting', 'family', 'microsoft', 'likely'],
  ['imap', 'greet', '* BYE [LIMIT] Too many', 'family', 'exchange', 'likely'],
  ['pop3', 'greet', '-ERR Not today', 'step', 'unknown', 'possible'],
  ['pop3', 'greet', '-ERR [SYS/TEMP] Later', 'family', 'microsoft', 'likely'],
];

const CHECK: Readonly<Record<MailProtocol, SignInCheck>> = {
  smtp: 'smtp.login',
  imap: 'imap.mailbox',
  pop3: 'pop3.mailbox',
};
const AT_GREETING = { smtp: 'smtp.submission', imap: 'imap.tls', pop3: 'pop3.tls' } as const;

const said = (protocol: MailProtocol, phase: Phase, line: string): object => {
  if (phase === 'authenticate') return { login: { reply: line } };
  if (phase === 'open-mailbox') return { mailbox: { opened: false, reply: line } };
  if (phase === 'send') return { submission: { data: line } };
  return { [protocol]: { greeting: line } };
};

/** A site in which one answer came in the place of what is usual. */
function siteWith(protocol: MailProtocol, phase: Phase, line: string) {
  const evidence = said(protocol, phase, line);
  if (phase === 'greet')
    return but(svc(), AT_GREETING[protocol], (result) => failing(result, 'greet', 'denied', evidence));
  const broken = failing(
    signedIn(phase === 'send' ? 'mail.round-trip' : CHECK[protocol]),
    phase,
    'denied',
    evidence,
  );
  const others = svc();
  return also({ ...others, results: others.results.filter(({ check }) => check !== broken.check) }, broken);
}

describe('an answer that no table lists', () => {
  it('is written as a result that a check may give', () => {
    for (const [protocol, phase, line] of BROTHERS)
      for (const result of siteWith(protocol, phase, line).results)
        expect(CheckResult.safeParse(result).success).toBe(true);
  });

  it.each(BROTHERS)('%s %s: %s', (protocol, phase, line, rung, owner, confidence) => {
    expect(mailAnswer({ protocol, phase, line })?.rung ?? 'step').toBe(rung);
    const findings = diagnoseSite({ site: SITE, servers: [siteWith(protocol, phase, line)] });
    expect(findings.map((each) => [each.owner, each.confidence])).toEqual([[owner, confidence]]);
    const [finding] = findings;
    expect(finding?.summary).toContain(line.replace(/[.]$/, ''));
    expect(`${finding?.cause} ${finding?.nextStep}`).not.toMatch(/Add-RecipientPermission|Send As\b/);
    expect(finding?.rule).not.toMatch(/^mailpath\.unexplained$|^smtp\.auth-off$/);
  });
});
