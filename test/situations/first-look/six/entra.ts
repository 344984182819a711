import { ALL, APPLICATION, SERVICES } from '../../site.ts';
import { ECE, entra, everywhere, on, SALES } from '../faults.ts';
import { type FirstLook, look } from '../situation.ts';

const token = { phase: 'token' } as const;
const setUp = ['entra', 'ece-administrator'] as const;

export const OF_ENTRA: readonly FirstLook[] = [
  look(
    'the body of the token request arrives without its grant type from svc02',
    '900144 from one place: something on the path rewrites what is posted.',
    on(
      ['svc02'],
      entra(
        900144,
        'invalid_request',
        "The request body must contain the following parameter: 'grant_type'.",
      ),
    ),
    {
      on: ['svc02'],
      ...token,
      owner: ['proxy', 'network', 'mailpath', 'unknown'],
      says: ['answer-says: syntax', 'not-the-service', 'answer-unknown', 'mailpath-at-fault'],
      not: ['create-token-again', 'answer-says: client secret'],
    },
  ),
  look(
    'a location of the application servers is blocked',
    '53003 from the application servers alone: their public address is on no list of the policy.',
    on(
      APPLICATION,
      entra(53003, 'invalid_grant', 'Access has been blocked by Conditional Access policies.', {
        suberror: 'message_only',
      }),
    ),
    {
      on: APPLICATION,
      ...token,
      owner: 'entra',
      says: 'answer-says: policy',
      not: ['create-token-again', 'answer-says: grant ended'],
    },
  ),
  look(
    'the tenant belongs to another cloud',
    '90038: the request was made to the wrong national cloud.',
    on(
      ALL,
      entra(
        90038,
        'invalid_request',
        "Tenant 'contoso' request is being redirected to the National Cloud 'MicrosoftOnline.US'.",
      ),
    ),
    {
      on: ALL,
      ...token,
      owner: setUp,
      says: 'answer-says: wrong tenant',
      not: ['mailpath-at-fault', 'create-token-again'],
    },
  ),
  look(
    'Exchange Online is no service of the tenant',
    '500011: the resource principal is not there.',
    on(
      ALL,
      entra(
        500011,
        'invalid_resource',
        'The resource principal named https://outlook.office.com was not found in the tenant named Contoso.',
      ),
    ),
    {
      on: ALL,
      ...token,
      owner: setUp,
      says: ['answer-says: wrong tenant', 'answer-says: consent', 'answer-says: registration'],
      not: 'create-token-again',
    },
  ),
  look(
    'no secret came with the request',
    '7000218: the request body must hold a client secret or assertion.',
    on(
      ALL,
      entra(
        7000218,
        'invalid_client',
        "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
        { status: 401 },
      ),
    ),
    {
      on: ALL,
      ...token,
      owner: setUp,
      says: ['answer-says: client secret', 'answer-says: registration'],
      not: 'create-token-again',
    },
  ),
  look(
    'the shared account is not assigned to the application',
    '50105 for one user.',
    on(
      ALL,
      entra(
        50105,
        'invalid_grant',
        "Your administrator has configured the application to block users unless they are specifically granted ('assigned') access.",
        { name: ECE },
      ),
    ),
    {
      on: SERVICES,
      ...token,
      owner: 'entra',
      says: ['answer-says: consent', 'answer-says: account', 'answer-says: registration'],
      not: 'create-token-again',
    },
  ),
  look(
    'the sign-in of sales is locked',
    '50053: the account is locked, or its address is known for attacks.',
    on(
      ALL,
      entra(
        50053,
        'invalid_grant',
        "The account is locked, you've tried to sign in too many times with an incorrect user ID or password.",
        { name: SALES },
      ),
    ),
    { on: ALL, ...token, owner: 'entra', says: 'answer-says: account', not: 'mailpath-at-fault' },
  ),
  look(
    'the proxy puts a list of tenants into the sign-in of svc01',
    '500021: access to the tenant is denied by restrictions that a proxy adds.',
    on(['svc01'], entra(500021, 'access_denied', "Access to 'Contoso' tenant is denied.")),
    {
      on: ['svc01'],
      ...token,
      owner: ['proxy', 'network'],
      says: ['answer-says: policy', 'proxy-refuses', 'answer-says: wrong tenant'],
      not: 'create-token-again',
    },
  ),
  look(
    'an unknown fault of the password agents',
    'A number of the family 80xxx: pass-through authentication.',
    on(ALL, entra(80099, 'invalid_grant', 'The on-premises authentication agent did not answer in time.')),
    {
      on: ALL,
      ...token,
      owner: ['entra', 'unknown', 'microsoft'],
      says: ['answer-says: unavailable', 'answer-unknown', 'answer-says: account'],
      not: ['create-token-again', 'mailpath-at-fault'],
    },
  ),
  look(
    'the same request is made too often',
    '50196: a loop was detected.',
    on(
      ALL,
      entra(
        50196,
        'invalid_grant',
        'The server terminated an operation because it encountered a client request loop.',
      ),
    ),
    {
      on: ALL,
      ...token,
      owner: ['mailpath', 'ece-administrator', 'entra', 'unknown'],
      says: ['answer-says: throttled', 'mailpath-at-fault', 'answer-unknown'],
      not: 'create-token-again',
    },
  ),
  look(
    'an old TLS is refused in words of Entra ID at app03',
    '1002016 from one machine or what stands before it.',
    on(
      ['app03'],
      entra(
        1002016,
        'invalid_request',
        'You are using TLS version 1.0, 1.1 and/or 3DES cipher which are deprecated.',
      ),
    ),
    {
      on: ['app03'],
      ...token,
      owner: ['server-administrator', 'proxy', 'network'],
      says: 'tls-old-version',
      not: 'create-token-again',
    },
  ),
  look(
    'a permission of the application was never granted, in words alone',
    'A number of no family; the text speaks of consent.',
    on(
      ALL,
      entra(
        399111,
        'invalid_grant',
        'The user or administrator has not consented to use the application with this permission.',
        { suberror: 'consent_required' },
      ),
    ),
    {
      on: ALL,
      ...token,
      owner: setUp,
      says: 'answer-says: consent',
      not: ['create-token-again', 'mailpath-at-fault'],
    },
  ),
  look(
    'the token of support is for Microsoft Graph',
    'The scopes that were asked for are of another resource.',
    everywhere({
      setUp: { scopes: ['https://graph.microsoft.com/IMAP.AccessAsUser.All', 'offline_access'] },
    }),
    {
      on: ALL,
      phase: ['token', 'authenticate'],
      owner: setUp,
      says: ['answer-says: consent', 'answer-says: sign-in refused', 'answer-says: registration'],
      not: 'mailpath-at-fault',
    },
  ),
];
