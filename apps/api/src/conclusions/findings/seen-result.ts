import type { CheckResult, Finding, FindingCheck } from '@mailpath/protocol';
import { cellKey } from '../../fleet/tasks/cell.ts';
import type { SeenResult } from './finding.query.ts';

/** The newest result of one server for one check and target. */
export interface NewestResult {
  serverId: string;
  result: CheckResult;
  /** Too old to say anything of now. */
  stale: boolean;
}

/** Newest results by place. */
export type Looks = ReadonlyMap<string, NewestResult>;

/** The results behind a finding, by ids; a server that is not known any more has none. */
export function seenNow(finding: Finding, servers: ReadonlyMap<string, string>, looks: Looks): SeenResult[] {
  const idOf = new Map([...servers].map(([id, name]) => [name, id]));
  const toSeen =
    (basis: boolean) =>
    (part: FindingCheck): SeenResult[] => {
      const serverId = idOf.get(part.server);
      const look = serverId && looks.get(cellKey({ serverId, check: part.check, target: part.target }));
      return look
        ? [
            {
              serverId: look.serverId,
              check: part.check,
              target: part.target,
              resultId: look.result.id,
              basis,
            },
          ]
        : [];
    };
  return [...finding.scope.checks.flatMap(toSeen(true)), ...finding.consequences.flatMap(toSeen(false))];
}

/** A fault of ours, and a check that was not tried, say nothing of the place; neither does what is too old. */
export function isObservedAnew(part: SeenResult, look: NewestResult | undefined): look is NewestResult {
  if (!look || look.stale || look.result.id === part.resultId) return false;
  return look.result.outcome !== 'skipped' && look.result.failure?.code !== 'internal';
}

/** The finding with what is left of it. */
export function narrowed(
  finding: Finding,
  seen: readonly SeenResult[],
  servers: ReadonlyMap<string, string>,
): Finding {
  const left = new Set(seen.map((part) => cellKey({ ...part, serverId: servers.get(part.serverId) ?? '' })));
  const isLeft = ({ server, check, target }: FindingCheck): boolean =>
    left.has(cellKey({ serverId: server, check, target }));
  const checks = finding.scope.checks.filter(isLeft);
  // After a change of name nothing fits any more: better the old names than none.
  if (checks.length === 0) return finding;
  const names = new Set(checks.map(({ server }) => server));
  return {
    ...finding,
    scope: { ...finding.scope, servers: finding.scope.servers.filter((name) => names.has(name)), checks },
    consequences: finding.consequences.filter(isLeft),
  };
}
