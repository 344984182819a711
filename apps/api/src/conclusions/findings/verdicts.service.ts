import { Injectable } from '@nestjs/common';
import { verdictOf } from '@mailpath/diagnosis';
import type { Language } from '@mailpath/protocol';
import { Clock } from '../../platform/clock.ts';
import { FindingsService } from './findings.service.ts';
import { NewestResults } from './newest-results.service.ts';
import type { SiteVerdict } from './verdict.ts';

/** More findings than any site has open at a time; those that closed long ago do not change the verdict. */
const ENOUGH = 500;

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
    const { site, servers, newest } = await this.newest.of(siteId, this.clock.now());
    const states = ['open', 'pending', 'closed'] as const;
    const lists = await Promise.all(
      states.map((state) => this.findings.list(siteId, { state }, ENOUGH, undefined, language)),
    );
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
      findings: lists.flat(),
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
        owner: worst.owner,
        summary: worst.summary,
        since: worst.since,
      },
      openFindings,
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
