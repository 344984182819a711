import ipaddr from 'ipaddr.js';

const HOW = 'write a network with its length, such as 10.20.0.0/16 or fd00:1234::/48';
/** `0.0.0.0` style prefixes written out in full: a shorter text means something else to each reader (`10.1/16`). */
const IPV4_CIDR = /^\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\/\d{1,2}$/;

type Network = [ipaddr.IPv4 | ipaddr.IPv6, number];

/**
 * Reads networks as CIDR (RFC 4632). The error says what is wrong: host bits that are set mean that one of the two
 * halves is wrong, and a length of 0 would be everything.
 */
export function readNetworks(texts: readonly string[]): Networks {
  return new Networks(texts.map(readNetwork));
}

/** A set of networks, both families. */
export class Networks {
  readonly #all: readonly Network[];

  constructor(all: readonly Network[]) {
    this.#all = all;
  }

  /** False for what is no address. An IPv4 address written as IPv6 is judged as the IPv4 address. */
  has(address: string): boolean {
    const own = addressOf(address);
    return own !== null && this.#all.some(([of, bits]) => of.kind() === own.kind() && own.match(of, bits));
  }
}

/** One text for one address, whichever notation it is in; null for what is no address. */
export function canonicalAddress(text: string): string | null {
  return addressOf(text)?.toNormalizedString() ?? null;
}

function addressOf(text: string): ipaddr.IPv4 | ipaddr.IPv6 | null {
  const bare = text.split('%', 1)[0] ?? '';
  return ipaddr.isValid(bare) ? ipaddr.process(bare) : null;
}

function readNetwork(text: string): Network {
  const isWhole = text.includes(':') || IPV4_CIDR.test(text);
  if (!isWhole || !ipaddr.isValidCIDR(text)) throw new Error(HOW);
  const [address, bits] = ipaddr.parseCIDR(text);
  const first =
    address instanceof ipaddr.IPv4
      ? ipaddr.IPv4.networkAddressFromCIDR(text)
      : ipaddr.IPv6.networkAddressFromCIDR(text);
  if (bits === 0) throw new Error(`${HOW}: a length of 0 would open every address`);
  if (first.toNormalizedString() !== address.toNormalizedString())
    throw new Error(`${HOW}: the network of this length begins at ${first.toString()}/${bits}`);
  return [address, bits];
}
