import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { FindingEntity } from './finding.entity.ts';
import { FindingOpeningEntity } from './finding-opening.entity.ts';
import { MailRoundsModule } from '../../work/runs/mail-rounds.module.ts';
import { ResultsModule } from '../../history/results/results.module.ts';
import { ServersModule } from '../../estate/servers/servers.module.ts';
import { SitesModule } from '../../estate/sites/sites.module.ts';
import { FindingRecords } from './finding-records.service.ts';
import { FindingsController } from './findings.controller.ts';
import { FindingsEvaluator } from './findings.evaluator.ts';
import { FindingMarks } from './finding-marks.service.ts';
import { FindingsService } from './findings.service.ts';
import { NewestResults } from './newest-results.service.ts';
import { PastRounds } from './past-rounds.service.ts';
import { SitePictures } from './site-pictures.service.ts';
import { VerdictsController } from './verdicts.controller.ts';
import { VerdictsService } from './verdicts.service.ts';

@Module({
  imports: [
    TypeOrmModule.forFeature([FindingEntity, FindingOpeningEntity]),
    SitesModule,
    ServersModule,
    ResultsModule,
    MailRoundsModule,
  ],
  controllers: [FindingsController, VerdictsController],
  providers: [
    FindingsService,
    VerdictsService,
    FindingsEvaluator,
    FindingRecords,
    FindingMarks,
    NewestResults,
    PastRounds,
    SitePictures,
  ],
  exports: [FindingsService, FindingMarks, NewestResults, VerdictsService],
})
export class FindingsModule {}
