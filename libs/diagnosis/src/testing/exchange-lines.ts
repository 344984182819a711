import type { MailProtocol } from '../answers/exchange-table.ts';

/** What was seen on the wire: a line, and the row of the table that it belongs to. */
export interface ExampleLine {
  readonly row: string;
  readonly protocol: MailProtocol;
  readonly line: string;
}

const of = (
  protocol: MailProtocol,
  lines: readonly (readonly [row: string, line: string])[],
): ExampleLine[] => lines.map(([row, line]) => ({ row, protocol, line }));

const STOREDRV = 'STOREDRV.Submission.Exception:';

export const EXAMPLES: readonly ExampleLine[] = [
  ...of('imap', [
    ['B1', 'A01 NO AUTHENTICATE failed.'],
    ['B1', 'NO AUTHENTICATE failed.'],
    ['B2', 'A02 BAD User is authenticated but not connected.'],
    ['B2', 'BAD User is authenticated but not connected.'],
    ['B3', 'A02 BAD User is authenticated but not connected.\r\n* BYE Connection closed. 14'],
    ['B3', 'A02 BAD User is authenticated but not connected. * BYE Connection closed. 14'],
    ['B4', 'A01 NO LOGIN failed.'],
    ['B16', 'A01 NO Basic authentication is disabled.'],
    ['B5', '* BYE Session invalidated - AccessTokenExpired'],
    ['B6', 'A03 BAD Command received in Invalid state.'],
    ['B7', 'A04 NO Request is throttled. Suggested Backoff Time: 92415 milliseconds'],
    ['B7', 'A04 BAD Request is throttled. Suggested Backoff Time: 5 milliseconds'],
    ['B8', 'A05 NO Server Unavailable. 15'],
    ['B8', 'A05 NO Server Unavailable. 21'],
    ['B9', '* BYE Connection is closed. 13'],
    ['B9', '* BYE Connection closed. 14'],
    ['B10', 'A06 BAD Command Argument Error. 11'],
    ['B10', 'A06 BAD Command Argument Error. 12'],
    ['B11', 'A07 BAD Command Error. 10'],
  ]),
  ...of('pop3', [
    ['C1', '-ERR Authentication failure: unknown user name or bad password.'],
    ['C2', '-ERR Logon failure: unknown user name or bad password.'],
    ['C3', '-ERR Protocol error. Connection is closed. 10'],
    ['C5', '-ERR Command is not valid in this state.'],
    ['C6', '-ERR Server Unavailable. 21'],
    ['C7', '-ERR Connection is closed. 20'],
    ['C7', '-ERR Connection is closed. 22'],
    ['C9', '-ERR The mailbox is locked by another session.'],
    ['C9', '-ERR [IN-USE] maildrop already locked'],
    ['C9', '-ERR maildrop already locked'],
  ]),
  ...of('smtp', [
    ['D1', '535 5.7.3 Authentication unsuccessful'],
    [
      'D2',
      '535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. Visit https://aka.ms/smtp_auth_disabled for more information.',
    ],
    [
      'D2',
      '530 5.7.57 Client not authenticated to send mail. Error: 535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. Visit https://aka.ms/smtp_auth_disabled',
    ],
    [
      'D3',
      '535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox. Visit https://aka.ms/smtp_auth_disabled for more information.',
    ],
    ['D4', '535 5.7.139 Authentication unsuccessful, basic authentication is disabled.'],
    [
      'D4',
      '530 5.7.57 Client not authenticated to send mail. Error: 535 5.7.139 Authentication unsuccessful, basic authentication is disabled.',
    ],
    ['D5', '535 5.7.139 Authentication unsuccessful, the user credentials were incorrect.'],
    [
      'D6',
      '535 5.7.139 Authentication unsuccessful, the request did not meet the criteria to be authenticated successfully. Contact your administrator.',
    ],
    [
      'D7',
      "535 5.7.139 Authentication unsuccessful, user is locked by your organization's security defaults policy. Contact your administrator.",
    ],
    ['D8', '535 5.7.139 Authentication unsuccessful, federated STS service was unreachable.'],
    ['D8', '535 5.7.139 Authentication unsuccessful, the federated STS URL does not support HTTPS.'],
    ['D9', '530 5.7.57 Client not authenticated to send mail'],
    ['D9', '550 5.7.57 SMTP; Client was not authenticated to send anonymous mail during MAIL FROM'],
    ['D9', '5.7.57 SMTP; Client was not authenticated to send anonymous mail during MAIL FROM'],
    ['D10', '504 5.7.4 Unrecognized authentication type'],
    ['D11', '501 5.5.4 Invalid domain name'],
    ['D11', '501 5.7.4 Invalid domain name'],
    [
      'D12',
      `554 5.2.252 SendAsDenied; svc@example.com not allowed to send as sales@example.com; ${STOREDRV}SendAsDeniedException.MapiExceptionSendAsDenied`,
    ],
    [
      'D13',
      `554 5.2.0 ${STOREDRV}SendAsDeniedException.MapiExceptionSendAsDenied; Failed to process message due to a permanent exception with message`,
    ],
    ['D14', '550 5.7.60 SMTP; Client does not have permissions to send as this sender'],
    ['D16', '432 4.3.2 Concurrent connections limit exceeded. Visit https://aka.ms/concurrent_sending'],
    ['D16', '432 4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded'],
    ['D18', `554 5.2.0 ${STOREDRV}SubmissionQuotaExceededException`],
    ['D18', '550 5.1.90 Your message cannot be sent'],
    ['D18', '550 5.2.2 Submission quota exceeded'],
    ['D19', `554 5.2.2 mailbox full; ${STOREDRV}QuotaExceededException.MapiException(Shutoff)QuotaExceeded`],
    ['D20', '550 5.1.8 Access denied, bad outbound sender'],
    ['D20', '550 5.7.501 Access denied, banned sender'],
    ['D20', '550 5.7.503 Access denied, banned sender'],
    ['D21', '550 5.7.705 Access denied, tenant has exceeded threshold'],
    ['D21', '550 5.7.708 Access denied, traffic not accepted from this IP'],
    ['D21', '550 5.7.750 Service unavailable. Client blocked from sending from unregistered domains'],
    ['D22', '550 5.7.233 Your message cannot be sent: tenant external recipient limit'],
    ['D22', '550 5.7.232 Your message cannot be sent: trial tenant external recipient limit'],
    ['D23', '451 4.7.0 Temporary server error. Please try again later. PRX4'],
    ['D24', '421 4.7.0 Try again later'],
    ['D36', '451 4.7.500 Access denied, please try again later'],
    ['D36', '4.7.699 Access denied, please try again later'],
    ['D25', '421 4.4.2 Connection dropped due to SocketError'],
    ['D25', '421 4.3.2 Service not active'],
    ['D26', '550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain'],
    ['D27', '550 5.7.64 TenantAttribution; Relay Access Denied'],
    ['D28', '550 5.7.509 Access denied, sending domain example.com does not pass DMARC verification'],
    ['D28', '550 5.7.506 Access denied, Bad HELO'],
    ['D28', '550 5.7.512 Access denied, message must be RFC 5322 section 3.6.2 compliant'],
    ['D29', '550 5.1.10 Recipient not found'],
    ['D29', '550 5.1.1 Recipient not found'],
    ['D29', '550 5.4.1 Recipient address rejected: Access denied.'],
    ['D32', '334 eyJzdGF0dXMiOiI0MDEiLCJzY2hlbWVzIjoiQmVhcmVyIn0='],
    ['D33', '454 4.7.0 Temporary authentication failure'],
    ['D34', `554 5.2.0 ${STOREDRV}OutboundSpamException; Failed to process message`],
    ['D35', '430 4.2.0 STOREDRV; mailbox logon failure; Cannot open mailbox.'],
  ]),
];

