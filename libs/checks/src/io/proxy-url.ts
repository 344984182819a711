import { BilingualError } from '@mailpath/protocol';

/** A proxy and the answer to the look-up of its own name, made before; `error` is set when there are no addresses. */
export interface ProxyEndpoint {
  readonly url: URL;
  readonly addresses: readonly string[];
  readonly error: Error | null;
}

const PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'socks5:': 1080, 'socks5h:': 1080 };
/** RFC 1929, section 2: a byte holds the length. */
const MOST_CREDENTIAL_BYTES = 255;

/**
 * Reads the URL of a proxy: `http://` or `socks5://`, host, port, and credentials before the host if it asks for any.
 * The error's message says what is wrong and never quotes the text, which may hold a password.
 */
export function readProxyUrl(text: string): URL {
  const url = URL.parse(text);
  if (!url || !Object.hasOwn(PORTS, url.protocol) || url.hostname === '') {
    throw new BilingualError({
      en: 'write http://host:port or socks5://host:port, with user:password@ before the host if the proxy asks for it',
      ja: 'http://ホスト:ポート または socks5://ホスト:ポート と書いてください。認証が必要な場合はホストの前に user:password@ を付けます',
    });
  }
  if (!/^\/?$/.test(url.pathname) || url.search !== '' || url.hash !== '') {
    throw new BilingualError({
      en: 'a proxy has no path: write only its scheme, host and port',
      ja: 'プロキシにパスはありません。スキーム、ホスト、ポートだけを書いてください',
    });
  }
  const { user, password } = proxyCredentials(url) ?? { user: '', password: '' };
  if ([user, password].some((part) => Buffer.byteLength(part) > MOST_CREDENTIAL_BYTES)) {
    throw new BilingualError({
      en: `user and password have at most ${MOST_CREDENTIAL_BYTES} bytes each`,
      ja: `ユーザー名とパスワードはそれぞれ ${MOST_CREDENTIAL_BYTES} バイト以内です`,
    });
  }
  // RFC 7617, section 2: the first colon ends the user's name.
  if (user.includes(':'))
    throw new BilingualError({
      en: 'a proxy user name must not contain a colon',
      ja: 'プロキシのユーザー名にコロンは使用できません',
    });
  return url;
}

/** What a proxy's URL may be shown as: without credentials. */
export function shownProxy(url: URL): string {
  return `${url.protocol}//${url.host}`;
}

/** The host as it is looked up or dialled: an IPv6 address without brackets. */
export function proxyHost(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, '$1');
}

export function proxyPort(url: URL): number {
  return url.port === '' ? (PORTS[url.protocol] ?? 80) : Number(url.port);
}

/** User and password as they are meant, not as a URL writes them; null when there are none. */
export function proxyCredentials(url: URL): { user: string; password: string } | null {
  if (url.username === '' && url.password === '') return null;
  try {
    return { user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) };
  } catch {
    // The URIError has nothing to add, and what it is about is not to be shown.
    throw new BilingualError({
      en: 'user and password: write % only as part of an escape such as %40',
      ja: 'ユーザー名とパスワード: % は %40 のようなエスケープとしてだけ使用できます',
    });
  }
}

/** What must not be seen of a proxy's URL where a proxy may repeat it: user, password, and both as they are sent. */
export function proxySecrets(url: URL): string[] {
  const given = proxyCredentials(url);
  return given ? [given.user, given.password, `${given.user}:${given.password}`] : [];
}
