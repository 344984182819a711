import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ApiKeyEntity } from './api-key.entity.ts';
import { APP_GUARD } from '@nestjs/core';
import { Admission } from './admission.ts';
import { ApiKeyGuard } from './api-key.guard.ts';
import { ApiKeysController } from './api-keys.controller.ts';
import { ApiKeysService } from './api-keys.service.ts';

@Module({
  imports: [TypeOrmModule.forFeature([ApiKeyEntity])],
  controllers: [ApiKeysController],
  providers: [ApiKeysService, ApiKeyGuard, Admission, { provide: APP_GUARD, useExisting: ApiKeyGuard }],
  exports: [ApiKeysService, Admission],
})
export class AccessModule {}
