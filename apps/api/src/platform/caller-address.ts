import type { IncomingMessage } from 'node:http';
import { BlockList, isIP, isIPv4 } from 'node:net';

/** What of a request says who sent it. */
export interface CallerFacts {
  /** The other end of the connection. */
  readonly remote: string | undefined;
  /** X-Forwarded-For as it came. */
  readonly forwarded: string | undefined;
}

/** An address, or a network as address/prefix. Null for anything else. */
function networkOf(text: string): { address: string; prefix: number; family: 'ipv4' | 'ipv6' } | null {
  const slash = text.indexOf('/');
  const address = slash < 0 ? text : text.slice(0, slash);
  if (isIP(address) === 0) return null;
  const family = isIPv4(address) ? 'ipv4' : 'ipv6';
  const longest = family === 'ipv4' ? 32 : 128;
  const digits = slash < 0 ? String(longest) : text.slice(slash + 1);
  const prefix = /^\d{1,3}$/.test(digits) ? Number(digits) : -1;
  return prefix >= 0 && prefix <= longest ? { address, prefix, family } : null;
}

export const isNetwork = (text: string): boolean => networkOf(text) !== null;

/** `::ffff:192.0.2.1`, as a socket that listens on both families shows IPv4, is 192.0.2.1. */
const plain = (address: string): string =>
  address.startsWith('::ffff:') && isIPv4(address.slice(7)) ? address.slice(7) : address;

/** Addresses and networks, as they were written; what is neither is left out. */
export class Networks {
  readonly #list = new BlockList();

  constructor(networks: readonly string[]) {
    for (const text of networks) {
      const network = networkOf(text);
      if (network) this.#list.addSubnet(network.address, network.prefix, network.family);
    }
  }

  has(address: string): boolean {
    const one = plain(address);
    return isIP(one) !== 0 && this.#list.check(one, isIPv4(one) ? 'ipv4' : 'ipv6');
  }
}

/** The reverse proxies whose word counts for who is behind them: none but those that were set. */
export class TrustedProxies extends Networks {
  callerOfRequest({ socket, headers }: IncomingMessage): string {
    // Node joins several of these headers with commas.
    const forwarded = headers['x-forwarded-for'];
    return this.callerOf({ remote: socket.remoteAddress, forwarded: forwarded?.toString() });
  }

  /**
   * Who sent the request: the last address on its path that is no proxy of ours. The rest of the header is the sender's
   * own word.
   */
  callerOf({ remote = '', forwarded = '' }: CallerFacts): string {
    const path = forwarded.split(',').map((part) => part.trim());
    let caller = plain(remote);
    while (this.has(caller)) {
      const before = path.pop();
      if (before === undefined || isIP(plain(before)) === 0) break;
      caller = plain(before);
    }
    return caller;
  }
}

/** What limits go by: an IPv4 address, or the /64 of an IPv6 one, since whoever has one address of it has all. */
export function limitKey(address: string): string {
  const one = plain(address);
  if (isIP(one) !== 6) return one;
  const [head = '', tail] = (one.split('%')[0] ?? one).split('::');
  const groups = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - groups.length - after.length);
  const all = [...groups, ...Array.from({ length: zeros }, () => '0'), ...after];
  return `${all
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}
