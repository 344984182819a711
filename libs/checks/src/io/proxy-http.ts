import type { IncomingMessage } from 'node:http';
import { request } from 'node:http';
import type { Socket } from 'node:net';
import { isIPv6 } from 'node:net';
import type { CheckRun } from '../check.ts';
import { evidenceText } from '../evidence-text.ts';
import { PathError, shortened } from '../path-error.ts';
import { httpError, MOST_HEADER_BYTES } from './http.ts';
import { proxyCredentials, shownProxy } from './proxy-url.ts';

/**
 * Asks an HTTP proxy for a tunnel (RFC 9110, section 9.3.6) over a connection that stands. Node's own parser reads the
 * answer: it is strict, its headers are bounded, and it takes the first status line for the answer, an interim one
 * (1xx) too. Nothing of a refusal's page is read.
 */
export function connectByHttp(socket: Socket, proxy: URL, run: CheckRun): Promise<Socket> {
  const { host, port } = run.target;
  const target = `${isIPv6(host) ? `[${host}]` : host}:${port}`;
  const { signal } = run;
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', onAbort, { once: true });
    const settle = () => signal.removeEventListener('abort', onAbort);
    const asked = request({
      createConnection: () => socket,
      method: 'CONNECT',
      path: target,
      headers: { host: target, 'user-agent': 'Mailpath', ...authorization(proxy) },
      setDefaultHeaders: false,
      maxHeaderSize: MOST_HEADER_BYTES,
    });
    asked.once('connect', (answer: IncomingMessage, _: unknown, rest: Buffer) => {
      settle();
      const status = answer.statusCode ?? 0;
      const reply = `${status} ${answer.statusMessage ?? ''}`.trim();
      run.record('proxy', { url: shownProxy(proxy), status, reply: evidenceText(reply) });
      if (status < 200 || status > 299) {
        socket.destroy();
        return reject(new PathError('unexpected-reply', `answered "${shortened(reply)}"${wanting(answer)}`));
      }
      // What came behind the head is the target's first word.
      if (rest.length > 0) socket.unshift(rest);
      resolve(socket);
    });
    asked.on('error', (error) => {
      settle();
      reject(httpError(error));
    });
    asked.end();
  });
}

function authorization(proxy: URL): { 'proxy-authorization'?: string } {
  const given = proxyCredentials(proxy);
  if (!given) return {};
  const basic = Buffer.from(`${given.user}:${given.password}`).toString('base64');
  return { 'proxy-authorization': `Basic ${basic}` };
}

/** For a 407: which ways to sign in the proxy offers. Their names only, no realm and no challenge. */
function wanting({ statusCode, headers }: IncomingMessage): string {
  if (statusCode !== 407) return '';
  const offered = [headers['proxy-authenticate'] ?? ''].flat().join(', ');
  const schemes = [...offered.matchAll(/(?:^|,\s*)([A-Za-z][\w-]*)(?=\s+[^=\s]|\s*(?:,|$))/g)].map(
    ([, name]) => name,
  );
  return schemes.length === 0 ? '' : ` and asks for ${shortened([...new Set(schemes)].join(', '))}`;
}
