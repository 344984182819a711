import { on, resolver } from '../faults.ts';
import { ALL, APPLICATION, SERVICES } from '../../site.ts';
import { type FirstLook, look } from '../situation.ts';

export const OF_NAMES: readonly FirstLook[] = [
  look(
    'Palo Alto’s DNS Security leads SMTP into its sinkhole for the services servers',
    'An alias to sinkhole.paloaltonetworks.com (Anti-Spyware profile, action sinkhole), at which nobody listens.',
    on(
      SERVICES,
      resolver({
        id: 'dns-alias',
        of: 'smtp',
        aliases: ['sinkhole.paloaltonetworks.com'],
        addresses: ['nowhere'],
      }),
    ),
    {
      on: SERVICES,
      phase: ['resolve', 'connect'],
      owner: ['dns', 'network', 'proxy'],
      says: 'dns-wrong-address',
      not: ['dns-nxdomain', 'wait-and-see', 'answer-says: unavailable'],
    },
  ),
  look(
    'an internal zone office365.com, made for Autodiscover, lacks smtp for all but app03',
    'Split DNS: the name has records, and none of an address (RFC 2308, section 2.2); app03 asks another resolver.',
    on(['svc01', 'svc02', 'app01', 'app02'], resolver({ id: 'dns-nodata', of: 'smtp' })),
    {
      on: ['svc01', 'svc02', 'app01', 'app02'],
      phase: 'resolve',
      owner: 'dns',
      says: 'dns-nodata',
      not: ['dns-nxdomain', 'port-closed', 'dns-servfail', 'wait-and-see'],
    },
  ),
  look(
    'a view of BIND refuses A to app02 and has no AAAA',
    'Two answers to one look-up: REFUSED (RFC 1035, 4.1.1) is the fault, the empty AAAA is none.',
    on(['app02'], resolver({ id: 'dns-refused', family: 4 }, { id: 'dns-nodata', family: 6 })),
    {
      on: ['app02'],
      phase: 'resolve',
      owner: ['dns', 'network'],
      says: 'dns-refused',
      not: ['dns-silent', 'dns-nxdomain', 'network-down', 'wait-and-see'],
    },
  ),
  look(
    'Check Point drops TCP 53 of the application servers, and answers outgrow UDP',
    'RFC 7766: TCP is needed where TC is set; the UDP answer shows that the resolver lives.',
    on(APPLICATION, resolver({ id: 'dns-truncated', tcp: 'silent' })),
    {
      on: APPLICATION,
      phase: 'resolve',
      owner: ['dns', 'network'],
      says: 'dns-truncated-no-tcp',
      not: ['dns-silent', 'dns-servfail', 'network-down', 'dns-nxdomain'],
    },
  ),
  look(
    'the alias of Outlook leads back to itself, for everybody',
    'A traffic manager written as a circle: RFC 1034, section 3.6.2. No port was ever tried.',
    on(
      ALL,
      resolver({
        id: 'dns-alias',
        of: 'outlook',
        aliases: ['ooc-g2.tm-4.office.com', 'outlook.office365.com'],
      }),
    ),
    {
      on: ALL,
      phase: 'resolve',
      owner: ['dns', 'microsoft'],
      says: 'dns-alias-broken',
      not: ['dns-nxdomain', 'port-dropped', 'answer-says: unavailable'],
    },
  ),
  look(
    'a DNS filter of app01 and svc02 answers 0.0.0.0 for the sign-in host',
    'How Pi-hole and AdGuard block; the machine then speaks to itself.',
    on(['svc02', 'app01'], resolver({ id: 'dns-loopback', of: 'login' })),
    {
      on: ['svc02', 'app01'],
      phase: ['resolve', 'connect'],
      owner: ['dns', 'network', 'proxy', 'server-administrator'],
      says: 'dns-wrong-address',
      not: ['port-closed', 'create-token-again', 'wait-and-see', 'dns-nxdomain'],
    },
  ),
];
