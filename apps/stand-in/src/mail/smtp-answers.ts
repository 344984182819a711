import { rowsOf } from './answer.ts';

const row = rowsOf('smtp');
const ENDS = { connection: 'ends' } as const;
const UNSUCCESSFUL = '535 5.7.139 Authentication unsuccessful,';
const DENIED = 'STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied';
const PERMANENT = 'Failed to process message due to a permanent exception with message';
const CANNOT = `${PERMANENT} Cannot submit message. [Hostname=<host>]`;
const SEE_DISABLED = 'Visit https://aka.ms/smtp_auth_disabled for more information. [<trace>]';
/** {"status":"401","schemes":"bearer","scope":"https://outlook.office365.com/"} */
const CHALLENGE = Buffer.from(
  JSON.stringify({ status: '401', schemes: 'bearer', scope: 'https://outlook.office365.com/' }),
).toString('base64');

/** Signing in to submission. */
const LOGIN = [
  row('D1', 'the sign-in is refused', 'login', '535 5.7.3 Authentication unsuccessful [<trace>]'),
  row(
    'D2',
    'SMTP AUTH is off for the tenant',
    'login',
    `${UNSUCCESSFUL} SmtpClientAuthentication is disabled for the Tenant. ${SEE_DISABLED}`,
  ),
  row(
    'D3',
    'SMTP AUTH is off for the mailbox',
    'login',
    `${UNSUCCESSFUL} SmtpClientAuthentication is disabled for the Mailbox. ${SEE_DISABLED}`,
  ),
  row(
    'D4',
    'a password is refused',
    'password',
    `${UNSUCCESSFUL} basic authentication is disabled. [<trace>]`,
  ),
  row('D5', 'a wrong password', 'login', `${UNSUCCESSFUL} the user credentials were incorrect. [<trace>]`),
  row(
    'D6',
    'a policy refuses the sign-in',
    'login',
    `${UNSUCCESSFUL} the request did not meet the criteria to be authenticated successfully. Contact your administrator. [<trace>]`,
  ),
  row(
    'D7',
    'security defaults refuse the sign-in',
    'login',
    `${UNSUCCESSFUL} user is locked by your organization's security defaults policy. Contact your administrator. [<trace>]`,
  ),
  row(
    'D8',
    'the federation server is not reached',
    'login',
    `${UNSUCCESSFUL} federated STS service was unreachable. [<trace>]`,
  ),
  row(
    'D8.2',
    'the federation server has no HTTPS',
    'login',
    `${UNSUCCESSFUL} the federated STS URL does not support HTTPS. [<trace>]`,
  ),
  row(
    'D10',
    'the mechanism is not offered here',
    'auth',
    '504 5.7.4 Unrecognized authentication type [<trace>]',
  ),
  row('D32', 'a challenge in the style of Google', 'login', `334 ${CHALLENGE}`, { followedBy: 'D1' }),
  row(
    'D33',
    'a fault of the service at the sign-in',
    'login',
    '454 4.7.0 Temporary authentication failure [<trace>]',
  ),
];

