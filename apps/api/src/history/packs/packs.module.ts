import { Module } from '@nestjs/common';
import { PackedResults } from './packed-results.service.ts';

@Module({ providers: [PackedResults], exports: [PackedResults] })
export class PacksModule {}
