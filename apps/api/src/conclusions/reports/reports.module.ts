import { Module } from '@nestjs/common';
import { ServersModule } from '../../estate/servers/servers.module.ts';
import { ResultsModule } from '../../history/results/results.module.ts';
import { ChecklistModule } from '../checklist/checklist.module.ts';
import { ComparisonsModule } from '../comparisons/comparisons.module.ts';
import { FindingsModule } from '../findings/findings.module.ts';
import { ReportsController } from './reports.controller.ts';
import { ReportsService } from './reports.service.ts';

@Module({
  imports: [ServersModule, ResultsModule, ChecklistModule, ComparisonsModule, FindingsModule],
  controllers: [ReportsController],
  providers: [ReportsService],
})
export class ReportsModule {}
