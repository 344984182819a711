import type { CheckResult } from '@mailpath/protocol';
import type { Explained } from './rule.ts';

/** `host:port` of a result; an IPv6 address in brackets (RFC 3986). */
export function place({ target }: CheckResult): string {
  return target.host.includes(':') ? `[${target.host}]:${target.port}` : `${target.host}:${target.port}`;
}

/** The places of several results, each named once: `a:1, b:2 and c:3`. */
export function places(results: Explained): string {
  return enumerate([...new Set(results.map(place))]);
}

/** The host names of several results, each named once. */
export function hosts(results: Explained): string {
  return enumerate([...new Set(results.map((result) => result.target.host))]);
}

export function enumerate(items: readonly string[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

const PROTOCOL_OF_PORT: Record<number, string> = { 443: 'HTTPS', 587: 'SMTP', 993: 'IMAP', 995: 'POP3' };

/** The protocol a check speaks, for a sentence; the first part of its id where the port does not say it. */
export function protocolName(result: CheckResult): string {
  return PROTOCOL_OF_PORT[result.target.port] ?? (result.check.split('.')[0] ?? '').toUpperCase();
}
