import { Module } from '@nestjs/common';
import { NoticesModule } from '../../platform/database/notices.module.ts';
import { SiteEvents } from './site-events.ts';
import { SitesController } from './sites.controller.ts';
import { SitesService } from './sites.service.ts';

@Module({
  imports: [NoticesModule],
  controllers: [SitesController],
  providers: [SitesService, SiteEvents],
  exports: [SitesService, SiteEvents],
})
export class SitesModule {}
