import { BilingualError, CLOUD_TARGETS, type Cloud, type Endpoint } from '@mailpath/protocol';
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

/** Not an authorize URL that can be read; `said` says what to paste instead and repeats nothing of it. */
export class NotAnAuthorizeUrl extends BilingualError {
  override readonly name = 'NotAnAuthorizeUrl';
}

const WHOLE = {
  en: 'start the sign-in in ECE, and copy the whole address of the first Microsoft page, such as https://login.microsoftonline.com/…/oauth2/v2.0/authorize?client_id=…',
  ja: 'ECE でサインインを始め、最初に表示される Microsoft のページのアドレス全体をコピーしてください（例：https://login.microsoftonline.com/…/oauth2/v2.0/authorize?client_id=…）',
};

/** The fault is in a field of ECE, so that the address is the same however often it is copied. */
const CORRECT = {
  en: 'correct that field in ECE (empty it and type it again), start the sign-in again, and copy the address of the first Microsoft page',
  ja: 'ECE のその項目を空にして入力し直し、もう一度サインインを始め、最初に表示される Microsoft のページのアドレスをコピーしてください',
};

/** What is wrong with it, and what to do. */
const refuse = (en: string, ja: string, remedy = WHOLE): never => {
  throw new NotAnAuthorizeUrl({ en: `${en}: ${remedy.en}`, ja: `${ja}。${remedy.ja}` });
};

/** Takes an authorize URL apart; throws NotAnAuthorizeUrl. */
export function readAuthorizeUrl(text: string, own: OwnLogin | null = null): AuthorizeUrlParts {
  if (text.length > AUTHORIZE_URL_MAX)
    refuse(`this is longer than ${AUTHORIZE_URL_MAX} characters`, `${AUTHORIZE_URL_MAX} 文字を超えています`);
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : null;
  if (url?.protocol !== 'https:')
    return refuse('this is not an https:// address', 'https:// で始まるアドレスではありません');
  if (url.username !== '' || url.password !== '')
    refuse(
      'this address has a user name or password before the host',
      'ホストの前にユーザー名またはパスワードがあります',
    );
  const clouds = cloudsOf(url, own);
  if (clouds.length === 0)
    throw url.searchParams.has('code')
      ? new NotAnAuthorizeUrl({
          en: 'this is the address to which Microsoft sent the browser back, and it has a code that signs in: copy the address of the page before it',
          ja: 'これは Microsoft がブラウザーを戻した先のアドレスで、サインインに使える認可コードを含みます。その前のページのアドレスをコピーしてください',
        })
      : new NotAnAuthorizeUrl({
          en: `the host is not one of Microsoft's sign-in hosts: ${WHOLE.en}`,
          ja: `ホストが Microsoft のサインインのホストではありません。${WHOLE.ja}`,
        });
  const [, tenant = '', version] =
    /^\/([A-Za-z0-9.-]{1,255})\/oauth2\/(v2\.0\/)?authorize\/?$/.exec(url.pathname) ?? [];
  if (tenant === '')
    refuse(
      'the path is not /<tenant>/oauth2/v2.0/authorize or /<tenant>/oauth2/authorize',
      'パスが /<tenant>/oauth2/v2.0/authorize でも /<tenant>/oauth2/authorize でもありません',
    );
  const clientId = valueOf(url, 'client_id');
  const odd = odditiesIn(clientId ?? '');
  if (odd.length > 0)
    refuse(
      `the client_id contains what no GUID contains (${odd.join(', ')})`,
      `client_id に GUID では使えない文字があります（${odd.join('、')}）`,
      CORRECT,
    );
  if (clientId === null || !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(clientId))
    return refuse(
      'this address has no client_id that is a GUID, so its end may be missing',
      'GUID 形式の client_id がないため、アドレスが途中で切れている可能性があります',
    );
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
    refuse(
      `this address has ${parameter} twice, and OAuth allows it once (RFC 6749, section 3.1)`,
      `${parameter} が 2 回あります。OAuth では 1 回だけです（RFC 6749、3.1 節）`,
      CORRECT,
    );
  if (value.length > VALUE_MAX)
    refuse(
      `${parameter} is longer than ${VALUE_MAX} characters`,
      `${parameter} が ${VALUE_MAX} 文字を超えています`,
    );
  if (/\p{Cc}/u.test(value) || !value.isWellFormed())
    refuse(
      `${parameter} contains control characters or broken Unicode`,
      `${parameter} に制御文字または壊れた Unicode があります`,
      CORRECT,
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
