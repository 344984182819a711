import { Module } from '@nestjs/common';
import { RunRecords } from './run-records.service.ts';

/** Apart from the runs themselves, so that whatever sends orders can write down what it asked. */
@Module({ providers: [RunRecords], exports: [RunRecords] })
export class RunRecordsModule {}
