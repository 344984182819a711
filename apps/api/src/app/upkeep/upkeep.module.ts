import { Module } from '@nestjs/common';
import { PackingModule } from '../../history/packing/packing.module.ts';
import { RetentionModule } from '../../history/retention/retention.module.ts';
import { Upkeep } from './upkeep.service.ts';

@Module({ imports: [PackingModule, RetentionModule], providers: [Upkeep] })
export class UpkeepModule {}
