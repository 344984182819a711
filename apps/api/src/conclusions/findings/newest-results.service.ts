import { Injectable } from '@nestjs/common';
import type { ScheduledCheck } from '@mailpath/diagnosis';
import type { Target } from '@mailpath/protocol';
import { MailRounds } from '../../work/runs/mail-rounds.service.ts';
import type { UserMailboxes } from '../../fleet/tasks/mail-tasks.ts';
import { NewestGlances } from '../../history/results/newest-glances.service.ts';
import { ResultsService } from '../../history/results/results.service.ts';
import { ageOf, clocksOf, type Newest, staleness } from '../../history/results/staleness.ts';
import type { Server } from '../../estate/servers/server.ts';
import { ServersService } from '../../estate/servers/servers.service.ts';
import type { Site } from '../../estate/sites/site.ts';
import { SitesService } from '../../estate/sites/sites.service.ts';
import { tasksFor } from '../../fleet/tasks/assignment.ts';
import { askedPlaces, isAimedAt } from '../../fleet/tasks/asked.ts';
import { cellKey } from '../../fleet/tasks/cell.ts';
import type { NewestResult } from './seen-result.ts';

/** A site with the newest result of everything that is asked of its servers now. */
export interface SiteNow {
  site: Site;
  servers: readonly Server[];
  /** Whose tokens open the site's mailboxes, each with those that it opens; some may not have signed in yet. */
  users: readonly UserMailboxes[];
  /** What may be asked, by place. */
  asked: ReadonlyMap<string, Target>;
  newest: readonly NewestResult[];
  /** When each check of the schedule was run last, where it was. */
  scheduled: readonly ScheduledCheck[];
}

/**
 * What conclusions are drawn from: results aimed at what is configured now, each with whether it still says something
 * of now.
 */
@Injectable()
export class NewestResults {
  constructor(
    private readonly sites: SitesService,
    private readonly servers: ServersService,
    private readonly results: ResultsService,
    private readonly glances: NewestGlances,
    private readonly mail: MailRounds,
  ) {}

  /** Throws not-found. */
  of(siteId: string, now: Date): Promise<SiteNow> {
    return this.#from(siteId, now, () => this.results.latest(siteId));
  }

  /** The same of what is remembered: of what passed no more than a comparison goes by. Throws not-found. */
  glanced(siteId: string, now: Date): Promise<SiteNow> {
    return this.#from(siteId, now, () => this.glances.of(siteId));
  }

  async #from(siteId: string, now: Date, read: () => Promise<readonly Newest[]>): Promise<SiteNow> {
    const site = await this.sites.get(siteId);
    const [servers, latest, users] = await Promise.all([
      this.servers.all(siteId),
      read(),
      this.mail.users(site),
    ]);
    const asked = askedPlaces(site, servers, users);
    const limits = staleness(site);
    const clockOf = clocksOf(latest);
    const newest = latest.flatMap((look): NewestResult[] => {
      const { serverId, result } = look;
      const target = asked.get(cellKey({ serverId, check: result.check, target: result.target.name }));
      if (!target || !isAimedAt(result.target, target)) return [];
      const goodForMs = target.mailbox === undefined ? limits.staleAfterMs : limits.mailStaleAfterMs;
      return [{ serverId, result, stale: ageOf(look, now, clockOf(serverId)) > goodForMs }];
    });
    const inRounds = new Map(
      servers.map(({ id, name, roles }) => [
        id,
        {
          name,
          places: new Set(tasksFor(site, roles).map(({ check, target }) => `${check} ${target.name}`)),
        },
      ]),
    );
    const scheduled = latest.flatMap((look): ScheduledCheck[] => {
      const { check, target } = look.result;
      const server = inRounds.get(look.serverId);
      if (!server?.places.has(`${check} ${target.name}`)) return [];
      const ageMs = ageOf(look, now, clockOf(look.serverId));
      return [{ server: server.name, check, target: target.name, ageMs }];
    });
    return { site, servers, users, asked, newest, scheduled };
  }
}
