import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { KEY_PROTOCOL, type NewKey, newKeyStatement } from '@mailpath/protocol';
import { MailpathError } from '../../platform/errors.ts';
import { Notices } from '../../platform/database/notices.ts';
import { EventBus } from '../../platform/events/event-bus.ts';
import type { AgentSession } from '../../estate/connections/agent-session.ts';
import { AgentSessions } from '../../estate/connections/agent-sessions.ts';
import { isSignedBy } from '../../estate/connections/join-proof.ts';
import { Presence } from '../../estate/connections/presence.ts';
import { AgentKeys, type KeyedAgent } from '../../estate/servers/agent-keys.service.ts';
import type { Server } from '../../estate/servers/server.ts';
import { ServersService } from '../../estate/servers/servers.service.ts';
import { AGENT_KEYS_CHANGED, SITE_CHANGED } from '../../estate/sites/site-events.ts';
import {
  twoMachines,
  copiesOfOneProcess,
  noSuchBoot,
  nothingToSettle,
  tooOldForNewKey,
  noAgentEnrolled,
} from '../refusals.ts';

/**
 * Gives an agent a new key without a code: it makes one, signs it with the one that it has, and the old one is good
 * until the first join with the new. A person's word on the old key does not count for the new one.
 */
@Injectable()
export class KeyRotations implements OnModuleInit {
  readonly #logger = new Logger('KeyRotations');

  constructor(
    private readonly keys: AgentKeys,
    private readonly servers: ServersService,
    private readonly sessions: AgentSessions,
    private readonly presence: Presence,
    private readonly notices: Notices,
    private readonly events: EventBus,
  ) {}

  onModuleInit(): void {
    this.notices.on('agent-rotation-asked', (agentId) => this.#send(agentId));
  }

  /** Asks the agent of a server for a new key: now if it is connected, else when it is back. */
  async rotate(siteId: string, serverId: string): Promise<Server> {
    const agent = await this.#agentOf(siteId, serverId);
    if (agent.quarantinedAt) throw new MailpathError('conflict', twoMachines());
    const protocol = (await this.presence.of([agent.id])).get(agent.id)?.protocol;
    if (protocol !== undefined && protocol < KEY_PROTOCOL) throw tooOld();
    await this.keys.askForNewKey(siteId, agent.id);
    this.#send(agent.id);
    await this.notices.tell('agent-rotation-asked', agent.id);
    return this.servers.get(siteId, serverId);
  }

  /** Settles a quarantine: this process is the original. It alone joins, gets a new key, and the old one is dead. */
  async confirmOriginal(siteId: string, serverId: string, boot: string): Promise<Server> {
    const agent = await this.#agentOf(siteId, serverId);
    const machines = agent.quarantinedMachines?.filter((machine) => machine.boot === boot) ?? [];
    const [machine] = machines;
    if (!machine) throw new MailpathError('conflict', agent.quarantinedAt ? noSuchBoot() : nothingToSettle());
    if (machines.length > 1) throw new MailpathError('conflict', copiesOfOneProcess());
    if (machine.protocol < KEY_PROTOCOL) throw tooOld();
    await this.keys.askForNewKey(siteId, agent.id, boot);
    void this.events.tell(SITE_CHANGED, siteId);
    return this.servers.get(siteId, serverId);
  }

  /** Takes the key that an agent made, once it was asked for one. */
  async take(session: AgentSession, { publicKey, signature }: NewKey): Promise<void> {
    const { agent } = session;
    if (!agent) return;
    const { siteId, agentId, serverId } = agent;
    const present = await this.keys.ofServer(siteId, serverId);
    const statement = newKeyStatement(session.nonce, agentId, publicKey);
    const isItsOwn = present?.id === agentId && isSignedBy(present.publicKey, statement, signature);
    if (!isItsOwn || !(await this.keys.noteNextKey(siteId, agentId, Buffer.from(publicKey, 'base64url')))) {
      const reason = isItsOwn ? 'nobody asked for it' : 'not signed by the key that it has';
      return this.#logger.warn({ event: 'new-key-refused', agentId, reason });
    }
    await this.events.tell(AGENT_KEYS_CHANGED, agentId);
    this.#logger.log({ event: 'new-key-noted', siteId, serverId, agentId });
    session.send({ event: 'key-noted', data: { publicKey } });
  }

  #send(agentId: string): void {
    const session = this.sessions.of(agentId);
    if ((session?.machine?.protocol ?? 0) >= KEY_PROTOCOL) session?.send({ event: 'rotate-key', data: {} });
  }

  async #agentOf(siteId: string, serverId: string): Promise<KeyedAgent> {
    const { name } = await this.servers.get(siteId, serverId);
    const agent = await this.keys.ofServer(siteId, serverId);
    if (!agent) throw new MailpathError('conflict', noAgentEnrolled({ name }));
    return agent;
  }
}

const tooOld = (): MailpathError =>
  new MailpathError('conflict', tooOldForNewKey({ protocol: KEY_PROTOCOL }));
