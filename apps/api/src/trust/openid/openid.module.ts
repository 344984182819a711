import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccessModule } from '../access/access.module.ts';
import { OpenIdController } from './openid.controller.ts';
import { OpenIdProvider } from './openid-provider.service.ts';
import { OpenIdSignIns } from './openid-sign-ins.service.ts';
import { OpenIdStartEntity } from './openid-start.entity.ts';
import { OpenIdStarts } from './openid-starts.service.ts';

@Module({
  imports: [AccessModule, TypeOrmModule.forFeature([OpenIdStartEntity])],
  controllers: [OpenIdController],
  providers: [OpenIdProvider, OpenIdSignIns, OpenIdStarts],
})
export class OpenIdModule {}
