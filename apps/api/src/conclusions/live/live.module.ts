import { Module } from '@nestjs/common';
import { SitesModule } from '../../estate/sites/sites.module.ts';
import { NoticesModule } from '../../platform/database/notices.module.ts';
import { AccessModule } from '../../trust/access/access.module.ts';
import { RunsModule } from '../../work/runs/runs.module.ts';
import { ComparisonsModule } from '../comparisons/comparisons.module.ts';
import { FindingsModule } from '../findings/findings.module.ts';
import { LiveController } from './live.controller.ts';
import { LiveService } from './live.service.ts';
import { LivePictures } from './live-pictures.service.ts';

@Module({
  imports: [SitesModule, NoticesModule, AccessModule, RunsModule, ComparisonsModule, FindingsModule],
  controllers: [LiveController],
  providers: [LiveService, LivePictures],
})
export class LiveModule {}
