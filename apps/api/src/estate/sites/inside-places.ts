import { addressRange, canonicalAddress, type readNetworks } from '@mailpath/checks';
import { type FieldError, invalidFields } from '../../platform/errors.ts';
import type { SiteChange } from './site.ts';
import { insideAddress } from '../field-refusals.ts';

type Networks = ReturnType<typeof readNetworks>;
type Places = Pick<SiteChange, 'targets' | 'extraTargets' | 'externalUrl' | 'adminConsoleUrl'>;

/** Beside the public Internet's, those of examples: they lead nowhere. */
const OPEN_RANGES = new Set(['unicast', 'documentation']);

/**
 * Refuses targets that are inside addresses (loopback, private, link-local, metadata), in whatever notation, unless the
 * networks that the installation allows hold them. Names are judged by the agent, which sees what they lead to on its
 * server.
 */
export function refuseInsidePlaces(places: Places, allowed: Networks): void {
  const errors = hostsOf(places).flatMap(({ field, host }): FieldError[] => {
    const range = insideRange(host, allowed);
    if (range === null) return [];
    return [{ field, refusal: insideAddress({ host, range }) }];
  });
  const [first, ...others] = errors;
  if (first) throw invalidFields([first, ...others]);
}

function insideRange(host: string, allowed: Networks): string | null {
  const address = addressMeant(host);
  if (address === null || allowed.has(address)) return null;
  const range = addressRange(address);
  return OPEN_RANGES.has(range) ? null : range;
}

/** The address that a host is in itself; null for a name. RFC 6761: `localhost` and all below it are this machine. */
function addressMeant(host: string): string | null {
  const plain = host.toLowerCase().replace(/\.$/, '');
  if (plain === 'localhost' || plain.endsWith('.localhost')) return '127.0.0.1';
  return canonicalAddress(plain);
}

function hostsOf({
  targets = {},
  extraTargets = [],
  externalUrl,
  adminConsoleUrl,
}: Places): { field: string; host: string }[] {
  return [
    ...Object.entries(targets).map(([name, place]) => ({ field: `targets.${name}.host`, host: place.host })),
    ...extraTargets.map(({ host }, index) => ({ field: `extraTargets.${index}.host`, host })),
    ...Object.entries({ externalUrl, adminConsoleUrl }).flatMap(([field, url]) => {
      const host = url ? URL.parse(url)?.hostname.replace(/^\[(.*)\]$/, '$1') : undefined;
      return host === undefined ? [] : [{ field, host }];
    }),
  ];
}
