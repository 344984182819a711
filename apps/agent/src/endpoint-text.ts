import net from 'node:net';
import { HostName } from '@mailpath/protocol';

/** `port` is null when the text has none, and '*' where any port is meant. */
export interface EndpointText {
  host: string;
  port: number | '*' | null;
}

const SHAPE = /^(?:\[(?<v6>[^\]]*)\]|(?<host>[^:[\]]*))(?::(?<port>.*))?$/;

/**
 * Reads `host`, `host:port`, `host:*`, `[::1]` or `[::1]:port`. The error's message says what is wrong, without naming
 * the argument it came from.
 */
export function readEndpoint(text: string): EndpointText {
  if (net.isIPv6(text)) throw new Error(`write an IPv6 address in brackets: [${text}]:993`);
  const parts = SHAPE.exec(text)?.groups;
  const host = parts?.['v6'] ?? parts?.['host'] ?? '';
  const isV6Text = parts?.['v6'] !== undefined;
  if (!parts || text.includes('/') || !HostName.safeParse(host).success || (isV6Text && !net.isIPv6(host))) {
    throw new Error('write a host name or an IP address, then :port (no https://, no path)');
  }
  const port = parts['port'];
  if (port === undefined) return { host, port: null };
  if (port === '*') return { host, port };
  if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65_535) {
    throw new Error('a port is a whole number from 1 to 65535');
  }
  return { host, port: Number(port) };
}

/** One spelling per host, so that `::1` and `0:0:0:0:0:0:0:1`, or two cases of a name, are the same. */
export function canonicalHost(host: string): string {
  return net.isIPv6(host) ? new URL(`http://[${host}]`).hostname.slice(1, -1) : host.toLowerCase();
}

/** `host:port`, with brackets around an IPv6 address. */
export function endpointText(host: string, port: number | '*'): string {
  return `${net.isIPv6(host) ? `[${host}]` : host}:${port}`;
}
