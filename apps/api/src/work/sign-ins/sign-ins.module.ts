import { Module } from '@nestjs/common';
import { CredentialsModule } from '../../trust/credentials/credentials.module.ts';
import { HoldsModule } from '../../trust/holds/holds.module.ts';
import { OrdersModule } from '../orders/orders.module.ts';
import { RunRecordsModule } from '../runs/run-records.module.ts';
import { SecretsModule } from '../../trust/secrets/secrets.module.ts';
import { ServersModule } from '../../estate/servers/servers.module.ts';
import { SitesModule } from '../../estate/sites/sites.module.ts';
import { CallbackController } from './callback.controller.ts';
import { StartController } from './start.controller.ts';
import { PublicAddress } from './public-address.ts';
import { DeviceCodeHandler } from './device-code.handler.ts';
import { FirstTokenOutcome } from './first-token-outcome.service.ts';
import { RedemptionHandler } from './redemption.handler.ts';
import { Redemption } from './redemption.service.ts';
import { SignInRecords } from './sign-in-records.service.ts';
import { SignInStarts } from './sign-in-starts.service.ts';
import { SignInsController } from './sign-ins.controller.ts';
import { SignInsService } from './sign-ins.service.ts';

@Module({
  imports: [
    SitesModule,
    ServersModule,
    SecretsModule,
    CredentialsModule,
    HoldsModule,
    OrdersModule,
    RunRecordsModule,
  ],
  controllers: [SignInsController, StartController, CallbackController],
  providers: [
    SignInsService,
    SignInStarts,
    SignInRecords,
    Redemption,
    FirstTokenOutcome,
    RedemptionHandler,
    DeviceCodeHandler,
    PublicAddress,
  ],
  exports: [RedemptionHandler, DeviceCodeHandler],
})
export class SignInsModule {}
