import { Module } from '@nestjs/common';
import { AgentsModule } from '../agents/agents.module.ts';
import { ServersModule } from '../servers/servers.module.ts';
import { SitesModule } from '../sites/sites.module.ts';
import { RunsController } from './runs.controller.ts';
import { RunsService } from './runs.service.ts';

@Module({
  imports: [SitesModule, ServersModule, AgentsModule],
  controllers: [RunsController],
  providers: [RunsService],
})
export class RunsModule {}
