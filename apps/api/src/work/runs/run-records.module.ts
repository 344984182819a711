import { Module } from '@nestjs/common';
import { OrdersModule } from '../orders/orders.module.ts';
import { RunRecords } from './run-records.service.ts';

/** Apart from the runs themselves, so that whatever sends orders can write down what it asked. */
@Module({ imports: [OrdersModule], providers: [RunRecords], exports: [RunRecords] })
export class RunRecordsModule {}
