import { Module } from '@nestjs/common';
import { ConnectionsModule } from '../../estate/connections/connections.module.ts';
import { ClockModule } from '../../platform/clock.module.ts';
import { ResultsModule } from '../../history/results/results.module.ts';
import { SitesModule } from '../../estate/sites/sites.module.ts';
import { HoldsModule } from '../../trust/holds/holds.module.ts';
import { LeasesService } from './leases.service.ts';
import { Lendees } from './lendees.service.ts';

@Module({
  imports: [ClockModule, ConnectionsModule, ResultsModule, SitesModule, HoldsModule],
  providers: [Lendees, LeasesService],
  exports: [ClockModule, LeasesService, HoldsModule],
})
export class LeasesModule {}
