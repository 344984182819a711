import { entra, everywhere, on, path, resolver, SALES, says, SUPPORT } from '../faults.ts';
import { ALL, APPLICATION, SERVICES } from '../../site.ts';
import { both, type FirstLook, type Said } from '../situation.ts';
import { inTheWay } from './web.ts';

const closed = (...servers: Said['on']): Said => ({
  on: servers,
  phase: 'connect',
  owner: ['network', 'server-administrator'],
  says: 'port-closed',
});
const secretRanOut: Said = {
  on: ALL,
  phase: 'token',
  owner: ['entra', 'ece-administrator'],
  says: 'answer-says: client secret',
  not: ['create-token-again', 'wait-and-see'],
};

/** Two faults of different people at once: who is told one of them only, works for nothing. */
export const TWO_FAULTS: readonly FirstLook[] = [
  both(
    '587 is closed for svc01 while IMAP is off for sales',
    'A rule of one server, and a switch of the account (Get-CASMailbox) that both services servers meet.',
    [...on(['svc01'], path('smtp', 'closed')), ...everywhere({ user: SALES, is: { imapEnabled: false } })],
    [
      closed('svc01'),
      {
        on: SERVICES,
        phase: ['open-mailbox', 'authenticate'],
        owner: 'exchange',
        says: 'answer-says: protocol off',
        not: ['create-token-again', 'tls-intercepted'],
      },
    ],
  ),
  both(
    'the secret ran out while the resolver of app02 fails on SMTP',
    'Everybody’s token and one server’s name (RFC 1035, 4.1.1).',
    [
      ...on(
        ALL,
        entra(7000222, 'invalid_client', 'Der bereitgestellte geheime Clientschlüssel ist abgelaufen.'),
      ),
      ...on(['app02'], resolver({ id: 'dns-servfail', of: 'smtp' })),
    ],
    [secretRanOut, { on: ['app02'], phase: 'resolve', owner: 'dns', says: 'dns-servfail' }],
  ),
  both(
    'IMAP of svc02 is inspected while app01 may not reach 587',
    'Two devices: one makes certificates, another one refuses.',
    [...on(['svc02'], path('imap', 'other-authority')), ...on(['app01'], path('smtp', 'closed'))],
    [{ on: ['svc02'], phase: 'tls', owner: ['proxy', 'network'], says: 'tls-intercepted' }, closed('app01')],
  ),
  both(
    'the sign-in host does not exist for app03 while SMTP AUTH is off for sales',
    'app03 has no token, so that it cannot meet the other fault; the other four do.',
    [
      ...on(['app03'], resolver({ id: 'dns-nxdomain', of: 'login' })),
      ...everywhere({ user: SALES, is: { smtpAuthDisabled: true } }),
    ],
    [
      {
        on: ['app03'],
        phase: 'resolve',
        owner: 'dns',
        says: 'dns-nxdomain',
        not: 'answer-says: grant ended',
      },
      {
        on: ['svc01', 'svc02', 'app01', 'app02'],
        phase: 'authenticate',
        owner: 'exchange',
        says: 'answer-says: protocol off',
      },
    ],
  ),
  both(
    'an expired certificate at SMTP of app01 while a proxy stops the sign-in of svc02',
    'Blue Coat wants a sign-in within TLS; the certificate is another device’s.',
    [
      ...on(['app01'], path('smtp', 'certificate-expired')),
      ...on(['svc02'], ...inTheWay({ status: 407, headers: { 'proxy-authenticate': 'Negotiate' } })),
    ],
    [
      {
        on: ['app01'],
        phase: ['tls', 'starttls'],
        owner: ['proxy', 'network', 'microsoft'],
        says: 'tls-certificate-expired',
        not: 'clock-wrong',
      },
      {
        on: ['svc02'],
        phase: ['http', 'token', 'proxy'],
        owner: 'proxy',
        says: ['proxy-refuses', 'not-the-service'],
        not: 'create-token-again',
      },
    ],
  ),
  both(
    'the clock of svc01 is twelve minutes ahead while app03 may not reach 587',
    'More than the five minutes that are allowed, on one server; a port on another one.',
    [...on(['svc01'], { machine: { aheadMs: 720_000 } }), ...on(['app03'], path('smtp', 'closed'))],
    [
      {
        on: ['svc01'],
        phase: ['http', 'token', 'tls', 'connect'],
        owner: 'server-administrator',
        says: 'clock-wrong',
      },
      closed('app03'),
    ],
  ),
  both(
    'support is full while IMAP does not let sales in',
    'Two mailboxes, two causes: MapiExceptionShutoffQuotaExceeded at sending, NOPERM (RFC 5530) at opening.',
    [
      ...everywhere({ mailbox: SUPPORT, is: { full: true } }),
      ...on(SERVICES, says('imap', 'mailbox', '<t> NO [NOPERM] Accès refusé.', { name: SALES })),
    ],
    [
      {
        on: SERVICES,
        phase: 'send',
        owner: ['exchange', 'ece-administrator'],
        says: 'answer-says: mailbox full',
        not: 'grant-send-as',
      },
      { on: SERVICES, phase: 'open-mailbox', owner: 'exchange', says: 'answer-says: permission' },
    ],
  ),
  both(
    'the sign-in host is signed with SHA-1 for app02 while SMTP of svc01 is TLS 1.1',
    'Two old devices: one of the web, one of mail.',
    [
      ...on(['app02'], path('login', 'certificate-weak-signature')),
      ...on(['svc01'], path('smtp', 'tls-1.1')),
    ],
    [
      { on: ['app02'], phase: 'tls', owner: ['proxy', 'network', 'server-administrator'], says: 'tls-weak' },
      {
        on: ['svc01'],
        phase: ['tls', 'starttls'],
        owner: ['proxy', 'network', 'server-administrator'],
        says: 'tls-old-version',
      },
    ],
  ),
  both(
    'TCP 53 is closed for svc02 while Outlook’s web side is another name to app02',
    'RFC 7766 on one server, RFC 9525 on another one.',
    [
      ...on(['svc02'], resolver({ id: 'dns-truncated', tcp: 'closed' })),
      ...on(['app02'], path('exchange', 'certificate-other-name')),
    ],
    [
      {
        on: ['svc02'],
        phase: 'resolve',
        owner: ['dns', 'network'],
        says: 'dns-truncated-no-tcp',
        not: 'dns-silent',
      },
      { on: ['app02'], phase: 'tls', owner: ['network', 'proxy', 'dns'], says: 'tls-other-name' },
    ],
  ),
  both(
    'a front end of IMAP is deaf to svc01 while the shared account may not send as support',
    'One address of several, and a right that is missing in the tenant (Learn, 5.2.252 SendAsDenied).',
    [
      ...on(['svc01'], path('imap', 'silent', { only: 'first' })),
      ...everywhere({ mailbox: SUPPORT, is: { sendAs: [] } }),
    ],
    [
      {
        on: ['svc01'],
        phase: ['greet', 'tls', 'connect'],
        owner: ['microsoft', 'network', 'unknown'],
        says: 'one-address',
      },
      { on: SERVICES, phase: 'send', owner: 'exchange', says: 'answer-says: permission' },
    ],
  ),
  both(
    'nothing comes from app01 while the sender is banned',
    'A machine that is down, and 5.1.8 of the account (Learn: restricted entities) in Italian.',
    [
      ...on(['app01'], { reports: 'nothing' }),
      ...on(SERVICES, says('smtp', 'message', '550 5.1.8 Accesso negato, mittente in uscita non valido.')),
    ],
    [
      {
        on: ['app01'],
        phase: [],
        owner: ['server-administrator', 'network', 'ece-administrator', 'unknown'],
        says: 'server-does-not-report',
      },
      {
        on: SERVICES,
        phase: 'send',
        owner: 'exchange',
        says: 'answer-says: sender blocked',
        not: ['grant-send-as', 'wait-and-see'],
      },
    ],
  ),
  both(
    'POP3 has sales in use while a portal stops the sign-in of the application servers',
    'RFC 2449, 8.1.2 on the one side, RFC 6585, 6 on the other.',
    [
      ...everywhere({ setUp: { inbound: 'pop3' } }),
      ...on(SERVICES, says('pop3', 'login', '-ERR [IN-USE] Die Mailbox ist gesperrt.', { name: SALES })),
      ...on(APPLICATION, ...inTheWay({ status: 511, body: '<h1>Anmeldung am Netz erforderlich</h1>' })),
    ],
    [
      {
        on: SERVICES,
        phase: ['authenticate', 'open-mailbox'],
        owner: ['ece-administrator', 'exchange', 'unknown'],
        says: 'answer-says: mailbox in use',
        not: 'answer-says: sign-in refused',
      },
      {
        on: APPLICATION,
        phase: ['http', 'token', 'proxy'],
        owner: ['proxy', 'network'],
        says: ['not-the-service', 'proxy-refuses'],
        not: 'create-token-again',
      },
    ],
  ),
];
