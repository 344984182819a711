import { Injectable } from '@nestjs/common';
import { diagnoseSite, type SiteFacts } from '@mailpath/diagnosis';
import { z } from 'zod';
import { MailRounds } from '../mail-rounds/mail-rounds.service.ts';
import type { Mailbox } from '../mailboxes/mailbox.ts';
import { ResultsService } from '../results/results.service.ts';
import { ageOf, clocksOf, staleness } from '../results/staleness.ts';
import type { Server } from '../servers/server.ts';
import { ServersService } from '../servers/servers.service.ts';
import type { Site } from '../sites/site.ts';
import { SitesService } from '../sites/sites.service.ts';
import { askedPlaces, isAimedAt } from './asked.ts';
import type { Situation } from './finding-life.ts';
import { type NewestResult, placeOf } from './seen-result.ts';

/** What a site looks like now, and what follows from it. */
@Injectable()
export class SitePictures {
  constructor(
    private readonly sites: SitesService,
    private readonly servers: ServersService,
    private readonly results: ResultsService,
    private readonly mail: MailRounds,
  ) {}

  /** Throws not-found. */
  async of(siteId: string, now: Date): Promise<Omit<Situation, 'known'>> {
    const site = await this.sites.get(siteId);
    const [servers, latest, users] = await Promise.all([
      this.servers.all(siteId),
      this.results.latest(siteId),
      this.mail.users(site),
    ]);
    const asked = askedPlaces(site, servers, users);
    const limits = staleness(site);
    const clockOf = clocksOf(latest);
    const newest = latest.flatMap(({ serverId, result }): NewestResult[] => {
      const target = asked.get(placeOf({ serverId, check: result.check, target: result.target.name }));
      if (!target || !isAimedAt(result.target, target)) return [];
      const goodForMs = target.mailbox === undefined ? limits.staleAfterMs : limits.mailStaleAfterMs;
      return [{ serverId, result, stale: ageOf(result, now, clockOf(serverId)) > goodForMs }];
    });
    const mailboxes = users.flatMap((user) => user.mailboxes);
    return {
      found: diagnoseSite({ site: factsOf(site, mailboxes), servers: withResults(servers, newest) }),
      newest,
      servers: new Map(servers.map(({ id, name }) => [id, name])),
      isAsked: (place) => asked.has(placeOf(place)),
    };
  }
}

const withResults = (servers: readonly Server[], newest: readonly NewestResult[]) =>
  servers.map(({ id, name, roles }) => ({
    name,
    roles,
    results: newest.filter((each) => each.serverId === id && !each.stale).map(({ result }) => result),
  }));

function factsOf(
  { inboundProtocol, tenant, clientId, grant }: Site,
  mailboxes: readonly Mailbox[],
): SiteFacts {
  const tenantId = z.guid().safeParse(tenant);
  return {
    inbound: inboundProtocol,
    ...(tenantId.success ? { tenant: tenantId.data } : {}),
    ...(clientId === null ? {} : { clientId }),
    // The application's own token is nobody's, so there is no owner to hold against a mailbox.
    ...(grant === 'delegated'
      ? { mailboxes: mailboxes.map(({ address, userName }) => ({ address, user: userName })) }
      : {}),
  };
}
