import { Module } from '@nestjs/common';
import { ClockModule } from '../../platform/clock.module.ts';
import { NoticesModule } from '../../platform/database/notices.module.ts';
import { SecretsModule } from '../../trust/secrets/secrets.module.ts';
import { ClientProofs } from './client-proofs.service.ts';
import { OrderQueue } from './order-queue.service.ts';
import { QueueLock } from './queue-lock.service.ts';
import { OrderRecords } from './order-records.service.ts';

/** The orders as rows, apart from whoever sends them: those who ask and those who handle them are below that. */
@Module({
  imports: [ClockModule, NoticesModule, SecretsModule],
  providers: [ClientProofs, QueueLock, OrderRecords, OrderQueue],
  exports: [ClientProofs, ClockModule, QueueLock, OrderRecords, OrderQueue],
})
export class OrdersModule {}
