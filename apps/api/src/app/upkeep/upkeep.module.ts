import { Module } from '@nestjs/common';
import { PackingModule } from '../../history/packing/packing.module.ts';
import { Upkeep } from './upkeep.service.ts';

@Module({ imports: [PackingModule], providers: [Upkeep] })
export class UpkeepModule {}
