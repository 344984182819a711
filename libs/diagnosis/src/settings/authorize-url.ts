import { CLOUD_TARGETS, type Cloud, type Endpoint } from '@mailpath/protocol';
import { parametersOf, type SeenParameter } from './authorize-parameters.ts';
import { resourceOf } from './exchange-resource.ts';
import { odditiesIn } from './field-text.ts';

/** Longer than any sign-in page's address that a browser shows whole. */
export const AUTHORIZE_URL_MAX = 8_192;
const VALUE_MAX = 2_048;

/**
 * What an authorize URL (RFC 6749, section 4.1.1) says of a site's settings. What belongs to one sign-in alone
 * (`state`, `nonce`,
 * `code_challenge`) is not taken out of it.
 */
export interface AuthorizeUrlParts {
  /** The sign-in host. */
  host: string;
  /** The clouds whose sign-in host it is: GCC High and DoD share one. */
  clouds: Cloud[];
  /** The segment of the path: an id, a domain, or `common`, `organizations`, `consumers`. */
  tenant: string;
  endpoint: 'v1' | 'v2';
  clientId: string;
  redirectUri: string | null;
  responseType: string | null;
  scopes: string[];
  /** `resource` of the v1 endpoint. */
  resource: string | null;
  prompt: string | null;
  loginHint: string | null;
  /** Every parameter by its name, without its value. */
  parameters: SeenParameter[];
}

/** Where a site signs in instead of its cloud's own host. */
export interface OwnLogin extends Endpoint {
  cloud: Cloud;
}

/** Not an authorize URL that can be read; `message` says what to paste instead and repeats nothing of it. */
export class NotAnAuthorizeUrl extends Error {
  override readonly name = 'NotAnAuthorizeUrl';
}

const WHOLE =
  'start the sign-in in ECE, and copy the whole address of the first Microsoft page, such as https://login.microsoftonline.com/…/oauth2/v2.0/authorize?client_id=…';

/** The fault is in a field of ECE, so that the address is the same however often it is copied. */
const CORRECT =
  'correct that field in ECE (empty it and type it anew), start the sign-in again, and copy the address of the first Microsoft page';

/** Takes an authorize URL apart; throws NotAnAuthorizeUrl. */
export function readAuthorizeUrl(text: string, own: OwnLogin | null = null): AuthorizeUrlParts {
  if (text.length > AUTHORIZE_URL_MAX)
    throw new NotAnAuthorizeUrl(`this is longer than ${AUTHORIZE_URL_MAX} characters: ${WHOLE}`);
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : null;
  if (url?.protocol !== 'https:') throw new NotAnAuthorizeUrl(`this is no https:// address: ${WHOLE}`);
  if (url.username !== '' || url.password !== '')
    throw new NotAnAuthorizeUrl(`it has a user name or password before the host: ${WHOLE}`);
  const clouds = cloudsOf(url, own);
  if (clouds.length === 0)
    throw new NotAnAuthorizeUrl(
      url.searchParams.has('code')
        ? 'this is where Microsoft sent the browser back to, with a code in it that signs in: copy the address of the page before it'
        : `its host is none of Microsoft's sign-in hosts: ${WHOLE}`,
    );
  const [, tenant = '', version] =
    /^\/([A-Za-z0-9.-]{1,255})\/oauth2\/(v2\.0\/)?authorize\/?$/.exec(url.pathname) ?? [];
  if (tenant === '')
    throw new NotAnAuthorizeUrl(
      `its path is not /<tenant>/oauth2/v2.0/authorize or /<tenant>/oauth2/authorize: ${WHOLE}`,
    );
  const clientId = valueOf(url, 'client_id');
  const odd = odditiesIn(clientId ?? '');
  if (odd.length > 0)
    throw new NotAnAuthorizeUrl(`its client_id holds what no GUID does (${odd.join(', ')}): ${CORRECT}`);
  if (clientId === null || !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(clientId))
    throw new NotAnAuthorizeUrl(`it has no client_id that is a GUID, so it may be cut off: ${WHOLE}`);
  const endpoint = version === undefined ? 'v1' : 'v2';
  return {
    host: url.hostname,
    clouds,
    tenant,
    endpoint,
    clientId,
    redirectUri: valueOf(url, 'redirect_uri'),
    responseType: valueOf(url, 'response_type'),
    scopes: (valueOf(url, 'scope') ?? '').split(/\s+/).filter((scope) => scope !== ''),
    resource: valueOf(url, 'resource'),
    prompt: valueOf(url, 'prompt'),
    loginHint: valueOf(url, 'login_hint'),
    parameters: parametersOf(url, endpoint),
  };
}

/**
 * The one cloud that the URL is of: where clouds share a sign-in host, by the scopes, else the one that is entered
 * already.
 */
export function cloudOf({ clouds, scopes }: AuthorizeUrlParts, entered: Cloud): Cloud {
  const resources = scopes.map((scope) => scope.slice(0, Math.max(0, scope.lastIndexOf('/'))));
  const byScope = clouds.find((cloud) => resources.some((one) => resourceOf(one, cloud) === 'exchange'));
  return byScope ?? clouds.find((cloud) => cloud === entered) ?? clouds[0] ?? entered;
}

/** RFC 6749, section 3.1: a parameter must not be there twice, and one without a value counts as not there. */
function valueOf(url: URL, parameter: string): string | null {
  const [value = '', second] = url.searchParams.getAll(parameter);
  if (second !== undefined)
    throw new NotAnAuthorizeUrl(
      `${parameter} stands in it twice, and OAuth allows it once (RFC 6749, section 3.1): ${CORRECT}`,
    );
  if (value.length > VALUE_MAX)
    throw new NotAnAuthorizeUrl(`its ${parameter} is longer than ${VALUE_MAX} characters: ${WHOLE}`);
  if (/\p{Cc}/u.test(value) || !value.isWellFormed())
    throw new NotAnAuthorizeUrl(
      `its ${parameter} holds control characters or broken Unicode, which no field should hold: ${CORRECT}`,
    );
  return value === '' ? null : value;
}

/** Further sign-in names of the worldwide cloud that older clients use. */
const WORLDWIDE_ALIASES: ReadonlySet<string> = new Set(['login.microsoft.com', 'login.windows.net']);

function cloudsOf(url: URL, own: OwnLogin | null): Cloud[] {
  const port = url.port === '' ? 443 : Number(url.port);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (own && own.host.toLowerCase() === host && own.port === port) return [own.cloud];
  if (port !== 443) return [];
  const clouds = Object.keys(CLOUD_TARGETS) as Cloud[];
  return clouds.filter(
    (cloud) =>
      CLOUD_TARGETS[cloud].login.host === host ||
      (cloud === 'worldwide' && WORLDWIDE_ALIASES.has(host)) ||
      (cloud === 'china' && CLOUD_TARGETS.china['login-alias'].host === host),
  );
}
