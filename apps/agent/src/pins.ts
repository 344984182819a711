import net from 'node:net';
import { BilingualError, HostName } from '@mailpath/protocol';

/** Addresses to use for names instead of looking them up: what agent.json says under `resolve`. */
export type Pins = Record<string, string[]>;

/** Reads `host=address`. The error's message says what is wrong, without naming the argument it came from. */
export function readPin(text: string): { host: string; address: string } {
  const [, host = '', written = ''] = /^([^=]*)=(.*)$/.exec(text) ?? [];
  const address = written.replace(/^\[(.*)\]$/, '$1');
  if (net.isIP(host) !== 0 || !HostName.safeParse(host).success || net.isIP(address) === 0) {
    throw new BilingualError({
      en: 'write a host name, = and an IP address, such as outlook.office365.com=52.97.1.2',
      ja: 'ホスト名、=、IP アドレスの順に書いてください。例: outlook.office365.com=52.97.1.2',
    });
  }
  return { host: host.toLowerCase(), address };
}

/** Several pins of one host add up, in the order given. */
export function collectPins(given: readonly string[], before: Pins = {}): Pins {
  const pins = new Map(Object.entries(before).map(([host, addresses]) => [host, [...addresses]]));
  const fresh = new Map<string, string[]>();
  for (const { host, address } of given.map(readPin)) fresh.set(host, [...(fresh.get(host) ?? []), address]);
  for (const [host, addresses] of fresh) pins.set(host, addresses);
  return Object.fromEntries(pins);
}

export const pinMap = (pins: Pins): ReadonlyMap<string, readonly string[]> => new Map(Object.entries(pins));
