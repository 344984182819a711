import { APPLICATION, SERVICES } from '../../site.ts';
import { on, page } from '../faults.ts';
import { type FirstLook, look } from '../situation.ts';

const token = { phase: 'token' } as const;

export const OF_OTHERS: readonly FirstLook[] = [
  look(
    'a firewall of web applications refuses what the services servers post',
    'HTTP 200 with a support id, as such devices say it.',
    on(
      SERVICES,
      page(
        'login',
        'token',
        200,
        '<html><head><title>Request Rejected</title></head><body>The requested URL was rejected. Please consult with your administrator. Your support ID is: 7512</body></html>',
        { 'content-type': 'text/html' },
      ),
    ),
    {
      on: SERVICES,
      ...token,
      owner: ['proxy', 'network'],
      says: 'not-the-service',
      not: ['create-token-again', 'mailpath-at-fault'],
    },
  ),
  look(
    'the path of the application servers wants another version of TLS',
    'HTTP 426 at the token endpoint.',
    on(APPLICATION, page('login', 'token', 426, 'TLS 1.2 required', { upgrade: 'TLS/1.2' })),
    {
      on: APPLICATION,
      ...token,
      owner: ['proxy', 'network', 'server-administrator', 'unknown', 'microsoft'],
      says: ['tls-old-version', 'not-the-service', 'answer-unknown'],
      not: ['create-token-again', 'mailpath-at-fault'],
    },
  ),
  look(
    'a portal answers with JSON that is no token',
    'HTTP 200 and a document of somebody else, at one server.',
    on(
      ['app02'],
      page('login', 'token', 200, '{"result":"login_required","portal":"https://guest.contoso.example/"}', {
        'content-type': 'application/json',
      }),
    ),
    {
      on: ['app02'],
      ...token,
      owner: ['proxy', 'network', 'unknown'],
      says: ['not-the-service', 'answer-unknown'],
      not: 'create-token-again',
    },
  ),
];
