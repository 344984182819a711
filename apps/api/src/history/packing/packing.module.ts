import { Module } from '@nestjs/common';
import { ResultsModule } from '../results/results.module.ts';
import { Packing } from './packing.service.ts';

@Module({ imports: [ResultsModule], providers: [Packing], exports: [Packing] })
export class PackingModule {}
