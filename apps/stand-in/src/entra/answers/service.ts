import type { AnswerGroup } from '../aadsts-answers.ts';

/** What is wrong with the request, the tenant it names, or the service itself. */
export const SERVICE_ANSWERS: readonly AnswerGroup[] = [
  {
    error: 'invalid_request',
    status: 400,
    texts: {
      50049: 'Unknown or invalid instance.',
      50050: 'The request is malformed.',
      50059: 'No tenant-identifying information found in the request or implied by any provided credentials.',
      50128: 'Invalid domain name: no tenant-identifying information found.',
      90002:
        'Tenant not found. Check to make sure you have the correct tenant ID and are in the correct cloud.',
      900023: 'Specified tenant identifier is neither a valid DNS name, nor a valid external domain.',
      90004: 'The request is not properly formatted.',
      90013: 'Invalid input received from the user.',
      90014: 'A required field is missing in the request.',
      900144: 'The request body must contain a parameter that is missing.',
      90015: 'The query string is too long.',
      90019: 'No tenant-identifying information found in the request.',
      90023: 'The authentication service request is not valid.',
      90038: 'The tenant belongs to another national cloud: the request is redirected to it.',
      90043: 'The tenant belongs to another national cloud.',
      90051: 'The national cloud identifier is not valid.',
      90056: 'The endpoint only accepts POST requests.',
      900561: 'The endpoint only accepts POST requests. Received a GET request.',
      90100: 'A parameter is empty or not valid.',
      90102: "The 'redirect_uri' value must be a valid absolute URI.",
      90124: 'The resource is not supported over the /common or /consumers endpoints.',
      90130: 'The application is not supported over the /common or /consumers endpoints.',
      9001023: 'The grant type is not supported over the /common or /consumers endpoints.',
      9002313: 'Invalid request. Request is malformed or invalid.',
      9002332: 'The application is configured for use by directory users only: do not use /consumers.',
      901002: "The 'resource' request parameter is not supported.",
      1002016: 'You are using TLS version 1.0, 1.1 and/or 3DES cipher which are deprecated.',
      70007: "The 'response_mode' value is not supported.",
    },
  },
  {
    error: 'invalid_grant',
    status: 400,
    texts: {
      50147: 'Missing or invalid size of the code challenge parameter.',
      501481: 'The Code_Verifier does not match the code_challenge supplied in the authorization request.',
      501491: 'Invalid size of Code_Challenge parameter.',
    },
  },
  {
    error: 'unsupported_grant_type',
    status: 400,
    texts: { 70003: "The app requested an unsupported grant type, or 'grant_type' is not valid." },
  },
  {
    error: 'unsupported_response_type',
    status: 400,
    texts: {
      70005: 'The app returned an unsupported response type.',
      700054: "response_type 'id_token' is not enabled for the application.",
    },
  },
  {
    error: 'unauthorized_client',
    status: 400,
    texts: {
      900382: 'Confidential Client is not supported in Cross Cloud request.',
      900432: 'Confidential Client is not supported in Cross Cloud request.',
    },
  },
  {
    error: 'authorization_pending',
    status: 400,
    texts: { 70016: 'OAuth 2.0 device flow error: authorization is pending. Continue polling.' },
  },
  {
    error: 'bad_verification_code',
    status: 400,
    texts: { 70018: 'Invalid verification code: the user typed in a wrong user code for device code flow.' },
  },
  { error: 'expired_token', status: 400, texts: { 70019: 'Verification code expired.' } },
  {
    error: 'temporarily_unavailable',
    status: 429,
    texts: {
      50088: 'The limit on telecom multi-factor authentication calls has been reached.',
      90055: 'Tenant request is throttled due to too many requests.',
    },
  },
  {
    error: 'temporarily_unavailable',
    status: 503,
    texts: {
      50033: 'A transient error has occurred. Please try again.',
      50087: 'A transient error has occurred during strong authentication. Please try again.',
      50134: 'Device flow was authorized using a wrong data center.',
      70012: 'A server error occurred while authenticating a consumer account.',
      80001: 'The authentication agent is unable to connect to Active Directory.',
      80002: "The authentication agent's password validation request timed out.",
      80005: 'The authentication agent received an unpredictable web exception.',
      80007: "The authentication agent is unable to validate user's password.",
      80010: 'The authentication agent is unable to decrypt the password.',
      80012: 'The user attempted to log on outside of the specified hours.',
      80014: 'Validation request responded after the maximum elapsed time was exceeded.',
      90006: 'External Server Retryable Error: the service is temporarily unavailable.',
      90012: 'The request has timed out.',
      90024: 'A transient error has occurred. Please try again.',
      90033: 'A transient error has occurred. Please try again.',
      90090: 'Graph Retryable Error: the service is temporarily unavailable.',
    },
  },
  {
    error: 'server_error',
    status: 500,
    texts: {
      50000: 'There was an error issuing a token.',
      90036: 'Non-retryable error has occurred in the directory.',
    },
  },
];
