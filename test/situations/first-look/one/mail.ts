import { ALL, SERVICES } from '../../site.ts';
import { everywhere, on, SALES, says } from '../faults.ts';
import { type FirstLook, look } from '../situation.ts';

const POP3 = everywhere({ setUp: { inbound: 'pop3' } });
const APP_ONLY = everywhere({ setUp: { appOnly: true } });

export const OF_MAIL: readonly FirstLook[] = [
  look(
    'IMAP says AUTHORIZATIONFAILED to everybody',
    'RFC 5530: the credentials are good, and this identity may not.',
    on(ALL, says('imap', 'login', '<t> NO [AUTHORIZATIONFAILED] Access to this mailbox is not permitted.')),
    {
      on: SERVICES,
      phase: 'authenticate',
      owner: 'exchange',
      says: 'answer-says: permission',
      not: 'create-token-again',
    },
  ),
  look(
    'IMAP says INUSE for the mailbox of sales',
    'RFC 5530: another session holds what is needed.',
    on(ALL, says('imap', 'mailbox', '<t> NO [INUSE] Mailbox in use by another session.', { name: SALES })),
    {
      on: SERVICES,
      phase: 'open-mailbox',
      owner: ['exchange', 'ece-administrator', 'microsoft', 'unknown'],
      says: 'answer-says: mailbox in use',
    },
  ),
  look(
    'IMAP says that basic authentication is disabled',
    'The line that clients meet who still come with a password.',
    on(ALL, says('imap', 'login', '<t> NO Basic authentication is disabled.')),
    {
      on: SERVICES,
      phase: 'authenticate',
      owner: ['ece-administrator', 'exchange'],
      says: 'answer-says: basic authentication ended',
    },
  ),
  look(
    'the tenant is held for outbound spam',
    'The exception’s name says it: OutboundSpamException.',
    on(
      ALL,
      says(
        'smtp',
        'message',
        '554 5.2.0 STOREDRV.Submission.Exception:OutboundSpamException; Failed to process message due to a permanent exception with message WASCL UserAction verdict is not None. Actual verdict is RefuseQuota, ShowTierUpgrade.',
      ),
    ),
    {
      on: SERVICES,
      phase: 'send',
      owner: 'exchange',
      says: ['answer-says: sender blocked', 'answer-says: sending limit'],
      not: 'grant-send-as',
    },
  ),
  look(
    'a recipient is unknown behind the next server',
    '5.1.351: subject 1 is the address (RFC 3463).',
    on(
      ALL,
      says(
        'smtp',
        'recipient',
        '550 5.1.351 Remote server returned unknown recipient or mailbox unavailable',
      ),
    ),
    {
      on: SERVICES,
      phase: 'send',
      owner: ['exchange', 'ece-administrator', 'unknown'],
      says: 'answer-says: recipient',
      not: 'grant-send-as',
    },
  ),
  look(
    'a policy refuses the sign-in at SMTP, in Portuguese',
    'The number is that of the policy; the words follow the language of the tenant.',
    on(
      ALL,
      says(
        'smtp',
        'login',
        '535 5.7.139 Autenticação malsucedida, a solicitação não atendeu aos critérios para ser autenticada com êxito. Contate seu administrador.',
      ),
    ),
    {
      on: ALL,
      phase: 'authenticate',
      owner: ['entra', 'exchange'],
      says: ['answer-says: policy', 'answer-says: protocol off'],
    },
  ),
  look(
    'SMTP does not take the arguments of MAIL FROM',
    '5.5.124: subject 5 is the protocol (RFC 3463).',
    on(ALL, says('smtp', 'sender', '501 5.5.124 Invalid arguments in MAIL command')),
    {
      on: ALL,
      phase: 'send',
      owner: ['mailpath', 'unknown', 'microsoft'],
      says: 'answer-says: syntax',
      not: 'grant-send-as',
    },
  ),
  look(
    'POP3 says IN-USE',
    'RFC 2449, section 8.1.1: the maildrop is open in another session.',
    [...POP3, ...on(ALL, says('pop3', 'login', '-ERR [IN-USE] Do you have another POP session running?'))],
    {
      on: SERVICES,
      phase: 'authenticate',
      owner: ['ece-administrator', 'exchange', 'microsoft', 'unknown'],
      says: 'answer-says: mailbox in use',
      not: 'create-token-again',
    },
  ),
  look(
    'POP3 says SYS/TEMP when the mailbox is read',
    'RFC 3206: the server’s fault of the moment, not the credentials’.',
    [...POP3, ...on(ALL, says('pop3', 'STAT', '-ERR [SYS/TEMP] Mailbox database is offline'))],
    {
      on: SERVICES,
      phase: 'open-mailbox',
      owner: ['microsoft', 'exchange', 'unknown'],
      says: 'answer-says: unavailable',
      not: 'create-token-again',
    },
  ),
  look(
    'the application may not log on to send',
    'A 4xx with a permanent reason under a token of the application.',
    [
      ...APP_ONLY,
      ...on(
        ALL,
        says(
          'smtp',
          'message',
          '430 4.2.0 STOREDRV; mailbox logon failure; Failed to process message due to a transient exception with message Cannot open mailbox. MapiExceptionLogonFailed',
        ),
      ),
    ],
    { on: SERVICES, phase: 'send', owner: 'exchange', says: 'answer-says: permission', not: 'wait-and-see' },
  ),
];
