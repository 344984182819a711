import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DownloadsModule } from '../downloads/downloads.module.ts';
import { EnrolmentCodeEntity } from './enrolment-code.entity.ts';
import { ServersModule } from '../../estate/servers/servers.module.ts';
import { SitesModule } from '../../estate/sites/sites.module.ts';
import { EnrolmentsController } from './enrolments.controller.ts';
import { EnrolmentsService } from './enrolments.service.ts';
import { SiteCodeEntity } from './site-code.entity.ts';
import { SiteCodesController } from './site-codes.controller.ts';
import { SiteCodesService } from './site-codes.service.ts';

@Module({
  imports: [
    TypeOrmModule.forFeature([EnrolmentCodeEntity, SiteCodeEntity]),
    DownloadsModule,
    SitesModule,
    ServersModule,
  ],
  controllers: [EnrolmentsController, SiteCodesController],
  providers: [EnrolmentsService, SiteCodesService],
})
export class EnrolmentsModule {}
