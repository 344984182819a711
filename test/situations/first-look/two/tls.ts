import { ALL, SERVICES } from '../../site.ts';
import { on, path } from '../faults.ts';
import { type FirstLook, look } from '../situation.ts';

const onThePath = ['proxy', 'network', 'microsoft'] as const;

export const OF_TLS: readonly FirstLook[] = [
  look(
    'the sign-in shows everybody a certificate with a short key',
    'RSA with 1024 bits, from a device all of them pass.',
    on(ALL, path('login', 'certificate-weak-key')),
    { on: ALL, phase: 'tls', owner: onThePath, says: 'tls-weak', not: 'tls-root-missing' },
  ),
  look(
    'SMTP shows app01 a certificate of its own making',
    'Nobody but its own key signed it.',
    on(['app01'], path('smtp', 'certificate-self-signed')),
    {
      on: ['app01'],
      phase: ['tls', 'starttls'],
      owner: ['proxy', 'network'],
      says: ['tls-self-signed', 'tls-intercepted'],
    },
  ),
  look(
    'IMAP is somebody else’s for svc01 and app01',
    'The certificate is for portal.contoso.example: a rule leads one place to another machine.',
    on(['svc01', 'app01'], path('imap', 'certificate-other-name')),
    { on: ['app01', 'svc01'], phase: 'tls', owner: ['network', 'dns', 'proxy'], says: 'tls-other-name' },
  ),
  look(
    'the certificate of POP3 has run out for the services servers',
    'A device of one role shows an old certificate.',
    on(SERVICES, path('pop3', 'certificate-expired')),
    { on: SERVICES, phase: 'tls', owner: onThePath, says: 'tls-certificate-expired', not: 'clock-wrong' },
  ),
  look(
    'the web side of Outlook speaks TLS 1.1 to app02',
    'Something on the path ends TLS with an old library.',
    on(['app02'], path('exchange', 'tls-1.1')),
    { on: ['app02'], phase: 'tls', owner: ['proxy', 'network'], says: 'tls-old-version' },
  ),
];
