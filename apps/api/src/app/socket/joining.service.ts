import { Injectable, Logger } from '@nestjs/common';
import { CLOSE, type Join, KEY_PROTOCOL, PROTOCOL_VERSION } from '@mailpath/protocol';
import { Clock } from '../../platform/clock.ts';
import type { AgentSession } from '../../estate/connections/agent-session.ts';
import { AgentSessions } from '../../estate/connections/agent-sessions.ts';
import type { Machine } from '../../estate/connections/machine.ts';
import { Presence } from '../../estate/connections/presence.ts';
import type { Reporter } from '../../estate/connections/reporter.ts';
import { AgentClocks, type AheadSeconds } from '../../fleet/agents/agent-clocks.ts';
import { AgentsService, type KnownAgent } from '../../fleet/agents/agents.service.ts';
import { AssignmentsService } from '../../fleet/agents/assignments.service.ts';
import { CLONED, Clones } from '../../fleet/agents/clones.service.ts';
import { HEARTBEAT_MS, REVOKED } from './conversation.ts';
import { JoinDesk } from './join-desk.service.ts';
import { Refusals } from './refusals.service.ts';

/** From a join that was read to a connection that is the agent's, or to its end with a code that says why not. */
@Injectable()
export class Joining {
  readonly #logger = new Logger('Agents');

  constructor(
    private readonly desk: JoinDesk,
    private readonly agents: AgentsService,
    private readonly clones: Clones,
    private readonly clocks: AgentClocks,
    private readonly joined: AgentSessions,
    private readonly presence: Presence,
    private readonly assignments: AssignmentsService,
    private readonly refusals: Refusals,
    private readonly clock: Clock,
  ) {}

  /** Who has joined; null for who has not. `onProved` is called when the key is proved. */
  async join(
    session: AgentSession,
    join: Join,
    ahead: AheadSeconds,
    onProved: () => void,
  ): Promise<Reporter | null> {
    const known = await this.#proved(session, join);
    if (!known) return null;
    clearTimeout(session.joinTimer);
    onProved();
    session.joinIsOver();
    return this.clones.inTurn(join.agentId, () => this.#enter(session, join, known, ahead));
  }

  /** What it sends is not stored any more: it was revoked, or its key is in quarantine, maybe at another instance. */
  async turnOut(session: AgentSession, reporter: Reporter): Promise<void> {
    if (await this.clones.isShut(reporter)) session.close(CLOSE.cloned, CLONED);
    else session.close(CLOSE.revoked, REVOKED);
  }

  async #proved(session: AgentSession, join: Join): Promise<KnownAgent | null> {
    if (join.protocol > PROTOCOL_VERSION)
      return this.#refuse(
        session,
        join,
        CLOSE.protocolVersion,
        `this API speaks protocol ${PROTOCOL_VERSION}: update it first`,
      );
    const known = await this.desk.prove({
      join,
      nonce: session.nonce,
      address: session.address,
      isAwaited: () => session.isOpen,
    });
    if (known === 'not-known')
      return this.#refuse(
        session,
        join,
        CLOSE.notKnown,
        'agent not known, revoked, or wrong signature: enrol it again',
      );
    // Gone while its key was looked up: nobody would ever take it off the list of those who are connected.
    if (known === 'gone' || !session.isOpen) return null;
    if (!('waitSeconds' in known)) return known;
    return this.#refuse(
      session,
      join,
      CLOSE.tooManyStrangers,
      known.of === 'agent'
        ? `this agent joins too often: try again in ${known.waitSeconds} s`
        : `too many unknown agents or wrong signatures from this address: try again in ${known.waitSeconds} s`,
    );
  }

  async #enter(
    session: AgentSession,
    join: Join,
    known: KnownAgent,
    ahead: AheadSeconds,
  ): Promise<Reporter | null> {
    const { reporter, serverName, roles } = known;
    const machine = this.#machineOf(session, join);
    if (known.isQuarantined && known.originalBoot !== join.boot) {
      await this.clones.note(reporter, machine);
      return this.#refuse(session, join, CLOSE.cloned, CLONED);
    }
    if (await this.clones.isCloned(reporter, session, machine))
      return this.#refuse(session, join, CLOSE.cloned, CLONED);
    session.machine = machine;
    await this.agents.noteJoin(reporter, join.facts);
    await this.clocks.note(session, reporter, ahead);
    await this.presence.enter(reporter, session);
    if (!session.isOpen) {
      await this.presence.leave(reporter, session);
      return null;
    }
    session.agent = reporter;
    const older = this.joined.enter(reporter.agentId, session);
    older?.close(CLOSE.replaced, 'the same agent has joined again');
    this.#logger.log({ event: 'agent-joined', agentId: reporter.agentId, serverName, boot: join.boot });
    session.send({ event: 'welcome', data: { serverName, heartbeatMs: HEARTBEAT_MS } });
    session.send({ event: 'assignment', data: await this.assignments.of(reporter.siteId, roles) });
    if (known.isAskedForNewKey && join.protocol >= KEY_PROTOCOL)
      session.send({ event: 'rotate-key', data: {} });
    return reporter;
  }

  #machineOf({ caller }: AgentSession, { boot, facts, protocol }: Join): Machine {
    const { hostName, platform } = facts;
    return { boot, hostName, platform, address: caller, protocol, joinedAt: this.clock.now().toISOString() };
  }

  #refuse(session: AgentSession, { agentId }: Join, code: number, reason: string): null {
    session.close(code, reason);
    this.refusals.note({ address: session.caller, limitKey: session.address, code, agentId });
    return null;
  }
}
