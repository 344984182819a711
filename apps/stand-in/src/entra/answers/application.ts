import type { AnswerGroup } from '../aadsts-answers.ts';

/** What is wrong with the registration of the application: its address, secret, consent, scopes. */
export const APPLICATION_ANSWERS: readonly AnswerGroup[] = [
  {
    error: 'invalid_request',
    status: 400,
    page: true,
    texts: {
      50011: 'The redirect URI specified in the request does not match those configured for the application.',
      500113: 'No reply address is registered for the application.',
      900971: 'No reply address provided.',
      70004: 'The redirect URI of the request does not match any registered redirect URI.',
    },
  },
  {
    error: 'invalid_client',
    status: 400,
    texts: {
      500112: 'The reply address does not match the one provided when requesting Authorization code.',
      650052: 'The app needs access to a service that your organization has not subscribed to or enabled.',
      65005: 'The resource is not listed in the required permissions of the application.',
      650054: 'The application asked for permissions to access a resource that has been removed.',
      650056: 'Misconfigured application: no permissions for the resource are listed in its registration.',
      650057: 'Invalid resource: it is not listed in the requested permissions of the registration.',
    },
  },
  {
    error: 'invalid_client',
    status: 401,
    texts: {
      50003: 'Sign-in failed because of a missing signing key or certificate.',
      50012: 'Authentication failed: certificate chain, subject or signature of the client.',
      70002: 'Error validating credentials of the client.',
      700025: 'Client is public so neither client_assertion nor client_secret should be presented.',
      700027: 'Client assertion failed signature validation.',
      700030: 'Invalid certificate: subject name in certificate is not authorized.',
      7000215:
        'Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID.',
      7000218: 'The request body must contain the following parameter: client_assertion or client_secret.',
      7000222: 'The provided client secret keys for the application are expired.',
    },
  },
  {
    error: 'unauthorized_client',
    status: 400,
    texts: {
      50194: 'Application is not configured as a multi-tenant application: use of /common is not supported.',
      65002: 'Consent between first party application and first party resource must be via preauthorization.',
      70001: 'The application is disabled.',
      700011: 'Application was not found in the directory.',
      700016: 'Application was not found in the directory of the tenant.',
      7000112: 'Application is disabled.',
      7000114: 'Application is not allowed to make application on-behalf-of calls.',
      7000229: 'The client application is missing service principal in the tenant.',
    },
  },
  {
    error: 'invalid_resource',
    status: 400,
    texts: {
      50001: 'The resource principal was not found, or is disabled.',
      500011: 'The resource principal was not found in the tenant.',
      500014: 'The service principal for the resource is disabled.',
    },
  },
  {
    error: 'invalid_grant',
    status: 400,
    suberror: 'consent_required',
    texts: {
      65001:
        'The user or administrator has not consented to use the application. Send an interactive request.',
      90008: 'The user or administrator has not consented to sign in and read the profile.',
    },
  },
  {
    error: 'access_denied',
    status: 400,
    page: true,
    texts: {
      65004: 'User declined to consent to access the app.',
      90094: 'An administrator of the tenant has set a policy: only an administrator may grant permissions.',
      90095: 'Admin consent is required: the request was sent to the administrator.',
      90099:
        'The application has not been authorized in the tenant: it must be, before delegated admins use it.',
    },
  },
  {
    error: 'invalid_scope',
    status: 400,
    texts: {
      28002: 'Provided value for the input parameter scope is not valid when requesting an access token.',
      28003: 'Provided value for the input parameter scope cannot be empty when requesting an access token.',
      70011: "The provided value for the input parameter 'scope' is not valid.",
      700022: 'The provided value for scope contains more than one resource.',
      700023: 'The provided value for scope contains no resource.',
      1002012:
        'The provided value for scope is not valid. Client credential flows must have one of /.default.',
    },
  },
];
