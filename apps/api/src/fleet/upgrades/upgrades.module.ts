import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ConnectionsModule } from '../../estate/connections/connections.module.ts';
import { ServersModule } from '../../estate/servers/servers.module.ts';
import { SitesModule } from '../../estate/sites/sites.module.ts';
import { DownloadsModule } from '../downloads/downloads.module.ts';
import { UpgradeBundles } from './upgrade-bundle.service.ts';
import { UpgradeEntity } from './upgrade.entity.ts';
import { UpgradeRollout } from './upgrade-rollout.service.ts';
import { UpgradeServerEntity } from './upgrade-server.entity.ts';
import { UpgradesController } from './upgrades.controller.ts';
import { UpgradesService } from './upgrades.service.ts';

@Module({
  imports: [
    TypeOrmModule.forFeature([UpgradeEntity, UpgradeServerEntity]),
    ConnectionsModule,
    DownloadsModule,
    ServersModule,
    SitesModule,
  ],
  controllers: [UpgradesController],
  providers: [UpgradesService, UpgradeRollout, UpgradeBundles],
  exports: [UpgradeRollout],
})
export class UpgradesModule {}
