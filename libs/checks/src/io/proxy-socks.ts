import type { Socket } from 'node:net';
import { SocksClient } from 'socks';
import type { CheckRun } from '../check.ts';
import type { Deadline } from '../deadline.ts';
import { evidenceText } from '../evidence-text.ts';
import { codeOf } from '../failure.ts';
import { PathError } from '../path-error.ts';
import { proxyCredentials, proxyHost, proxyPort, shownProxy } from './proxy-url.ts';

/**
 * Asks a SOCKS5 proxy (RFC 1928, RFC 1929) for a connection over one that stands; the target's name is the proxy's to
 * look up.
 */
export async function connectBySocks(
  socket: Socket,
  proxy: URL,
  run: CheckRun,
  deadline: Deadline,
): Promise<Socket> {
  const { signal, target } = run;
  const url = shownProxy(proxy);
  const given = proxyCredentials(proxy);
  let ended: Error | null = null;
  socket.once('error', (error) => (ended = error));
  try {
    await SocksClient.createConnection({
      command: 'connect',
      proxy: {
        host: proxyHost(proxy),
        port: proxyPort(proxy),
        type: 5,
        ...(given ? { userId: given.user, password: given.password } : {}),
      },
      destination: { host: target.host, port: target.port },
      existing_socket: socket,
      // Ours comes first; the package's own timer, which holds nothing up, must not outlast the check.
      timeout: deadline.remainingMs() + 1_000,
    });
  } catch (error) {
    // Our own deadline destroys the socket, which the package then reports as the proxy's doing.
    signal.throwIfAborted();
    throw refusal(error, ended);
  }
  run.record('proxy', { url, status: null, reply: 'granted' });
  return socket;

  function refusal(error: unknown, broken: Error | null): Error {
    if (broken && codeOf(broken) !== null) return broken;
    // The package's error carries its options, the password among them: only its words go on.
    const words = evidenceText(error instanceof Error ? error.message : String(error));
    if (words === 'Socket closed') return new PathError('closed', 'closed the connection before its answer');
    run.record('proxy', { url, status: null, reply: words });
    return new PathError('unexpected-reply', `did not grant the connection: ${words}`);
  }
}
