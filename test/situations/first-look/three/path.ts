import { ALL, APPLICATION, SERVICES } from '../../site.ts';
import { on, path, says } from '../faults.ts';
import { type FirstLook, look } from '../situation.ts';

const network = { owner: 'network' } as const;

export const OF_THE_PATH: readonly FirstLook[] = [
  look(
    'the mailbox ports end what svc01 opens',
    '993 and 995 accept and end at once; the siblings are well.',
    on(['svc01'], path(['imap', 'pop3'], 'ended')),
    {
      on: ['svc01'],
      owner: ['network', 'proxy'],
      phase: 'tls',
      says: ['connection-reset', 'tls-handshake-cut'],
      not: 'port-closed',
    },
  ),
  look(
    'the application servers get no answer from SMTP',
    'A drop rule for one role and one port.',
    on(APPLICATION, 'SMTP is dropped'),
    { on: APPLICATION, ...network, phase: 'connect', says: 'port-dropped', not: 'answer-says: unavailable' },
  ),
  look(
    'one of two front ends of the sign-in is deaf for svc02',
    'It accepts and says nothing; the other serves.',
    on(['svc02'], path('login', 'silent', { only: 'first' })),
    {
      on: ['svc02'],
      phase: ['tls', 'token', 'http'],
      owner: ['network', 'microsoft'],
      says: 'one-address',
      not: ['tls-intercepted', 'tls-old-version'],
    },
  ),
  look(
    'one of two front ends of SMTP refuses everybody',
    'All servers meet a refusal at the first address, and go on at the second.',
    on(ALL, path('smtp', 'closed', { only: 'first' })),
    { on: ALL, phase: 'connect', owner: ['network', 'microsoft'], says: 'one-address', not: 'network-down' },
  ),
  look(
    'some connections of app03 to IMAP break',
    'A third of them, after 1,500 bytes.',
    on(['app03'], path('imap', 'lossy', { share: 0.6, seed: 11, afterBytes: 600 })),
    {
      on: ['app03'],
      ...network,
      phase: ['tls', 'greet'],
      says: ['path-lossy', 'connection-reset', 'tls-handshake-cut'],
    },
  ),
  look(
    'SMTP offers app02 no way to sign in',
    'AUTH was taken out of the answer to EHLO, before TLS and above it: something on the path opens TLS and rewrites.',
    on(
      ['app02'],
      says('smtp', 'EHLO', ['250-<host> Hello', '250-SIZE 157286400', '250-STARTTLS', '250 8BITMIME']),
    ),
    {
      on: ['app02'],
      phase: ['greet', 'starttls', 'authenticate'],
      owner: ['network', 'proxy'],
      says: 'capability-removed',
      not: 'answer-says: protocol off',
    },
  ),
  look(
    'app01 is far from everything',
    'Connections come up 900 ms later than the siblings’, to all hosts.',
    on(['app01'], { machine: { farMs: 900 } }),
    {
      on: ['app01'],
      ...network,
      phase: ['connect', 'tls', 'greet', 'http'],
      says: 'path-slow',
      not: 'dns-slow',
    },
  ),
  look(
    'the proxy does not let the services servers out',
    '403 to CONNECT, for one role.',
    on(SERVICES, 'the proxy forbids Microsoft'),
    {
      on: SERVICES,
      owner: 'proxy',
      phase: 'proxy',
      says: 'proxy-refuses',
      not: ['port-closed', 'answer-says: permission'],
    },
  ),
];
