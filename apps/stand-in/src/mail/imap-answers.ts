import { rowsOf } from './answer.ts';
import { IMAP_GREETING, POP3_GREETING } from './front-end.ts';

const row = rowsOf('imap');
const BOTH = { protocols: ['imap', 'pop3'] } as const;
const NOT_CONNECTED = '<t> BAD User is authenticated but not connected.';
const INTERCEPTED = 'IMAP4 IMAP4rev1 AUTH=PLAIN UIDPLUS ID UNSELECT CHILDREN IDLE NAMESPACE LITERAL+';
const PAGE = [
  'HTTP/1.1 400 Bad Request',
  'Content-Type: text/html',
  'Connection: close',
  '',
  '<html><body><h1>400 Bad Request</h1></body></html>',
];

/** IMAP's errors. Rows 13 to 15 are of the path and hold for POP3 as well. */
export const IMAP_ANSWERS = [
  row('imap-token-refused', 'B1', 'the token is refused', 'login', '<t> NO AUTHENTICATE failed.'),
  row(
    'imap-authenticated-not-connected',
    'B2',
    'signed in, but the mailbox does not open',
    'mailbox',
    NOT_CONNECTED,
  ),
  row(
    'imap-authenticated-not-connected-bye',
    'B3',
    'as imap-authenticated-not-connected, and the session ends',
    'mailbox',
    [NOT_CONNECTED, '* BYE Connection closed. 14'],
    {
      connection: 'ends',
    },
  ),
  row('imap-password-refused', 'B4', 'a password is refused', 'password', '<t> NO <command> failed.'),
  row(
    'imap-basic-authentication-disabled',
    'B16',
    'basic authentication is off',
    'password',
    '<t> NO Basic authentication is disabled.',
  ),
  row(
    'imap-session-token-expired',
    'B5',
    'the token ran out in the session',
    'command',
    '* BYE Session invalidated - AccessTokenExpired',
    {
      connection: 'ends',
    },
  ),
  row(
    'imap-command-invalid-state',
    'B6',
    'a command in the wrong state',
    'command',
    '<t> BAD Command received in Invalid state.',
  ),
  row(
    'imap-mailbox-throttled',
    'B7',
    'the mailbox is throttled',
    'mailbox',
    '<t> NO Request is throttled. Suggested Backoff Time: <n> milliseconds',
  ),
  row(
    'imap-mailbox-throttled-bad',
    'B7.2',
    'the mailbox is throttled, said with BAD',
    'mailbox',
    '<t> BAD Request is throttled. Suggested Backoff Time: <n> milliseconds',
  ),
  row(
    'imap-server-unavailable',
    'B8',
    'the service is not available',
    'login',
    '<t> NO Server Unavailable. 15',
  ),
  row(
    'imap-connection-closed-14',
    'B9',
    'the server ends the session',
    'command',
    '* BYE Connection closed. 14',
    { connection: 'ends' },
  ),
  row(
    'imap-connection-closed-13',
    'B9.2',
    'the server ends the session, reason 13',
    'command',
    '* BYE Connection is closed. 13',
    {
      connection: 'ends',
    },
  ),
  row(
    'imap-command-argument-error-11',
    'B10',
    'an argument is not accepted',
    'mailbox',
    '<t> BAD Command Argument Error. 11',
  ),
  row(
    'imap-command-argument-error-12',
    'B10.2',
    'an argument is not accepted, reason 12',
    'mailbox',
    '<t> BAD Command Argument Error. 12',
  ),
  row(
    'imap-command-error',
    'B11',
    'a command line is too long or malformed',
    'mailbox',
    '<t> BAD Command Error. 10',
  ),
  row('imap-xoauth2-not-offered', 'B12', 'XOAUTH2 is not offered', 'capability', [
    `* CAPABILITY ${INTERCEPTED}`,
    '<t> OK CAPABILITY completed.',
  ]),
  row('greeting-web-page', 'B13', 'a web page instead of a greeting', 'greeting', PAGE, {
    ...BOTH,
    connection: 'ends',
  }),
  row('greeting-none', 'B13.2', 'no greeting at all', 'greeting', [], { ...BOTH, connection: 'stalls' }),
  row('greeting-other-protocol', 'B14', "POP3's greeting on IMAP's port", 'greeting', POP3_GREETING, {
    connection: 'stalls',
  }),
  row('greeting-other-protocol', 'B14', "IMAP's greeting on POP3's port", 'greeting', IMAP_GREETING, {
    protocols: ['pop3'],
    connection: 'stalls',
  }),
  row('tls-handshake-reset', 'B15', 'reset in the TLS handshake', 'handshake', [], {
    ...BOTH,
    connection: 'resets',
  }),
];
