import { Injectable } from '@nestjs/common';
import { diagnoseSite, type SiteFacts } from '@mailpath/diagnosis';
import { z } from 'zod';
import type { Mailbox } from '../mailboxes/mailbox.ts';
import type { Server } from '../servers/server.ts';
import type { Site } from '../sites/site.ts';
import type { Situation } from './finding-life.ts';
import { NewestResults } from './newest-results.service.ts';
import { type NewestResult, placeOf } from './seen-result.ts';

/** What a site looks like now, and what follows from it. */
@Injectable()
export class SitePictures {
  constructor(private readonly results: NewestResults) {}

  /** Throws not-found. */
  async of(siteId: string, now: Date): Promise<Omit<Situation, 'known'>> {
    const { site, servers, users, asked, newest } = await this.results.of(siteId, now);
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
  { inboundProtocol, tenant, clientId, grant, expectedIssuers }: Site,
  mailboxes: readonly Mailbox[],
): SiteFacts {
  const tenantId = z.guid().safeParse(tenant);
  return {
    inbound: inboundProtocol,
    expectedIssuers,
    ...(tenantId.success ? { tenant: tenantId.data } : {}),
    ...(clientId === null ? {} : { clientId }),
    // The application's own token is nobody's, so there is no owner to hold against a mailbox.
    ...(grant === 'delegated'
      ? { mailboxes: mailboxes.map(({ address, userName }) => ({ address, user: userName })) }
      : {}),
  };
}
