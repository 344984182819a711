import { isIP } from 'node:net';
import { addressRange, canonicalAddress, readNetworks, type Gate, type Peer } from '@mailpath/checks';
import { z } from 'zod';
import type { AllowList } from './allow.ts';
import { endpointText } from './endpoint-text.ts';
import { textOf } from './log.ts';

const MOST_AT_ONCE = 20;

const Network = z.string().superRefine((text, context) => {
  try {
    readNetworks([text]);
  } catch (error) {
    context.addIssue({ code: 'custom', message: `"${text}": ${textOf(error)}` });
  }
});

/** `policy` of agent.json: what this server's administrator permits, and the API cannot widen. */
export const Policy = z.strictObject({
  /** Inside networks that allowed names may lead to. */
  networks: z.array(Network).max(100).default([]),
  /** The least seconds between two rounds of the schedule. */
  leastEverySeconds: z.int().min(10).max(86_400).default(10),
  /** The most checks of rounds at the same time. */
  mostChecksAtOnce: z.int().min(1).max(MOST_AT_ONCE).default(MOST_AT_ONCE),
});
export type Policy = z.infer<typeof Policy>;

export const DEFAULT_POLICY: Policy = Policy.parse({});

/** RFC 5280 publishes over plain HTTP, and a certificate is no reason to try other ports. */
const REVOCATION_PORT = 80;
/** Where a proxy's own name usually leads. */
const SITE_RANGES = new Set(['private', 'carrier-grade NAT']);

export interface GateSettings {
  allowed: AllowList;
  networks: readonly string[];
  /** Addresses that the administrator gave for names. */
  pins: ReadonlyMap<string, readonly string[]>;
}

/**
 * Asked of each address after the look-up, and again of the connected end. Public addresses pass. An inside one passes
 * where the administrator wrote it: as an allowed place, as the proxy, under `resolve`, or by its network.
 */
export function gateOf({ allowed, networks, pins }: GateSettings): Gate {
  const opened = readNetworks(networks);
  return (peer) => {
    const { host, port, address } = peer;
    if (peer.for === 'revocation' && port !== REVOCATION_PORT && !allowed({ host, port }))
      return `${endpointText(host, port)} is named by a certificate, and is not the port of HTTP`;
    if (opened.has(address) || addressRange(address) === 'unicast') return null;
    if (isWritten(peer, allowed, pins)) return null;
    return (
      `${host} leads to ${address} (${addressRange(address)}), which this server's policy does not open: ` +
      'if that is right, add its network to policy.networks in agent.json'
    );
  };
}

function isWritten(
  { host, port, address, for: use }: Peer,
  allowed: AllowList,
  pins: GateSettings['pins'],
): boolean {
  const same = (other: string): boolean => canonicalAddress(other) === canonicalAddress(address);
  if ((pins.get(host.toLowerCase()) ?? []).some(same)) return true;
  const range = addressRange(address);
  // The proxy's URL is this machine's own; a name in it that leads to this machine itself is not meant so.
  if (use === 'proxy' && SITE_RANGES.has(range)) return true;
  if (use !== 'proxy' && !allowed({ host, port })) return false;
  // RFC 6761: this name never leaves the machine.
  return isIP(host) === 0 ? host.toLowerCase() === 'localhost' && range === 'loopback' : same(host);
}
