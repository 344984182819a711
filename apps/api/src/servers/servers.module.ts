import { Module } from '@nestjs/common';
import { SitesModule } from '../sites/sites.module.ts';
import { AgentPresence } from './agent-presence.ts';
import { ServersController } from './servers.controller.ts';
import { ServersService } from './servers.service.ts';

@Module({
  imports: [SitesModule],
  controllers: [ServersController],
  providers: [ServersService, AgentPresence],
  exports: [ServersService, AgentPresence],
})
export class ServersModule {}
