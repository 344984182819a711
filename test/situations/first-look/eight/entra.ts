import { ALL, SERVICES } from '../../site.ts';
import { entra, on, page, SALES } from '../faults.ts';
import { type FirstLook, look } from '../situation.ts';

const token = { phase: 'token' } as const;

export const OF_ENTRA: readonly FirstLook[] = [
  look(
    'the assertion of the application is outside its time',
    '700024, a certificate credential.',
    on(
      ALL,
      entra(
        700024,
        'invalid_client',
        'Client assertion is not within its valid time range. Current time: 2026-11-28T09:00:00.0000000Z, expiry time of assertion 2026-11-28T08:30:00.0000000Z.',
      ),
    ),
    {
      on: ALL,
      ...token,
      owner: ['entra', 'ece-administrator', 'server-administrator'],
      says: ['answer-says: client secret', 'clock-wrong'],
    },
  ),
  look(
    'no federated credential of the application fits',
    '700213: the subject of the assertion stands in no federated credential of the registration.',
    on(
      ALL,
      entra(
        700213,
        'invalid_client',
        "No matching federated identity record found for presented assertion subject 'system:serviceaccount:ece:mail'.",
      ),
    ),
    {
      on: ALL,
      ...token,
      owner: ['entra', 'ece-administrator'],
      says: ['answer-says: client secret', 'answer-says: registration'],
      not: 'create-token-again',
    },
  ),
  look(
    'the tenant was blocked since nobody used it',
    '5000225.',
    on(
      ALL,
      entra(
        5000225,
        'invalid_request',
        'This tenant has been blocked due to inactivity. To learn more about tenant lifecycle policies, see https://aka.ms/TenantLifecycle.',
      ),
    ),
    {
      on: ALL,
      ...token,
      owner: ['entra', 'microsoft'],
      says: ['answer-says: wrong tenant', 'answer-says: policy', 'answer-says: account'],
      not: 'create-token-again',
    },
  ),
  look(
    'the session of the grant of sales was not renewed',
    '70046: the check of re-authentication failed.',
    on(
      ALL,
      entra(
        70046,
        'invalid_grant',
        'The session has expired or is invalid due to re-authentication checks by Conditional Access.',
        { name: SALES },
      ),
    ),
    {
      on: ALL,
      ...token,
      owner: ['ece-administrator', 'entra'],
      says: ['answer-says: grant ended', 'answer-says: policy'],
    },
  ),
  look(
    'an application protection policy is wanted of sales',
    '53009: Intune.',
    on(
      ALL,
      entra(53009, 'interaction_required', 'Application needs to enforce Intune protection policies.', {
        name: SALES,
        suberror: 'protection_policy_required',
      }),
    ),
    { on: ALL, ...token, owner: 'entra', says: 'answer-says: policy', not: 'create-token-again' },
  ),
  look(
    'an access policy gives no token',
    '530031.',
    on(ALL, entra(530031, 'access_denied', 'Access policy does not allow token issuance.')),
    { on: ALL, ...token, owner: 'entra', says: 'answer-says: policy', not: 'create-token-again' },
  ),
  look(
    'the services servers come from an address that a named location leaves out',
    '53003 on the services servers alone: a condition of location, which the application servers’ egress fulfils.',
    on(
      SERVICES,
      entra(
        53003,
        'invalid_grant',
        'Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.',
      ),
    ),
    {
      on: SERVICES,
      ...token,
      owner: ['entra', 'network'],
      says: 'answer-says: policy',
      not: 'create-token-again',
    },
  ),
  look(
    'the client id is no GUID',
    '90112.',
    on(ALL, entra(90112, 'invalid_request', 'Application identifier is expected to be a GUID.')),
    { on: ALL, ...token, owner: ['ece-administrator', 'entra'], says: 'answer-says: registration' },
  ),
  look(
    'the certificate of the application cannot be validated',
    '50017.',
    on(
      ALL,
      entra(
        50017,
        'invalid_client',
        'Validation of given certificate for certificate based authentication failed.',
      ),
    ),
    { on: ALL, ...token, owner: ['entra', 'ece-administrator'], says: 'answer-says: client secret' },
  ),
  look(
    'a guest of another tenant signed in for sales',
    '50178: an external challenge is not possible for a user who is passed through.',
    on(
      ALL,
      entra(50178, 'invalid_grant', 'External challenge is not supported for passthrough users.', {
        name: SALES,
      }),
    ),
    {
      on: ALL,
      ...token,
      owner: ['entra', 'ece-administrator'],
      says: [
        'answer-says: account',
        'answer-says: multi-factor',
        'answer-says: wrong tenant',
        'answer-says: policy',
      ],
    },
  ),
  look(
    'a number that no list has, with a token that is said to be bad',
    'Unknown number, error invalid_grant, suberror bad_token: the word of OAuth and the suberror tell it.',
    on(
      ALL,
      entra(7009911, 'invalid_grant', 'The provided value for the input parameter is not acceptable.', {
        suberror: 'bad_token',
        name: SALES,
      }),
    ),
    {
      on: ALL,
      ...token,
      owner: ['ece-administrator', 'entra'],
      says: ['answer-says: grant ended', 'answer-unknown'],
    },
  ),
  look(
    'a number that no list has, and the service is not well',
    '503 with temporarily_unavailable.',
    on(
      ALL,
      entra(9899001, 'temporarily_unavailable', 'The service is temporarily unable to process the request.', {
        status: 503,
      }),
    ),
    {
      on: ALL,
      ...token,
      owner: 'microsoft',
      says: 'answer-says: unavailable',
      not: ['create-token-again', 'mailpath-at-fault'],
    },
  ),
  look(
    'a number that no list has, and too many requests',
    '429 for one tenant.',
    on(
      ALL,
      entra(
        9899429,
        'temporarily_unavailable',
        'Too many requests were received from this tenant. Please retry later.',
        { status: 429 },
      ),
    ),
    {
      on: ALL,
      ...token,
      owner: ['microsoft', 'entra', 'ece-administrator'],
      says: 'answer-says: throttled',
      not: 'create-token-again',
    },
  ),
  look(
    'the token endpoint wants a newer TLS of svc02',
    '426: an old cipher or version is spoken on the way.',
    on(['svc02'], page('login', 'token', 426, 'Upgrade Required', { upgrade: 'TLS/1.2' })),
    { on: ['svc02'], ...token, owner: ['server-administrator', 'proxy', 'network'], says: 'tls-old-version' },
  ),
  look(
    'consent of the application conflicts with its service principal',
    '650051.',
    on(
      ALL,
      entra(
        650051,
        'invalid_client',
        'The application needs permissions to access resources, which were not asked for or conflict: the service principal name is already present for the tenant.',
      ),
    ),
    {
      on: ALL,
      ...token,
      owner: 'entra',
      says: ['answer-says: consent', 'answer-says: registration'],
      not: 'create-token-again',
    },
  ),
];
