import type { Role } from '@mailpath/protocol';

/** The newest result of one server for one check and target, as far as a choice goes by it. */
export interface Seen {
  serverId: string;
  check: string;
  target: string;
  host: string;
  port: number;
  outcome: string;
  resultId: string;
  isFresh: boolean;
}

/** The result of another server that this one is held against. */
export interface Sibling {
  serverId: string;
  resultId: string;
}

type Column = { id: string; name: string; roles: readonly Role[] };

/**
 * A server of a role that this one has as well, which passes the same check at the same place now; of several, the one
 * that fails least elsewhere, then the first by name. Pure.
 */
export function siblingOf(
  of: Pick<Seen, 'serverId' | 'check' | 'target' | 'host' | 'port'>,
  servers: readonly Column[],
  seen: readonly Seen[],
): Sibling | null {
  const roles = new Set(servers.find(({ id }) => id === of.serverId)?.roles);
  const failures = (id: string): number =>
    seen.filter(({ serverId, outcome }) => serverId === id && outcome === 'fail').length;
  const [best] = servers
    .filter(({ id, roles: own }) => id !== of.serverId && own.some((role) => roles.has(role)))
    .flatMap((server) => {
      const there = seen.find(
        (each) =>
          each.serverId === server.id &&
          each.check === of.check &&
          each.target === of.target &&
          each.host === of.host &&
          each.port === of.port,
      );
      return there?.outcome === 'pass' && there.isFresh
        ? [{ server, resultId: there.resultId, failures: failures(server.id) }]
        : [];
    })
    .toSorted((a, b) => a.failures - b.failures || (a.server.name < b.server.name ? -1 : 1));
  return best ? { serverId: best.server.id, resultId: best.resultId } : null;
}
