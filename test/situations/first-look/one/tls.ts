import { SERVICES } from '../../site.ts';
import { on, path } from '../faults.ts';
import { type FirstLook, look } from '../situation.ts';

const onThePath = ['proxy', 'network', 'microsoft'] as const;

export const OF_TLS: readonly FirstLook[] = [
  look(
    'IMAP shows svc01 a certificate that is signed with SHA-1',
    'The root is known; the signature is too weak for the TLS of today.',
    on(['svc01'], path('imap', 'certificate-weak-signature')),
    {
      on: ['svc01'],
      phase: 'tls',
      owner: onThePath,
      says: 'tls-weak',
      not: ['tls-root-missing', 'tls-self-signed'],
    },
  ),
  look(
    'SMTP sends app02 no intermediate',
    'Leaf and root come, what joins them does not.',
    on(['app02'], path('smtp', 'certificate-no-intermediate')),
    { on: ['app02'], phase: ['tls', 'starttls'], owner: onThePath, says: 'tls-intermediate-missing' },
  ),
  look(
    'the services servers do not know the root of the sign-in host',
    'The chain ends in a root of DigiCert that these machines do not hold.',
    on(SERVICES, path('login', 'certificate-unknown-root')),
    { on: SERVICES, phase: 'tls', owner: 'server-administrator', says: 'tls-root-missing' },
  ),
  look(
    'POP3 shows app03 a certificate of tomorrow',
    'Its time has not begun, on this path alone.',
    on(['app03'], path('pop3', 'certificate-not-yet-valid')),
    {
      on: ['app03'],
      phase: 'tls',
      owner: [...onThePath, 'server-administrator'],
      says: 'tls-certificate-not-yet-valid',
      not: 'tls-certificate-expired',
    },
  ),
  look(
    'svc02 meets TLS 1.0 at IMAP',
    'Something on the path speaks nothing newer; the siblings meet 1.3.',
    on(['svc02'], path('imap', 'tls-1.0')),
    { on: ['svc02'], phase: 'tls', owner: ['proxy', 'network'], says: 'tls-old-version' },
  ),
];
