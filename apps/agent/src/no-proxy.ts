import net from 'node:net';

/**
 * Whether `NO_PROXY` exempts this place, as curl and Go read it: entries apart by commas or blanks, a name stands for
 * itself and all below it (with or without `.` or `*.` before it), `*` for everything, an address or a network
 * (`10.0.0.0/8`) for addresses, and `:port` behind an entry narrows it to that port. No name is looked up for it.
 */
export function isExempt(noProxy: string, host: string, port: number): boolean {
  const name = host.toLowerCase().replace(/\.$/, '');
  return noProxy
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => matches(entry, name, port));
}

function matches(entry: string, name: string, port: number): boolean {
  if (entry === '*') return true;
  const { place, only } = partsOf(entry);
  if (only !== null && only !== port) return false;
  const family = net.isIP(name);
  if (family !== 0) return holds(place, name, family === 6 ? 'ipv6' : 'ipv4');
  const suffix = place.replace(/^\*?\./, '').replace(/\.$/, '');
  return suffix !== '' && (name === suffix || name.endsWith(`.${suffix}`));
}

/** An IPv6 address without brackets has colons, but no port. */
function partsOf(entry: string): { place: string; only: number | null } {
  const [, bracketed, name, port] = /^(?:\[([^\]]*)\]|([^:]*))(?::(\d{1,5}))?$/.exec(entry) ?? [];
  return { place: bracketed ?? name ?? entry, only: port === undefined ? null : Number(port) };
}

function holds(place: string, address: string, family: 'ipv4' | 'ipv6'): boolean {
  const [, base = '', bits] = /^([^/]*)(?:\/(\d{1,3}))?$/.exec(place) ?? [];
  const longest = family === 'ipv6' ? 128 : 32;
  const length = bits === undefined ? longest : Number(bits);
  if (net.isIP(base) !== (family === 'ipv6' ? 6 : 4) || length > longest) return false;
  const network = new net.BlockList();
  network.addSubnet(base, length, family);
  return network.check(address, family);
}
