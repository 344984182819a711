import { Module } from '@nestjs/common';
import { HoldsService } from './holds.service.ts';

/** Apart from the leases, so that whatever sets a new secret can release what was held because of the old one. */
@Module({ providers: [HoldsService], exports: [HoldsService] })
export class HoldsModule {}
