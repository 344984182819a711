import { Module } from '@nestjs/common';
import { AgentSessions } from './agent-sessions.ts';

/** Who is connected: whoever asks, or sends, finds the agent's session here. */
@Module({ providers: [AgentSessions], exports: [AgentSessions] })
export class ConnectionsModule {}
