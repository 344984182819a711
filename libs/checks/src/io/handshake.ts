import type { Socket } from 'node:net';
import type { SecureContext, TLSSocket } from 'node:tls';
import { connect } from 'node:tls';
import { evidenceText } from '../evidence-text.ts';
import { PathError, shortened } from '../path-error.ts';
import { otherSpeaker } from './spoken.ts';
import { Tap } from './tap.ts';
import { destroyOnAbort } from './destroy-on-abort.ts';

/** What goes into a handshake. */
export interface Hello {
  host: string;
  /** SNI, null for an address (RFC 6066, section 3: an address is never sent as server name). */
  serverName: string | null;
  context: SecureContext;
  /** Offered by ALPN (RFC 7301); none where a protocol has no name there. */
  alpn: readonly string[];
}

/**
 * A TLS handshake over a connection that stands, without verification: who asks judges the chain. Rejects with what
 * ended it; a server that never answers is ended by the signal.
 */
export function handshake(socket: Socket, hello: Hello, signal: AbortSignal): Promise<TLSSocket> {
  const { host, serverName, context, alpn } = hello;
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const tap = new Tap(socket);
    const secured = connect({
      socket: tap,
      host,
      ...(serverName === null ? {} : { servername: serverName }),
      ...(alpn.length === 0 ? {} : { ALPNProtocols: [...alpn] }),
      secureContext: context,
      rejectUnauthorized: false,
    });
    const settle = () => {
      secured.off('secureConnect', onSecure).off('error', onError).off('close', onClose);
      signal.removeEventListener('abort', onAbort);
    };
    const onSecure = () => {
      settle();
      tap.secured();
      resolve(secured);
    };
    const onError = (error: Error) => {
      settle();
      reject(handshakeError(error, tap));
    };
    const onClose = () => onError(new PathError('closed', 'closed the connection during the TLS handshake'));
    const onAbort = () => {
      settle();
      reject(signal.reason as Error);
    };
    secured.once('secureConnect', onSecure).once('error', onError).once('close', onClose);
    signal.addEventListener('abort', onAbort, { once: true });
    destroyOnAbort(secured, signal);
  });
}

function handshakeError(error: Error, tap: Tap): Error {
  if (tap.tooMuch) return tap.tooMuch;
  const said = tap.notTls();
  if (said !== null) {
    const line = shortened(evidenceText(said.split(/\r?\n/, 1)[0] ?? ''));
    return new PathError(
      'tls-failed',
      `answered the TLS handshake without TLS: "${line}"${otherSpeaker(line, 'TLS')}`,
      { cause: error },
    );
  }
  // Node's word for FIN in the middle of a handshake has the code of a reset; a reset names the system call.
  if ('code' in error && error.code === 'ECONNRESET' && !('syscall' in error)) {
    return new PathError('closed', 'closed the connection during the TLS handshake', { cause: error });
  }
  if ('reason' in error && typeof error.reason === 'string') {
    return new PathError('tls-failed', `failed the TLS handshake: ${error.reason}`, { cause: error });
  }
  return error;
}
