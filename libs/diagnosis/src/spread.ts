import type { CheckResult, Reach, Role } from '@mailpath/protocol';
import type { Cause } from './causes.ts';
import { getsThrough, lookOf, type ServerView, type SiteView } from './look.ts';
import type { Spread } from './words/told.ts';

/** On which servers one cause is, and which of the others show that they do not have it. */
export interface Extent {
  servers: readonly ServerView[];
  /**
   * Servers that looked at the same thing and got through. One that failed for another reason can say nothing of this
   * one.
   */
  witnesses: readonly ServerView[];
  spread: Spread;
  kind: Reach;
  roles: Role[];
}

const ROLES: readonly Role[] = ['services', 'application'];

/** The causes are one and the same, on different servers. */
export function extentOf(causes: readonly Cause[], site: SiteView): Extent {
  const servers = causes.map(({ server }) => server);
  const having = new Set(servers);
  const proves = provesUnaffected(causes);
  const witnesses = site.servers.filter((server) => !having.has(server) && server.results.some(proves));
  const spread = spreadOf(servers.length, witnesses.length);
  const tenants = causes.some(({ rule }) => rule.ofTenant);
  const heard = new Set([...servers, ...witnesses]);
  const roles = ROLES.filter((role) => {
    const peers = [...heard].filter((server) => server.roles.includes(role));
    return (
      peers.length > 1 &&
      peers.every((peer) => having.has(peer)) &&
      servers.every((server) => server.roles.includes(role))
    );
  });
  if (spread === 'all' ? coversSite(servers, site) : spread === 'alone' && tenants && site.servers.length > 1)
    return { servers, witnesses, spread, kind: 'site', roles: [] };
  return { servers, witnesses, spread, kind: roles.length > 0 ? 'role' : 'server', roles };
}

/** Whether a result of another server shows that it has none of these causes: by the same check, or as they say. */
function provesUnaffected(causes: readonly Cause[]): (other: CheckResult) => boolean {
  const told = causes.flatMap(({ clue }) => clue.provesUnaffected ?? []);
  const same = new Set(causes.flatMap(({ clue }) => (clue.provesUnaffected ? [] : clue.results.map(lookOf))));
  return (other) => getsThrough(other) && (same.has(lookOf(other)) || told.some((proves) => proves(other)));
}

function spreadOf(having: number, witnesses: number): Spread {
  if (witnesses > 0) return having === 1 ? 'one' : 'some';
  return having === 1 ? 'alone' : 'all';
}

/** Every role that the site has is among the servers that have it: then it is no matter of one role's tasks. */
const coversSite = (servers: readonly ServerView[], site: SiteView): boolean =>
  site.servers
    .flatMap(({ roles }) => roles)
    .every((role) => servers.some((server) => server.roles.includes(role)));
