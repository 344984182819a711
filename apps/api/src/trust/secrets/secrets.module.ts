import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ClientSecretEntity } from './client-secret.entity.ts';
import { HoldsModule } from '../holds/holds.module.ts';
import { SitesModule } from '../../estate/sites/sites.module.ts';
import { ClientSecretsController } from './client-secrets.controller.ts';
import { ClientSecretsService } from './client-secrets.service.ts';
import { Sealer } from './sealer.ts';

@Module({
  imports: [TypeOrmModule.forFeature([ClientSecretEntity]), SitesModule, HoldsModule],
  controllers: [ClientSecretsController],
  providers: [Sealer, ClientSecretsService],
  exports: [Sealer, ClientSecretsService],
})
export class SecretsModule {}
