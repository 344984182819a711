import dns from 'node:dns';
import type { LookUp } from '@mailpath/checks';

/** A resolver that says nothing has to be given up well before a check's deadline. */
const PATIENCE_MS = 900;

/**
 * As getaddrinfo looks a name up: it asks for both families, waits for both, and is content with either. `time` is how
 * many times the usual time it has.
 */
export function lookUpAsSystem(place: string, time: number): LookUp {
  const resolver = new dns.promises.Resolver({ timeout: PATIENCE_MS * time, tries: 1 });
  resolver.setServers([place]);
  return async (name) => {
    const [four, six] = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
    const found = [four, six].flatMap((each) => (each.status === 'fulfilled' ? each.value : []));
    if (found.length === 0 && four.status === 'rejected') throw four.reason;
    return found;
  };
}
