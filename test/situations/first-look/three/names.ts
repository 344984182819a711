import { ALL, SERVICES } from '../../site.ts';
import { on, resolver } from '../faults.ts';
import { type FirstLook, look } from '../situation.ts';

const dns = { phase: 'resolve', owner: 'dns' } as const;

export const OF_NAMES: readonly FirstLook[] = [
  look(
    'the resolver of one house says nothing',
    'svc01 and app01 stand in one house and ask one resolver, which is deaf.',
    on(['svc01', 'app01'], resolver({ id: 'dns-silent' })),
    {
      on: ['app01', 'svc01'],
      phase: 'resolve',
      owner: ['dns', 'network'],
      says: 'dns-silent',
      not: 'dns-nxdomain',
    },
  ),
  look(
    'the Outlook name has no address for anybody',
    'NOERROR with nothing in both families, from all resolvers.',
    on(ALL, resolver({ id: 'dns-nodata', of: 'outlook' })),
    { on: ALL, ...dns, says: 'dns-nodata', not: 'dns-silent' },
  ),
  look(
    'the sign-in name is too long for UDP at app03',
    'A and AAAA are cut short, TCP 53 is refused, and other names are well.',
    on(['app03'], resolver({ id: 'dns-truncated', tcp: 'closed', of: 'login' })),
    {
      on: ['app03'],
      phase: 'resolve',
      owner: ['dns', 'network'],
      says: 'dns-truncated-no-tcp',
      not: ['dns-servfail', 'dns-silent'],
    },
  ),
  look(
    'the alias of Outlook leads svc02 to a name without address',
    'The chain has an end, and nothing stands there.',
    on(
      ['svc02'],
      resolver({ id: 'dns-alias', of: 'outlook', aliases: ['edge.example', 'gone.example'], addresses: [] }),
    ),
    { on: ['svc02'], ...dns, says: ['dns-alias-broken', 'dns-nodata'] },
  ),
  look(
    'SMTP does not exist for app02 most of the time',
    'NXDOMAIN twice, the address once, and again.',
    on(['app02'], resolver({ id: 'dns-nxdomain', of: 'smtp', times: 4, thenWell: 1 })),
    { on: ['app02'], ...dns, says: ['dns-nxdomain', 'dns-flapping'], not: 'dns-silent' },
  ),
  look(
    'a filter leads the services servers to themselves at SMTP',
    'The name leads to 127.0.0.1.',
    on(SERVICES, resolver({ id: 'dns-addresses', of: 'smtp', addresses: ['127.0.0.1'] })),
    {
      on: SERVICES,
      phase: ['resolve', 'connect'],
      owner: ['dns', 'server-administrator'],
      says: 'dns-wrong-address',
      not: 'port-closed',
    },
  ),
  look(
    'nobody answers at the port of the resolver of app01',
    'The machine says so at once (ICMP port unreachable).',
    on(['app01'], resolver({ id: 'dns-closed' })),
    {
      on: ['app01'],
      phase: 'resolve',
      owner: ['dns', 'network', 'server-administrator'],
      says: ['dns-silent', 'dns-refused'],
      not: 'dns-nxdomain',
    },
  ),
];
