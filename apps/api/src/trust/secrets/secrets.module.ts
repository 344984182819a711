import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ClientSecretEntity } from './client-secret.entity.ts';
import { ClientCertificateEntity } from './client-certificate.entity.ts';
import { ClientCertificatesController } from './client-certificates.controller.ts';
import { ClientCertificatesService } from './client-certificates.service.ts';
import { HoldsModule } from '../holds/holds.module.ts';
import { SitesModule } from '../../estate/sites/sites.module.ts';
import { ClientProofFacts } from './client-proof-facts.service.ts';
import { ClientSecretsController } from './client-secrets.controller.ts';
import { ClientSecretsService } from './client-secrets.service.ts';
import { Sealer } from './sealer.ts';

@Module({
  imports: [
    TypeOrmModule.forFeature([ClientSecretEntity, ClientCertificateEntity]),
    SitesModule,
    HoldsModule,
  ],
  controllers: [ClientCertificatesController, ClientSecretsController],
  providers: [Sealer, ClientSecretsService, ClientCertificatesService, ClientProofFacts],
  exports: [Sealer, ClientSecretsService, ClientCertificatesService, ClientProofFacts],
})
export class SecretsModule {}
