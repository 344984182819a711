import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { inject, vi } from 'vitest';
import { closedPort } from '@mailpath/checks/testing';
import type { Canaries, Place } from './canaries.ts';
import { createDatabase, type FreshDatabase } from './database.ts';
import { type DatabaseGate, gateTo } from './database-gate.ts';
import { type RunningProcess, startProcess } from './process.ts';

export interface Answer {
  status: number;
  text: string;
  /** The body as JSON. */
  body: <T = { id: string; state: string }>() => T;
}

/**
 * The API as a process on a port of its own, with a database behind a gate and secrets for all that it is started with.
 */
export class CanaryApi {
  readonly folder = mkdtempSync(join(tmpdir(), 'mailpath-canary-'));
  readonly home = join(this.folder, 'home');
  readonly processes: RunningProcess[] = [];
  /** What was answered with a refusal, and pages. */
  readonly refusals: Place[] = [];
  readonly database: FreshDatabase;
  readonly gate: DatabaseGate;
  readonly port: number;
  readonly url: string;
  readonly key = `mpk_${randomBytes(32).toString('base64url')}`;
  readonly #role: string;

  private constructor(database: FreshDatabase, gate: DatabaseGate, port: number, role: string) {
    this.database = database;
    this.gate = gate;
    this.port = port;
    this.url = `http://127.0.0.1:${port}`;
    this.#role = role;
  }

  /** The database's password and the first key are noted as secrets. */
  static async create(canaries: Canaries): Promise<CanaryApi> {
    const [role, password] = [
      `canary_${randomBytes(6).toString('hex')}`,
      randomBytes(24).toString('base64url'),
    ];
    canaries.add('DATABASE_URL password', password);
    const database = await createDatabase();
    await database.query(`create role ${role} login password '${password}'`);
    const { pathname } = new URL(database.url);
    await database.query(`alter database ${pathname.slice(1)} owner to ${role}`);
    const own = new URL(database.url);
    Object.assign(own, { username: role, password });
    const api = new CanaryApi(database, await gateTo(own.href), await closedPort(), role);
    canaries.add('initial API key', api.key);
    return api;
  }

  async start(env: Record<string, string> = {}): Promise<void> {
    const started = startProcess('main.js', {
      cwd: this.folder,
      env: {
        DATABASE_URL: this.gate.url,
        MAILPATH_PORT: String(this.port),
        MAILPATH_ALLOW_NETWORKS: '127.0.0.0/8, ::1/128',
        MAILPATH_HOME: this.home,
        MAILPATH_INITIAL_API_KEY: this.key,
        MAILPATH_LOG_LEVEL: 'debug',
        ...env,
      },
    });
    this.processes.push(started);
    await vi.waitFor(
      () => {
        if (!started.stdout().includes('listens on'))
          throw new Error(`the API does not start: ${started.stderr()}`);
      },
      { timeout: 120_000, interval: 50 },
    );
  }

  /** Waits until what the results of a run mean for those who come after is noted: its orders are over after that. */
  async ordersOver(runId: string): Promise<void> {
    const open = 'select id from orders where run_id = $1 and ended_at is null';
    await vi.waitFor(
      async () => {
        const { length } = await this.database.query<object>(open, [runId]);
        if (length > 0) throw new Error(`${length} orders of the run are not over`);
      },
      { timeout: 120_000, interval: 50 },
    );
  }

  /** A start that fails; answers how. What runs already goes on. */
  async failedStart(env: Record<string, string>): Promise<number | string> {
    const started = startProcess('main.js', {
      cwd: this.folder,
      env: { DATABASE_URL: this.gate.url, MAILPATH_PORT: '0', MAILPATH_HOME: this.home, ...env },
    });
    this.processes.unshift(started);
    return started.ended;
  }

  get process(): RunningProcess {
    const last = this.processes.at(-1);
    if (!last) throw new Error('the API was not started');
    return last;
  }

  /** Ends the process in order, or at once. */
  async end(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    this.process.child.kill(signal);
    await this.process.ended;
  }

  /** Bodies that are texts go as they are. */
  async call(
    method: string,
    path: string,
    body?: object | string,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const response = await fetch(new URL(path, this.url), {
      method,
      headers: {
        authorization: `Bearer ${this.key}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok || response.headers.get('content-type')?.includes('html')) {
      const [route = ''] = path.split('?');
      this.refusals.push({ class: 'refusals', name: `${response.status} to ${method} ${route}`, text });
    }
    return { status: response.status, text, body: <T>() => JSON.parse(text) as T };
  }

  /** A call that must be answered with that status; answers the body. */
  async expect<T = { id: string; state: string }>(
    status: number,
    method: string,
    path: string,
    body?: object,
  ): Promise<T> {
    const answer = await this.call(method, path, body);
    if (answer.status !== status) throw new Error(`${answer.status} to ${method} ${path}: ${answer.text}`);
    return answer.text === '' ? (undefined as T) : answer.body<T>();
  }

  /** Waits for a text in what the present process has logged. */
  async logged(text: string): Promise<void> {
    const { process } = this;
    await vi.waitFor(
      () => {
        if (!`${process.stdout()}${process.stderr()}`.includes(text))
          throw new Error(`not yet logged: ${text}`);
      },
      { timeout: 120_000, interval: 50 },
    );
  }

  get logs(): Place[] {
    return this.processes.map((one, nth) => ({
      class: 'log of the API',
      name: `output of the API's start ${nth + 1}`,
      text: Buffer.from(`${one.stdout()}\n${one.stderr()}`).toString('latin1'),
    }));
  }

  /** The key that the first start has made. */
  secretKey(): string {
    return readFileSync(join(this.home, 'secret-key'), 'latin1').trim();
  }

  async remove(): Promise<void> {
    await this.end();
    await this.gate.close();
    await this.database.drop();
    const server = new Client({ connectionString: inject('databaseUrl') });
    await server.connect();
    await server.query(`drop role ${this.#role}`);
    await server.end();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
