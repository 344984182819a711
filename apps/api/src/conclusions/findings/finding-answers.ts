import type { Finding, FindingLink } from '@mailpath/protocol';
import type { FindingOpeningEntity } from './finding-opening.entity.ts';
import type { FindingEntity } from './finding.entity.ts';
import type { FindingDetail, FindingSummary, NamedServer } from './finding.query.ts';

/** Names of servers, by id. */
type Names = ReadonlyMap<string, string>;

/** When it opened last; for one that was never open, when it was first seen. */
export const sinceOf = ({ openedAt, firstSeenAt }: Pick<FindingEntity, 'openedAt' | 'firstSeenAt'>): string =>
  (openedAt ?? firstSeenAt).toISOString();

/** A finding in the words of one language. */
export type ToldFinding = Finding & { headline: string; links: readonly FindingLink[] };

/** A finding as a list shows it: whatever a person asks first, each thing once. */
export function toSummary(row: FindingEntity, finding: ToldFinding, names: Names): FindingSummary {
  const { headline, summary, cause, owner, nextStep, severity, confidence, scope } = finding;
  return {
    id: row.id,
    state: row.state,
    severity,
    headline,
    summary,
    cause,
    owner,
    nextStep,
    since: sinceOf(row),
    servers: named(scope.servers, row, names),
    mailbox: scope.mailbox ?? null,
    confidence,
    checklistItem: finding.checklistItem,
    statements: finding.statements,
    links: [...finding.links],
    key: finding.key,
    rule: finding.rule,
    firstSeenAt: row.firstSeenAt.toISOString(),
    lastSeenAt: row.lastSeenAt.toISOString(),
    openedAt: row.openedAt?.toISOString() ?? null,
    closedAt: row.closedAt?.toISOString() ?? null,
    openings: row.openings,
  };
}

/** A finding with what shows it. */
export function toDetail(
  row: FindingEntity,
  finding: ToldFinding,
  names: Names,
  openings: readonly FindingOpeningEntity[],
): FindingDetail {
  const { kind, host, port, address, family, resolver } = finding.scope;
  return {
    ...toSummary(row, finding, names),
    reach: kind,
    subject: {
      ...(host !== undefined && { host }),
      ...(port !== undefined && { port }),
      ...(address !== undefined && { address }),
      ...(family !== undefined && { family }),
      ...(resolver !== undefined && { resolver }),
    },
    phase: finding.phase,
    code: finding.code,
    items: finding.items,
    evidence: finding.evidence,
    excludes: finding.excludes,
    results: row.seen.map((part) => ({ ...part, server: names.get(part.serverId) ?? part.serverId })),
    history: openings.map(({ openedAt, closedAt }) => ({
      openedAt: openedAt.toISOString(),
      closedAt: closedAt?.toISOString() ?? null,
    })),
  };
}

/** A name may have changed hands: the server whose results were seen goes before another of that name. */
function named(servers: readonly string[], { seen }: FindingEntity, names: Names): NamedServer[] {
  const ids = new Map([...names].map(([id, name]) => [name, id]));
  for (const { serverId } of seen) ids.set(names.get(serverId) ?? '', serverId);
  return servers.map((name) => ({ id: ids.get(name) ?? null, name }));
}
