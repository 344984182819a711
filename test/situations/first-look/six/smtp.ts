import { ALL, APPLICATION, SERVICES } from '../../site.ts';
import { on, says } from '../faults.ts';
import { type FirstLook, look } from '../situation.ts';

const far = ['microsoft', 'exchange', 'unknown'] as const;
const send = { phase: 'send', not: ['grant-send-as', 'create-token-again'] } as const;

export const OF_SMTP: readonly FirstLook[] = [
  look(
    'SMTP says to the application servers that the sign-in did not meet the criteria',
    '5.7.139 from one place: Conditional Access by location.',
    on(
      APPLICATION,
      says(
        'smtp',
        'login',
        '535 5.7.139 Authentication unsuccessful, the request did not meet the criteria to be authenticated successfully. Contact your administrator.',
      ),
    ),
    {
      on: APPLICATION,
      phase: 'authenticate',
      owner: 'entra',
      says: 'answer-says: policy',
      not: ['create-token-again', 'answer-says: protocol off'],
    },
  ),
  look(
    'SMTP AUTH is off for the mailbox, in Spanish',
    '5.7.139 and the name of the switch.',
    on(
      ALL,
      says(
        'smtp',
        'login',
        '535 5.7.139 Autenticación incorrecta, SmtpClientAuthentication está deshabilitado para el buzón. Visite https://aka.ms/smtp_auth_disabled',
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
  look(
    'SMTP wants a sign-in although it was made',
    '5.7.57 at MAIL FROM, for all.',
    on(ALL, says('smtp', 'sender', '530 5.7.57 Client not authenticated to send mail.')),
    {
      on: ALL,
      phase: 'send',
      owner: ['exchange', 'mailpath', 'unknown', 'ece-administrator'],
      says: [
        'answer-says: permission',
        'answer-says: protocol off',
        'answer-says: sign-in refused',
        'answer-unknown',
      ],
      not: 'grant-send-as',
    },
  ),
  look(
    'SMTP is not for relaying from svc02',
    '5.7.64 at RCPT: something leads to a connector.',
    on(['svc02'], says('smtp', 'recipient', '550 5.7.64 TenantAttribution; Relay Access Denied')),
    {
      on: ['svc02'],
      ...send,
      owner: ['network', 'ece-administrator', 'exchange', 'dns'],
      says: ['answer-says: permission', 'answer-says: policy', 'not-the-service', 'answer-unknown'],
    },
  ),
  look(
    'the sender may not, in a code that no table has',
    'SendAsDenied by the exception’s name under another detail.',
    on(
      ALL,
      says(
        'smtp',
        'message',
        '554 5.2.999 STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied; Failed to process message',
      ),
    ),
    {
      on: SERVICES,
      phase: 'send',
      owner: 'exchange',
      says: 'answer-says: permission',
      not: 'create-token-again',
    },
  ),
  look(
    'the account has sent to too many today',
    'An exception of quota at the end of DATA.',
    on(
      ALL,
      says(
        'smtp',
        'message',
        '554 5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceededException; the sender exceeded the limit',
      ),
    ),
    { on: SERVICES, ...send, owner: ['exchange', 'ece-administrator'], says: 'answer-says: sending limit' },
  ),
  look(
    'the message loops',
    '5.4.6 (RFC 3463): a routing loop was detected.',
    on(ALL, says('smtp', 'message', '554 5.4.6 Hop count exceeded - possible mail loop')),
    {
      on: SERVICES,
      ...send,
      owner: far,
      says: ['answer-unknown', 'answer-says: recipient', 'answer-says: unavailable', 'answer-says: policy'],
    },
  ),
  look(
    'the next server is congested',
    '4.4.5 (RFC 3463): mail system congestion.',
    on(ALL, says('smtp', 'message', '451 4.4.5 Mail system congestion')),
    { on: SERVICES, ...send, owner: far, says: ['answer-says: unavailable', 'answer-says: throttled'] },
  ),
  look(
    'SMTP needs a conversion that it does not do',
    '5.6.3 (RFC 3463).',
    on(ALL, says('smtp', 'message', '554 5.6.3 Conversion required but not supported')),
    {
      on: SERVICES,
      ...send,
      owner: [...far, 'ece-administrator', 'mailpath'],
      says: ['answer-says: content', 'answer-unknown'],
    },
  ),
  look(
    'SMTP refuses the name that app03 calls itself',
    '501 5.5.4 to EHLO (RFC 5321, section 4.1.4).',
    on(['app03'], says('smtp', 'hello', '501 5.5.4 Invalid domain name')),
    {
      on: ['app03'],
      phase: ['greet', 'starttls'],
      owner: ['mailpath', 'server-administrator', 'network', 'unknown', 'proxy'],
      says: ['answer-says: syntax', 'answer-unknown', 'not-the-service'],
      not: ['answer-says: sign-in refused', 'create-token-again'],
    },
  ),
  look(
    'STARTTLS is not available for svc01',
    '454 4.7.0 (RFC 3207, section 4).',
    on(['svc01'], says('smtp', 'starttls', '454 4.7.0 TLS not available due to temporary reason')),
    {
      on: ['svc01'],
      phase: 'starttls',
      owner: ['network', 'proxy', ...far],
      says: ['answer-says: unavailable', 'capability-removed', 'not-the-service'],
      not: ['answer-says: sign-in refused', 'create-token-again'],
    },
  ),
];
