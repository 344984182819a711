import { Module } from '@nestjs/common';
import { SitesModule } from '../../estate/sites/sites.module.ts';
import { FindingsModule } from '../findings/findings.module.ts';
import { OverviewController } from './overview.controller.ts';

/** All sites at a glance. */
@Module({ imports: [SitesModule, FindingsModule], controllers: [OverviewController] })
export class OverviewModule {}
