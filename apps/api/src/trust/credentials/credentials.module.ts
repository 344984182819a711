import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CredentialEntity } from './credential.entity.ts';
import { SecretsModule } from '../secrets/secrets.module.ts';
import { SitesModule } from '../../estate/sites/sites.module.ts';
import { CredentialsController } from './credentials.controller.ts';
import { CredentialsService } from './credentials.service.ts';

@Module({
  imports: [TypeOrmModule.forFeature([CredentialEntity]), SitesModule, SecretsModule],
  controllers: [CredentialsController],
  providers: [CredentialsService],
  exports: [CredentialsService],
})
export class CredentialsModule {}
