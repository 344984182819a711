import { Module } from '@nestjs/common';
import { SitesModule } from '../../estate/sites/sites.module.ts';
import { SiteRemovalController } from './site-removal.controller.ts';
import { SiteRemoval } from './site-removal.service.ts';

@Module({ imports: [SitesModule], controllers: [SiteRemovalController], providers: [SiteRemoval] })
export class SiteRemovalModule {}
