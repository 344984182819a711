import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CredentialHoldEntity } from './credential-hold.entity.ts';
import { MailboxHoldEntity } from './mailbox-hold.entity.ts';
import { HoldsService } from './holds.service.ts';

/** Apart from the leases, so that whatever sets a new secret can release what was held because of the old one. */
@Module({
  imports: [TypeOrmModule.forFeature([CredentialHoldEntity, MailboxHoldEntity])],
  providers: [HoldsService],
  exports: [HoldsService],
})
export class HoldsModule {}
