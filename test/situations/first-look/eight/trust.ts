import { ALL, SERVICES } from '../../site.ts';
import { on, path } from '../faults.ts';
import { type FirstLook, look } from '../situation.ts';

export const OF_TRUST: readonly FirstLook[] = [
  look(
    'submission shows svc01 a certificate of tomorrow',
    'The others are shown a good one: something before svc01 makes certificates, and its clock is ahead.',
    on(['svc01'], path('smtp', 'certificate-not-yet-valid')),
    {
      on: ['svc01'],
      phase: ['tls', 'starttls'],
      owner: ['proxy', 'network'],
      says: ['tls-certificate-not-yet-valid', 'tls-intercepted'],
    },
  ),
  look(
    'an inspector with an RSA key of 1024 bits before the sign-in host of svc02',
    'The key is too short; the siblings see a good one.',
    on(['svc02'], path(['login', 'alias'], 'certificate-weak-key')),
    { on: ['svc02'], phase: 'tls', owner: ['proxy', 'network'], says: ['tls-weak', 'tls-intercepted'] },
  ),
  look(
    'IMAP sends app03 no intermediate',
    'One place of one server: what stands before it was set up without the chain.',
    on(['app03'], path('imap', 'certificate-no-intermediate')),
    {
      on: ['app03'],
      phase: 'tls',
      owner: ['proxy', 'network'],
      says: 'tls-intermediate-missing',
      not: 'tls-root-missing',
    },
  ),
  look(
    'submission speaks TLS 1.0 with the services servers',
    'An old SMTP gateway stands on the way.',
    on(SERVICES, path('smtp', 'tls-1.0')),
    { on: SERVICES, phase: ['tls', 'starttls'], owner: ['proxy', 'network'], says: 'tls-old-version' },
  ),
  look(
    'mail and web of app02 alone are made by an inspector',
    'The server is behind another egress; the inspection takes all its TLS.',
    on(['app02'], path(['login', 'alias', 'exchange', 'imap', 'pop3', 'smtp'], 'other-authority')),
    { on: ['app02'], phase: 'tls', owner: 'proxy', says: 'tls-intercepted', not: 'tls-root-missing' },
  ),
  look(
    'the sign-in host is inspected for everybody, and all servers trust the inspector',
    'All green, another issuer: what is inspected is found by its issuer alone.',
    on(ALL, path(['login', 'alias'], 'other-authority'), { trusts: 'inspector' }),
    { on: ALL, phase: 'tls', owner: ['proxy', 'network'], says: 'tls-intercepted' },
  ),
  look(
    'a name of the intranet answers for the web side of Outlook',
    'A reverse proxy at its own address, with a public certificate for another name.',
    on(SERVICES, path(['exchange', 'imap'], 'certificate-other-name')),
    { on: SERVICES, phase: 'tls', owner: ['proxy', 'network', 'dns'], says: 'tls-other-name' },
  ),
  look(
    'an appliance’s own certificate stands at IMAP of svc02',
    'Self-signed, as from the factory.',
    on(['svc02'], path('imap', 'certificate-self-signed')),
    {
      on: ['svc02'],
      phase: 'tls',
      owner: ['proxy', 'network'],
      says: ['tls-self-signed', 'tls-intercepted'],
      not: 'create-token-again',
    },
  ),
];
