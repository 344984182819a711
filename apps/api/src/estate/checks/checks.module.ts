import { Module } from '@nestjs/common';
import { ChecksController } from './checks.controller.ts';

@Module({ controllers: [ChecksController] })
export class ChecksModule {}
