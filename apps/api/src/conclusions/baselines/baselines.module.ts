import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { SitesModule } from '../../estate/sites/sites.module.ts';
import { ResultsModule } from '../../history/results/results.module.ts';
import { BaselineEntity } from './baseline.entity.ts';
import { BaselinesController } from './baselines.controller.ts';
import { BaselinesService } from './baselines.service.ts';

@Module({
  imports: [TypeOrmModule.forFeature([BaselineEntity]), SitesModule, ResultsModule],
  controllers: [BaselinesController],
  providers: [BaselinesService],
  exports: [BaselinesService],
})
export class BaselinesModule {}
