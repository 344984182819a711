import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Assignment, Role } from '@mailpath/protocol';
import { AgentSessions } from '../../estate/connections/agent-sessions.ts';
import { EnrolledAgents } from '../../estate/servers/enrolled-agents.service.ts';
import { assignmentFor } from '../tasks/assignment.ts';
import { EventBus } from '../../platform/events/event-bus.ts';
import { SITE_CHANGED } from '../../estate/sites/site-events.ts';
import { SitesService } from '../../estate/sites/sites.service.ts';

/** Tells agents what to do by themselves, when they join and when the site or the server changes. */
@Injectable()
export class AssignmentsService implements OnModuleInit {
  constructor(
    private readonly agents: EnrolledAgents,
    private readonly sites: SitesService,
    private readonly sessions: AgentSessions,
    private readonly events: EventBus,
  ) {}

  onModuleInit(): void {
    this.events.on(SITE_CHANGED, (siteId) => this.renew(siteId));
  }

  async of(siteId: string, roles: readonly Role[]): Promise<Assignment> {
    return assignmentFor(await this.sites.get(siteId), roles);
  }

  /** Sends every connected agent of the site what it has to do now. */
  async renew(siteId: string): Promise<void> {
    const site = await this.sites.get(siteId);
    const agents = await this.agents.present(siteId);
    for (const { id, roles } of agents)
      this.sessions.send(id, { event: 'assignment', data: assignmentFor(site, roles) });
  }
}
