import { ALL, APPLICATION, SERVICES } from '../../site.ts';
import { everywhere, on, SALES, says, SUPPORT } from '../faults.ts';
import { type FirstLook, look } from '../situation.ts';

const POP3 = everywhere({ setUp: { inbound: 'pop3' } });
const APP_ONLY = everywhere({ setUp: { appOnly: true } });
const far = ['microsoft', 'exchange', 'unknown'] as const;

export const OF_MAIL: readonly FirstLook[] = [
  look(
    'IMAP refuses the sign-in of everybody without a reason',
    'AUTHENTICATIONFAILED (RFC 5530) for every mailbox.',
    on(ALL, says('imap', 'login', '<t> NO [AUTHENTICATIONFAILED] Authentication failed.')),
    {
      on: SERVICES,
      phase: 'authenticate',
      owner: ['ece-administrator', 'entra', 'exchange'],
      says: 'answer-says: sign-in refused',
    },
  ),
  look(
    'IMAP says that the credential of support has expired',
    'EXPIRED (RFC 5530) for one mailbox.',
    on(ALL, says('imap', 'login', '<t> NO [EXPIRED] Credential expired', { name: SUPPORT })),
    {
      on: SERVICES,
      phase: 'authenticate',
      owner: ['ece-administrator', 'entra'],
      says: ['answer-says: sign-in refused', 'answer-says: grant ended'],
      not: 'mailpath-at-fault',
    },
  ),
  look(
    'IMAP opens no mailbox for want of a right',
    'NOPERM (RFC 5530).',
    on(ALL, says('imap', 'mailbox', '<t> NO [NOPERM] Permission denied')),
    {
      on: SERVICES,
      phase: 'open-mailbox',
      owner: 'exchange',
      says: 'answer-says: permission',
      not: 'create-token-again',
    },
  ),
  look(
    'IMAP ends the session of svc01 when it signs in',
    'A BYE without a code, from one place only.',
    on(['svc01'], says('imap', 'login', '* BYE Connection closed by administrator', { ends: true })),
    {
      on: ['svc01'],
      phase: 'authenticate',
      owner: ['network', ...far],
      says: ['answer-says: unavailable', 'answer-unknown', 'connection-reset'],
      not: 'create-token-again',
    },
  ),
  look(
    'IMAP finds the mailbox of sales damaged',
    'CORRUPTION (RFC 5530).',
    on(ALL, says('imap', 'mailbox', '<t> NO [CORRUPTION] Cannot open mailbox', { name: SALES })),
    {
      on: SERVICES,
      phase: 'open-mailbox',
      owner: far,
      says: ['answer-says: unavailable', 'answer-unknown'],
      not: 'answer-says: permission',
    },
  ),
  look(
    'POP3 says that it is off for the mailbox',
    'Words, and no code.',
    [...POP3, ...on(ALL, says('pop3', 'login', '-ERR POP3 access is disabled for this mailbox'))],
    {
      on: SERVICES,
      phase: 'authenticate',
      owner: 'exchange',
      says: 'answer-says: protocol off',
      not: 'create-token-again',
    },
  ),
  look(
    'POP3 refuses without a word',
    '-ERR and nothing else (RFC 1939).',
    [...POP3, ...on(ALL, says('pop3', 'login', '-ERR'))],
    {
      on: SERVICES,
      phase: 'authenticate',
      owner: ['ece-administrator', 'exchange', 'unknown', 'entra'],
      says: ['answer-says: sign-in refused', 'answer-unknown'],
      not: 'mailpath-at-fault',
    },
  ),
  look(
    'POP3 greets nobody',
    '-ERR in the place of the greeting: the server is up and does not serve.',
    [...POP3, ...on(ALL, says('pop3', 'greeting', '-ERR [SYS/TEMP] Server is going down', { ends: true }))],
    {
      on: ALL,
      phase: 'greet',
      owner: ['microsoft', 'unknown'],
      says: 'answer-says: unavailable',
      not: 'answer-says: sign-in refused',
    },
  ),
  look(
    'SMTP wants a stronger way to sign in',
    '534 5.7.9 (RFC 4954): not this mechanism.',
    on(ALL, says('smtp', 'login', '534 5.7.9 Authentication mechanism is too weak')),
    {
      on: ALL,
      phase: 'authenticate',
      owner: ['exchange', 'entra', 'unknown'],
      says: [
        'answer-says: policy',
        'answer-unknown',
        'answer-says: sign-in refused',
        'answer-says: permission',
      ],
      not: 'create-token-again',
    },
  ),
  look(
    'SMTP does not know AUTH for app02',
    '502 5.5.1: the command is not implemented, on one path.',
    on(['app02'], says('smtp', 'login', '502 5.5.1 Command not implemented')),
    {
      on: ['app02'],
      phase: 'authenticate',
      owner: ['network', 'proxy', 'mailpath', 'unknown', 'entra'],
      says: ['answer-says: syntax', 'not-the-service', 'capability-removed'],
      not: 'create-token-again',
    },
  ),
  look(
    'the sender’s domain is not accepted',
    '5.1.8: bad address of the sender (RFC 3463).',
    on(ALL, says('smtp', 'sender', '501 5.1.8 Bad sender’s system address')),
    {
      on: ALL,
      phase: 'send',
      owner: ['exchange', 'ece-administrator'],
      says: [
        'answer-says: recipient',
        'answer-says: sender blocked',
        'answer-unknown',
        'answer-says: permission',
        'answer-says: syntax',
      ],
      not: ['grant-send-as', 'create-token-again'],
    },
  ),
  look(
    'the recipient’s server does not answer Exchange Online',
    '4.4.1: no answer from the host behind.',
    on(ALL, says('smtp', 'recipient', '451 4.4.1 No answer from host')),
    {
      on: SERVICES,
      phase: 'send',
      owner: far,
      says: 'answer-says: unavailable',
      not: ['grant-send-as', 'create-token-again'],
    },
  ),
  look(
    'a message is refused as spam',
    '5.7.1 with words about content.',
    on(ALL, says('smtp', 'message', '550 5.7.1 Message rejected due to content restrictions')),
    {
      on: SERVICES,
      phase: 'send',
      owner: ['exchange', 'unknown'],
      says: ['answer-says: content', 'answer-says: policy', 'answer-says: permission'],
      not: ['grant-send-as', 'create-token-again'],
    },
  ),
  look(
    'too many recipients in one message',
    '452 4.5.3 (RFC 5321, section 4.5.3.1.10).',
    on(ALL, says('smtp', 'recipient', '452 4.5.3 Too many recipients')),
    {
      on: SERVICES,
      phase: 'send',
      owner: ['exchange', 'ece-administrator', 'mailpath', 'unknown'],
      says: ['answer-says: sending limit', 'answer-says: recipient'],
      not: ['grant-send-as', 'create-token-again'],
    },
  ),
  look(
    'the application is refused at IMAP',
    'An application’s token, and a NO without a code.',
    [...APP_ONLY, ...on(ALL, says('imap', 'login', '<t> NO AUTHENTICATE failed.'))],
    {
      on: SERVICES,
      phase: 'authenticate',
      owner: ['exchange', 'entra', 'ece-administrator'],
      says: ['answer-says: permission', 'answer-says: sign-in refused'],
      not: 'other-user',
    },
  ),
  look(
    'something takes AUTH out of SMTP for the application servers',
    'EHLO offers no AUTH after TLS.',
    on(
      APPLICATION,
      says('smtp', 'hello', ['250-mail.contoso.example', '250-SIZE 1000', '250-STARTTLS', '250 8BITMIME']),
    ),
    {
      on: APPLICATION,
      phase: 'greet',
      owner: ['network', 'proxy'],
      says: ['capability-removed', 'not-the-service'],
      not: 'answer-says: protocol off',
    },
  ),
];
