import { Module } from '@nestjs/common';
import { Notices } from './notices.ts';

/** One listener a process: whoever tells the other instances, or hears them, finds it here. */
@Module({ providers: [Notices], exports: [Notices] })
export class NoticesModule {}
