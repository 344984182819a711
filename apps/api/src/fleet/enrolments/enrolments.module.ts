import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { EnrolmentCodeEntity } from './enrolment-code.entity.ts';
import { ServersModule } from '../../estate/servers/servers.module.ts';
import { SitesModule } from '../../estate/sites/sites.module.ts';
import { EnrolmentsController } from './enrolments.controller.ts';
import { EnrolmentsService } from './enrolments.service.ts';

@Module({
  imports: [TypeOrmModule.forFeature([EnrolmentCodeEntity]), SitesModule, ServersModule],
  controllers: [EnrolmentsController],
  providers: [EnrolmentsService],
})
export class EnrolmentsModule {}
