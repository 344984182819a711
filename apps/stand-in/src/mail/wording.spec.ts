import { describe, expect, it } from 'vitest';
import { answer } from './answers.ts';

/** What is known of each answer from the field, whole or in part; the table has to hold to it. */
const KNOWN: [id: string, words: string][] = [
  ['imap-token-refused', '<t> NO AUTHENTICATE failed.'],
  ['imap-authenticated-not-connected', '<t> BAD User is authenticated but not connected.'],
  ['imap-authenticated-not-connected-bye', '* BYE Connection closed. 14'],
  ['imap-password-refused', '<t> NO <command> failed.'],
  ['imap-session-token-expired', '* BYE Session invalidated - AccessTokenExpired'],
  ['imap-command-invalid-state', '<t> BAD Command received in Invalid state.'],
  ['imap-mailbox-throttled', '<t> NO Request is throttled. Suggested Backoff Time: <n> milliseconds'],
  ['imap-server-unavailable', '<t> NO Server Unavailable. 15'],
  ['imap-connection-closed-14', '* BYE Connection closed. 14'],
  ['imap-connection-closed-13', '* BYE Connection is closed. 13'],
  ['imap-command-argument-error-11', '<t> BAD Command Argument Error. 11'],
  ['imap-command-argument-error-12', '<t> BAD Command Argument Error. 12'],
  ['imap-command-error', '<t> BAD Command Error. 10'],
  ['greeting-web-page', 'HTTP/1.1 400 Bad Request'],
  ['greeting-other-protocol', '+OK The Microsoft Exchange POP3 service is ready.'],
  ['pop3-sign-in-refused', '-ERR Authentication failure: unknown user name or bad password.'],
  ['pop3-password-refused', '-ERR Logon failure: unknown user name or bad password.'],
  ['pop3-auth-on-one-line', '-ERR Protocol error. Connection is closed. 10'],
  ['pop3-token-too-long', '-ERR Protocol error. Connection is closed. 10'],
  ['pop3-command-invalid-state', '-ERR Command is not valid in this state.'],
  ['pop3-server-unavailable', '-ERR Server Unavailable. 21'],
  ['pop3-connection-closed-20', '-ERR Connection is closed. 20'],
  ['pop3-mailbox-locked', 'mailbox is locked'],
  ['smtp-token-refused', '535 5.7.3 Authentication unsuccessful'],
  [
    'smtp-auth-disabled-tenant',
    '535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. Visit https://aka.ms/smtp_auth_disabled',
  ],
  [
    'smtp-auth-disabled-mailbox',
    '535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox.',
  ],
  [
    'smtp-basic-authentication-disabled',
    '535 5.7.139 Authentication unsuccessful, basic authentication is disabled.',
  ],
  [
    'smtp-credentials-incorrect',
    '535 5.7.139 Authentication unsuccessful, the user credentials were incorrect.',
  ],
  [
    'smtp-policy-criteria-not-met',
    'the request did not meet the criteria to be authenticated successfully. Contact your administrator.',
  ],
  ['smtp-security-defaults', "user is locked by your organization's security defaults policy."],
  ['smtp-federation-unreachable', 'federated STS service was unreachable.'],
  ['smtp-federation-without-https', 'the federated STS URL does not support HTTPS.'],
  ['smtp-not-authenticated', '530 5.7.57 Client not authenticated to send mail'],
  [
    'smtp-not-authenticated-anonymous',
    'Client was not authenticated to send anonymous mail during MAIL FROM',
  ],
  ['smtp-authentication-type-unrecognized', '504 5.7.4 Unrecognized authentication type'],
  ['smtp-helo-domain-invalid', '501 5.5.4 Invalid domain name'],
  [
    'smtp-send-as-denied',
    '554 5.2.252 SendAsDenied; <login> not allowed to send as <from>; STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied',
  ],
  [
    'smtp-send-as-denied-older',
    '554 5.2.0 STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied',
  ],
  [
    'smtp-send-as-denied-transport',
    '550 5.7.60 SMTP; Client does not have permissions to send as this sender',
  ],
  [
    'smtp-send-as-denied-application',
    '554 5.2.0 STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied',
  ],
  [
    'smtp-concurrent-connections-exceeded',
    '432 4.3.2 Concurrent connections limit exceeded. Visit https://aka.ms/concurrent_sending',
  ],
  ['smtp-sender-thread-limit-exceeded', '432 4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded'],
  [
    'smtp-submission-quota-exceeded',
    '554 5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceededException',
  ],
  ['smtp-recipient-limit-daily', '5.1.90'],
  ['smtp-submission-quota-exceeded-short', '5.2.2 Submission quota exceeded'],
  [
    'smtp-mailbox-full',
    '554 5.2.2 mailbox full; STOREDRV.Submission.Exception:QuotaExceededException.MapiException(Shutoff)QuotaExceeded',
  ],
  ['smtp-bad-outbound-sender', '550 5.1.8 Access denied, bad outbound sender'],
  ['smtp-banned-sender', '5.7.502 Access denied, banned sender'],
  ['smtp-tenant-threshold-exceeded', '5.7.705 Access denied, tenant has exceeded threshold'],
  ['smtp-traffic-not-accepted-from-address', '5.7.708 Access denied, traffic not accepted from this IP'],
  ['smtp-unregistered-domain', '5.7.750'],
  ['smtp-external-recipient-limit', '5.7.233'],
  ['smtp-external-recipient-limit-trial', '5.7.232'],
  ['smtp-temporary-server-error', '451 4.7.0 Temporary server error. Please try again later. PRX'],
  ['smtp-access-denied-try-later-421', '421 4.7.0'],
  ['smtp-access-denied-try-later-451', '4.7.500 Access denied, please try again later'],
  ['smtp-connection-dropped', '421 4.4.2 Connection dropped due to SocketError'],
  ['smtp-service-not-active', '421 4.3.2 Service not active'],
  ['smtp-relay-non-accepted-domain', '550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain'],
  ['smtp-relay-access-denied', '5.7.64 TenantAttribution; Relay Access Denied'],
  ['smtp-dmarc-not-passed', '5.7.509 Access denied, sending domain <domain> does not pass DMARC'],
  ['smtp-recipient-not-found', '550 5.1.10 '],
  ['smtp-starttls-hidden', '220 *****'],
  ['smtp-error-challenge', '334 eyJzdGF0dXMiOiI0MDEi'],
  ['smtp-temporary-authentication-failure', '454 4.7.0 Temporary authentication failure'],
];

describe('the words of the answers', () => {
  it.each(KNOWN)('of %s are those of Exchange Online', (id, words) => {
    expect(answer(id).says.join('\n')).toContain(words);
  });

  it('say nothing of XOAUTH2 or STARTTLS where these are hidden', () => {
    for (const id of ['imap-xoauth2-not-offered', 'pop3-xoauth2-not-offered', 'smtp-starttls-hidden']) {
      expect(answer(id).says.join('\n')).not.toMatch(/XOAUTH2|STARTTLS/);
    }
  });
});