/** What is said when all is well, and faults of other servers: none of it is in the table. */
export const NORMAL: readonly Omit<ExampleLine, 'row'>[] = [
  ...of('imap', [
    ['A1', '* OK The Microsoft Exchange IMAP4 service is ready. [UwBOADIA]'],
    ['A2', '* OK Microsoft Exchange IMAP4 service ready. (tcpproxy/15.20.9137.005)'],
    ['A3', '* CAPABILITY IMAP4 IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2 SASL-IR UIDPLUS ID UNSELECT CHILDREN IDLE'],
    ['A5', 'A01 OK AUTHENTICATE completed.'],
    ['-', 'A01 NO [AUTHENTICATIONFAILED] Invalid credentials'],
    ['-', 'A09 OK LOGIN failed. is the name of a folder'],
  ]),
  ...of('pop3', [
    ['A6', '+OK The Microsoft Exchange POP3 service is ready. [UwBOADIA]'],
    ['A7', '+OK Microsoft Exchange POP3 server ready (tcpproxy/15.20.9137.005). [UwBOADIA]'],
    ['A8', 'SASL PLAIN XOAUTH2'],
    ['A9', '+OK User successfully authenticated.'],
    ['-', '-ERR no such message'],
  ]),
  ...of('smtp', [
    [
      'A10',
      '220 AM0PR01CA0001.outlook.office365.com Microsoft ESMTP MAIL Service ready at Mon, 1 Jan 2024 +0000',
    ],
    ['A12', '220 2.0.0 SMTP server ready'],
    ['A13', '250 AUTH LOGIN XOAUTH2'],
    ['A14', '334'],
    ['A14', '334 VXNlcm5hbWU6'],
    ['A14', '235 2.7.0 Authentication successful'],
    ['A15', '250 2.0.0 OK <id@example.com> [Hostname=AM0PR01MB0001.eurprd01.prod.exchangelabs.com]'],
    ['-', '454 4.7.0 TLS not available due to a local problem'],
    ['-', '535 5.7.30 Something new'],
    ['-', '535 5.7.139 Authentication unsuccessful, a reason of tomorrow.'],
    ['-', '550 5.1.100 Something new'],
    ['-', '550 5.7.5090 Something new'],
  ]),
];
