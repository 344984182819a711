import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';

const DAY_MS = 86_400_000;

/** Keeps the results' table ready for this week and the next two, so that no result has to wait in the default partition. */
@Injectable()
export class PartitionsService implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #logger = new Logger(PartitionsService.name);
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly database: DataSource) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.prepare(new Date());
    this.#timer = setInterval(() => {
      this.prepare(new Date()).catch((error: Error) => {
        // Tomorrow is early enough: two weeks are prepared, and the default partition takes what is left.
        this.#logger.warn(`partitions of the coming weeks could not be made: ${error.message}`);
      });
    }, DAY_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.#timer);
  }

  /** Makes the partitions of the week of `now` and of the two after it. */
  async prepare(now: Date): Promise<void> {
    for (const weeks of [0, 1, 2]) {
      const moment = new Date(now.getTime() + weeks * 7 * DAY_MS);
      await this.database.query('select ensure_results_partition($1)', [moment]);
    }
  }
}
