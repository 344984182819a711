import { rowsOf } from './answer.ts';

const row = rowsOf('smtp');
const ENDS = { connection: 'ends' } as const;

/** The service, the recipient and the path. */
export const SMTP_SERVICE_ANSWERS = [
  row(
    'smtp-helo-domain-invalid',
    'D11',
    'the name in EHLO is refused',
    'hello',
    '501 5.5.4 Invalid domain name [<trace>]',
  ),
  row(
    'smtp-helo-domain-refused',
    'D11.2',
    'as smtp-helo-domain-invalid, as a matter of security',
    'hello',
    '501 5.7.4 Invalid domain name [<trace>]',
  ),
  row(
    'smtp-temporary-server-error',
    'D23',
    'the mailbox server is not reached',
    'sender',
    '451 4.7.0 Temporary server error. Please try again later. PRX2 [<trace>]',
  ),
  row(
    'smtp-access-denied-try-later-421',
    'D24',
    'throttled or suspicious, and ended',
    'sender',
    '421 4.7.0 Access denied, please try again later [<trace>]',
    ENDS,
  ),
  row(
    'smtp-access-denied-try-later-451',
    'D36',
    'throttled or suspicious',
    'sender',
    '451 4.7.500 Access denied, please try again later [<trace>]',
  ),
  row(
    'smtp-connection-dropped',
    'D25',
    'the connection is dropped',
    'sender',
    '421 4.4.2 Connection dropped due to SocketError',
    ENDS,
  ),
  row(
    'smtp-service-not-active',
    'D25.2',
    'the service is not active',
    'greeting',
    '421 4.3.2 Service not active',
    ENDS,
  ),
  row(
    'smtp-relay-non-accepted-domain',
    'D26',
    'no relaying',
    'recipient',
    '550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain [<trace>]',
  ),
  row(
    'smtp-relay-access-denied',
    'D27',
    'no relaying by a connector',
    'recipient',
    '550 5.7.64 TenantAttribution; Relay Access Denied [<trace>]',
  ),
  row(
    'smtp-recipient-not-found',
    'D29',
    'no such recipient',
    'recipient',
    '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup [<trace>]',
  ),
  row(
    'smtp-user-unknown',
    'D29.2',
    'no such recipient, as smtp-recipient-not-found',
    'recipient',
    '550 5.1.1 User unknown [<trace>]',
  ),
  row('smtp-starttls-hidden', 'D30', 'an inspector hides STARTTLS', 'greeting', `220 ${'*'.repeat(74)}`),
  row('smtp-starttls-hidden', 'D30', 'an inspector hides STARTTLS', 'hello', [
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
    'smtp-starttls-hidden',
    'D30',
    'an inspector hides STARTTLS',
    'starttls',
    "500 5.3.3 Unrecognized command 'XXXXXXXX' [<trace>]",
  ),
  row('smtp-tls-handshake-reset', 'D31', 'reset in the TLS handshake', 'handshake', [], {
    connection: 'resets',
  }),
];
