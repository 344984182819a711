import { entra, everywhere, on, SALES } from '../faults.ts';
import { ALL, APPLICATION, SERVICES } from '../../site.ts';
import { type FirstLook, look } from '../situation.ts';

/** Numbers and texts: Microsoft Learn, identity-platform/reference-error-codes, unless told otherwise. */
export const OF_ENTRA: readonly FirstLook[] = [
  look(
    'the subscription of Exchange Online lapsed, and its principal is disabled',
    '500014 (domain/aadsts.md): the resource, not the application that asks.',
    on(
      ALL,
      entra(
        500014,
        'invalid_resource',
        "The service principal for resource 'https://outlook.office365.com' is disabled. This indicate that a subscription within the tenant has lapsed, or that the administrator for this tenant has disabled the application, preventing tokens from being issued for it.",
      ),
    ),
    {
      on: ALL,
      phase: 'token',
      owner: ['entra', 'exchange'],
      says: [
        'answer-says: registration',
        'answer-says: consent',
        'answer-says: no mailbox',
        'answer-says: audience',
      ],
      not: ['create-token-again', 'answer-says: client secret', 'wait-and-see', 'mailpath-at-fault'],
    },
  ),
  look(
    'a guest from another tenant signed in for sales',
    '90072 in French: the account is not in this tenant and has to be invited, or is the wrong one.',
    on(
      ALL,
      entra(
        90072,
        'invalid_grant',
        'Le compte d’utilisateur {EUII Hidden} du fournisseur d’identité « https://sts.windows.net/1d4b… » n’existe pas dans le locataire « Contoso » et ne peut pas accéder à l’application.',
        { name: SALES },
      ),
    ),
    {
      on: ALL,
      phase: 'token',
      owner: ['entra', 'ece-administrator'],
      says: ['answer-says: wrong tenant', 'answer-says: account'],
      not: ['answer-says: client secret', 'wait-and-see', 'mailpath-at-fault', 'answer-says: consent'],
    },
  ),
  look(
    'the secret ran out, and Entra ID of 21Vianet says so in Chinese',
    '7000222: the number is the same in every cloud and language.',
    on(
      ALL,
      entra(
        7000222,
        'invalid_client',
        '为应用程序“6d3f1a52-8c0e-4f7b-9a51-3e1c2b7d4f60”提供的客户端密钥已过期。请访问 Azure 门户为应用创建新密钥。',
        { status: 401 },
      ),
    ),
    {
      on: ALL,
      phase: 'token',
      owner: ['entra', 'ece-administrator'],
      says: 'answer-says: client secret',
      not: ['create-token-again', 'answer-says: grant ended', 'wait-and-see', 'mailpath-at-fault'],
    },
  ),
  look(
    'a tenant of GCC High is asked by the worldwide sign-in host',
    '900382: a confidential client does not go across clouds (domain/endpoints.md, 3).',
    on(
      ALL,
      entra(900382, 'invalid_client', 'Confidential Client is not supported in Cross Cloud request.', {
        status: 401,
      }),
    ),
    {
      on: ALL,
      phase: 'token',
      owner: ['entra', 'ece-administrator'],
      says: 'answer-says: wrong tenant',
      not: ['answer-says: client secret', 'create-token-again', 'mailpath-at-fault', 'wait-and-see'],
    },
  ),
  look(
    'sign-in frequency ended the grants on the services servers, under a number beside the known one',
    '70044: the session has expired or is invalid due to sign-in frequency checks by Conditional Access.',
    on(
      SERVICES,
      entra(
        70044,
        'invalid_grant',
        'The session has expired or is invalid due to sign-in frequency checks by conditional access.',
        { suberror: 'token_expired' },
      ),
    ),
    {
      on: SERVICES,
      phase: 'token',
      owner: ['entra', 'ece-administrator'],
      says: ['answer-says: grant ended', 'answer-says: policy'],
      not: ['answer-says: client secret', 'wait-and-see', 'mailpath-at-fault'],
    },
  ),
  look(
    'the redirect URI is of the platform single-page application, as the application servers redeem',
    '9002327: such tokens are redeemed by a browser across origins only.',
    on(
      APPLICATION,
      entra(
        9002327,
        'invalid_request',
        "Tokens issued for the 'Single-Page Application' client-type may only be redeemed via cross-origin requests.",
      ),
    ),
    {
      on: APPLICATION,
      phase: 'token',
      owner: 'entra',
      says: 'answer-says: registration',
      not: ['mailpath-at-fault', 'create-token-again', 'answer-says: client secret', 'wait-and-see'],
    },
  ),
  look(
    'a policy does not allow tokens to svc02, which goes out by another address',
    '530031: access policy does not allow token issuance. svc01 has the same grant and gets one.',
    on(
      ['svc02'],
      entra(530031, 'invalid_grant', 'Access policy does not allow token issuance.', {
        suberror: 'message_only',
      }),
    ),
    {
      on: ['svc02'],
      phase: 'token',
      owner: ['entra', 'network'],
      says: 'answer-says: policy',
      not: ['create-token-again', 'answer-says: client secret', 'wait-and-see', 'mailpath-at-fault'],
    },
  ),
  look(
    'Duo stands behind Conditional Access and is not satisfied',
    '50158 in Spanish: an external challenge of the tenant’s own, which only a person in a browser meets.',
    on(
      ALL,
      entra(
        50158,
        'interaction_required',
        'No se cumplió el desafío de seguridad externo. Se redirigirá al usuario a otra página o proveedor de autenticación para satisfacer desafíos de autenticación adicionales.',
        { suberror: 'basic_action' },
      ),
    ),
    {
      on: ALL,
      phase: 'token',
      owner: ['entra', 'ece-administrator'],
      says: ['answer-says: multi-factor', 'answer-says: policy'],
      not: ['answer-says: client secret', 'wait-and-see', 'mailpath-at-fault'],
    },
  ),
  look(
    'the application’s certificate has run out, under a number that is seldom seen',
    '1000502: the provided certificate is not within its specified validity period.',
    on(
      ALL,
      entra(
        1000502,
        'invalid_client',
        'The provided certificate is not within its specified validity period.',
        {
          status: 401,
        },
      ),
    ),
    {
      on: ALL,
      phase: 'token',
      owner: ['entra', 'ece-administrator'],
      says: 'answer-says: client secret',
      not: ['create-token-again', 'tls-certificate-expired', 'wait-and-see', 'answer-says: grant ended'],
    },
  ),
  look(
    'the application may fetch by IMAP, and the site fetches by POP3',
    'App-only without POP.AccessAsApp (domain/oauth.md, 3): the token is given, and POP3 does not accept it.',
    everywhere(
      { setUp: { appOnly: true, inbound: 'pop3' } },
      { application: { roles: ['IMAP.AccessAsApp', 'SMTP.SendAsApp'] } },
    ),
    {
      on: SERVICES,
      phase: ['authenticate', 'token'],
      owner: 'entra',
      says: 'answer-says: consent',
      not: ['create-token-again', 'wait-and-see', 'answer-says: account', 'answer-says: protocol off'],
    },
  ),
];
