import { Module } from '@nestjs/common';
import { ClockModule } from '../../platform/clock.module.ts';
import { Upkeep } from './upkeep.service.ts';

@Module({ imports: [ClockModule], providers: [Upkeep] })
export class UpkeepModule {}
