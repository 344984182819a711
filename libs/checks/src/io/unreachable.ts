import type { DialAttempt } from '@mailpath/protocol';

/** Who says that an address cannot be reached. */
type Unreachable = NonNullable<DialAttempt['unreachable']>;

/**
 * What the system's word tells of it. Linux makes EACCES of ICMPv6 "administratively prohibited" (RFC 4443, section
 * 3.1) and of its own `prohibit` routes, EPERM of its own packet filter, and EHOSTUNREACH of the IPv4 codes 9, 10 and
 * 13 (RFC 1812, section 5.2.7.1) as of any other ICMP host unreachable; EINVAL is a `blackhole` route. Windows says
 * WSAEACCES of its own firewall.
 */
const WHO: Readonly<Record<string, Unreachable>> = {
  ENETUNREACH: 'no-route',
  ENETDOWN: 'no-route',
  EADDRNOTAVAIL: 'no-route',
  EAFNOSUPPORT: 'no-route',
  EINVAL: 'no-route',
  EPERM: 'prohibited-here',
  EACCES: 'prohibited',
  EHOSTUNREACH: 'router',
  EHOSTDOWN: 'router',
};

/** Null for a word that tells nothing of reach. */
export function whoSaysUnreachable(
  systemCode: string | null,
  platform = process.platform,
): Unreachable | null {
  if (systemCode === 'EACCES' && platform === 'win32') return 'prohibited-here';
  return systemCode === null ? null : (WHO[systemCode] ?? null);
}

const WORDS: Readonly<Record<Unreachable, string>> = {
  'no-route': 'this machine has no route to it',
  'prohibited-here': 'this machine’s own firewall forbids it',
  prohibited: 'a firewall or route, on this machine or on the path, forbids it',
  router: 'a router or firewall on the path says so, or nobody answers on the local network',
};

/** The fact as the rest of a sentence. */
export function unreachableWords(systemCode: string | null): string {
  const who = whoSaysUnreachable(systemCode);
  const why = [systemCode, who && WORDS[who]].filter(Boolean).join(': ');
  return `cannot be reached${why === '' ? '' : ` (${why})`}`;
}
