import { isCheck, type CheckResult, type KnownCheck } from '@mailpath/protocol';
import type { Cause } from './causes.ts';
import { distinct, getsThrough, endpointOf, type SiteView } from './look.ts';
import type { Extent } from './spread.ts';
import type { Excluded } from './words/frame.ts';

const names = (servers: readonly { name: string }[]): string[] => servers.map(({ name }) => name);

/** What the results rule out, seen from one cause on the servers that have it. */
export function excludedBy(causes: readonly Cause[], extent: Extent, site: SiteView): Excluded[] {
  const { servers, witnesses, spread } = extent;
  const own = causes.flatMap(({ clue }) => clue.excludes ?? []);
  const failed = causes.flatMap(({ clue, consequences }) => [...clue.results, ...consequences]);
  const wide = causes.some(({ clue }) => clue.affectsWholeServer);
  const excluded: Excluded[] = [...own];
  if (witnesses.length > 0 && failed.some(({ outcome }) => outcome === 'fail'))
    excluded.push({ id: 'works-elsewhere', servers: names(witnesses), places: placesOf(causes) });
  if (spread === 'all') excluded.push({ id: 'alike-everywhere', servers: names(servers) });
  const open = otherPorts(causes);
  if (open.length > 0) excluded.push({ id: 'other-ports', places: open });
  // Where nothing at all gets through, that tokens do not either tells nothing.
  return wide ? excluded : [...excluded, ...tokensElsewhere(failed, extent, site)];
}

const placesOf = (causes: readonly Cause[]): string[] =>
  distinct(causes.flatMap(({ clue }) => clue.results.map(endpointOf))).toSorted();

/** Other ports of the hosts that cannot be connected to, which can be from every one of these servers. */
function otherPorts(causes: readonly Cause[]): string[] {
  const perServer = causes.map(({ rule, clue, server }) => {
    if (!rule.id.startsWith('connect.')) return [];
    const hosts = clue.results.map(({ target }) => target.host);
    const closed = clue.results.map(endpointOf);
    const open = server.results.filter((other) => getsThrough(other) && hosts.includes(other.target.host));
    return distinct(open.map(endpointOf)).filter((place) => !closed.includes(place));
  });
  const [first = [], ...others] = perServer;
  return first.filter((place) => others.every((each) => each.includes(place))).toSorted();
}

/**
 * The first token is made by application servers and refreshed by services servers (S47, S48): one that works clears
 * the application.
 */
function tokensElsewhere(failed: readonly CheckResult[], { servers }: Extent, site: SiteView): Excluded[] {
  const stopped = (check: KnownCheck) =>
    failed.some((result) => isCheck(result, check) && !getsThrough(result));
  const having = new Set(servers);
  const working = (check: KnownCheck) =>
    names(
      site.servers.filter(
        (server) =>
          !having.has(server) &&
          server.results.some((result) => isCheck(result, check) && getsThrough(result)),
      ),
    );
  const [refreshing, making] = [working('token.refresh'), working('token.redeem')];
  return [
    ...(stopped('token.redeem') && refreshing.length > 0
      ? [{ id: 'token-refreshed' as const, servers: refreshing }]
      : []),
    ...(stopped('token.refresh') && making.length > 0
      ? [{ id: 'token-made' as const, servers: making }]
      : []),
  ];
}
