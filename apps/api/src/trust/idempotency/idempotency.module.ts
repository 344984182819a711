import { Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { SecretsModule } from '../secrets/secrets.module.ts';
import { IdempotencyInterceptor } from './idempotency.interceptor.ts';
import { IdempotencyKeyEntity } from './idempotency-key.entity.ts';
import { IdempotencyKeys } from './idempotency-keys.service.ts';

@Module({
  imports: [TypeOrmModule.forFeature([IdempotencyKeyEntity]), SecretsModule],
  providers: [IdempotencyKeys, { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor }],
})
export class IdempotencyModule {}
