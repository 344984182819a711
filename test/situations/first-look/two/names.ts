import { ALL, APPLICATION, SERVICES } from '../../site.ts';
import { on, resolver } from '../faults.ts';
import { type FirstLook, look } from '../situation.ts';

const dns = { phase: 'resolve', owner: 'dns' } as const;

export const OF_NAMES: readonly FirstLook[] = [
  look(
    'no server is served by the resolver',
    'RCODE 5 for every name: a list of clients on the resolver all of them use.',
    on(ALL, resolver({ id: 'dns-refused' })),
    { on: ALL, ...dns, says: 'dns-refused', not: ['dns-silent', 'dns-nxdomain'] },
  ),
  look(
    'the resolver of the application servers fails on the Outlook name',
    'RCODE 2 on one name, from the resolver of one role.',
    on(APPLICATION, resolver({ id: 'dns-servfail', of: 'outlook' })),
    { on: APPLICATION, ...dns, says: 'dns-servfail' },
  ),
  look(
    'the question of svc02 for IPv4 is never answered',
    'AAAA is answered with nothing at once, A never: the server finds no address.',
    on(['svc02'], resolver({ id: 'dns-silent', family: 4 })),
    {
      on: ['svc02'],
      phase: 'resolve',
      owner: ['dns', 'network'],
      says: ['dns-one-family-silent', 'dns-silent'],
      not: 'dns-nxdomain',
    },
  ),
  look(
    'all answers to app03 are cut short and TCP 53 says nothing',
    'RFC 7766: TCP is accepted and swallowed.',
    on(['app03'], resolver({ id: 'dns-truncated', tcp: 'silent' })),
    {
      on: ['app03'],
      phase: 'resolve',
      owner: ['dns', 'network'],
      says: 'dns-truncated-no-tcp',
      not: 'dns-nxdomain',
    },
  ),
  look(
    'the SMTP name is answered to svc01 every second time',
    'SERVFAIL and the address take turns.',
    on(['svc01'], resolver({ id: 'dns-servfail', of: 'smtp', times: 1, thenWell: 1 })),
    { on: ['svc01'], ...dns, says: ['dns-flapping', 'dns-servfail'], not: 'dns-nxdomain' },
  ),
  look(
    'a zone of the house leads the services servers to nobody at SMTP',
    'The name leads to an address of the house at which nobody listens; the application servers ask elsewhere.',
    on(SERVICES, resolver({ id: 'dns-addresses', of: 'smtp', addresses: ['nowhere'] })),
    {
      on: SERVICES,
      phase: ['resolve', 'connect'],
      owner: 'dns',
      says: 'dns-wrong-address',
      not: 'port-closed',
    },
  ),
  look(
    'the resolver of app01 takes its time',
    'Every answer comes 700 ms late.',
    on(['app01'], resolver({ id: 'dns-slow', delayMs: 700 })),
    {
      on: ['app01'],
      phase: 'resolve',
      owner: ['dns', 'network'],
      says: 'dns-slow',
      not: ['path-slow', 'dns-silent'],
    },
  ),
];
