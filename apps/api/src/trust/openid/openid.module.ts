import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccessModule } from '../access/access.module.ts';
import { UserEntity } from '../access/user.entity.ts';
import { OpenIdController } from './openid.controller.ts';
import { OpenIdProvider } from './openid-provider.service.ts';
import { OpenIdSignIns } from './openid-sign-ins.service.ts';
import { OpenIdStartEntity } from './openid-start.entity.ts';
import { OpenIdStarts } from './openid-starts.service.ts';
import { OpenIdUsers } from './openid-users.service.ts';

@Module({
  imports: [AccessModule, TypeOrmModule.forFeature([OpenIdStartEntity, UserEntity])],
  controllers: [OpenIdController],
  providers: [OpenIdProvider, OpenIdSignIns, OpenIdStarts, OpenIdUsers],
})
export class OpenIdModule {}
