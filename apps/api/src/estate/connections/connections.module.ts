import { Module } from '@nestjs/common';
import { NoticesModule } from '../../platform/database/notices.module.ts';
import { AgentSessions } from './agent-sessions.ts';
import { Presence } from './presence.ts';

/** Who is connected, here and to other instances: whoever asks, or sends, finds the agent's session here. */
@Module({
  imports: [NoticesModule],
  providers: [AgentSessions, Presence],
  exports: [AgentSessions, Presence],
})
export class ConnectionsModule {}
