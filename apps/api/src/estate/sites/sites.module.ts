import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { NoticesModule } from '../../platform/database/notices.module.ts';
import { SiteEntity } from './site.entity.ts';
import { SiteNotices } from './site-notices.ts';
import { SitesController } from './sites.controller.ts';
import { SitesService } from './sites.service.ts';

@Module({
  imports: [NoticesModule, TypeOrmModule.forFeature([SiteEntity])],
  controllers: [SitesController],
  providers: [SitesService, SiteNotices],
  exports: [SitesService],
})
export class SitesModule {}
