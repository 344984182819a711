import { describe, expect, it } from 'vitest';
import { answer } from './answers.ts';

/** What is known of each answer from the field, whole or in part; the table has to hold to it. */
const KNOWN: [id: string, words: string][] = [
  ['B1', '<t> NO AUTHENTICATE failed.'],
  ['B2', '<t> BAD User is authenticated but not connected.'],
  ['B3', '* BYE Connection closed. 14'],
  ['B4', '<t> NO <command> failed.'],
  ['B5', '* BYE Session invalidated - AccessTokenExpired'],
  ['B6', '<t> BAD Command received in Invalid state.'],
  ['B7', '<t> NO Request is throttled. Suggested Backoff Time: <n> milliseconds'],
  ['B8', '<t> NO Server Unavailable. 15'],
  ['B9', '* BYE Connection closed. 14'],
  ['B9.2', '* BYE Connection is closed. 13'],
  ['B10', '<t> BAD Command Argument Error. 11'],
  ['B10.2', '<t> BAD Command Argument Error. 12'],
  ['B11', '<t> BAD Command Error. 10'],
  ['B13', 'HTTP/1.1 400 Bad Request'],
  ['B14', '+OK The Microsoft Exchange POP3 service is ready.'],
  ['C1', '-ERR Authentication failure: unknown user name or bad password.'],
  ['C2', '-ERR Logon failure: unknown user name or bad password.'],
  ['C3', '-ERR Protocol error. Connection is closed. 10'],
  ['C4', '-ERR Protocol error. Connection is closed. 10'],
  ['C5', '-ERR Command is not valid in this state.'],
  ['C6', '-ERR Server Unavailable. 21'],
  ['C7', '-ERR Connection is closed. 20'],
  ['C9', 'mailbox is locked'],
  ['D1', '535 5.7.3 Authentication unsuccessful'],
  [
    'D2',
    '535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. Visit https://aka.ms/smtp_auth_disabled',
  ],
  ['D3', '535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox.'],
  ['D4', '535 5.7.139 Authentication unsuccessful, basic authentication is disabled.'],
  ['D5', '535 5.7.139 Authentication unsuccessful, the user credentials were incorrect.'],
  [
    'D6',
    'the request did not meet the criteria to be authenticated successfully. Contact your administrator.',
  ],
  ['D7', "user is locked by your organization's security defaults policy."],
  ['D8', 'federated STS service was unreachable.'],
  ['D8.2', 'the federated STS URL does not support HTTPS.'],
  ['D9', '530 5.7.57 Client not authenticated to send mail'],
  ['D9.2', 'Client was not authenticated to send anonymous mail during MAIL FROM'],
  ['D10', '504 5.7.4 Unrecognized authentication type'],
  ['D11', '501 5.5.4 Invalid domain name'],
  [
    'D12',
    '554 5.2.252 SendAsDenied; <login> not allowed to send as <from>; STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied',
  ],
  ['D13', '554 5.2.0 STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied'],
  ['D14', '550 5.7.60 SMTP; Client does not have permissions to send as this sender'],
  ['D15', '554 5.2.0 STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied'],
  ['D16', '432 4.3.2 Concurrent connections limit exceeded. Visit https://aka.ms/concurrent_sending'],
  ['D16.2', '432 4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded'],
  ['D18', '554 5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceededException'],
  ['D18.2', '5.1.90'],
  ['D18.3', '5.2.2 Submission quota exceeded'],
  [
    'D19',
    '554 5.2.2 mailbox full; STOREDRV.Submission.Exception:QuotaExceededException.MapiException(Shutoff)QuotaExceeded',
  ],
  ['D20', '550 5.1.8 Access denied, bad outbound sender'],
  ['D20.2', '5.7.502 Access denied, banned sender'],
  ['D21', '5.7.705 Access denied, tenant has exceeded threshold'],
  ['D21.2', '5.7.708 Access denied, traffic not accepted from this IP'],
  ['D21.3', '5.7.750'],
  ['D22', '5.7.233'],
  ['D22.2', '5.7.232'],
  ['D23', '451 4.7.0 Temporary server error. Please try again later. PRX'],
  ['D24', '421 4.7.0'],
  ['D24.2', '4.7.500 Access denied, please try again later'],
  ['D25', '421 4.4.2 Connection dropped due to SocketError'],
  ['D25.2', '421 4.3.2 Service not active'],
  ['D26', '550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain'],
  ['D27', '5.7.64 TenantAttribution; Relay Access Denied'],
  ['D28', '5.7.509 Access denied, sending domain <domain> does not pass DMARC'],
  ['D29', '550 5.1.10 '],
  ['D30', '220 *****'],
  ['D32', '334 eyJzdGF0dXMiOiI0MDEi'],
  ['D33', '454 4.7.0 Temporary authentication failure'],
];

describe('the words of the answers', () => {
  it.each(KNOWN)('of %s are those of Exchange Online', (id, words) => {
    expect(answer(id).says.join('\n')).toContain(words);
  });

  it('say nothing of XOAUTH2 or STARTTLS where these are hidden', () => {
    for (const id of ['B12', 'C8', 'D30']) {
      expect(answer(id).says.join('\n')).not.toMatch(/XOAUTH2|STARTTLS/);
    }
  });
});
