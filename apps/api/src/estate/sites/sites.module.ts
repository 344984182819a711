import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { SiteEntity } from './site.entity.ts';
import { SitesController } from './sites.controller.ts';
import { SitesService } from './sites.service.ts';

@Module({
  imports: [TypeOrmModule.forFeature([SiteEntity])],
  controllers: [SitesController],
  providers: [SitesService],
  exports: [SitesService],
})
export class SitesModule {}
