import { Module } from '@nestjs/common';
import { SitesModule } from '../../estate/sites/sites.module.ts';
import { EnrolmentsController } from './enrolments.controller.ts';
import { EnrolmentsService } from './enrolments.service.ts';

@Module({ imports: [SitesModule], controllers: [EnrolmentsController], providers: [EnrolmentsService] })
export class EnrolmentsModule {}
