import type { X509Certificate } from 'node:crypto';
import type { MissingIssuer, TlsEvidence } from '@mailpath/protocol';
import type { Socket } from 'node:net';
import { isIP } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { CheckRun } from '../check.ts';
import { evidenceText } from '../evidence-text.ts';
import { PathError, shortened } from '../path-error.ts';
import { chainFacts, chainOf, oneLine } from './certificate.ts';
import type { Hello } from './handshake.ts';
import { handshake } from './handshake.ts';
import type { Route } from './network.ts';
import { tryRevocation } from './revocation.ts';
import { issuerUrls } from './revocation-urls.ts';
import { openTcp } from './tcp.ts';
import type { Again } from './tls-offered.ts';
import { lookAtVersions, mayBeVersion } from './tls-offered.ts';
import type { Trust } from './trust.ts';
import { trusting } from './trust.ts';

/** What a protocol wants of TLS. */
export interface TlsWish {
  /** Offered by ALPN (RFC 7301). The mail protocols have no use for it, and offer none. */
  alpn?: readonly string[];
  /** How to come to the same place again, to learn after a failed handshake which versions are taken there. */
  again?: Again;
}

/**
 * Errors of a chain whose signatures hold: its root is told all the same, for a wrong date may be this machine's clock.
 */
const SIGNED_ALL_THE_SAME = new Set([
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
]);

/** Phases `resolve`, `connect` and `tls`: TLS from the first byte. */
export async function openTls(run: CheckRun, route: Route, wish: TlsWish = {}): Promise<TLSSocket> {
  const socket = await openTcp(run, route);
  return startTls(socket, run, route, { again: openTcp, ...wish });
}

/**
 * Phase `tls` over a connection that stands. The handshake is done without verification, so that the chain of a
 * certificate that is not trusted is still seen; then it is judged, and nothing is sent over a connection that fails.
 */
export async function startTls(
  socket: Socket,
  run: CheckRun,
  route: Route,
  { alpn = [], again }: TlsWish = {},
): Promise<TLSSocket> {
  const { host } = run.target;
  const trust = trusting(route.trust);
  const hello: Hello = { host, serverName: isIP(host) === 0 ? host : null, context: trust.context, alpn };
  const address = socket.remoteAddress;
  try {
    return await run.phase('tls', async () => {
      const secured = await handshake(socket, hello, run.signal);
      return judged(secured, hello, trust, run, route);
    });
  } catch (error) {
    if (again && address !== undefined && mayBeVersion(error))
      await lookAtVersions(again, hello, address, run, route);
    throw error;
  }
}

function judged(
  secured: TLSSocket,
  { host, serverName }: Hello,
  trust: Trust,
  run: CheckRun,
  route: Route,
): TLSSocket {
  // To be asked for once: a second call answers nothing.
  const chain = chainOf(secured.getPeerX509Certificate());
  const seen = evidenceOf(secured, chain, serverName, trust);
  run.record('tls', seen);
  tryRevocation(chain, seen, run, route);
  if (seen.trusted) return secured;
  throw new PathError('untrusted', distrust(seen, host));
}

function evidenceOf(
  secured: TLSSocket,
  chain: readonly X509Certificate[],
  serverName: string | null,
  trust: Trust,
): TlsEvidence {
  // With `rejectUnauthorized: false` Node puts the code of the error here, not the error.
  const distrusted = secured.authorized ? null : String(secured.authorizationError);
  return {
    version: secured.getProtocol() ?? 'unknown',
    cipher: secured.getCipher().name,
    serverName,
    trusted: distrusted === null,
    distrust: distrusted,
    chain: chainFacts(chain),
    alpn: secured.alpnProtocol ? evidenceText(secured.alpnProtocol) : null,
    anchor: distrusted === null || SIGNED_ALL_THE_SAME.has(distrusted) ? trust.anchorOf(chain) : null,
    trustLists: [...trust.verdictsOn(chain)],
    missingIssuer: missingIssuerOf(chain, trust),
  };
}

/**
 * Whether the chain ends before its root, and whether only the root is missing, as it may be (RFC 8446, section 4.4.2).
 */
function missingIssuerOf(chain: readonly X509Certificate[], trust: Trust): MissingIssuer | null {
  const last = chain.at(-1);
  if (!last || last.checkIssued(last)) return null;
  const isRoot = trust.verdictsOn([last]).some(({ root }) => root !== null && root.match !== 'subject');
  return {
    subject: oneLine(last.issuer),
    caIssuers: issuerUrls(last)
      .slice(0, 4)
      .map((url) => evidenceText(url)),
    kind: isRoot ? 'root' : 'intermediate-or-unknown-root',
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
