import { Module } from '@nestjs/common';
import { SiteEvents } from './site-events.ts';
import { SitesController } from './sites.controller.ts';
import { SitesService } from './sites.service.ts';

@Module({
  controllers: [SitesController],
  providers: [SitesService, SiteEvents],
  exports: [SitesService, SiteEvents],
})
export class SitesModule {}
