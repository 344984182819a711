import { Injectable } from '@nestjs/common';
import { CATALOGUE } from '@mailpath/checks';
import type { Comparison } from '@mailpath/protocol';
import { deadlines, tasksFor } from '../agents/assignment.ts';
import { MailRounds } from '../mail-rounds/mail-rounds.service.ts';
import { mailTasksFor } from '../mail-rounds/mail-tasks.ts';
import { ResultsService } from '../results/results.service.ts';
import { ServersService } from '../servers/servers.service.ts';
import { SitesService } from '../sites/sites.service.ts';
import { compare } from './compare.ts';

const TITLES = new Map(CATALOGUE.map(({ id, title }) => [id, title]));

/** Where mailboxes are signed in to only when asked, a result is good for three times as long as between the rarest rounds. */
const ONLY_WHEN_ASKED_SECONDS = 86_400;

/** Gathers what compare() needs: the site, its servers, and their newest results. */
@Injectable()
export class ComparisonsService {
  constructor(
    private readonly sites: SitesService,
    private readonly servers: ServersService,
    private readonly results: ResultsService,
    private readonly mail: MailRounds,
  ) {}

  async of(siteId: string): Promise<Comparison> {
    const site = await this.sites.get(siteId);
    const [servers, latest, users] = await Promise.all([
      this.servers.all(siteId),
      this.results.latest(siteId),
      this.mail.users(site),
    ]);
    return compare({
      site,
      servers: servers.map(({ id, name, roles, agent }) => ({
        id,
        name,
        roles,
        agent: { state: agent?.state ?? 'none', lastSeenAt: agent?.lastSeenAt ?? null },
        tasks: [...tasksFor(site, roles), ...mailTasksFor(site, roles, users)],
      })),
      latest,
      titleOf: (check) => TITLES.get(check) ?? check,
      now: new Date(),
      // two rounds may be missed before a result says nothing of now
      staleAfterMs: 3 * site.everySeconds * 1000 + deadlines(site.everySeconds).roundDeadlineMs,
      mailStaleAfterMs: 3 * (site.mailboxEverySeconds ?? ONLY_WHEN_ASKED_SECONDS) * 1000,
    });
  }
}
