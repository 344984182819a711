import { ALL, SERVICES } from '../../site.ts';
import { everywhere, on, SALES, says } from '../faults.ts';
import { type FirstLook, look } from '../situation.ts';

const POP3 = everywhere({ setUp: { inbound: 'pop3' } });

export const OF_MAIL: readonly FirstLook[] = [
  look(
    'IMAP has too many connections of this user',
    'An untagged BYE with words, and the end of the connection.',
    on(
      ALL,
      says('imap', 'login', '* BYE [ALERT] Maximum number of connections from user exceeded', { ends: true }),
    ),
    {
      on: SERVICES,
      phase: 'authenticate',
      owner: ['ece-administrator', 'exchange', 'microsoft', 'unknown'],
      says: 'answer-says: throttled',
      not: 'create-token-again',
    },
  ),
  look(
    'IMAP says OVERQUOTA',
    'RFC 5530.',
    on(ALL, says('imap', 'mailbox', '<t> NO [OVERQUOTA] The mailbox exceeds its quota.')),
    {
      on: SERVICES,
      phase: 'open-mailbox',
      owner: ['exchange', 'ece-administrator'],
      says: 'answer-says: mailbox full',
    },
  ),
  look(
    'the mailbox of sales has moved',
    'NONEXISTENT (RFC 5530) for one mailbox.',
    on(ALL, says('imap', 'mailbox', '<t> NO [NONEXISTENT] The mailbox has been moved.', { name: SALES })),
    { on: SERVICES, phase: 'open-mailbox', owner: 'exchange', says: 'answer-says: no mailbox' },
  ),
  look(
    'IMAP wants the administrator',
    'CONTACTADMIN (RFC 5530), and the text says that the protocol is off.',
    on(ALL, says('imap', 'login', '<t> NO [CONTACTADMIN] IMAP access is disabled for this account.')),
    {
      on: SERVICES,
      phase: 'authenticate',
      owner: 'exchange',
      says: 'answer-says: protocol off',
      not: 'create-token-again',
    },
  ),
  look(
    'POP3 has no such mailbox for good',
    'SYS/PERM (RFC 3206): not the credentials, and not for time to heal.',
    [
      ...POP3,
      ...on(ALL, says('pop3', 'login', '-ERR [SYS/PERM] The mailbox is not provisioned on this server.')),
    ],
    {
      on: SERVICES,
      phase: 'authenticate',
      owner: ['exchange', 'microsoft'],
      says: 'answer-says: no mailbox',
      not: ['create-token-again', 'wait-and-see'],
    },
  ),
  look(
    'SMTP takes passwords no more',
    '5.7.30.',
    on(ALL, says('smtp', 'login', '550 5.7.30 Basic authentication is not supported for Client Submission.')),
    {
      on: ALL,
      phase: 'authenticate',
      owner: ['ece-administrator', 'exchange'],
      says: 'answer-says: basic authentication ended',
    },
  ),
  look(
    'SMTP is busy for this address',
    '4.7.500.',
    on(ALL, says('smtp', 'sender', '451 4.7.500 Server busy. Please try again later from [203.0.113.7].')),
    {
      on: ALL,
      phase: 'send',
      owner: ['microsoft', 'exchange', 'network', 'unknown'],
      says: ['answer-says: throttled', 'answer-says: unavailable'],
      not: 'grant-send-as',
    },
  ),
  look(
    'a group takes mail of its own people alone',
    '5.7.133.',
    on(
      ALL,
      says(
        'smtp',
        'message',
        '550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication required; Delivery restriction check failed because the sender was not authenticated when sending to this group',
      ),
    ),
    {
      on: SERVICES,
      phase: 'send',
      owner: 'exchange',
      says: ['answer-says: permission', 'answer-says: policy', 'answer-says: recipient'],
      not: 'grant-send-as',
    },
  ),
  look(
    'the message has characters that may not be',
    '5.6.11: subject 6 is the content.',
    on(
      ALL,
      says(
        'smtp',
        'message',
        '554 5.6.11 Invalid characters in the message; bare line feeds are not accepted',
      ),
    ),
    {
      on: SERVICES,
      phase: 'send',
      owner: ['mailpath', 'ece-administrator', 'unknown', 'exchange'],
      says: 'answer-says: content',
      not: 'grant-send-as',
    },
  ),
  look(
    'SMTP AUTH is off in the tenant, in Japanese',
    'The number and the name of the switch are there; the sentence is of another language.',
    on(
      ALL,
      says(
        'smtp',
        'login',
        '535 5.7.139 認証に失敗しました。テナントの SmtpClientAuthentication が無効になっています。',
      ),
    ),
    {
      on: ALL,
      phase: 'authenticate',
      owner: 'exchange',
      says: 'answer-says: protocol off',
      not: 'create-token-again',
    },
  ),
];
