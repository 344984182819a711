import { generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { closedPort } from '@mailpath/checks/testing';
import { startPostgres } from '@mailpath/embedded-postgres';
import { AGENT_SOCKET_PATH, decodeApiMessage, joinStatement, PROTOCOL_VERSION } from '@mailpath/protocol';
import { Client } from 'pg';
import WebSocket from 'ws';
import { z } from 'zod';
import { ApiClient } from '../../apps/local/src/api-client.ts';
import { PartFailed } from '../../apps/local/src/child.ts';
import { launch, say } from '../../apps/local/src/launch.ts';
import { localKey } from '../../apps/local/src/local-key.ts';
import type { Parts } from '../../apps/local/src/parts.ts';

const SERVERS_A_SITE = 100;
/** Below what the API lets wait for their join from one address. */
const JOINING_AT_ONCE = 64;
const READ_EVERY_MS = 100;
const SETTLE_MS = 5_000;

/** Agents that join and say nothing more: memory of the API, how soon all are back after a restart, reads meanwhile. */
async function run(parts: Parts): Promise<void> {
  const { values } = parseArgs({ options: { agents: { type: 'string', default: '10000' } } });
  const count = Number(values.agents);
  const folder = mkdtempSync(join(tmpdir(), 'mailpath-agents-'));
  chmodSync(folder, 0o711); // root's Postgres runs as another user
  const postgres = await startPostgres(join(folder, 'postgres'));
  parts.afterwards(async () => {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const { key } = localKey(join(folder, 'api-key'));
  const port = await closedPort();
  const url = `http://127.0.0.1:${port}`;
  const start = async (): Promise<ReturnType<Parts['start']>> => {
    const child = parts.start({
      name: 'the API',
      script: 'api',
      logFile: join(folder, 'api.log'),
      env: {
        MAILPATH_HOME: folder,
        MAILPATH_HOST: '127.0.0.1',
        MAILPATH_PORT: String(port),
        MAILPATH_INITIAL_API_KEY: key,
        DATABASE_URL: postgres.url,
        MAILPATH_PUBLIC_URL: '',
        MAILPATH_SECRET_KEY: '',
        MAILPATH_REQUESTS_PER_MINUTE: '1000000',
      },
    });
    await child.ready;
    return child;
  };
  const first = await start();
  const api = new ApiClient(url, key);
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const sites: string[] = [];
  const ids: string[] = [];
  const database = new Client({ connectionString: postgres.url });
  await database.connect();
  while (ids.length < count) {
    const { id } = await api.post('/v1/sites', { name: `idle ${sites.length}` }, z.object({ id: z.uuid() }));
    sites.push(id);
    const own = Math.min(SERVERS_A_SITE, count - ids.length);
    ids.push(...(await enrolled(database, id, own, publicKey)));
  }
  await database.end();

  const turns = new Turns(JOINING_AT_ONCE);
  const agents: IdleAgent[] = [];
  let joined = 0;
  const more = async (some: readonly string[]): Promise<number> => {
    const begun = performance.now();
    agents.push(...some.map((id) => new IdleAgent(id, privateKey, url, turns)));
    await allJoined(agents);
    joined += performance.now() - begun;
    await setTimeout(SETTLE_MS);
    return privateMemory(first.pid);
  };
  // The first half warms the process up, whatever the number.
  const half = Math.floor(count / 2);
  const before = await more(ids.slice(0, half));
  const bytes = ((await more(ids.slice(half))) - before) / (count - half);

  await first.stop();
  await start();
  const again = performance.now();
  const waits: number[] = [];
  const [site = ''] = sites;
  const back = allJoined(agents).then(() => true);
  for (;;) {
    const asked = performance.now();
    await api.get(`/v1/sites/${site}/servers?limit=50`, z.unknown());
    waits.push(performance.now() - asked);
    if (await Promise.race([back, setTimeout(READ_EVERY_MS, false)])) break;
  }
  const returned = performance.now() - again;
  for (const agent of agents) agent.end();
  waits.sort((a, b) => a - b);
  say(`${count} idle agents at ${sites.length} sites, on ${availableParallelism()} cores`);
  console.table([
    {
      'KiB an agent, of the second half': (bytes / 1024).toFixed(1),
      'all joined s': (joined / 1000).toFixed(1),
      'all back after a restart s': (returned / 1000).toFixed(1),
      'reads meanwhile p50 ms': Math.round(waits[Math.floor(waits.length / 2)] ?? 0),
      'p95 ms': Math.round(waits[Math.ceil(waits.length * 0.95) - 1] ?? 0),
      reads: waits.length,
    },
  ]);
}

/** Rows as an enrolment makes them; by REST they would take longer than all the rest. */
async function enrolled(
  database: Client,
  siteId: string,
  count: number,
  publicKey: KeyObject,
): Promise<string[]> {
  const servers = Array.from({ length: count }, () => randomUUID());
  const agents = servers.map(() => randomUUID());
  await database.query(
    `insert into servers (site_id, id, name, roles, created_at)
     select $1, id, 'server' || n, '{services}', now() from unnest($2::uuid[]) with ordinality as t(id, n)`,
    [siteId, servers],
  );
  const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
  await database.query(
    `insert into agents (site_id, id, server_id, public_key, version, host_name, platform, node_version, enrolled_at)
     select $1, agent, server, $4, '0.1.0', 'bench', 'linux', '24.0.0', now()
     from unnest($2::uuid[], $3::uuid[]) as t(agent, server)`,
    [siteId, agents, servers, raw],
  );
  return agents;
}

/** Lets so many at a time. */
class Turns {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(free: number) {
    this.#free = free;
  }

  async take(): Promise<void> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  giveBack(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#free += 1;
  }
}

/** Joins, and again whenever its connection ends, after a wait as the agent's. */
class IdleAgent {
  isJoined = false;
  #ended = false;
  #socket: WebSocket | undefined;
  readonly #boot = randomUUID();

  readonly #id: string;
  readonly #key: KeyObject;
  readonly #url: string;
  readonly #turns: Turns;

  constructor(id: string, key: KeyObject, url: string, turns: Turns) {
    this.#id = id;
    this.#key = key;
    this.#url = url;
    this.#turns = turns;
    void this.#live();
  }

  end(): void {
    this.#ended = true;
    this.#socket?.terminate();
  }

  async #live(): Promise<void> {
    for (let failed = 0; !this.#ended; failed += 1) {
      if (await this.#connection()) failed = 0;
      await setTimeout(Math.random() * Math.min(60_000, 1_000 * 2 ** failed), undefined, { ref: false });
    }
  }

  /** Ends with the connection; tells whether it had joined. */
  async #connection(): Promise<boolean> {
    await this.#turns.take();
    let hasJoined = false;
    const socket = new WebSocket(new URL(AGENT_SOCKET_PATH, this.#url.replace('http', 'ws')));
    this.#socket = socket;
    socket.on('error', () => undefined); // 'close' follows
    socket.on('message', (data: Buffer) => {
      const message = decodeApiMessage(data.toString('utf8'));
      if (message.event === 'challenge') this.#join(socket, message.data.nonce);
      if (message.event !== 'welcome') return;
      hasJoined = true;
      this.isJoined = true;
      this.#turns.giveBack();
    });
    await new Promise((resolve) => socket.once('close', resolve));
    this.isJoined = false;
    if (!hasJoined) this.#turns.giveBack();
    return hasJoined;
  }

  #join(socket: WebSocket, nonce: string): void {
    const data = {
      protocol: PROTOCOL_VERSION,
      agentId: this.#id,
      signature: sign(null, joinStatement(nonce, this.#id), this.#key).toString('base64url'),
      boot: this.#boot,
      facts: { version: '0.1.0', hostName: 'bench', platform: 'linux', nodeVersion: '24.0.0' },
    };
    socket.send(JSON.stringify({ event: 'join', data }));
  }
}

async function allJoined(agents: readonly IdleAgent[]): Promise<void> {
  while (agents.some(({ isJoined }) => !isJoined)) await setTimeout(READ_EVERY_MS);
}

/** Bytes that no other process shares. */
function privateMemory(pid: number): number {
  const [, kib = '0'] = /RssAnon:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kib) * 1024;
}

await launch(run, {
  stopping: 'Stopping.',
  explain: (error) => (error instanceof PartFailed ? error.lastWords : error.message),
});
