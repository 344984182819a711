import { Module } from '@nestjs/common';
import { AgentSessions } from './agent-sessions.ts';

/** The connected agents alone, so that features which only ask who is connected need not import the gateway. */
@Module({ providers: [AgentSessions], exports: [AgentSessions] })
export class AgentSessionsModule {}
