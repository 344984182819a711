import { ALL, APPLICATION, SERVICES } from '../../site.ts';
import { on, page, path } from '../faults.ts';
import { type FirstLook, look } from '../situation.ts';

export const OF_TRUST: readonly FirstLook[] = [
  look(
    'the sign-in hosts send the application servers no intermediate',
    'The services servers get the whole chain: same root, same leaf.',
    on(APPLICATION, path(['login', 'alias'], 'certificate-no-intermediate')),
    {
      on: APPLICATION,
      phase: 'tls',
      owner: ['proxy', 'network', 'microsoft', 'server-administrator'],
      says: 'tls-intermediate-missing',
      not: ['tls-intercepted', 'tls-root-missing', 'tls-self-signed'],
    },
  ),
  look(
    'the web of app02 is opened by a device whose authority it trusts',
    'Everything works; the certificates are those of another authority than the siblings see.',
    on(['app02'], { trusts: 'inspector' }, path(['login', 'alias', 'exchange'], 'other-authority')),
    {
      on: ['app02'],
      phase: 'tls',
      owner: ['proxy', 'network'],
      says: 'tls-intercepted',
      not: ['tls-root-missing', 'tls-self-signed'],
    },
  ),
  look(
    'submission speaks TLS 1.0 to everybody',
    'An old gateway stands in front of SMTP for the whole site.',
    on(ALL, path('smtp', 'tls-1.0')),
    {
      on: ALL,
      phase: ['starttls', 'tls'],
      owner: ['network', 'proxy', 'microsoft'],
      says: 'tls-old-version',
      not: ['tls-intercepted', 'tls-handshake-cut'],
    },
  ),
  look(
    'a page of the company’s filter, in Japanese, answers for tokens of the services servers',
    'Status 200, HTML, and no JSON.',
    on(
      SERVICES,
      page(
        'login',
        'token',
        200,
        '<html><meta charset="utf-8"><title>アクセスが制限されています</title><p>このサイトへのアクセスは管理者により禁止されています。',
        { 'content-type': 'text/html; charset=utf-8' },
      ),
    ),
    {
      on: SERVICES,
      phase: ['token', 'http'],
      owner: ['proxy', 'network'],
      says: ['not-the-service', 'proxy-refuses'],
      not: ['answer-says: sign-in refused', 'create-token-again', 'answer-says: client secret'],
    },
  ),
];
