import { ALL, APPLICATION, SERVICES } from '../../site.ts';
import { on, path, resolver } from '../faults.ts';
import { type FirstLook, look } from '../situation.ts';

export const OF_THE_PATH: readonly FirstLook[] = [
  look(
    'the resolver of the services servers fails on both mail hosts and knows the sign-in host',
    'SERVFAIL for what lies in one zone, as where DNSSEC or a forwarder of that zone is broken.',
    on(SERVICES, resolver({ id: 'dns-servfail', of: 'outlook' }, { id: 'dns-servfail', of: 'smtp' })),
    {
      on: SERVICES,
      phase: 'resolve',
      owner: 'dns',
      says: 'dns-servfail',
      not: ['dns-nxdomain', 'dns-silent', 'dns-refused'],
    },
  ),
  look(
    'the sign-in host is unknown to the application servers at every second question',
    'Two resolvers behind one address, of which one has a zone of its own.',
    on(APPLICATION, resolver({ id: 'dns-nxdomain', of: 'login', family: 4, times: 1, thenWell: 1 })),
    {
      on: APPLICATION,
      phase: 'resolve',
      owner: 'dns',
      says: ['dns-flapping', 'dns-nxdomain'],
      not: ['dns-silent', 'dns-servfail'],
    },
  ),
  look(
    'a filter of names answers app01 and app03 with 0.0.0.0 for the Outlook host',
    'A sinkhole address, which no mail server has.',
    on(['app01', 'app03'], resolver({ id: 'dns-loopback', of: 'outlook' })),
    {
      on: ['app01', 'app03'],
      phase: ['resolve', 'connect'],
      owner: ['dns', 'network'],
      says: 'dns-wrong-address',
      not: ['port-closed', 'network-down'],
    },
  ),
  look(
    'the answer for the SMTP host is too long for UDP, and TCP 53 is dropped everywhere',
    'The same resolver behind the same firewall for all.',
    on(ALL, resolver({ id: 'dns-truncated', of: 'smtp', tcp: 'silent' })),
    {
      on: ALL,
      phase: 'resolve',
      owner: ['dns', 'network'],
      says: 'dns-truncated-no-tcp',
      not: ['dns-nxdomain', 'dns-servfail'],
    },
  ),
  look(
    'one of two front ends of SMTP refuses the services servers',
    'The other one of the same name serves.',
    on(SERVICES, path('smtp', 'closed', { only: 'first' })),
    {
      on: SERVICES,
      phase: 'connect',
      owner: ['network', 'microsoft'],
      says: 'one-address',
      not: ['network-down', 'port-dropped'],
    },
  ),
  look(
    'a new firewall drops IMAP and submission of app02 and app03',
    'Two ports, POP3 and the web are left open: one list of rules that lacks them.',
    on(['app02', 'app03'], 'IMAP is dropped', 'SMTP is dropped'),
    {
      on: ['app02', 'app03'],
      phase: 'connect',
      owner: 'network',
      says: 'port-dropped',
      not: ['port-closed', 'network-down', 'dns-wrong-address'],
    },
  ),
  look(
    'the web of svc01 goes over a line that is slow, and its mail does not',
    'A second and a half before each thing that sign-in and Outlook’s web side say.',
    on(['svc01'], path(['login', 'exchange', 'alias'], 'slow', { delayMs: 1500 })),
    {
      on: ['svc01'],
      phase: ['connect', 'tls', 'http', 'token'],
      owner: ['network', 'proxy'],
      says: 'path-slow',
      not: ['accepted-and-silent', 'port-dropped', 'answer-says: unavailable'],
    },
  ),
  look(
    'the web of svc02 is answered by a proxy that cannot look names up',
    'HTTP 502 with the headers of Squid, for discovery and for tokens.',
    on(
      ['svc02'],
      ...(['discovery', 'token'] as const).map((endpoint) => ({
        at: 'login' as const,
        meets: {
          id: 'web-answer',
          web: {
            endpoint,
            status: 502,
            headers: {
              server: 'squid/5.7',
              via: '1.1 gw2.contoso.example (squid/5.7)',
              'x-squid-error': 'ERR_DNS_FAIL 0',
              'content-type': 'text/html',
            },
            body: '<html><title>ERROR: The requested URL could not be retrieved</title>Unable to determine IP address',
          },
        },
      })),
    ),
    {
      on: ['svc02'],
      phase: ['http', 'token', 'proxy'],
      owner: ['proxy', 'network'],
      says: ['not-the-service', 'proxy-refuses'],
      not: ['answer-says: sign-in refused', 'answer-says: client secret', 'create-token-again'],
    },
  ),
  look(
    'the clocks of app01 and app03 are three hours behind',
    'Somebody set the wrong zone on both.',
    on(['app01', 'app03'], { machine: { aheadMs: -3 * 3_600_000 } }),
    {
      on: ['app01', 'app03'],
      phase: ['http', 'tls', 'token'],
      owner: 'server-administrator',
      says: 'clock-wrong',
      not: ['tls-certificate-not-yet-valid', 'tls-intercepted'],
    },
  ),
  look(
    'no application server has said anything',
    'Three agents of one house, which its administrator has stopped.',
    on(APPLICATION, { reports: 'nothing' }),
    {
      on: APPLICATION,
      phase: [],
      owner: ['server-administrator', 'network'],
      says: 'server-does-not-report',
      not: ['port-dropped', 'network-down'],
    },
  ),
];
