import { rowsOf } from './answer.ts';

const row = rowsOf('pop3');
const ENDS = { connection: 'ends' } as const;

/** POP3's errors. */
export const POP3_ANSWERS = [
  row(
    'pop3-sign-in-refused',
    'C1',
    'the sign-in is refused',
    'login',
    '-ERR Authentication failure: unknown user name or bad password.',
  ),
  row(
    'pop3-password-refused',
    'C2',
    'a password is refused',
    'password',
    '-ERR Logon failure: unknown user name or bad password.',
  ),
  row(
    'pop3-auth-on-one-line',
    'C3',
    'AUTH with the token on one line',
    'auth',
    '-ERR Protocol error. Connection is closed. 10',
    ENDS,
  ),
  row(
    'pop3-token-too-long',
    'C4',
    'the token is too long',
    'login',
    '-ERR Protocol error. Connection is closed. 10',
    ENDS,
  ),
  row(
    'pop3-command-invalid-state',
    'C5',
    'a command in the wrong state',
    'command',
    '-ERR Command is not valid in this state.',
  ),
  row(
    'pop3-server-unavailable',
    'C6',
    'the service is not available',
    'login',
    '-ERR Server Unavailable. 21',
  ),
  row(
    'pop3-connection-closed-20',
    'C7',
    'the server ends the session',
    'auth',
    '-ERR Connection is closed. 20',
    ENDS,
  ),
  row(
    'pop3-connection-closed-21',
    'C7.2',
    'the server ends the session, reason 21',
    'auth',
    '-ERR Connection is closed. 21',
    ENDS,
  ),
  row(
    'pop3-connection-closed-22',
    'C7.3',
    'the server ends the session, reason 22',
    'auth',
    '-ERR Connection is closed. 22',
    ENDS,
  ),
  row('pop3-xoauth2-not-offered', 'C8', 'XOAUTH2 is not offered', 'capability', [
    '+OK',
    'TOP',
    'UIDL',
    'SASL PLAIN',
    'USER',
    '.',
  ]),
  row(
    'pop3-mailbox-locked',
    'C9',
    'another session has the mailbox',
    'login',
    '-ERR The mailbox is locked by another session.',
  ),
];
