import { Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { applicationOptions } from './data-source.ts';

@Module({})
export class DatabaseModule {
  /** `connect: false` leaves the database alone, for whoever wants the application's shape only. */
  static with(url: string, { connect = true } = {}): DynamicModule {
    return {
      module: DatabaseModule,
      imports: [
        TypeOrmModule.forRoot({
          ...applicationOptions(url),
          retryAttempts: 0,
          manualInitialization: !connect,
        }),
      ],
    };
  }
}
