import { ALL, APPLICATION, SERVICES } from '../site.ts';
import { single, type Situation } from '../situation.ts';

const secret = { cause: 'token.secret', owner: 'entra', items: 'X1' } as const;
const registration = { cause: 'token.registration', owner: 'entra', items: ['X3', 'C3'] } as const;
const account = { cause: 'token.account', owner: 'entra', items: ['C5', 'X5'] } as const;
const revoked = { cause: 'token.revoked', owner: 'ece-administrator', items: 'C4' } as const;
const policy = { cause: 'token.policy', owner: 'entra', items: 'X4' } as const;
const scope = { cause: 'token.scope', owner: 'entra', items: 'X2' } as const;
const unavailable = { cause: 'token.unavailable', owner: 'microsoft', items: 'X7' } as const;

/** What Entra ID says no to, and tokens that are not what ECE needs. */
export const OF_TOKENS: readonly Situation[] = [
  single('the client secret was replaced, and not in ECE', ALL, 'the client secret was replaced', secret),
  single('the client secret has expired', ALL, 'the client secret has expired', secret),
  single('an administrator took the consent back', ALL, 'the consent was taken back', {
    cause: 'token.consent',
    owner: 'entra',
    items: 'X2',
  }),
  single('the redirect URI is not the registered one', ALL, 'the redirect URI is not registered', {
    cause: 'token.redirect',
    owner: 'entra',
    items: ['C3', 'C2'],
  }),
  single('the application was deleted', ALL, 'the application is gone', registration),
  single('the application was disabled', ALL, 'the application is disabled', registration),
  single('ECE has a tenant that does not exist', ALL, 'the tenant is that of nobody', registration),
  single('the resource is missing in the tenant', ALL, 'the resource is not in the tenant', registration),
  single('the user of the mailbox was deleted', ALL, 'the user sales is unknown', account),
  single('the user of the mailbox was disabled', ALL, 'the user sales is disabled', account),
  single('the password of the user has expired', ALL, 'the password of sales has expired', account),
  single(
    'the user is not assigned to the application',
    ALL,
    'the user sales is not assigned to the application',
    account,
  ),
  single('the password of the user was changed', SERVICES, 'the grant of sales was revoked', revoked),
  single(
    'the refresh token was not used for ninety days',
    SERVICES,
    'the grant of sales was not used for too long',
    revoked,
  ),
  single(
    'the sign-in frequency ended the refresh token',
    SERVICES,
    'the sign-in frequency ended the grant of sales',
    // The policy ends the next one as well.
    { ...revoked, owner: 'entra' },
  ),
  single('multi-factor authentication was switched on', ALL, 'multi-factor authentication is wanted', policy),
  single(
    'multi-factor authentication is wanted of svc01 alone',
    ['svc01'],
    'multi-factor authentication is wanted',
    policy,
  ),
  single(
    'Conditional Access blocks the place of svc02',
    ['svc02'],
    'Conditional Access blocks the sign-in',
    policy,
  ),
  single(
    'Conditional Access blocks the place of app01',
    ['app01'],
    'Conditional Access blocks the sign-in',
    policy,
  ),
  single(
    'Conditional Access blocks the application servers',
    APPLICATION,
    'Conditional Access blocks the sign-in',
    policy,
  ),
  single('Conditional Access wants a compliant device', ALL, 'a device that is compliant is wanted', policy),
  single('security defaults were switched on', ALL, 'security defaults block the sign-in', policy),
  single('Entra ID throttles the tenant', ALL, 'Entra ID throttles the tenant', {
    cause: 'throttled',
    owner: 'ece-administrator',
    items: 'X7',
  }),
  single('Entra ID is out of service', ALL, 'Entra ID has a transient error', unavailable),
  single(
    'the agents of pass-through authentication are down',
    ALL,
    'an on-premises agent of Entra ID is not reached',
    {
      cause: 'token.unavailable',
      owner: ['microsoft', 'entra', 'server-administrator'],
      items: ['X7', 'X5'],
    },
  ),
  single('the token endpoint is out of service', ALL, 'the token endpoint answers 503', unavailable),
  single('a proxy answers the token requests of app02', ['app02'], 'the token endpoint answers with a page', {
    cause: 'http.unexpected',
    owner: 'proxy',
    items: 'X6',
  }),
  single('somebody else signed in for a mailbox', ALL, 'somebody else signed in for sales', {
    cause: 'token.other-user',
    owner: 'ece-administrator',
    items: 'C5',
  }),
  single('the token is for Microsoft Graph', ALL, 'the permissions of Microsoft Graph were asked for', {
    cause: 'token.audience',
    owner: 'entra',
    items: 'X2',
  }),
  single('the token lacks the permission to send', ALL, 'the permission to send was not asked for', scope),
  single('the token lacks the permission to fetch', ALL, 'the permission to fetch was not asked for', scope),
  single(
    'the token endpoint is out of service for svc01 alone',
    ['svc01'],
    'the token endpoint answers 503',
    {
      cause: 'token.unavailable',
      owner: ['network', 'proxy'],
      items: 'X7',
    },
  ),
  single('Entra ID has a transient error for app03 alone', ['app03'], 'Entra ID has a transient error', {
    cause: 'token.unavailable',
    owner: ['network', 'unknown'],
    items: 'X7',
  }),
  single('Conditional Access blocks everybody', ALL, 'Conditional Access blocks the sign-in', policy),
];
