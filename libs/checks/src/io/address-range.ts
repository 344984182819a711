import ipaddr from 'ipaddr.js';

/** Words for the ranges whose name in the library says little; the others are called as they are there. */
const WORDS: Readonly<Record<string, string>> = {
  linkLocal: 'link-local',
  carrierGradeNat: 'carrier-grade NAT',
  uniqueLocal: 'private',
  deprecatedSiteLocal: 'private',
  as112v6: 'as112',
};

/** RFC 5737 and RFC 3849, RFC 9637: the library counts them as reserved, but who uses one has copied an example. */
const DOCUMENTATION = ['192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24', '2001:db8::/32', '3fff::/20'].map(
  (range) => ipaddr.parseCIDR(range),
);

/**
 * RFC 6052, section 2.1: where a resolver makes IPv6 of IPv4 (DNS64), the last 32 bits are the address that is meant.
 */
const NAT64 = ipaddr.IPv6.parseCIDR('64:ff9b::/96');
/** Azure's wire server: a public address, at which each of its machines finds what is meant for that one alone. */
const AZURE = '168.63.129.16';
const COMPATIBLE = ipaddr.IPv6.parseCIDR('::/96');

/**
 * Of these addresses the ones that cannot be on the public Internet, so not Microsoft's, each with its range: `10.0.0.5
 * private`.
 */
export function unusualAmong(addresses: readonly string[]): string[] {
  return addresses.flatMap((address) => {
    const range = rangeOf(address);
    return range === 'unicast' ? [] : [`${address} ${WORDS[range] ?? range}`];
  });
}

/** Where an address lies: `unicast` for the public Internet, else the range's name, such as `private` or `loopback`. */
export function addressRange(address: string): string {
  const range = rangeOf(address.split('%', 1)[0] ?? '');
  return WORDS[range] ?? range;
}

function rangeOf(text: string): string {
  if (!ipaddr.isValid(text)) return 'not an address';
  // An IPv4 address that is written as IPv6 (RFC 4291, section 2.5.5.2) is judged as the IPv4 address.
  const address = meant(ipaddr.process(text));
  const documented = DOCUMENTATION.some(
    ([of, bits]) => of.kind() === address.kind() && address.match(of, bits),
  );
  if (address.toString() === AZURE) return 'metadata';
  return documented ? 'documentation' : address.range();
}

/** RFC 4291, section 2.5.5.1: `::127.0.0.1`, deprecated, and still dialled as IPv4 by some. */
function isCompatible(address: ipaddr.IPv6): boolean {
  return address.match(COMPATIBLE) && address.range() === 'unicast';
}

function meant(address: ipaddr.IPv4 | ipaddr.IPv6): ipaddr.IPv4 | ipaddr.IPv6 {
  if (!(address instanceof ipaddr.IPv6)) return address;
  if (!address.match(NAT64) && !isCompatible(address)) return address;
  return new ipaddr.IPv4(address.toByteArray().slice(-4));
}
