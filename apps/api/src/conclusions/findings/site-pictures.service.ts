import { Injectable } from '@nestjs/common';
import {
  checksSilent,
  type Circumstance,
  clocksOff,
  diagnosing,
  nextSilenceMs,
  type PastResult,
  silencesOf,
  type SiteFacts,
} from '@mailpath/diagnosis';
import { z } from 'zod';
import { inSlices } from '../../platform/in-slices.ts';
import type { Mailbox } from '../../estate/mailboxes/mailbox.ts';
import type { Server } from '../../estate/servers/server.ts';
import type { Site } from '../../estate/sites/site.ts';
import { SitesService } from '../../estate/sites/sites.service.ts';
import type { Situation } from './finding-life.ts';
import { NewestResults } from './newest-results.service.ts';
import { PastRounds } from './past-rounds.service.ts';
import { deadlines, GRACE_MS } from '../../fleet/tasks/deadlines.ts';
import { cellKey } from '../../fleet/tasks/cell.ts';
import { ScheduleMemory } from './schedule-memory.ts';
import type { NewestResult } from './seen-result.ts';

/** `againInMs`: when it may look otherwise although nothing comes; null where it cannot. */
export type SitePicture = Omit<Situation, 'known'> & { againInMs: number | null };

/** What a site looks like now, and what follows from it. */
@Injectable()
export class SitePictures {
  /** Nobody was heard before. */
  readonly #since = new Date();
  readonly #schedules = new ScheduleMemory();

  constructor(
    private readonly results: NewestResults,
    private readonly past: PastRounds,
    private readonly sites: SitesService,
  ) {}

  /** Throws not-found. */
  async of(siteId: string, now: Date): Promise<SitePicture> {
    const { site, servers, users, asked, newest, scheduled } = await this.results.of(siteId, now);
    const past = await this.past.of(siteId, newest);
    const mailboxes = users.flatMap((user) => user.mailboxes);
    const listening = { everySeconds: site.everySeconds, since: this.#since, now };
    const agents = agentsOf(servers);
    const circumstances = [
      ...clonesOf(servers),
      ...(await this.#approvals(site.id, servers)),
      ...silencesOf(agents, listening),
      ...clocksOff(agents),
      ...checksSilent(this.#schedules.counted(siteId, scheduled, now), {
        everySeconds: site.everySeconds,
        roundMs: deadlines(site.everySeconds).roundDeadlineMs + GRACE_MS,
      }),
    ];
    const facts = { ...factsOf(site, mailboxes), circumstances };
    return {
      found: await inSlices(diagnosing({ site: facts, servers: withResults(servers, newest, past) })),
      newest,
      servers: new Map(servers.map(({ id, name }) => [id, name])),
      isAsked: (place) => asked.has(cellKey(place)),
      againInMs: nextSilenceMs(agents, listening),
    };
  }

  /** Nobody has to be approved at a site that has nothing to lend. */
  async #approvals(siteId: string, servers: readonly Server[]): Promise<Circumstance[]> {
    const waiting = servers.filter(({ agent }) => agent?.approval === 'waiting' && !agent.quarantine);
    if (waiting.length === 0 || !(await this.sites.hasSecrets(siteId))) return [];
    return waiting.flatMap(({ name, agent }) =>
      agent
        ? [
            {
              kind: 'approval-awaited' as const,
              server: name,
              hostName: agent.hostName,
              keyFingerprint: agent.keyFingerprint,
            },
          ]
        : [],
    );
  }
}

const clonesOf = (servers: readonly Server[]): Circumstance[] =>
  servers.flatMap(({ name, agent }) =>
    agent?.quarantine
      ? [
          {
            kind: 'agent-cloned' as const,
            server: name,
            machines: agent.quarantine.machines.map(({ hostName, address }) => ({ hostName, address })),
            settled: agent.quarantine.originalBoot !== null,
          },
        ]
      : [],
  );

/** Of one in quarantine nothing is accepted: that it is silent is no news. */
const agentsOf = (servers: readonly Server[]) =>
  servers.flatMap(({ name, agent }) =>
    agent && !agent.quarantine
      ? [
          {
            server: name,
            lastSeenAt: agent.lastSeenAt === null ? null : new Date(agent.lastSeenAt),
            connected: agent.protocol !== null,
            aheadSeconds: agent.clockAheadSeconds,
          },
        ]
      : [],
  );

const withResults = (
  servers: readonly Server[],
  newest: readonly NewestResult[],
  past: ReadonlyMap<string, readonly PastResult[]>,
) => {
  const ofServer = Map.groupBy(newest, ({ serverId }) => serverId);
  return servers.map(({ id, name, roles }) => ({
    name,
    roles,
    results: (ofServer.get(id) ?? []).filter(({ stale }) => !stale).map(({ result }) => result),
    history: past.get(id) ?? [],
  }));
};

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
