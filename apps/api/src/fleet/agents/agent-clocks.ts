import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.ts';
import { EventBus } from '../../platform/events/event-bus.ts';
import type { Reporter } from '../../estate/connections/reporter.ts';
import { EnrolledAgents } from '../../estate/servers/enrolled-agents.service.ts';
import { SITE_CHANGED } from '../../estate/sites/site-events.ts';

/** A difference below this is the line's, or no news. */
const NEWS_SECONDS = 30;
/** What a column holds: 68 years. */
const MOST_SECONDS = 2_147_483_647;

/** What an agent's frame says of its clock, against ours at the moment at which the frame came. */
export type AheadSeconds = number | null;

/** Keeps how far each agent's clock is off, by the line between it and the API, whatever its checks say. */
@Injectable()
export class AgentClocks {
  /** By connection, what was noted last. */
  readonly #noted = new WeakMap<object, AheadSeconds>();

  constructor(
    private readonly agents: EnrolledAgents,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  /** To be asked when the frame comes, before it waits for its turn. */
  aheadSeconds(sentAtMs: number | undefined): AheadSeconds {
    if (sentAtMs === undefined) return null;
    const ahead = Math.round((sentAtMs - this.clock.now().getTime()) / 1_000);
    return Math.max(-MOST_SECONDS, Math.min(MOST_SECONDS, ahead));
  }

  /** Notes the first word of a connection, and what differs from the one before. */
  async note(connection: object, { siteId, agentId }: Reporter, ahead: AheadSeconds): Promise<void> {
    const before = this.#noted.get(connection);
    if (before !== undefined && !isNews(before, ahead)) return;
    await this.agents.noteClock(siteId, agentId, ahead);
    this.#noted.set(connection, ahead);
    if (before !== undefined) void this.events.tell(SITE_CHANGED, siteId);
  }
}

function isNews(before: AheadSeconds, now: AheadSeconds): boolean {
  if (before === null || now === null) return before !== now;
  return Math.abs(now - before) >= NEWS_SECONDS;
}
