import type { TlsEvidence } from '@mailpath/protocol';
import type { Socket } from 'node:net';
import { isIP } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { connect } from 'node:tls';
import type { Probe } from '../check.ts';
import { evidenceText } from '../evidence-text.ts';
import { PathError, shortened } from '../path-error.ts';
import { chainOf } from './certificate.ts';
import { openTcp } from './tcp.ts';
import { Tap } from './tap.ts';
import { tie } from './tie.ts';
import { trusting } from './trust.ts';

/** Phases `resolve`, `connect` and `tls`: TLS from the first byte. */
export async function openTls(probe: Probe): Promise<TLSSocket> {
  const socket = await openTcp(probe);
  return startTls(socket, probe);
}

/**
 * Phase `tls` over a connection that stands. The handshake is done without verification, so that the chain of a
 * certificate that is not trusted is still seen; then it is judged, and nothing is sent over a connection that fails.
 */
export function startTls(socket: Socket, probe: Probe): Promise<TLSSocket> {
  return probe.phase('tls', async () => {
    const { host } = probe.target;
    // RFC 6066, section 3: an address is never sent as server name.
    const serverName = isIP(host) === 0 ? host : null;
    const secured = await handshake(socket, host, serverName, probe);
    const seen = evidenceOf(secured, serverName);
    probe.record('tls', seen);
    if (seen.trusted) return secured;
    throw new PathError('untrusted', distrust(seen, host));
  });
}

function handshake(
  socket: Socket,
  host: string,
  serverName: string | null,
  { signal, trust }: Probe,
): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const tap = new Tap(socket);
    const secured = connect({
      socket: tap,
      host,
      ...(serverName === null ? {} : { servername: serverName }),
      secureContext: trusting(trust),
      rejectUnauthorized: false,
    });
    const settle = () => {
      secured.off('secureConnect', onSecure).off('error', onError).off('close', onClose);
      signal.removeEventListener('abort', onAbort);
    };
    const onSecure = () => {
      settle();
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
    tie(secured, signal);
  });
}

function handshakeError(error: Error, tap: Tap): Error {
  const said = tap.notTls();
  if (said !== null) {
    const line = shortened(evidenceText(said.split(/\r?\n/, 1)[0] ?? ''));
    return new PathError('tls-failed', `answered the TLS handshake without TLS: "${line}"`, { cause: error });
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

function evidenceOf(secured: TLSSocket, serverName: string | null): TlsEvidence {
  return {
    version: secured.getProtocol() ?? 'unknown',
    cipher: secured.getCipher().name,
    serverName,
    trusted: secured.authorized,
    // With `rejectUnauthorized: false` Node puts the code of the error here, not the error.
    distrust: secured.authorized ? null : String(secured.authorizationError),
    // To be asked for once: a second call answers nothing.
    chain: chainOf(secured.getPeerX509Certificate()),
  };
}

function distrust({ distrust: code, chain: [leaf] }: TlsEvidence, host: string): string {
  if (leaf === undefined) return `presented no certificate (${code})`;
  const from = `${leaf.subject || 'no subject'}, issued by ${leaf.issuer || 'nobody named'}`;
  if (code !== 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return `presented a certificate that is not trusted here (${code}): ${shortened(from)}`;
  }
  const names = shortened(leaf.subjectAltNames.join(', ') || leaf.subject);
  return `presented a certificate that is not valid for ${host} (${code}): it names ${names}`;
}
