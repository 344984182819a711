import { ALL, APPLICATION, SERVICES } from '../../site.ts';
import { ECE, entra, everywhere, on, page } from '../faults.ts';
import { type FirstLook, look } from '../situation.ts';

const token = { phase: 'token' } as const;

export const OF_ENTRA: readonly FirstLook[] = [
  look(
    'the refresh token of everybody ended after a change of password',
    '50173: the grant was revoked.',
    on(
      SERVICES,
      entra(
        50173,
        'invalid_grant',
        'The provided grant has expired due to it being revoked, a fresh auth token is needed.',
      ),
    ),
    { on: SERVICES, ...token, owner: 'ece-administrator', says: 'answer-says: grant ended' },
  ),
  look(
    'the secret of the application ran out',
    '7000222.',
    on(
      ALL,
      entra(7000222, 'invalid_client', 'The provided client secret keys for app are expired.', {
        status: 401,
      }),
    ),
    { on: ALL, ...token, owner: ['entra', 'ece-administrator'], says: 'answer-says: client secret' },
  ),
  look(
    'a certificate of the application that no table has',
    'invalid_client, and the text speaks of the client assertion.',
    on(
      ALL,
      entra(7000399, 'invalid_client', 'The client assertion is signed with a key that is not registered.', {
        status: 401,
      }),
    ),
    {
      on: ALL,
      ...token,
      owner: ['entra', 'ece-administrator'],
      says: 'answer-says: client secret',
      not: 'create-token-again',
    },
  ),
  look(
    'nobody consented to a permission, in a new number',
    '650099 under invalid_client.',
    on(
      ALL,
      entra(650099, 'invalid_client', 'The application asked for permissions that nobody has approved.'),
    ),
    {
      on: ALL,
      ...token,
      owner: ['entra', 'ece-administrator'],
      says: 'answer-says: consent',
      not: 'answer-says: client secret',
    },
  ),
  look(
    'a compliant device is demanded of the shared account',
    'A new number with words of Conditional Access, for one user.',
    on(
      ALL,
      entra(
        500999,
        'interaction_required',
        'Access is blocked by Conditional Access: a compliant device is required.',
        { name: ECE },
      ),
    ),
    {
      on: SERVICES,
      ...token,
      owner: 'entra',
      says: 'answer-says: policy',
      not: ['create-token-again', 'mailpath-at-fault'],
    },
  ),
  look(
    'the application is not known in the tenant',
    '700016.',
    on(
      ALL,
      entra(700016, 'unauthorized_client', 'Application with identifier was not found in the directory.'),
    ),
    {
      on: ALL,
      ...token,
      owner: ['ece-administrator', 'entra'],
      says: ['answer-says: registration', 'answer-says: wrong tenant'],
    },
  ),
  look(
    'Entra ID throttles the application servers',
    'HTTP 429 with a number.',
    on(APPLICATION, entra(90055, 'temporarily_unavailable', 'There are too many requests.', { status: 429 })),
    {
      on: APPLICATION,
      ...token,
      owner: ['ece-administrator', 'entra', 'microsoft'],
      says: ['answer-says: throttled', 'answer-says: unavailable'],
    },
  ),
  look(
    'the front door of the sign-in fails for svc02',
    'HTTP 502 with HTML, from one place.',
    on(
      ['svc02'],
      page('login', 'token', 502, '<html><head><title>502 Bad Gateway</title></head></html>', {
        'content-type': 'text/html',
      }),
    ),
    {
      on: ['svc02'],
      ...token,
      owner: ['network', 'proxy', 'microsoft', 'unknown'],
      says: ['answer-says: unavailable', 'not-the-service'],
      not: ['create-token-again', 'mailpath-at-fault'],
    },
  ),
  look(
    'the web side of Outlook is somebody’s router',
    'HTTP 200 from a small device, at one server.',
    on(
      ['app01'],
      page('exchange', 'exchange', 401, '<html><title>Router login</title></html>', {
        server: 'mini_httpd',
        'www-authenticate': 'Basic realm="router"',
      }),
    ),
    { on: ['app01'], phase: 'http', owner: ['proxy', 'network', 'dns'], says: 'not-the-service' },
  ),
  look(
    'somebody else signed in for the shared account, and mail comes by POP3',
    'The token that opens support is of admin@, who may not.',
    everywhere({ setUp: { inbound: 'pop3' }, signsInAs: { [ECE]: 'admin@contoso.example' } }),
    {
      on: SERVICES,
      phase: ['token', 'authenticate', 'open-mailbox', 'send'],
      owner: ['ece-administrator', 'exchange'],
      says: ['other-user', 'answer-says: permission'],
    },
  ),
];
