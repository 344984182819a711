import { ALL, APPLICATION, SERVICES } from '../../site.ts';
import { on, resolver } from '../faults.ts';
import { type FirstLook, look } from '../situation.ts';

const resolve = { phase: 'resolve', owner: 'dns' } as const;

export const OF_NAMES: readonly FirstLook[] = [
  look(
    'a response policy of the resolver refuses svc02 the submission host',
    'REFUSED for one name only: a policy zone (RPZ) that was meant for clients.',
    on(['svc02'], resolver({ id: 'dns-refused', of: 'smtp' })),
    { on: ['svc02'], ...resolve, says: 'dns-refused' },
  ),
  look(
    'an internal zone login.microsoftonline.com without a record',
    'Somebody made a zone for the name, for a test, and it holds no A record: NODATA from an authority of one’s own.',
    on(SERVICES, resolver({ id: 'dns-nodata', of: 'login' })),
    { on: SERVICES, ...resolve, says: 'dns-nodata' },
  ),
  look(
    'the alias of the Outlook host runs in a circle at app03',
    'A CNAME to a traffic manager that names the first name again.',
    on(
      ['app03'],
      resolver({ id: 'dns-alias', of: 'outlook', aliases: ['edge.example', 'outlook.office365.com'] }),
    ),
    { on: ['app03'], ...resolve, says: ['dns-alias-broken', 'dns-nodata'] },
  ),
  look(
    'long answers are cut, and the firewall swallows DNS over TCP',
    'RFC 7766: the answer of the front door is long; TCP 53 is dropped, for everybody.',
    on(ALL, resolver({ id: 'dns-truncated', tcp: 'silent' })),
    { on: ALL, phase: 'resolve', owner: ['dns', 'network'], says: 'dns-truncated-no-tcp' },
  ),
  look(
    'a filter answers 0.0.0.0 for the submission host',
    'A block list of a resolver, on the application servers’ network.',
    on(APPLICATION, resolver({ id: 'dns-loopback', of: 'smtp' })),
    { on: APPLICATION, phase: ['resolve', 'connect'], owner: 'dns', says: 'dns-wrong-address' },
  ),
  look(
    'nobody listens at the resolver of svc01',
    'The domain controller was taken down, and the static entry stayed.',
    on(['svc01'], resolver({ id: 'dns-closed' })),
    {
      on: ['svc01'],
      phase: 'resolve',
      owner: ['dns', 'server-administrator', 'network'],
      says: ['dns-silent', 'port-closed'],
    },
  ),
];
