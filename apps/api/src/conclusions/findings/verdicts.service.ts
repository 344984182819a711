import { Injectable } from '@nestjs/common';
import { verdictOf } from '@mailpath/diagnosis';
import type { Language, Severity } from '@mailpath/protocol';
import { Clock } from '../../platform/clock.ts';
import { sinceOf } from './finding-answers.ts';
import type { FindingEntity } from './finding.entity.ts';
import { FindingsService } from './findings.service.ts';
import { NewestResults } from './newest-results.service.ts';
import type { SiteVerdict } from './verdict.ts';

/** Gathers what verdictOf() needs. */
@Injectable()
export class VerdictsService {
  constructor(
    private readonly newest: NewestResults,
    private readonly findings: FindingsService,
    private readonly clock: Clock,
  ) {}

  /** Throws not-found. */
  async of(siteId: string, language: Language): Promise<SiteVerdict> {
    const { site, servers, newest } = await this.newest.glanced(siteId, this.clock.now());
    const findings = (await this.findings.weighed(siteId)).map((row) => ({
      row,
      id: row.id,
      state: row.state,
      severity: row.severity,
      since: sinceOf(row),
      closedAt: row.closedAt?.toISOString() ?? null,
    }));
    const looks = Map.groupBy(newest, ({ serverId }) => serverId);
    const seen = servers.map(({ id }) => {
      const own = looks.get(id) ?? [];
      return {
        observedAt:
          own
            .map(({ result }) => result.startedAt)
            .toSorted()
            .at(-1) ?? null,
        isFresh: own.some(({ stale, result }) => !stale && result.outcome !== 'skipped'),
      };
    });
    const { verdict, since, worst, openFindings, silentServers } = verdictOf({
      findings,
      servers: seen,
    });
    return {
      siteId,
      siteName: site.name,
      verdict,
      since,
      worst: worst && {
        findingId: worst.id,
        severity: worst.severity,
        owner: worst.row.owner,
        summary: this.findings.inWords(worst.row, language).summary,
        since: worst.since,
      },
      openFindings,
      bad: badServers(findings, worst, servers),
      servers: servers.length,
      silentServers,
      newestAt:
        seen
          .flatMap(({ observedAt }) => observedAt ?? [])
          .toSorted()
          .at(-1) ?? null,
    };
  }
}

/** How many servers the open findings that are as bad as the worst speak of. */
function badServers(
  findings: readonly { row: FindingEntity; state: string; severity: Severity }[],
  worst: { severity: Severity } | null,
  servers: readonly { name: string }[],
): number {
  if (!worst || worst.severity === 'info') return 0;
  const named = new Set(
    findings
      .filter(({ state, severity }) => state === 'open' && severity === worst.severity)
      .flatMap(({ row }) => row.finding.scope.servers),
  );
  return servers.filter(({ name }) => named.has(name)).length;
}
