import { Module } from '@nestjs/common';
import { Upkeep } from './upkeep.service.ts';

@Module({ providers: [Upkeep] })
export class UpkeepModule {}
