import { everywhere, on, path } from '../faults.ts';
import { SERVICES } from '../../site.ts';
import { type FirstLook, look } from '../situation.ts';

export const OF_TRUST: readonly FirstLook[] = [
  look(
    'the sign-in host shows app01 and app02 a certificate signed with SHA-1',
    'A root that is trusted and a signature that is not: domain/field 23. It is not an unknown root.',
    on(['app01', 'app02'], path('login', 'certificate-weak-signature')),
    {
      on: ['app01', 'app02'],
      phase: 'tls',
      owner: ['proxy', 'network', 'server-administrator'],
      says: 'tls-weak',
      not: ['tls-root-missing', 'tls-self-signed', 'clock-wrong', 'create-token-again'],
    },
  ),
  look(
    'a new sub-authority of FortiGate is dated tomorrow, at SMTP of all but svc01',
    'RFC 5280, 4.1.2.5. Four clocks that agree with Microsoft’s answers are not the fault.',
    on(['svc02', 'app01', 'app02', 'app03'], path('smtp', 'certificate-not-yet-valid')),
    {
      on: ['svc02', 'app01', 'app02', 'app03'],
      phase: ['tls', 'starttls'],
      owner: ['proxy', 'network', 'microsoft', 'unknown'],
      says: 'tls-certificate-not-yet-valid',
      not: ['clock-wrong', 'tls-certificate-expired', 'tls-root-missing', 'answer-says: sign-in refused'],
    },
  ),
  look(
    'F5 shows its own portal’s certificate on 995',
    'A virtual server that takes the port (RFC 9525): the name is the portal’s, the root is a known one.',
    [...everywhere({ setUp: { inbound: 'pop3' } }), ...on(SERVICES, path('pop3', 'certificate-other-name'))],
    {
      on: SERVICES,
      phase: 'tls',
      owner: ['network', 'proxy', 'dns'],
      says: 'tls-other-name',
      not: ['tls-root-missing', 'tls-certificate-expired', 'answer-says: sign-in refused'],
    },
  ),
  look(
    'Outlook’s web side sends app03 no intermediate',
    'RFC 5246, 7.4.2 wants the chain; browsers fetch the missing one by AIA, Java and Node do not.',
    on(['app03'], path('exchange', 'certificate-no-intermediate')),
    {
      on: ['app03'],
      phase: 'tls',
      owner: ['proxy', 'network', 'microsoft', 'server-administrator'],
      says: 'tls-intermediate-missing',
      not: ['tls-certificate-expired', 'tls-self-signed', 'clock-wrong'],
    },
  ),
  look(
    'a cut-down list of roots on svc01, svc02 and app01 lacks the root of the sign-in host',
    'domain/field 26: the issuer is one of Microsoft’s, the store is short; app02 and app03 hold it.',
    on(['svc01', 'svc02', 'app01'], path('login', 'certificate-unknown-root')),
    {
      on: ['svc01', 'svc02', 'app01'],
      phase: 'tls',
      owner: 'server-administrator',
      says: 'tls-root-missing',
      not: ['tls-self-signed', 'create-token-again', 'tls-certificate-expired'],
    },
  ),
  look(
    'an old mail gateway speaks no more than TLS 1.0 to the services servers, for fetching and sending',
    'domain/endpoints.md, 4: Microsoft’s own front ends want 1.2, so that another device ends TLS; the web is well.',
    on(SERVICES, path(['imap', 'smtp'], 'tls-1.0')),
    {
      on: SERVICES,
      phase: ['tls', 'starttls'],
      owner: ['proxy', 'network'],
      says: 'tls-old-version',
      not: ['tls-root-missing', 'answer-says: sign-in refused', 'port-closed'],
    },
  ),
];
