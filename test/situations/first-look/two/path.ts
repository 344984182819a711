import { ALL, APPLICATION, SERVICES } from '../../site.ts';
import { on, path } from '../faults.ts';
import { type FirstLook, look } from '../situation.ts';

const network = { owner: 'network' } as const;

export const OF_THE_PATH: readonly FirstLook[] = [
  look(
    'both mailbox ports reset app02',
    'A filter resets 993 and 995 on the first byte; 587 and 443 are well.',
    on(['app02'], path(['imap', 'pop3'], 'reset')),
    {
      on: ['app02'],
      owner: ['network', 'proxy'],
      phase: 'tls',
      says: ['connection-reset', 'tls-handshake-cut'],
      not: 'port-closed',
    },
  ),
  look(
    'one of two front ends of the sign-in refuses everybody',
    'The first address of two refuses, the second serves: the same from all servers.',
    on(ALL, path('login', 'closed', { only: 'first' })),
    { on: ALL, phase: 'connect', owner: ['network', 'microsoft'], says: 'one-address', not: 'network-down' },
  ),
  look(
    'one of two front ends of SMTP ends what app01 opens',
    'The first ends each connection without a greeting, the second greets.',
    on(['app01'], path('smtp', 'ended', { only: 'first' })),
    {
      on: ['app01'],
      phase: 'greet',
      owner: ['network', 'microsoft'],
      says: 'one-address',
      not: 'not-the-service',
    },
  ),
  look(
    'SMTP comes to svc01 at 600 bytes a second',
    'A link of a kind that nobody has any more, or a shaper.',
    on(['svc01'], path('smtp', 'slow', { bytesPerSecond: 600 })),
    {
      on: ['svc01'],
      ...network,
      phase: ['greet', 'starttls', 'tls', 'authenticate', 'send'],
      says: 'path-slow',
      not: 'tls-handshake-cut',
    },
  ),
  look(
    'the sign-in is slow for the services servers',
    'Each thing that it says comes 900 ms late, to one role.',
    on(SERVICES, path('login', 'slow', { delayMs: 900 })),
    {
      on: SERVICES,
      owner: ['network', 'proxy'],
      phase: ['connect', 'tls', 'http', 'token'],
      says: 'path-slow',
    },
  ),
  look(
    'every second connection of app03 to the web side of Outlook breaks',
    'A share of all is reset after 900 bytes.',
    on(['app03'], path('exchange', 'lossy', { share: 0.5, seed: 5, afterBytes: 900 })),
    {
      on: ['app03'],
      ...network,
      phase: ['tls', 'http'],
      says: ['path-lossy', 'connection-reset', 'tls-handshake-cut'],
      not: 'tls-old-version',
    },
  ),
  look(
    'IMAP resets svc02 every second time',
    'One bad, one good, one bad: the second look is well.',
    on(['svc02'], path('imap', 'reset', { times: 1, thenWell: 1 })),
    {
      on: ['svc02'],
      ...network,
      phase: 'tls',
      says: ['path-lossy', 'connection-reset', 'tls-handshake-cut'],
    },
  ),
  look(
    'the application servers get no answer from the sign-in host',
    'A firewall drops what one role sends to 443 of one host.',
    on(APPLICATION, 'the sign-in host is dropped'),
    {
      on: APPLICATION,
      ...network,
      phase: 'connect',
      says: 'port-dropped',
      not: ['network-down', 'answer-says: unavailable'],
    },
  ),
];
