import { ALL, APPLICATION, SERVICES } from '../../site.ts';
import { on, path, resolver, says } from '../faults.ts';
import { type FirstLook, look } from '../situation.ts';

const network = { owner: 'network' } as const;

export const OF_THE_PATH: readonly FirstLook[] = [
  look(
    'the aliases of the sign-in host end in nothing for the application servers',
    'A chain of two, and no address behind it.',
    on(
      APPLICATION,
      resolver({ id: 'dns-alias', of: 'login', aliases: ['ak.example', 'prd.example'], addresses: [] }),
    ),
    {
      on: APPLICATION,
      phase: 'resolve',
      owner: 'dns',
      says: ['dns-alias-broken', 'dns-nodata'],
      not: 'dns-silent',
    },
  ),
  look(
    'the resolver of svc02 is late with one family',
    'AAAA comes after two seconds, A at once.',
    on(['svc02'], resolver({ id: 'dns-slow', delayMs: 2000, family: 6 })),
    {
      on: ['svc02'],
      phase: 'resolve',
      owner: ['dns', 'network'],
      says: ['dns-slow', 'dns-one-family-silent'],
      not: 'dns-servfail',
    },
  ),
  look(
    'an inspector opens the mailboxes of app01 with a short key',
    'Its own authority is trusted by nobody; one of the two ports of the mailbox.',
    on(['app01'], path(['imap', 'pop3', 'smtp'], 'other-authority')),
    {
      on: ['app01'],
      phase: ['tls', 'starttls'],
      owner: ['proxy', 'network'],
      says: 'tls-intercepted',
      not: 'tls-root-missing',
    },
  ),
  look(
    'both of two front ends of SMTP are deaf for the services servers',
    'Two addresses, and neither says a word.',
    on(SERVICES, path('smtp', 'silent')),
    {
      on: SERVICES,
      phase: 'greet',
      owner: ['network', 'proxy'],
      says: 'accepted-and-silent',
      not: ['one-address', 'port-dropped'],
    },
  ),
  look(
    'a device ends the mail of all and leaves the web alone',
    'Connections of mail are ended as soon as they stand.',
    on(ALL, path(['imap', 'pop3', 'smtp'], 'ended')),
    {
      on: ALL,
      phase: ['tls', 'greet'],
      owner: ['network', 'proxy'],
      says: ['connection-reset', 'tls-handshake-cut', 'accepted-and-silent'],
      not: 'port-closed',
    },
  ),
  look(
    'the certificates of the mailbox ports have run out for app02 and svc01',
    'An old device in one house.',
    on(['svc01', 'app02'], path(['imap', 'pop3'], 'certificate-expired')),
    {
      on: ['app02', 'svc01'],
      phase: 'tls',
      owner: ['proxy', 'network', 'microsoft'],
      says: 'tls-certificate-expired',
      not: 'clock-wrong',
    },
  ),
  look(
    'the proxy stands in the path of svc01 and asks who it is',
    'HTTP 407.',
    on(['svc01'], 'the proxy wants a sign-in'),
    {
      on: ['svc01'],
      phase: ['connect', 'proxy', 'http', 'tls'],
      owner: ['proxy', 'server-administrator'],
      says: 'proxy-refuses',
      not: 'port-closed',
    },
  ),
  look(
    'the clock of app02 is ten minutes behind',
    'Its own, and nobody else’s.',
    on(['app02'], 'its clock is ten minutes behind'),
    {
      on: ['app02'],
      phase: ['http', 'tls', 'token'],
      owner: 'server-administrator',
      says: 'clock-wrong',
      not: 'tls-intercepted',
    },
  ),
  look(
    'a page is shown to app01 where IMAP should greet',
    'HTTP 400 before anything was asked.',
    on(
      ['app01'],
      says('imap', 'greeting', ['HTTP/1.1 400 Bad Request', 'Server: nginx', '', '<html>400</html>'], {
        ends: true,
      }),
    ),
    {
      on: ['app01'],
      phase: 'greet',
      owner: ['proxy', 'network'],
      says: 'not-the-service',
      not: 'answer-says: unavailable',
    },
  ),
  look(
    'all of the Outlook host resets the services servers',
    '443, 993 and 995 of one name.',
    on(SERVICES, path(['exchange', 'imap', 'pop3'], 'reset')),
    {
      on: SERVICES,
      ...network,
      phase: 'tls',
      says: ['connection-reset', 'tls-handshake-cut'],
      not: 'port-closed',
    },
  ),
];
