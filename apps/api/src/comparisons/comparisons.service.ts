import { Injectable } from '@nestjs/common';
import { CATALOGUE } from '@mailpath/checks';
import type { Comparison } from '@mailpath/protocol';
import { deadlines, tasksFor } from '../agents/assignment.ts';
import { ResultsService } from '../results/results.service.ts';
import { ServersService } from '../servers/servers.service.ts';
import { SitesService } from '../sites/sites.service.ts';
import { compare } from './compare.ts';

const TITLES = new Map(CATALOGUE.map(({ id, title }) => [id, title]));

/** Gathers what compare() needs: the site, its servers, and their newest results. */
@Injectable()
export class ComparisonsService {
  constructor(
    private readonly sites: SitesService,
    private readonly servers: ServersService,
    private readonly results: ResultsService,
  ) {}

  async of(siteId: string): Promise<Comparison> {
    const site = await this.sites.get(siteId);
    const [servers, latest] = await Promise.all([this.servers.all(siteId), this.results.latest(siteId)]);
    return compare({
      site,
      servers: servers.map(({ id, name, roles, agent }) => ({
        id,
        name,
        roles,
        agent: { state: agent?.state ?? 'none', lastSeenAt: agent?.lastSeenAt ?? null },
        tasks: tasksFor(site, roles),
      })),
      latest,
      titleOf: (check) => TITLES.get(check) ?? check,
      now: new Date(),
      // two rounds may be missed before a result says nothing of now
      staleAfterMs: 3 * site.everySeconds * 1000 + deadlines(site.everySeconds).roundDeadlineMs,
    });
  }
}
