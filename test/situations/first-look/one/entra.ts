import { ALL, SERVICES } from '../../site.ts';
import { entra, on, SALES } from '../faults.ts';
import { type FirstLook, look } from '../situation.ts';

const token = { phase: 'token' } as const;

export const OF_ENTRA: readonly FirstLook[] = [
  look(
    'a policy demands token protection',
    '530084: a token must be bound to a device, which a server’s cannot be.',
    on(
      ALL,
      entra(
        530084,
        'invalid_grant',
        'Access has been blocked by conditional access token protection policy.',
      ),
    ),
    { on: ALL, ...token, owner: 'entra', says: 'answer-says: policy', not: 'create-token-again' },
  ),
  look(
    'a policy without a name in any table blocks svc01 alone',
    'A number of the family 530xxx from one place only: a condition of location.',
    on(
      ['svc01'],
      entra(530097, 'interaction_required', 'Access from this network is not allowed by your organization.', {
        suberror: 'message_only',
      }),
    ),
    {
      on: ['svc01'],
      ...token,
      owner: ['entra', 'network'],
      says: 'answer-says: policy',
      not: 'mailpath-at-fault',
    },
  ),
  look(
    'the redirect URI is registered for a single-page application',
    '9002325: Entra ID wants PKCE across origins, since the platform is wrong.',
    on(
      ALL,
      entra(
        9002325,
        'invalid_request',
        'Proof Key for Code Exchange is required for cross-origin authorization code redemption.',
      ),
    ),
    {
      on: ALL,
      ...token,
      owner: 'entra',
      says: 'answer-says: registration',
      not: ['mailpath-at-fault', 'create-token-again'],
    },
  ),
  look(
    'the grant was made in another tenant',
    '7000012: authorize and token URL name different tenants.',
    on(ALL, entra(7000012, 'invalid_grant', 'The grant was obtained for a different tenant.')),
    {
      on: ALL,
      ...token,
      owner: ['ece-administrator', 'entra'],
      says: 'answer-says: wrong tenant',
      not: 'mailpath-at-fault',
    },
  ),
  look(
    'the sign-in frequency has ended the grant of sales on the services servers',
    '70043 with token_expired.',
    on(
      SERVICES,
      entra(
        70043,
        'invalid_grant',
        'The refresh token has expired or is invalid due to sign-in frequency checks by conditional access.',
        { name: SALES, suberror: 'token_expired' },
      ),
    ),
    {
      on: SERVICES,
      ...token,
      owner: ['ece-administrator', 'entra'],
      says: ['answer-says: grant ended', 'answer-says: policy'],
    },
  ),
  look(
    'the secret of the application is not taken, in a number that no table has',
    'invalid_client, and the text speaks of the client secret.',
    on(
      ALL,
      entra(
        7000299,
        'invalid_client',
        'The provided client secret keys are no longer valid for this application.',
        { status: 401 },
      ),
    ),
    {
      on: ALL,
      ...token,
      owner: ['ece-administrator', 'entra'],
      says: 'answer-says: client secret',
      not: 'mailpath-at-fault',
    },
  ),
  look(
    'the account was deleted from the directory',
    '500341.',
    on(
      ALL,
      entra(
        500341,
        'invalid_grant',
        'The user account has been deleted from the directory. To sign into this application, the account must be added to the directory.',
      ),
    ),
    { on: ALL, ...token, owner: 'entra', says: 'answer-says: account', not: 'create-token-again' },
  ),
  look(
    'Entra ID fails in a way that no table has',
    'server_error with 500 and a number of no family.',
    on(ALL, entra(3399104, 'server_error', 'An unexpected condition was met.', { status: 500 })),
    {
      on: ALL,
      ...token,
      owner: ['microsoft', 'unknown'],
      says: ['answer-says: unavailable', 'answer-unknown'],
      not: ['create-token-again', 'mailpath-at-fault'],
    },
  ),
];
