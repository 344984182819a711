import { ALL, APPLICATION, SERVICES } from '../../site.ts';
import { on, path, resolver } from '../faults.ts';
import { type FirstLook, look } from '../situation.ts';

const dns = { phase: 'resolve', owner: 'dns' } as const;

export const OF_THE_PATH: readonly FirstLook[] = [
  look(
    'the resolver of the application servers asks nobody for them',
    'REFUSED on every name.',
    on(APPLICATION, resolver({ id: 'dns-refused' })),
    { on: APPLICATION, ...dns, says: 'dns-refused', not: ['dns-silent', 'dns-nxdomain'] },
  ),
  look(
    'the resolver fails for the sign-in name, for everybody',
    'SERVFAIL on one name.',
    on(ALL, resolver({ id: 'dns-servfail', of: 'login' })),
    { on: ALL, ...dns, says: 'dns-servfail', not: 'dns-nxdomain' },
  ),
  look(
    'the sign-in name of svc02 is cut short, and nobody answers on TCP 53',
    'TC over UDP; the firewall drops TCP 53 without a word.',
    on(['svc02'], resolver({ id: 'dns-truncated', tcp: 'silent', of: 'login', family: 4 })),
    {
      on: ['svc02'],
      phase: 'resolve',
      owner: ['dns', 'network'],
      says: 'dns-truncated-no-tcp',
      not: 'dns-silent',
    },
  ),
  look(
    'SMTP of app01 meets TLS 1.1',
    'After STARTTLS nothing newer than TLS 1.1 is spoken.',
    on(['app01'], path('smtp', 'tls-1.1')),
    {
      on: ['app01'],
      phase: ['tls', 'starttls'],
      owner: ['proxy', 'network'],
      says: 'tls-old-version',
      not: 'capability-removed',
    },
  ),
  look(
    'the web side of Outlook shows the services servers the certificate of another host',
    'portal.contoso.example, from the same authority.',
    on(SERVICES, path('exchange', 'certificate-other-name')),
    {
      on: SERVICES,
      phase: 'tls',
      owner: ['proxy', 'network', 'dns'],
      says: 'tls-other-name',
      not: 'tls-root-missing',
    },
  ),
  look(
    'every place of svc01 shows a weak key',
    'One device in front of everything, with RSA of 1024 bits.',
    on(['svc01'], path(['login', 'alias', 'exchange', 'imap', 'pop3', 'smtp'], 'certificate-weak-key')),
    {
      on: ['svc01'],
      phase: ['tls', 'starttls'],
      owner: ['proxy', 'network'],
      says: 'tls-weak',
      not: 'tls-root-missing',
    },
  ),
];
