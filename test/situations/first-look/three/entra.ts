import { ALL, APPLICATION } from '../../site.ts';
import { entra, on, page, SALES } from '../faults.ts';
import { type FirstLook, look } from '../situation.ts';

const token = { phase: 'token' } as const;

export const OF_ENTRA: readonly FirstLook[] = [
  look(
    'a policy stops the application servers',
    'A number of the family 530xxx and a suberror that asks for something basic.',
    on(
      APPLICATION,
      entra(530123, 'invalid_grant', 'The sign-in was blocked by a policy of your organization.', {
        suberror: 'basic_action',
      }),
    ),
    {
      on: APPLICATION,
      ...token,
      owner: ['entra', 'network'],
      says: 'answer-says: policy',
      not: 'create-token-again',
    },
  ),
  look(
    'tokens of a single-page client are wanted by a server',
    '9002327.',
    on(
      ALL,
      entra(
        9002327,
        'invalid_request',
        "Tokens issued for the 'Single-Page Application' client-type may only be redeemed via cross-origin requests.",
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
    'a request that is not valid, because of the platform',
    '90023, whose text speaks of cross-origin redemption.',
    on(
      ALL,
      entra(
        90023,
        'invalid_request',
        "Cross-origin token redemption is permitted only for the 'Single-Page Application' client-type.",
      ),
    ),
    { on: ALL, ...token, owner: 'entra', says: 'answer-says: registration', not: 'mailpath-at-fault' },
  ),
  look(
    'the guest account sales is disabled',
    'A child of 50057, for one user.',
    on(ALL, entra(500572, 'invalid_grant', 'The guest user account is disabled.', { name: SALES })),
    { on: ALL, ...token, owner: 'entra', says: 'answer-says: account', not: 'create-token-again' },
  ),
  look(
    'the assertion of the client is out of its time',
    '700024: the certificate credential, or the clock.',
    on(
      ALL,
      entra(700024, 'invalid_client', 'Client assertion is not within its valid time range.', {
        status: 401,
      }),
    ),
    {
      on: ALL,
      ...token,
      owner: ['ece-administrator', 'entra', 'server-administrator'],
      says: ['answer-says: client secret', 'clock-wrong'],
    },
  ),
  look(
    'the tenant lives in another cloud',
    '900439: asked at the worldwide endpoint.',
    on(
      ALL,
      entra(
        900439,
        'invalid_request',
        'USGClientNotSupportedOnPublicEndpoint: the application of the US Government cloud is not supported at the public endpoint.',
      ),
    ),
    {
      on: ALL,
      ...token,
      owner: ['ece-administrator', 'entra'],
      says: 'answer-says: wrong tenant',
      not: 'mailpath-at-fault',
    },
  ),
  look(
    'an administrator has to consent',
    '900941, with a word that speaks of a request.',
    on(
      ALL,
      entra(
        900941,
        'invalid_request',
        'Administrator consent is required. The app is considered risky due to reports of malicious behaviour.',
      ),
    ),
    { on: ALL, ...token, owner: 'entra', says: 'answer-says: consent', not: 'mailpath-at-fault' },
  ),
  look(
    'a hotspot answers svc01 at the token endpoint',
    '200 with HTML where JSON should come.',
    on(
      ['svc01'],
      page('login', 'token', 200, '<!doctype html><title>Guest Wi-Fi</title><form action="/accept">', {
        'x-powered-by': 'hotspot',
      }),
    ),
    {
      on: ['svc01'],
      ...token,
      owner: ['proxy', 'network'],
      says: 'not-the-service',
      not: 'answer-says: unavailable',
    },
  ),
];
