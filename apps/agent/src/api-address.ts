import net from 'node:net';
import { AGENT_SOCKET_PATH, withoutTrailing } from '@mailpath/protocol';
import { CannotRun } from './cannot-run.ts';

/**
 * Reads the API's address as given on the command line. Plain http would send the code and all results in the clear.
 */
export function readApiAddress(text: string, insecureHttp: boolean): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new CannotRun({
      en: `<url> "${text}": write the API's address, such as https://mailpath.example.com`,
      ja: `<url> "${text}": API のアドレスを書いてください。例: https://mailpath.example.com`,
    });
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw new CannotRun({
      en: '<url>: write only the address, without user, password, ? or #',
      ja: '<url>: ユーザー名、パスワード、?、# を付けずに、アドレスだけを書いてください',
    });
  }
  if (url.protocol === 'http:' && !insecureHttp && !isLoopback(url.hostname)) {
    throw new CannotRun({
      en: `<url> "${text}": http sends the enrolment code and every result unencrypted; use https, or add --insecure-http to accept that`,
      ja: `<url> "${text}": http では登録コードとすべての結果が暗号化されずに送信されます。https を使用するか、それを受け入れる場合は --insecure-http を付けてください`,
    });
  }
  return url;
}

function isLoopback(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '');
  return host === 'localhost' || host === '::1' || (net.isIPv4(host) && host.startsWith('127.'));
}

/** A path below the API's address, which may have a path of its own behind a reverse proxy. */
export function below(api: URL, apiPath: string): URL {
  const url = new URL(api);
  url.pathname = `${withoutTrailing('/', url.pathname)}${apiPath}`;
  return url;
}

/** Where the conversation is held: ws for http, wss for https. */
export function socketAddress(api: URL): URL {
  const url = below(api, AGENT_SOCKET_PATH);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url;
}
