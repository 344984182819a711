import { ALL, APPLICATION } from '../../site.ts';
import { on, path } from '../faults.ts';
import { type FirstLook, look } from '../situation.ts';

const onThePath = ['proxy', 'network', 'microsoft'] as const;

export const OF_TLS: readonly FirstLook[] = [
  look(
    'SMTP shows svc02 a signature of yesterday',
    'SHA-1, after STARTTLS.',
    on(['svc02'], path('smtp', 'certificate-weak-signature')),
    {
      on: ['svc02'],
      phase: ['tls', 'starttls'],
      owner: onThePath,
      says: 'tls-weak',
      not: ['tls-root-missing', 'tls-intermediate-missing'],
    },
  ),
  look(
    'the application servers miss the intermediate of the sign-in',
    'The root is known here; what joins leaf and root is not sent.',
    on(APPLICATION, path('login', 'certificate-no-intermediate')),
    { on: APPLICATION, phase: 'tls', owner: onThePath, says: 'tls-intermediate-missing' },
  ),
  look(
    'app01 does not know the root of the mailbox ports',
    'Issued under the name of DigiCert; no store of this machine holds that root.',
    on(['app01'], path(['imap', 'pop3'], 'certificate-unknown-root')),
    { on: ['app01'], phase: 'tls', owner: 'server-administrator', says: 'tls-root-missing' },
  ),
  look(
    'the certificate of the sign-in has run out for svc01',
    'The siblings see one that is good, so it is the path and not the clock.',
    on(['svc01'], path('login', 'certificate-expired')),
    { on: ['svc01'], phase: 'tls', owner: onThePath, says: 'tls-certificate-expired', not: 'clock-wrong' },
  ),
  look(
    'a device opens the SMTP of everybody',
    'Its authority vouches for smtp.office365.com to all five.',
    on(ALL, path('smtp', 'other-authority')),
    {
      on: ALL,
      phase: ['tls', 'starttls'],
      owner: ['proxy', 'network'],
      says: 'tls-intercepted',
      not: 'tls-root-missing',
    },
  ),
];
