import net from 'node:net';
import { BilingualError, HostName } from '@mailpath/protocol';

/** What a port may be. */
export const PORT_RANGE = {
  en: 'a port is a whole number from 1 to 65535',
  ja: 'ポートは 1 から 65535 までの整数です',
};

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
  if (net.isIPv6(text))
    throw new BilingualError({
      en: `write an IPv6 address in brackets: [${text}]:993`,
      ja: `IPv6 アドレスは角かっこで囲んでください: [${text}]:993`,
    });
  const parts = SHAPE.exec(text)?.groups;
  const host = parts?.['v6'] ?? parts?.['host'] ?? '';
  const isV6Text = parts?.['v6'] !== undefined;
  if (!parts || text.includes('/') || !HostName.safeParse(host).success || (isV6Text && !net.isIPv6(host))) {
    throw new BilingualError({
      en: 'write a host name or an IP address, then :port (no https://, no path)',
      ja: 'ホスト名または IP アドレスに続けて :ポート を書いてください (https:// やパスは不要です)',
    });
  }
  const port = parts['port'];
  if (port === undefined) return { host, port: null };
  if (port === '*') return { host, port };
  if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65_535) {
    throw new BilingualError(PORT_RANGE);
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
