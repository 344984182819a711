import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { DiskWatch } from '../database/disk-watch.ts';
import type { ServiceReadiness } from './health.ts';

/** A probe that waits longer than this is told no. */
const PING_MS = 1_500;

@Injectable()
export class HealthService {
  #ping: Promise<boolean> | undefined;

  constructor(private readonly database: DataSource) {}

  async readiness(): Promise<ServiceReadiness> {
    const done = new AbortController();
    const late = delay(PING_MS, false, { signal: done.signal }).catch(() => false); // aborted below: the ping was faster
    const answers = await Promise.race([this.#answers(), late]);
    done.abort();
    const database = answers ? 'ready' : 'not-ready';
    return { status: database, parts: { database } };
  }

  /** One question at a time: with a database that hangs, each further one would take a connection from the pool. */
  #answers(): Promise<boolean> {
    this.#ping ??= this.database
      .query('select 1')
      .then(() => DiskWatch.of(this.database)?.hasRoom(this.database))
      .then(
        (hasRoom) => hasRoom ?? true,
        () => false, // why does not matter here: requests log it
      )
      .finally(() => {
        this.#ping = undefined;
      });
    return this.#ping;
  }
}
