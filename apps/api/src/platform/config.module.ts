import { Global, Module, type DynamicModule } from '@nestjs/common';
import { CONFIG, type ApiConfig } from './config.ts';

@Global()
@Module({})
export class ConfigModule {
  static with(config: ApiConfig): DynamicModule {
    return {
      module: ConfigModule,
      providers: [{ provide: CONFIG, useValue: config }],
      exports: [CONFIG],
    };
  }
}
