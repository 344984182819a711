import type { Server } from 'node:http';
import { join } from 'node:path';
import { closedPort } from '@mailpath/checks/testing';
import { vi } from 'vitest';
import { LOOPBACK, type RunningApi, SECRET_KEY } from './api.ts';
import type { FreshDatabase } from './database.ts';
import { type RunningProcess, startProcess } from './process.ts';

/** One of several processes of the API over one Postgres; there is no `app` in this process. */
export type Instance = RunningApi & { process: RunningProcess };

export interface InstanceOptions {
  database: FreshDatabase;
  /** Where it works, and keeps what it has. */
  folder: string;
  /** The first API key, `mpk_…`. */
  apiKey: string;
  /** Where an earlier one was; left out, one that is free. */
  port?: number;
  env?: Record<string, string>;
}

/** The process, which may or may not come so far as to listen. */
export const launchInstance = (
  { database, folder, apiKey, env }: InstanceOptions,
  port: number,
): RunningProcess =>
  startProcess('main.js', {
    cwd: folder,
    env: {
      DATABASE_URL: database.url,
      MAILPATH_PORT: String(port),
      MAILPATH_ALLOW_NETWORKS: LOOPBACK,
      MAILPATH_HOME: join(folder, 'home'),
      MAILPATH_SECRET_KEY: SECRET_KEY,
      MAILPATH_INITIAL_API_KEY: apiKey,
      MAILPATH_LOG_LEVEL: 'warn',
      // A fast machine asks more often than a person may.
      MAILPATH_REQUESTS_PER_MINUTE: '1000000',
      ...env,
    },
  });

/** Starts it, and waits until it listens. */
export async function startInstance(options: InstanceOptions): Promise<Instance> {
  const port = options.port ?? (await closedPort());
  const url = `http://127.0.0.1:${port}`;
  const process = launchInstance(options, port);
  await vi.waitFor(
    () => {
      if (!process.stdout().includes('listens on'))
        throw new Error(`the API does not start: ${process.stderr()}`);
    },
    { timeout: 120_000, interval: 50 },
  );
  // Helpers ask by address: there is no application in this process.
  const server = url as unknown as Server;
  const close = async () => {
    process.child.kill('SIGTERM');
    await process.ended;
  };
  const { database, apiKey } = options;
  return { url, server, apiKey, app: undefined as never, database, process, close };
}