/** Sending, from the sender's right to the limits and blocks. */
const SENDING = [
  row('D9', 'nobody is signed in', 'sender', '530 5.7.57 Client not authenticated to send mail. [<trace>]'),
  row(
    'D9.2',
    'nobody is signed in, older wording',
    'sender',
    '550 5.7.57 SMTP; Client was not authenticated to send anonymous mail during MAIL FROM [<trace>]',
  ),
  row(
    'D12',
    'no right to send as this sender',
    'message',
    `554 5.2.252 SendAsDenied; <login> not allowed to send as <from>; ${DENIED}; ${CANNOT}`,
  ),
  row('D13', 'as D12, older wording', 'message', `554 5.2.0 ${DENIED}; ${CANNOT}`),
  row(
    'D14',
    'as D12, from the transport',
    'message',
    '550 5.7.60 SMTP; Client does not have permissions to send as this sender [<trace>]',
  ),
  row('D15', 'an application without Send As', 'message', `554 5.2.0 ${DENIED}; ${CANNOT}`),
  row(
    'D16',
    'too many connections of this mailbox',
    'message',
    '432 4.3.2 Concurrent connections limit exceeded. Visit https://aka.ms/concurrent_sending for more information. [<trace>]',
  ),
  row(
    'D16.2',
    'too many submissions of this mailbox',
    'message',
    '432 4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded [Hostname=<host>]',
  ),
  row('D17', 'more than 30 messages a minute: slow', 'message', [], { delays: true }),
  row(
    'D18',
    'the recipients of a day are used up',
    'message',
    `554 5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceededException; ${CANNOT}`,
  ),
  row(
    'D18.2',
    'as D18, from the transport',
    'message',
    "550 5.1.90 Your message can't be sent because you've reached your daily limit for message recipients [<trace>]",
  ),
  row('D18.3', 'as D18, short', 'message', '554 5.2.2 Submission quota exceeded [<trace>]'),
  row(
    'D19',
    'the mailbox is full',
    'message',
    `554 5.2.2 mailbox full; STOREDRV.Submission.Exception:QuotaExceededException.MapiException(Shutoff)QuotaExceeded; ${CANNOT}`,
  ),
  row('D20', 'the account is blocked', 'message', '550 5.1.8 Access denied, bad outbound sender [<trace>]'),
  row('D20.2', 'the sender is banned', 'message', '550 5.7.502 Access denied, banned sender [<trace>]'),
  row(
    'D21',
    'the tenant is blocked',
    'message',
    '550 5.7.705 Access denied, tenant has exceeded threshold [<trace>]',
  ),
  row(
    'D21.2',
    'no traffic from this address',
    'message',
    '550 5.7.708 Access denied, traffic not accepted from this IP [<trace>]',
  ),
  row(
    'D21.3',
    'an unregistered domain',
    'message',
    '550 5.7.750 Client blocked from sending from unregistered domains [<trace>]',
  ),
  row(
    'D22',
    "the tenant's limit for recipients outside",
    'message',
    "550 5.7.233 Your message can't be sent because your tenant exceeded its daily limit for sending email to external recipients [<trace>]",
  ),
  row(
    'D22.2',
    "a trial tenant's limit",
    'message',
    "550 5.7.232 Your message can't be sent because your trial tenant has exceeded its daily limit for sending email to external recipients [<trace>]",
  ),
  row(
    'D28',
    'DMARC refuses the sender',
    'message',
    '550 5.7.509 Access denied, sending domain <domain> does not pass DMARC verification [<trace>]',
  ),
  row('D28.2', 'the name in EHLO is bad', 'message', '550 5.7.506 Access denied, Bad HELO [<trace>]'),
  row(
    'D28.3',
    'the message is not well formed',
    'message',
    '550 5.7.512 Access denied, message must be RFC 5322 section 3.6.2 compliant [<trace>]',
  ),
];

/** The service, the recipient and the path. */
const SERVICE = [
  row('D11', 'the name in EHLO is refused', 'hello', '501 5.5.4 Invalid domain name [<trace>]'),
  row('D11.2', 'as D11, as a matter of security', 'hello', '501 5.7.4 Invalid domain name [<trace>]'),
  row(
    'D23',
    'the mailbox server is not reached',
    'sender',
    '451 4.7.0 Temporary server error. Please try again later. PRX2 [<trace>]',
  ),
  row(
    'D24',
    'throttled or suspicious, and ended',
    'sender',
    '421 4.7.0 Access denied, please try again later [<trace>]',
    ENDS,
  ),
  row(
    'D24.2',
    'throttled or suspicious',
    'sender',
    '451 4.7.500 Access denied, please try again later [<trace>]',
  ),
  row('D25', 'the connection is dropped', 'sender', '421 4.4.2 Connection dropped due to SocketError', ENDS),
  row('D25.2', 'the service is not active', 'greeting', '421 4.3.2 Service not active', ENDS),
  row(
    'D26',
    'no relaying',
    'recipient',
    '550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain [<trace>]',
  ),
  row(
    'D27',
    'no relaying by a connector',
    'recipient',
    '550 5.7.64 TenantAttribution; Relay Access Denied [<trace>]',
  ),
  row(
    'D29',
    'no such recipient',
    'recipient',
    '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup [<trace>]',
  ),
  row('D29.2', 'no such recipient, as D29', 'recipient', '550 5.1.1 User unknown [<trace>]'),
  row('D30', 'an inspector hides STARTTLS', 'greeting', `220 ${'*'.repeat(74)}`),
  row('D30', 'an inspector hides STARTTLS', 'hello', [
    '250-<host> Hello [<client>]',
    '250-SIZE 157286400',
    '250-PIPELINING',
    '250-DSN',
    '250-ENHANCEDSTATUSCODES',
    '250-XXXXXXXA',
    '250-8BITMIME',
    '250-BINARYMIME',
    '250-CHUNKING',
    '250 SMTPUTF8',
  ]),
  row(
    'D30',
    'an inspector hides STARTTLS',
    'starttls',
    "500 5.3.3 Unrecognized command 'XXXXXXXX' [<trace>]",
  ),
  row('D31', 'reset in the TLS handshake', 'handshake', [], { connection: 'resets' }),
];

/** Errors of submission. */
export const SMTP_ANSWERS = [...LOGIN, ...SENDING, ...SERVICE];
