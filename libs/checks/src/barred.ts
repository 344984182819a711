import type { CheckResult, Task } from '@mailpath/protocol';
import { isIP } from 'node:net';
import { addressRange } from './io/address-range.ts';
import type { NameAnswer } from './io/dns.ts';
import type { Gate, Peer } from './io/gate.ts';
import { proxyHost, proxyPort } from './io/proxy-url.ts';
import type { LookedUp } from './io/reading-run.ts';
import { skipped } from './skipped.ts';

/** Where a task is about to go, looked up: its target, or the proxy on the path to it, and its place to read. */
export interface Destinations {
  target: Task['target'];
  /** For the proxy's name where there is one, else for the target's. */
  answer: NameAnswer;
  proxy: URL | null;
  reading: LookedUp | null;
}

/** The end that the gate forbids, and why. */
export interface Barred {
  peer: Peer;
  reason: string;
}

/**
 * The first end that the gate forbids; null when all may be dialled. One address is enough: a name that answers with an
 * inside address beside an outside one is a name that somebody else steers.
 */
export function barredPeer(gate: Gate, { target, answer, proxy, reading }: Destinations): Barred | null {
  const first = proxy
    ? { host: proxyHost(proxy), port: proxyPort(proxy), for: 'proxy' as const }
    : { host: target.host, port: target.port, for: 'target' as const };
  const peers: Peer[] = answer.addresses.map((address) => ({ ...first, address }));
  // Its name is the proxy's to look up, but an address is the same there.
  if (proxy && isIP(target.host) !== 0)
    peers.push({ host: target.host, port: target.port, address: target.host, for: 'target' });
  if (reading)
    for (const address of reading.name.addresses)
      peers.push({ host: reading.host, port: reading.port, address, for: 'target' });
  for (const peer of peers) {
    const reason = gate(peer);
    if (reason !== null) return { peer, reason };
  }
  return null;
}

/** What was looked up stays: an inside address for a name of Microsoft's is a cause of its own. */
export function skippedAsBarred(
  { check, target }: Task,
  { addresses, error, ms, pinned }: NameAnswer,
  { peer, reason }: Barred,
): CheckResult {
  const looked = peer.for === 'target' && peer.host === target.host && isIP(peer.host) === 0;
  const { host, port, address } = peer;
  const dns =
    looked && error === null
      ? { addresses: [...addresses], error: null, ms, ...(pinned ? { pinned } : {}) }
      : null;
  return skipped(
    check,
    target,
    { code: 'not-allowed', about: `${host}:${port}`, reason },
    {
      ...(dns ? { dns } : {}),
      policy: { barred: 'address', host, port, address, range: addressRange(address) },
    },
  );
}
