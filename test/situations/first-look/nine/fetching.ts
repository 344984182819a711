import { everywhere, on, SALES, says, SUPPORT } from '../faults.ts';
import { SERVICES } from '../../site.ts';
import { type FirstLook, look } from '../situation.ts';

export const OF_FETCHING: readonly FirstLook[] = [
  look(
    'support is shared without FullAccess, says IMAP in Chinese',
    'RFC 5530: NOPERM needs no language.',
    on(SERVICES, says('imap', 'mailbox', '<t> NO [NOPERM] 您没有访问此邮箱的权限。', { name: SUPPORT })),
    {
      on: SERVICES,
      phase: 'open-mailbox',
      owner: 'exchange',
      says: 'answer-says: permission',
      not: ['grant-send-as', 'wait-and-see', 'create-token-again', 'answer-says: no mailbox'],
    },
  ),
  look(
    'a client access rule keeps IMAP from svc02 alone',
    'RFC 5530: CONTACTADMIN; the rule is by address, so svc01 is let in with the same account.',
    on(
      ['svc02'],
      says(
        'imap',
        'login',
        '<t> NO [CONTACTADMIN] Access blocked by client access rule "Block IMAP outside HQ".',
      ),
    ),
    {
      on: ['svc02'],
      phase: 'authenticate',
      owner: ['exchange', 'entra', 'network'],
      says: ['answer-says: policy', 'answer-says: protocol off', 'answer-says: permission', 'answer-unknown'],
      not: ['create-token-again', 'wait-and-see', 'grant-send-as', 'answer-says: basic authentication ended'],
    },
  ),
  look(
    'sales has more sessions than IMAP allows',
    'RFC 9051, section 7.1: LIMIT. Other devices of the same account hold them.',
    on(
      SERVICES,
      says('imap', 'login', '<t> NO [LIMIT] Zu viele gleichzeitige Verbindungen.', { name: SALES }),
    ),
    {
      on: SERVICES,
      phase: ['authenticate', 'open-mailbox'],
      owner: ['exchange', 'ece-administrator', 'microsoft', 'unknown'],
      says: ['answer-says: throttled', 'answer-says: mailbox in use'],
      not: ['answer-says: sign-in refused', 'create-token-again', 'answer-says: permission'],
    },
  ),
  look(
    'continuous access evaluation ends the token before its time',
    'RFC 5530: EXPIRED. The token’s own clock says that it is good; only a new sign-in helps.',
    on(
      SERVICES,
      says(
        'imap',
        'login',
        '<t> NO [EXPIRED] Continuous access evaluation: TokenCreatedWithOutdatedPolicies, InteractionRequired',
      ),
    ),
    {
      on: SERVICES,
      phase: 'authenticate',
      owner: ['entra', 'ece-administrator', 'exchange'],
      says: ['answer-says: grant ended', 'answer-says: sign-in refused', 'answer-says: policy'],
      not: ['answer-says: no mailbox', 'grant-send-as', 'answer-says: protocol off', 'wait-and-see'],
    },
  ),
  look(
    'sales has moved to another server, and the front end has not heard of it',
    'MapiExceptionWrongServer: a move of the mailbox; RFC 5530, UNAVAILABLE. It passes by itself.',
    on(
      SERVICES,
      says(
        'imap',
        'mailbox',
        '<t> NO [UNAVAILABLE] MapiExceptionWrongServer: Unable to open message store.',
        {
          name: SALES,
        },
      ),
    ),
    {
      on: SERVICES,
      phase: 'open-mailbox',
      owner: ['microsoft', 'exchange', 'unknown'],
      says: ['answer-says: unavailable', 'answer-says: no mailbox'],
      not: ['answer-says: permission', 'answer-says: protocol off', 'create-token-again'],
    },
  ),
  look(
    'POP3 asks sales to come less often',
    'RFC 2449, section 8.1.1: LOGIN-DELAY. Not a word on the credentials.',
    [
      ...everywhere({ setUp: { inbound: 'pop3' } }),
      ...on(
        SERVICES,
        says('pop3', 'login', '-ERR [LOGIN-DELAY] minimum time between mail checks violation', {
          name: SALES,
        }),
      ),
    ],
    {
      on: SERVICES,
      phase: ['authenticate', 'open-mailbox'],
      owner: ['exchange', 'ece-administrator', 'microsoft', 'unknown'],
      says: ['answer-says: throttled', 'answer-says: mailbox in use'],
      not: ['answer-says: sign-in refused', 'create-token-again', 'answer-says: protocol off'],
    },
  ),
  look(
    'support is on premises, and POP3 says that for good',
    'RFC 3206: SYS/PERM is a fault that stays until somebody acts; the token was not refused.',
    [
      ...everywhere({ setUp: { inbound: 'pop3' } }),
      ...on(
        SERVICES,
        says(
          'pop3',
          'login',
          '-ERR [SYS/PERM] Mailbox is hosted in the on-premises organization; proxying is not supported.',
          {
            name: SUPPORT,
          },
        ),
      ),
    ],
    {
      on: SERVICES,
      phase: ['authenticate', 'open-mailbox'],
      owner: 'exchange',
      says: [
        'answer-says: elsewhere',
        'answer-says: no mailbox',
        'answer-says: unavailable',
        'answer-unknown',
      ],
      not: ['answer-says: sign-in refused', 'create-token-again', 'wait-and-see', 'answer-says: throttled'],
    },
  ),
  look(
    'IMAP of svc01 says that its front end is drained',
    'RFC 9051, 7.1.5: BYE in place of a greeting is a refusal of the server; svc02 is greeted by another one.',
    on(
      ['svc01'],
      says('imap', 'greeting', '* BYE Draining for maintenance, try another endpoint', { ends: true }),
    ),
    {
      on: ['svc01'],
      phase: 'greet',
      owner: ['microsoft', 'exchange', 'network', 'unknown'],
      says: ['answer-says: unavailable', 'answer-unknown', 'answer-says: throttled'],
      not: ['answer-says: sign-in refused', 'port-closed', 'tls-handshake-cut', 'create-token-again'],
    },
  ),
];
