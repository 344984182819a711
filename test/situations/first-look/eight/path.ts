import { ALL, APPLICATION, SERVICES } from '../../site.ts';
import { on, page, path } from '../faults.ts';
import { type FirstLook, look } from '../situation.ts';

const network = 'network';

export const OF_THE_PATH: readonly FirstLook[] = [
  look(
    'the firewall accepts submission of the services servers and hangs up',
    'A TCP proxy of the firewall answers the SYN and then finds no rule.',
    on(SERVICES, path('smtp', 'ended')),
    {
      on: SERVICES,
      phase: ['connect', 'greet'],
      owner: [network, 'proxy'],
      says: ['connection-reset', 'accepted-and-silent', 'not-the-service'],
    },
  ),
  look(
    'TLS of IMAP comes about at svc01, and no greeting',
    'A load balancer on the way ends TLS with a good certificate and has nobody behind it.',
    on(['svc01'], path('imap', 'silent-above-tls')),
    { on: ['svc01'], phase: 'greet', owner: [network, 'proxy'], says: 'accepted-and-silent' },
  ),
  look(
    'TLS of the sign-in host comes about on the application servers, and no answer',
    'A filter swallows the request above TLS.',
    on(APPLICATION, path('login', 'silent-above-tls')),
    {
      on: APPLICATION,
      phase: ['http', 'token'],
      owner: [network, 'proxy'],
      says: 'accepted-and-silent',
    },
  ),
  look(
    'IMAP comes in drops at svc02',
    'Two thirds of a second before each answer, for one server and one port: a traffic shaper.',
    on(['svc02'], path('imap', 'slow', { delayMs: 650 })),
    { on: ['svc02'], phase: ['connect', 'tls', 'greet'], owner: network, says: 'path-slow' },
  ),
  look(
    'the first front end of Outlook resets svc02',
    'Two addresses; a rule of the firewall names the second only.',
    on(['svc02'], path('imap', 'reset', { only: 'first' })),
    { on: ['svc02'], phase: ['tls', 'connect'], owner: network, says: 'one-address' },
  ),
  look(
    'a hotspot’s page wants a sign-in from app02 (511)',
    'RFC 6585: Network Authentication Required, from a captive portal that terminates TLS.',
    on(
      ['app02'],
      page('login', 'discovery', 511, '<html><title>Log in to the network</title></html>', {
        'content-type': 'text/html',
      }),
    ),
    {
      on: ['app02'],
      phase: ['http', 'proxy'],
      owner: ['proxy', network],
      says: ['not-the-service', 'proxy-refuses'],
    },
  ),
  look(
    'a cloud filter sends svc01 to its own page instead of Outlook',
    'A redirect to a gateway of a filter, which asks a browser to sign in.',
    on(
      ['svc01'],
      page('exchange', 'exchange', 307, '', {
        location: 'https://gateway.filter.example/auth?_ordt=1',
        server: 'Zscaler/6.2',
      }),
    ),
    {
      on: ['svc01'],
      phase: ['http', 'proxy'],
      owner: ['proxy', network],
      says: ['not-the-service', 'proxy-refuses'],
    },
  ),
  look(
    'an empty JSON stands where the discovery of Entra ID should be',
    'A caching gateway gives 200 and {}.',
    on(ALL, page('login', 'discovery', 200, '{}', { 'content-type': 'application/json' })),
    { on: ALL, phase: 'http', owner: ['proxy', network], says: 'not-the-service' },
  ),
  look(
    'the token endpoint is answered by a web application firewall',
    '406 with an HTML page that quotes an incident number; the request never reached Microsoft.',
    on(
      SERVICES,
      page(
        'login',
        'token',
        406,
        '<html><body>The requested URL was rejected. Your support ID is: 1234567890</body></html>',
        { 'content-type': 'text/html' },
      ),
    ),
    {
      on: SERVICES,
      phase: ['token', 'http'],
      owner: ['proxy', network],
      says: ['not-the-service', 'proxy-refuses'],
    },
  ),
];
