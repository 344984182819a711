import { Module } from '@nestjs/common';
import { ConnectionsModule } from '../connections/connections.module.ts';
import { SitesModule } from '../sites/sites.module.ts';
import { ApprovalsController } from './approvals.controller.ts';
import { ApprovalsService } from './approvals.service.ts';
import { ServersController } from './servers.controller.ts';
import { ServersService } from './servers.service.ts';

@Module({
  imports: [SitesModule, ConnectionsModule],
  controllers: [ServersController, ApprovalsController],
  providers: [ServersService, ApprovalsService],
  exports: [ServersService],
})
export class ServersModule {}
