import { on, says } from '../faults.ts';
import { ALL, SERVICES } from '../../site.ts';
import { type FirstLook, look } from '../situation.ts';

export const OF_SMTP: readonly FirstLook[] = [
  look(
    'security defaults lock the account out of SMTP, says Exchange in Japanese',
    'domain/exchange-errors.md, D7: the code is that of all D2 to D8, so the words alone decide.',
    on(
      ALL,
      says(
        'smtp',
        'login',
        '535 5.7.139 認証に失敗しました。ユーザーは組織のセキュリティの既定値群ポリシーによってロックされています。管理者に連絡してください。',
      ),
    ),
    {
      on: ALL,
      phase: 'authenticate',
      owner: ['entra', 'exchange'],
      says: ['answer-says: policy', 'answer-unknown', 'answer-says: sign-in refused'],
      not: ['grant-send-as', 'wait-and-see', 'answer-says: mailbox full', 'create-token-again'],
    },
  ),
  look(
    'a gateway of Symantec takes 587 of svc01, svc02 and app01',
    'Its own name in the greeting, and neither STARTTLS nor AUTH (RFC 6409, 4.3): not Microsoft’s submission.',
    on(
      ['svc01', 'svc02', 'app01'],
      says('smtp', 'greeting', '220 smg01.corp.example ESMTP Symantec Messaging Gateway'),
      says('smtp', 'hello', [
        '250-smg01.corp.example says EHLO to 10.20.30.41:50112',
        '250-8BITMIME',
        '250-PIPELINING',
        '250 SIZE 20971520',
      ]),
    ),
    {
      on: ['svc01', 'svc02', 'app01'],
      phase: ['greet', 'starttls'],
      owner: ['network', 'proxy', 'dns'],
      says: ['not-the-service', 'capability-removed'],
      not: ['answer-says: sign-in refused', 'answer-says: protocol off', 'tls-intercepted', 'wait-and-see'],
    },
  ),
  look(
    'the tenant reaches the front end’s limit of connections, on both services servers',
    'Exchange’s 421 4.3.2 in words of MaxInboundConnection: RFC 5321, 4.2.2, try again later and with less.',
    on(
      SERVICES,
      says(
        'smtp',
        'greeting',
        '421 4.3.2 The maximum number of concurrent server connections has exceeded a limit, closing transmission channel',
        { ends: true },
      ),
    ),
    {
      on: SERVICES,
      phase: 'greet',
      owner: ['microsoft', 'exchange', 'ece-administrator', 'unknown'],
      says: ['answer-says: throttled', 'answer-says: unavailable'],
      not: ['answer-says: sign-in refused', 'port-closed', 'create-token-again', 'grant-send-as'],
    },
  ),
  look(
    'Exchange has back pressure when the message comes',
    'Microsoft Learn, Back pressure: 452 4.3.1 Insufficient system resources. A state of the server.',
    on(SERVICES, says('smtp', 'sender', '452 4.3.1 Insufficient system resources (TSTE)')),
    {
      on: SERVICES,
      phase: 'send',
      owner: ['microsoft', 'exchange', 'unknown'],
      says: 'answer-says: unavailable',
      not: [
        'answer-says: mailbox full',
        'grant-send-as',
        'create-token-again',
        'answer-says: sender blocked',
      ],
    },
  ),
  look(
    'the account of support is disabled, and the submission says it by an exception’s name',
    'AccountDisabledException under 5.2.0: domain/field 11, the name of the exception tells.',
    on(
      SERVICES,
      says(
        'smtp',
        'message',
        '554 5.2.0 STOREDRV.Submission.Exception:AccountDisabledException.MapiExceptionAccountDisabled; Failed to process message due to a permanent exception with message Cannot open mailbox. 16.55847:C4060000, 17.43559:0000000094000000',
      ),
    ),
    {
      on: SERVICES,
      phase: 'send',
      owner: ['exchange', 'entra'],
      says: ['answer-says: account', 'answer-says: no mailbox'],
      not: ['grant-send-as', 'wait-and-see', 'answer-says: sending limit', 'answer-says: mailbox full'],
    },
  ),
  look(
    'a domain that was never registered is not allowed to send, says Exchange in German',
    'Learn, NDR 5.7.750: the code decides, the tenant is blocked until its domain is added.',
    on(
      SERVICES,
      says(
        'smtp',
        'message',
        '550 5.7.750 Dienst nicht verfügbar. Client wurde für das Senden von nicht registrierten Domänen gesperrt.',
      ),
    ),
    {
      on: SERVICES,
      phase: 'send',
      owner: ['exchange', 'microsoft'],
      says: 'answer-says: sender blocked',
      not: ['grant-send-as', 'wait-and-see', 'answer-says: unavailable', 'create-token-again'],
    },
  ),
  look(
    'svc02 is told that its TLS is too old, by an answer and not by the handshake',
    'Learn, 421 4.7.66: said above a connection that a device on the way renews with old TLS.',
    on(
      ['svc02'],
      says(
        'smtp',
        'sender',
        '421 4.7.66 TLS 1.0 and 1.1 are not supported. Please upgrade/update your client to support TLS 1.2. Visit https://aka.ms/smtp_auth_tls.',
        { ends: true },
      ),
    ),
    {
      on: ['svc02'],
      phase: ['send', 'authenticate', 'tls', 'starttls'],
      owner: ['server-administrator', 'proxy', 'network', 'exchange', 'ece-administrator'],
      says: 'tls-old-version',
      not: ['wait-and-see', 'grant-send-as', 'answer-says: throttled', 'create-token-again'],
    },
  ),
  look(
    'the directory’s edge does not know the recipient',
    'Learn, NDR 5.4.1 Recipient address rejected: Access denied (Directory-Based Edge Blocking).',
    on(
      SERVICES,
      says(
        'smtp',
        'recipient',
        '550 5.4.1 Recipient address rejected: Access denied. AS(201806281) [AM4PEPF00025F9A.EURPRD83.prod.outlook.com]',
      ),
    ),
    {
      on: SERVICES,
      phase: 'send',
      owner: ['exchange', 'ece-administrator'],
      says: 'answer-says: recipient',
      not: ['grant-send-as', 'answer-says: unavailable', 'wait-and-see', 'answer-says: sender blocked'],
    },
  ),
  look(
    'a rule of app02’s public address turns it away at the door',
    'RFC 7504: 521 in place of a greeting says that this host never serves. The others are greeted.',
    on(['app02'], says('smtp', 'greeting', '521 5.3.2 203.0.113.77 is not welcome here', { ends: true })),
    {
      on: ['app02'],
      phase: 'greet',
      owner: ['network', 'proxy', 'microsoft', 'exchange', 'unknown'],
      says: ['answer-unknown', 'answer-says: policy', 'answer-says: sender blocked', 'not-the-service'],
      not: ['wait-and-see', 'answer-says: sign-in refused', 'port-closed', 'grant-send-as'],
    },
  ),
];
