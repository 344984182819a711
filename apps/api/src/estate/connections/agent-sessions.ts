import { Injectable } from '@nestjs/common';
import type { ApiMessage } from '@mailpath/protocol';
import type { AgentSession } from './agent-session.ts';

/** The agents that are connected to this process now: at most one session each. */
@Injectable()
export class AgentSessions {
  private readonly joined = new Map<string, AgentSession>();

  /** Enters a session; answers the older one of the same agent, which the caller closes. */
  enter(agentId: string, session: AgentSession): AgentSession | undefined {
    const older = this.joined.get(agentId);
    this.joined.set(agentId, session);
    return older;
  }

  /** Forgets a session, unless a newer one of the same agent has taken its place. */
  leave(agentId: string, session: AgentSession): void {
    if (this.joined.get(agentId) === session) this.joined.delete(agentId);
  }

  /** The agent's connection here. */
  of(agentId: string): AgentSession | undefined {
    return this.joined.get(agentId);
  }

  /** Every agent that is connected here, with its session. */
  all(): [agentId: string, session: AgentSession][] {
    return [...this.joined];
  }

  /** What tells this connection of the agent from an earlier or a later one; null when there is none. */
  connectionOf(agentId: string): string | null {
    return this.joined.get(agentId)?.nonce ?? null;
  }

  /** Whether this very session is the agent's; false once it was replaced or closed. */
  isCurrent(agentId: string, session: AgentSession): boolean {
    return this.joined.get(agentId) === session;
  }

  /** Sends to one agent, on this connection where one is named; false when that is not here. */
  send(agentId: string, message: ApiMessage, connection?: string): boolean {
    const session = this.joined.get(agentId);
    if (!session || (connection !== undefined && session.nonce !== connection)) return false;
    session.send(message);
    return true;
  }

  /** Ends an agent's connection; nothing that it still sends is taken from here on. */
  close(agentId: string, code: number, reason: string): void {
    const session = this.joined.get(agentId);
    this.joined.delete(agentId);
    session?.close(code, reason);
  }
}
