import { ALL, APPLICATION, SERVICES } from '../../site.ts';
import { entra, on, page } from '../faults.ts';
import { type FirstLook, look } from '../situation.ts';

const token = { phase: 'token' } as const;
const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };

export const OF_ENTRA: readonly FirstLook[] = [
  look(
    'the guest account is disabled',
    'A number of the family 50xxxx that no table has; the text says account.',
    on(ALL, entra(500571, 'invalid_grant', 'The guest user account is disabled.')),
    {
      on: ALL,
      ...token,
      owner: 'entra',
      says: 'answer-says: account',
      not: ['create-token-again', 'mailpath-at-fault'],
    },
  ),
  look(
    'a list of revoked certificates cannot be had',
    'A number of no family, and words that nobody has listed.',
    on(ALL, entra(2205011, 'invalid_request', 'The downloaded list has an invalid format.')),
    {
      on: ALL,
      ...token,
      owner: ['entra', 'microsoft', 'unknown'],
      says: 'answer-unknown',
      not: ['mailpath-at-fault', 'create-token-again'],
    },
  ),
  look(
    'a policy under a word that says otherwise',
    '53xxx under unauthorized_client: the family of the number decides.',
    on(ALL, entra(53098, 'unauthorized_client', 'Access was blocked by an access rule.')),
    {
      on: ALL,
      ...token,
      owner: 'entra',
      says: 'answer-says: policy',
      not: ['create-token-again', 'mailpath-at-fault'],
    },
  ),
  look(
    'the scope of the request is not valid',
    '1002012 under invalid_scope.',
    on(
      ALL,
      entra(
        1002012,
        'invalid_scope',
        'The provided value for scope is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier.',
      ),
    ),
    {
      on: ALL,
      ...token,
      owner: ['entra', 'ece-administrator'],
      says: ['answer-says: consent', 'answer-unknown'],
      not: 'create-token-again',
    },
  ),
  look(
    'the sign-in service says that it is busy, with a number of its own',
    '9000999 under temporarily_unavailable with 503.',
    on(
      SERVICES,
      entra(9000999, 'temporarily_unavailable', 'The service is temporarily overloaded, try again later.', {
        status: 503,
      }),
    ),
    {
      on: SERVICES,
      ...token,
      owner: ['microsoft', 'unknown', 'network'],
      says: 'answer-says: unavailable',
      not: 'create-token-again',
    },
  ),
  look(
    'a filter gives svc01 a page in the place of a token',
    'HTTP 200 with HTML: what the site’s web filter sends.',
    on(
      ['svc01'],
      page(
        'login',
        'token',
        200,
        '<html><head><title>Access blocked</title></head><body>Category: Web mail</body></html>',
        { 'content-type': 'text/html' },
      ),
    ),
    {
      on: ['svc01'],
      ...token,
      owner: ['proxy', 'network'],
      says: 'not-the-service',
      not: ['answer-says: unavailable', 'accepted-and-silent', 'mailpath-at-fault'],
    },
  ),
  look(
    'a portal sends the application servers elsewhere',
    'A redirect of the discovery document to a page for guests.',
    on(APPLICATION, page('login', 'discovery', 302, '', { location: 'http://portal.contoso.example/login' })),
    {
      on: APPLICATION,
      phase: 'http',
      owner: ['proxy', 'network'],
      says: 'not-the-service',
      not: 'port-closed',
    },
  ),
  look(
    'a gateway refuses the token request in JSON of its own',
    'HTTP 403 and an error that no OAuth server has.',
    on(
      ['svc02'],
      page('login', 'token', 403, '{"error":"forbidden_by_gateway","message":"request blocked"}', JSON_TYPE),
    ),
    {
      on: ['svc02'],
      ...token,
      owner: ['proxy', 'network', 'unknown'],
      says: ['not-the-service', 'answer-unknown'],
      not: ['create-token-again', 'mailpath-at-fault'],
    },
  ),
  look(
    'the token endpoint answers JSON that is no token',
    'HTTP 200 and neither token nor error.',
    on(SERVICES, page('login', 'token', 200, '{"status":"ok"}', JSON_TYPE)),
    {
      on: SERVICES,
      ...token,
      owner: ['proxy', 'network', 'unknown', 'microsoft'],
      says: ['not-the-service', 'answer-unknown'],
      not: ['create-token-again', 'mailpath-at-fault'],
    },
  ),
];
