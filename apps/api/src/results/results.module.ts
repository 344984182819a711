import { Module } from '@nestjs/common';
import { SitesModule } from '../sites/sites.module.ts';
import { ResultsController } from './results.controller.ts';
import { ResultsIngest } from './results.ingest.ts';
import { ResultsService } from './results.service.ts';

@Module({
  imports: [SitesModule],
  controllers: [ResultsController],
  providers: [ResultsService, ResultsIngest],
  exports: [ResultsService, ResultsIngest],
})
export class ResultsModule {}
