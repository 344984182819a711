import { Module } from '@nestjs/common';
import { PacksModule } from '../packs/packs.module.ts';
import { ResultsModule } from '../results/results.module.ts';
import { SeriesService } from './series.service.ts';

@Module({ imports: [PacksModule, ResultsModule], providers: [SeriesService], exports: [SeriesService] })
export class SeriesModule {}
