import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ConnectionsModule } from '../../estate/connections/connections.module.ts';
import { SitesModule } from '../../estate/sites/sites.module.ts';
import { ResultsModule } from '../../history/results/results.module.ts';
import { NoticesModule } from '../../platform/database/notices.module.ts';
import { HoldsModule } from '../../trust/holds/holds.module.ts';
import { MailRoundsModule } from '../runs/mail-rounds.module.ts';
import { OrdersModule } from '../orders/orders.module.ts';
import { RunsModule } from '../runs/runs.module.ts';
import { SignInsModule } from '../sign-ins/sign-ins.module.ts';
import { LeaseRecordEntity } from './lease-record.entity.ts';
import { LeaseRecordsController } from './lease-records.controller.ts';
import { LeaseRecords } from './lease-records.service.ts';
import { Lendees } from './lendees.service.ts';
import { Lender } from './lender.service.ts';
import { LeasesService } from './leases.service.ts';
import { OrderAnswers } from './order-answers.service.ts';
import { OrderHandlers } from './order-handlers.ts';
import { OrderTurns } from './order-turns.service.ts';

/** Above all who ask for orders and handle them: it sends what waits, and tells them what comes of it. */
@Module({
  imports: [
    TypeOrmModule.forFeature([LeaseRecordEntity]),
    OrdersModule,
    MailRoundsModule,
    RunsModule,
    SignInsModule,
    ConnectionsModule,
    NoticesModule,
    ResultsModule,
    SitesModule,
    HoldsModule,
  ],
  controllers: [LeaseRecordsController],
  providers: [LeaseRecords, OrderHandlers, Lendees, OrderTurns, Lender, OrderAnswers, LeasesService],
  exports: [LeasesService],
})
export class LeasesModule {}
