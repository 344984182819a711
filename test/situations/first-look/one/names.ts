import { APPLICATION, SERVICES } from '../../site.ts';
import { on, resolver } from '../faults.ts';
import { type FirstLook, look } from '../situation.ts';

const dns = { phase: 'resolve', owner: 'dns' } as const;

export const OF_NAMES: readonly FirstLook[] = [
  look(
    'app01 is told that the SMTP host has no address',
    'The name exists and has no A record (NOERROR with nothing): RFC 1035, section 4.3.1.',
    on(['app01'], resolver({ id: 'dns-nodata', of: 'smtp' })),
    { on: ['app01'], ...dns, says: 'dns-nodata', not: 'dns-silent' },
  ),
  look(
    'svc01 gets the Outlook answer cut short and TCP 53 is closed',
    'RFC 7766, section 5: a cut answer has to be asked for again over TCP, which a firewall does not let out.',
    on(['svc01'], resolver({ id: 'dns-truncated', tcp: 'closed', of: 'outlook', family: 4 })),
    {
      on: ['svc01'],
      phase: 'resolve',
      owner: ['dns', 'network'],
      says: 'dns-truncated-no-tcp',
      not: 'dns-silent',
    },
  ),
  look(
    'the question of svc02 for IPv6 is never answered',
    'A comes at once and AAAA never, so programs that ask for both wait for each name.',
    on(['svc02'], resolver({ id: 'dns-silent', family: 6 })),
    {
      on: ['svc02'],
      phase: 'resolve',
      owner: ['dns', 'network'],
      says: 'dns-one-family-silent',
      not: ['dns-silent', 'dns-nxdomain'],
    },
  ),
  look(
    'the resolver of the services servers takes questions for malformed',
    'RCODE 1 on every name, from a resolver that only these two ask.',
    on(SERVICES, resolver({ id: 'dns-formerr' })),
    { on: SERVICES, ...dns, says: 'dns-formerr', not: ['dns-silent', 'dns-nxdomain'] },
  ),
  look(
    'a filter leads the Outlook name of the application servers to nowhere',
    'A filter answers 0.0.0.0 in place of the address.',
    on(APPLICATION, resolver({ id: 'dns-loopback', of: 'outlook' })),
    { on: APPLICATION, ...dns, says: 'dns-wrong-address', not: 'port-closed' },
  ),
  look(
    'the resolver of app02 does not do the sign-in name',
    'RCODE 4, not implemented, on one name.',
    on(['app02'], resolver({ id: 'dns-notimp', of: 'login' })),
    { on: ['app02'], ...dns, says: 'dns-notimp' },
  ),
  look(
    'the aliases of the SMTP host go in a circle for svc01',
    'The chain comes back to the name that was asked for, so there is no address at its end.',
    on(
      ['svc01'],
      resolver({ id: 'dns-alias', of: 'smtp', aliases: ['smtp-edge.example', 'smtp.office365.com'] }),
    ),
    { on: ['svc01'], ...dns, says: ['dns-alias-broken', 'dns-nodata'], not: 'dns-silent' },
  ),
];
