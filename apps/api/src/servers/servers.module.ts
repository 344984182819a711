import { Module } from '@nestjs/common';
import { AgentSessionsModule } from '../agents/agent-sessions.module.ts';
import { SitesModule } from '../sites/sites.module.ts';
import { ServersController } from './servers.controller.ts';
import { ServersService } from './servers.service.ts';

@Module({
  imports: [SitesModule, AgentSessionsModule],
  controllers: [ServersController],
  providers: [ServersService],
  exports: [ServersService],
})
export class ServersModule {}
