import { Module } from '@nestjs/common';
import { SitesModule } from '../sites/sites.module.ts';
import { ResultEvents } from './result-events.ts';
import { ResultsController } from './results.controller.ts';
import { ResultsIngest } from './results.ingest.ts';
import { ResultsService } from './results.service.ts';

@Module({
  imports: [SitesModule],
  controllers: [ResultsController],
  providers: [ResultsService, ResultsIngest, ResultEvents],
  exports: [ResultsService, ResultsIngest, ResultEvents],
})
export class ResultsModule {}
