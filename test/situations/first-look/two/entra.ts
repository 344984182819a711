import { ALL, APPLICATION, SERVICES } from '../../site.ts';
import { entra, on, page } from '../faults.ts';
import { type FirstLook, look } from '../situation.ts';

const token = { phase: 'token' } as const;

export const OF_ENTRA: readonly FirstLook[] = [
  look(
    'a policy of an unknown number stops app02',
    'Family 53xxx with an error word that speaks of consent: the number decides.',
    on(
      ['app02'],
      entra(
        53099,
        'consent_required',
        'Your sign-in was successful but does not meet the criteria to access this resource.',
      ),
    ),
    {
      on: ['app02'],
      ...token,
      owner: ['entra', 'network'],
      says: 'answer-says: policy',
      not: ['answer-says: consent', 'mailpath-at-fault'],
    },
  ),
  look(
    'more than a password is wanted, in a number that no table has',
    'The text speaks of multi-factor authentication, the error word of interaction.',
    on(
      ALL,
      entra(
        500762,
        'interaction_required',
        'Due to a configuration change made by your administrator, you must use multi-factor authentication to access the resource.',
      ),
    ),
    {
      on: ALL,
      ...token,
      owner: ['entra', 'ece-administrator'],
      says: ['answer-says: multi-factor', 'answer-says: policy'],
    },
  ),
  look(
    'the grant of a single-page application has reached its age',
    '700081: a day at most, whatever is done: the platform is wrong.',
    on(
      SERVICES,
      entra(
        700081,
        'invalid_grant',
        'The refresh token was issued to a single page app (SPA), and therefore has a fixed, limited lifetime, which has passed.',
      ),
    ),
    {
      on: SERVICES,
      ...token,
      owner: ['entra', 'ece-administrator'],
      says: ['answer-says: registration', 'answer-says: grant ended'],
    },
  ),
  look(
    'the account is a personal one',
    '500201: an account of nobody’s tenant.',
    on(
      ALL,
      entra(
        500201,
        'invalid_request',
        'We are unable to issue tokens from this API version for a Microsoft account. Please contact the application vendor.',
      ),
    ),
    {
      on: ALL,
      ...token,
      owner: ['ece-administrator', 'entra'],
      says: ['answer-says: wrong tenant', 'answer-says: account'],
      not: 'mailpath-at-fault',
    },
  ),
  look(
    'a permission was written wrongly in the registration',
    '650053 names a scope that the resource does not have.',
    on(
      ALL,
      entra(
        650053,
        'invalid_client',
        "The application asked for scope 'IMAP.AccessAsUser.Al' that doesn't exist on the resource 'https://outlook.office.com'.",
      ),
    ),
    {
      on: ALL,
      ...token,
      owner: ['ece-administrator', 'entra'],
      says: 'answer-says: consent',
      not: ['answer-says: client secret', 'mailpath-at-fault'],
    },
  ),
  look(
    'a proxy answers svc02 in place of the sign-in',
    'Discovery gets 403 and a page of squid.',
    on(
      ['svc02'],
      page(
        'login',
        'discovery',
        403,
        '<html><head><title>ERROR: The requested URL could not be retrieved</title></head><body>Access Denied.</body></html>',
        { server: 'squid/6.9', via: '1.1 proxy02 (squid/6.9)' },
      ),
    ),
    {
      on: ['svc02'],
      phase: 'http',
      owner: 'proxy',
      says: 'not-the-service',
      not: 'answer-says: unavailable',
    },
  ),
  look(
    'a portal wants a click of the application servers before a token',
    '511 with HTML at the token endpoint alone (RFC 6585, section 6).',
    on(APPLICATION, page('login', 'token', 511, '<html><body>Please log in to the network.</body></html>')),
    {
      on: APPLICATION,
      ...token,
      owner: ['proxy', 'network'],
      says: 'not-the-service',
      not: ['answer-says: grant ended', 'create-token-again'],
    },
  ),
  look(
    'the sign-in is not available in a number that no table has',
    'temporarily_unavailable with 503.',
    on(
      ALL,
      entra(
        900999,
        'temporarily_unavailable',
        'The service is temporarily unavailable. Please retry later.',
        { status: 503 },
      ),
    ),
    {
      on: ALL,
      ...token,
      owner: ['microsoft', 'unknown'],
      says: 'answer-says: unavailable',
      not: 'create-token-again',
    },
  ),
];
