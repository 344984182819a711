import { ALL, APPLICATION, SERVICES } from '../../site.ts';
import { ECE, entra, everywhere, on, SALES } from '../faults.ts';
import { type FirstLook, look } from '../situation.ts';

const OUTLOOK = 'https://outlook.office.com';

export const OF_ENTRA: readonly FirstLook[] = [
  look(
    'the certificate of the application is past its validity',
    'AADSTS1000502, in no common list; its words are plain.',
    on(
      ALL,
      entra(
        1000502,
        'invalid_client',
        'The provided certificate is not within its specified validity period.',
      ),
    ),
    {
      on: ALL,
      phase: 'token',
      owner: ['entra', 'ece-administrator'],
      says: 'answer-says: client secret',
      not: ['answer-says: grant ended', 'create-token-again', 'mailpath-at-fault', 'clock-wrong'],
    },
  ),
  look(
    'a policy wants an application that is protected by Intune, on the services servers alone',
    'AADSTS53009: of the family of Conditional Access.',
    on(
      SERVICES,
      entra(53009, 'interaction_required', 'Application needs to enforce Intune protection policies.'),
    ),
    {
      on: SERVICES,
      phase: 'token',
      owner: 'entra',
      says: 'answer-says: policy',
      not: ['create-token-again', 'answer-says: client secret', 'mailpath-at-fault'],
    },
  ),
  look(
    'Entra ID fails in itself for the services servers, with a number of nobody',
    'HTTP 500, server_error: RFC 6749 has it as the fault of the server.',
    on(
      SERVICES,
      entra(399284, 'server_error', 'An unexpected error occurred while processing the request.', {
        status: 500,
      }),
    ),
    {
      on: SERVICES,
      phase: 'token',
      owner: ['microsoft', 'unknown'],
      says: ['answer-says: unavailable', 'answer-unknown'],
      not: [
        'create-token-again',
        'answer-says: client secret',
        'answer-says: registration',
        'mailpath-at-fault',
      ],
    },
  ),
  look(
    'the grant of the shared account has reached its greatest age',
    'AADSTS700083, of one user of two.',
    on(
      SERVICES,
      entra(
        700083,
        'invalid_grant',
        'The refresh token has expired due to maximum lifetime. The token was issued on 2026-08-01 and the maximum allowed lifetime for this application is 90.00:00:00.',
        { name: ECE },
      ),
    ),
    {
      on: SERVICES,
      phase: 'token',
      owner: ['ece-administrator', 'entra'],
      says: 'answer-says: grant ended',
      not: ['answer-says: client secret', 'answer-says: account', 'mailpath-at-fault'],
    },
  ),
  look(
    'the redirect URI of the authorize URL is not https',
    'AADSTS500117, which only the browser would see.',
    on(
      ALL,
      entra(
        500117,
        'invalid_request',
        'The reply uri specified in the request is not using a secure scheme.',
        { endpoint: 'authorize' },
      ),
    ),
    {
      on: ALL,
      phase: ['http', 'token'],
      owner: ['entra', 'ece-administrator'],
      says: 'answer-says: registration',
      not: ['mailpath-at-fault', 'answer-says: grant ended', 'not-the-service'],
    },
  ),
  look(
    'fetching by both protocols was asked for, and sending was not',
    'The scope field of ECE lacks SMTP.Send; the token says so itself.',
    everywhere({
      setUp: { scopes: [`${OUTLOOK}/IMAP.AccessAsUser.All`, `${OUTLOOK}/POP.AccessAsUser.All`] },
    }),
    {
      on: ALL,
      phase: ['token', 'authenticate', 'send'],
      owner: ['ece-administrator', 'entra'],
      says: 'answer-says: consent',
      not: ['grant-send-as', 'answer-says: protocol off', 'mailpath-at-fault'],
    },
  ),
  look(
    'the name of the application stands where its client id should',
    'Display name in place of a GUID: no application of that identifier.',
    everywhere({ setUp: { clientId: 'ECE Mail' } }),
    {
      on: ALL,
      phase: ['token', 'http'],
      owner: ['ece-administrator', 'entra'],
      says: ['answer-says: registration', 'answer-says: wrong tenant'],
      not: ['answer-says: client secret', 'answer-says: grant ended', 'mailpath-at-fault'],
    },
  ),
  look(
    'the account of sales is a guest, and disabled as one',
    'AADSTS500571: a brother of the disabled user.',
    on(ALL, entra(500571, 'invalid_grant', 'The guest user account is disabled.', { name: SALES })),
    {
      on: ALL,
      phase: 'token',
      owner: 'entra',
      says: 'answer-says: account',
      not: ['create-token-again', 'answer-says: client secret', 'answer-says: policy'],
    },
  ),
  look(
    'Entra ID slows the application servers down for two minutes',
    'HTTP 429 with Retry-After, and no JSON.',
    on(APPLICATION, { at: 'login', meets: { id: 'HTTP-429', retryAfterSeconds: 120 } }),
    {
      on: APPLICATION,
      phase: ['token', 'http'],
      owner: ['ece-administrator', 'entra', 'microsoft', 'unknown', 'network'],
      says: 'answer-says: throttled',
      not: ['answer-says: sign-in refused', 'create-token-again', 'not-the-service'],
    },
  ),
];
