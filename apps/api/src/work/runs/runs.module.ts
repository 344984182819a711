import { Module } from '@nestjs/common';
import { ConnectionsModule } from '../../estate/connections/connections.module.ts';
import { OrdersModule } from '../orders/orders.module.ts';
import { ChecksOrderHandler } from './checks-order.handler.ts';
import { MailRoundsModule } from './mail-rounds.module.ts';
import { ServersModule } from '../../estate/servers/servers.module.ts';
import { SitesModule } from '../../estate/sites/sites.module.ts';
import { MailboxSchedule } from './mailbox-schedule.service.ts';
import { RunRecordsModule } from './run-records.module.ts';
import { RunsController } from './runs.controller.ts';
import { RunsService } from './runs.service.ts';

@Module({
  imports: [SitesModule, ServersModule, ConnectionsModule, OrdersModule, MailRoundsModule, RunRecordsModule],
  controllers: [RunsController],
  providers: [RunsService, MailboxSchedule, ChecksOrderHandler],
  exports: [ChecksOrderHandler, RunsService],
})
export class RunsModule {}
