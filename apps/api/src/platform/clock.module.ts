import { Global, Module } from '@nestjs/common';
import { Clock } from './clock.ts';

/** One clock for all parts, so that a spec moves all of them. */
@Global()
@Module({ providers: [Clock], exports: [Clock] })
export class ClockModule {}
