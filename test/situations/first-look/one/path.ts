import { APPLICATION } from '../../site.ts';
import { on, path } from '../faults.ts';
import { type FirstLook, look } from '../situation.ts';

const network = { owner: 'network' } as const;

export const OF_THE_PATH: readonly FirstLook[] = [
  look(
    'the SMTP connections of app03 are ended as soon as they stand',
    'A firewall accepts in the name of the far end and ends the connection before a word.',
    on(['app03'], path('smtp', 'ended')),
    {
      on: ['app03'],
      ...network,
      phase: 'greet',
      says: ['connection-reset', 'not-the-service', 'accepted-and-silent'],
    },
  ),
  look(
    'one of two front ends of IMAP is deaf for svc01',
    'The name leads to two addresses; the first accepts and says nothing, the second serves.',
    on(['svc01'], path('imap', 'silent', { only: 'first' })),
    {
      on: ['svc01'],
      phase: ['tls', 'greet', 'connect'],
      owner: ['network', 'microsoft'],
      says: 'one-address',
      not: 'tls-intercepted',
    },
  ),
  look(
    'the application servers are refused at the web side of Outlook',
    'A rule of one role, one host, one port.',
    on(APPLICATION, path('exchange', 'closed')),
    { on: APPLICATION, ...network, phase: 'connect', says: 'port-closed', not: 'one-address' },
  ),
  look(
    'the IMAP connections of svc02 break in the handshake',
    'Something on the path resets each connection after 2,500 bytes of the far end.',
    on(['svc02'], path('imap', 'lossy', { afterBytes: 700 })),
    {
      on: ['svc02'],
      ...network,
      phase: ['tls', 'greet'],
      says: ['connection-reset', 'path-lossy', 'tls-handshake-cut'],
    },
  ),
  look(
    'the path of svc01 to IMAP is slow',
    'Each thing that the far end says comes 700 ms late; all of it comes.',
    on(['svc01'], path('imap', 'slow', { delayMs: 700 })),
    {
      on: ['svc01'],
      ...network,
      phase: ['connect', 'tls', 'greet', 'authenticate', 'open-mailbox'],
      says: 'path-slow',
      not: 'port-dropped',
    },
  ),
  look(
    'the sign-in host lets app01 in and never answers a request',
    'TLS comes about with the right certificate, and no answer comes to a request.',
    on(['app01'], path('login', 'silent-above-tls')),
    {
      on: ['app01'],
      phase: ['http', 'token'],
      owner: ['proxy', 'network', 'microsoft'],
      says: 'accepted-and-silent',
      not: 'port-dropped',
    },
  ),
];
