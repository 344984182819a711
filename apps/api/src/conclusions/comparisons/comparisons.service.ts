import { Injectable } from '@nestjs/common';
import { CATALOGUE } from '@mailpath/checks';
import { checkWords, type Comparison, type Language } from '@mailpath/protocol';
import { Clock } from '../../platform/clock.ts';
import { tasksFor } from '../../fleet/tasks/assignment.ts';
import { cellFindings } from '../findings/cell-findings.ts';
import { FindingsService } from '../findings/findings.service.ts';
import { MailRounds } from '../../work/runs/mail-rounds.service.ts';
import { mailTasksFor } from '../../fleet/tasks/mail-tasks.ts';
import { ResultsService } from '../../history/results/results.service.ts';
import { staleness } from '../../history/results/staleness.ts';
import { ServersService } from '../../estate/servers/servers.service.ts';
import { SitesService } from '../../estate/sites/sites.service.ts';
import { compare } from './compare.ts';

const CHECKS = new Map(CATALOGUE.map((check) => [check.id, check]));

/** Gathers what compare() needs: the site, its servers, and their newest results. */
@Injectable()
export class ComparisonsService {
  constructor(
    private readonly sites: SitesService,
    private readonly servers: ServersService,
    private readonly results: ResultsService,
    private readonly mail: MailRounds,
    private readonly findings: FindingsService,
    private readonly clock: Clock,
  ) {}

  async of(siteId: string, language: Language): Promise<Comparison> {
    const site = await this.sites.get(siteId);
    const [servers, latest, users, present] = await Promise.all([
      this.servers.all(siteId),
      this.results.latest(siteId),
      this.mail.users(site),
      this.findings.present(siteId),
    ]);
    return compare({
      site,
      servers: servers.map(({ id, name, roles, agent }) => ({
        id,
        name,
        roles,
        agent: { state: agent?.state ?? 'none', lastSeenAt: agent?.lastSeenAt ?? null },
        waitsForApproval: agent?.approval === 'waiting',
        tasks: [...tasksFor(site, roles), ...mailTasksFor(site, roles, users)],
      })),
      latest,
      titleOf: (id) => {
        const check = CHECKS.get(id);
        return check ? checkWords(check, language).title : id;
      },
      now: this.clock.now(),
      ...staleness(site),
      findingAt: cellFindings(present),
      language,
    });
  }
}
