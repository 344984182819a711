/** A URL, or null for text that is none. */
export function readUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

/** The name in a URL as names are compared: lower case, without the root's dot. */
export const hostOf = (url: URL): string => url.hostname.toLowerCase().replace(/\.$/, '');

/** Why a host is not a fully qualified domain name; null when it is one. */
export function fqdnFault(url: URL): 'address' | 'no-domain' | null {
  const host = hostOf(url);
  // WHATWG URLs write every form of an IPv4 address as four numbers, and IPv6 in brackets.
  if (host.startsWith('[') || /^\d+(\.\d+){3}$/.test(host)) return 'address';
  if (!host.includes('.')) return 'no-domain';
  return null;
}

export const isLocalhost = (url: URL): boolean => hostOf(url) === 'localhost';
