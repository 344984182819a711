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

  isConnected(agentId: string): boolean {
    return this.joined.has(agentId);
  }

  /** What tells this connection of the agent from an earlier or a later one; null when there is none. */
  connectionOf(agentId: string): string | null {
    return this.joined.get(agentId)?.nonce ?? null;
  }

  /** The protocol that the agent joined with; null while it is not connected here. */
  protocolOf(agentId: string): number | null {
    return this.joined.get(agentId)?.protocol ?? null;
  }

  /** Whether this very session is the agent's; false once it was replaced or closed. */
  isCurrent(agentId: string, session: AgentSession): boolean {
    return this.joined.get(agentId) === session;
  }

  /** Sends to one agent; false when it is not connected here. */
  send(agentId: string, message: ApiMessage): boolean {
    const session = this.joined.get(agentId);
    session?.send(message);
    return session !== undefined;
  }

  /** Ends an agent's connection; nothing that it still sends is taken from here on. */
  close(agentId: string, code: number, reason: string): void {
    const session = this.joined.get(agentId);
    this.joined.delete(agentId);
    session?.close(code, reason);
  }
}
