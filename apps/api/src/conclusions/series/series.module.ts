import { Module } from '@nestjs/common';
import { ServersModule } from '../../estate/servers/servers.module.ts';
import { SitesModule } from '../../estate/sites/sites.module.ts';
import { SeriesModule } from '../../history/series/series.module.ts';
import { BaselinesModule } from '../baselines/baselines.module.ts';
import { FindingsModule } from '../findings/findings.module.ts';
import { SeriesController } from './series.controller.ts';

@Module({
  imports: [SitesModule, ServersModule, SeriesModule, FindingsModule, BaselinesModule],
  controllers: [SeriesController],
})
export class SiteSeriesModule {}
