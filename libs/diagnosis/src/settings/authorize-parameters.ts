import { odditiesIn, type Oddity } from './field-text.ts';

/** What a parameter of an authorize URL does to a sign-in whose token must be that of the mailbox's account. */
export type ParameterVerdict = 'needed' | 'harmless' | 'harmful' | 'unknown';

/** Why a parameter is harmful: the words are chosen by it. */
export type Harm =
  /** Microsoft asks nobody, or passes the sign-in to single sign-on: the user of the workstation is taken. */
  | 'picks-user'
  /** The code, or a token, does not come to ECE. */
  | 'no-code'
  /** Entra ID does not support it, and refuses it or passes it over. */
  | 'unsupported'
  /** Asks for a proof that the refresh token of a server cannot give later. */
  | 'demands-more'
  /** A secret that must not stand in an address. */
  | 'secret';

interface Known {
  readonly verdict: ParameterVerdict;
  /** Of a harmful one. */
  readonly harm?: Harm;
  readonly item: string;
}

const all = (known: Known, ...names: readonly string[]): [string, Known][] =>
  names.map((name) => [name, known]);
const harmful = (harm: Harm, item: string, ...names: readonly string[]): [string, Known][] =>
  all({ verdict: 'harmful', harm, item }, ...names);
const needed = (item: string, ...names: readonly string[]) => all({ verdict: 'needed', item }, ...names);
const harmless = (...names: readonly string[]) => all({ verdict: 'harmless', item: 'X8' }, ...names);

/**
 * Every parameter of OAuth 2.0 (RFC 6749; RFC 7636 PKCE; RFC 8707 resource; RFC 9101 and 9126 request objects; RFC
 * 9396; RFC 9449), of OpenID Connect Core (3.1.2.1 and 6) and Session Management, and of Entra ID (Microsoft:
 * authorization code flow).
 */
export const PARAMETERS: ReadonlyMap<string, Known> = new Map([
  ...needed('C3', 'client_id', 'redirect_uri'),
  ...needed('X8', 'response_type'),
  ...needed('X2', 'scope'),
  ...all({ verdict: 'harmless', item: 'C5' }, 'login_hint', 'prompt'),
  ...harmless('state', 'nonce', 'code_challenge', 'code_challenge_method', 'max_age'),
  ...harmless('display', 'ui_locales', 'claims_locales', 'mkt', 'lc', 'lw', 'fl', 'wsucxt', 'cobrandid'),
  ...harmless(
    'client_info',
    'client-request-id',
    'return-client-request-id',
    'msafed',
    'msaoauth2',
    'instance_aware',
  ),
  ...harmless(
    'x-client-sku',
    'x-client-ver',
    'x-client-os',
    'x-client-cpu',
    'x-client-dm',
    'x-app-name',
    'x-app-ver',
  ),
  ...harmless(
    'x-client-current-telemetry',
    'x-client-last-telemetry',
    'x-client-xtra-sku',
    'x-ms-lib-capability',
    'x-anchormailbox',
    'haschrome',
    'sso_reload',
    'dc',
    'slice',
  ),
  ...harmful('picks-user', 'C5', 'domain_hint', 'whr', 'id_token_hint', 'sid', 'sso_nonce', 'hsu'),
  ...harmful('demands-more', 'X4', 'claims', 'acr_values', 'amr_values', 'req_cnf', 'token_type'),
  ...harmful(
    'unsupported',
    'X8',
    'request',
    'request_uri',
    'registration',
    'authorization_details',
    'dpop_jkt',
  ),
  ...harmful(
    'unsupported',
    'X8',
    'audience',
    'access_type',
    'approval_prompt',
    'include_granted_scopes',
    'hd',
    'iss',
  ),
  // The code goes to a broker of the device, and not to ECE.
  ...harmful('no-code', 'X8', 'nativebroker', 'brk_client_id', 'brk_redirect_uri'),
  // Of other requests than this one: to the token endpoint, at sign-out, or of an answer (RFC 6749, 8628; OpenID
  // Connect RP-Initiated Logout).
  ...harmful('unsupported', 'X8', 'grant_type', 'user_code', 'error', 'error_description', 'error_uri'),
  ...harmful('unsupported', 'X8', 'post_logout_redirect_uri', 'logout_hint', 'expires_in'),
  // Of WS-Federation, which has an address of its own.
  ...harmful('unsupported', 'X8', 'wa', 'wtrealm', 'wreply', 'wctx', 'wfresh', 'wauth'),
  // Of OpenID's later drafts and specifications, none of which Entra ID has for this request (IANA: OAuth parameters).
  ...harmful(
    'unsupported',
    'X8',
    'client_metadata',
    'presentation_definition',
    'presentation_definition_uri',
    'issuer_state',
    'wallet_issuer',
    'user_hint',
    'grant_id',
    'grant_management_action',
    'trust_chain',
    'vtr',
    'nfv_token',
  ),
  ...harmful('secret', 'X1', 'client_secret', 'client_assertion', 'client_assertion_type'),
  ...harmful(
    'secret',
    'C5',
    'password',
    'username',
    'refresh_token',
    'access_token',
    'id_token',
    'code_verifier',
    'assertion',
    'subject_token',
    'actor_token',
    'device_code',
    'code',
  ),
]);

/**
 * What of one parameter is told: its name, how often it stands there, what it is, and what its value holds that none
 * should.
 */
export interface SeenParameter {
  name: string;
  times: number;
  verdict: ParameterVerdict;
  harm: Harm | null;
  item: string;
  oddities: Oddity[];
}

/** Names longer than any parameter's are cut; more parameters than any client sends are not looked at. */
const NAME_MAX = 60;
const COUNT_MAX = 100;
/** Parts with blanks between them. */
const LISTS: ReadonlySet<string> = new Set(['scope', 'response_type', 'prompt', 'acr_values', 'ui_locales']);
/** JSON, or encoded by its nature: quotes and percent signs are no oddity there. */
const OPAQUE: ReadonlySet<string> = new Set([
  'state',
  'nonce',
  'claims',
  'registration',
  'authorization_details',
  'request',
]);

/** Every parameter of an authorize URL with its verdict, in its order, each name once and no value of any. */
export function parametersOf({ searchParams }: URL, endpoint: 'v1' | 'v2'): SeenParameter[] {
  const names = [...new Set(searchParams.keys())].slice(0, COUNT_MAX);
  return names.map((name) => {
    const values = searchParams.getAll(name);
    const known = knownAs(name.toLowerCase(), values[0] ?? '', endpoint);
    const list = LISTS.has(name.toLowerCase());
    return {
      name: name.slice(0, NAME_MAX).toWellFormed(),
      times: values.length,
      verdict: known?.verdict ?? 'unknown',
      harm: known?.harm ?? null,
      item: known?.item ?? 'X8',
      oddities: OPAQUE.has(name.toLowerCase())
        ? []
        : [...new Set(values.flatMap((value) => odditiesIn(value, { list })))],
    };
  });
}

const UNSUPPORTED: Known = { verdict: 'harmful', harm: 'unsupported', item: 'X8' };
const NO_CODE: Known = { verdict: 'harmful', harm: 'no-code', item: 'X8' };
/**
 * Entra ID has these three alone (OAuth 2.0 Multiple Response Type Encoding Practices; Form Post Response Mode), and
 * neither JARM's nor web messages. A fragment never leaves the browser, so the code does not come to a server.
 */
const RESPONSE_MODES: ReadonlyMap<string, Known> = new Map([
  ...harmless('query', 'form_post'),
  ['fragment', NO_CODE],
  ['fragment.jwt', NO_CODE],
]);

/** By name, and for the few whose value or endpoint decides, by those. */
function knownAs(name: string, value: string, endpoint: 'v1' | 'v2'): Known | undefined {
  // RFC 8707's word is that of the v1 endpoint; v2 refuses it (AADSTS901002) and goes by scopes.
  if (name === 'resource')
    return endpoint === 'v1'
      ? { verdict: 'needed', item: 'X2' }
      : { verdict: 'harmful', harm: 'unsupported', item: 'X2' };
  if (name === 'response_mode') return RESPONSE_MODES.get(value.toLowerCase()) ?? UNSUPPORTED;
  return PARAMETERS.get(name);
}
