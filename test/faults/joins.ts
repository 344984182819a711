import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { AGENT_SOCKET_PATH } from '@mailpath/protocol';
import type { Fault } from './fault.ts';

const ROOT = join(import.meta.dirname, '../..');
const SOCKETS = 20;
const FLOOD_MS = 30_000;
const MOST_GROWTH_MIB = 128;

/** Twenty sockets that send joins as fast as they are taken, and connect again whenever they are turned away. */
export const floodOfJoins: Fault = {
  name: '20 sockets flood joins for 30 s',
  shortForm: 'test/join-gate.e2e-spec.ts',
  run: () =>
    withApi(async (url, pid) => {
      const before = memoryMiB(pid);
      const flood = new Flood(url);
      let highest = before;
      let answered = 0;
      const until = performance.now() + FLOOD_MS;
      while (performance.now() < until) {
        const health = await fetch(`${url}/health/ready`).catch(() => null);
        if (health?.ok) answered += 1;
        highest = Math.max(highest, memoryMiB(pid));
        await delay(250);
      }
      flood.end();
      const after = await fetch(`${url}/health/ready`);
      const growth = Math.round(highest - before);
      return {
        figure: `+${growth} MiB at the most; ${flood.sent} joins sent on ${flood.connections} connections; ready ${answered} times meanwhile`,
        bound: `+${MOST_GROWTH_MIB} MiB; ready during and after it`,
        held: growth <= MOST_GROWTH_MIB && after.ok && answered > 0,
      };
    }),
};

class Flood {
  sent = 0;
  connections = 0;
  #over = false;
  readonly #open = new Set<WebSocket>();

  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
    for (let i = 0; i < SOCKETS; i += 1) this.#connect();
  }

  end(): void {
    this.#over = true;
    for (const socket of this.#open) socket.terminate();
  }

  #connect(): void {
    if (this.#over) return;
    const socket = new WebSocket(new URL(AGENT_SOCKET_PATH, this.#url.replace(/^http/, 'ws')));
    this.#open.add(socket);
    this.connections += 1;
    socket.on('open', () => this.#send(socket));
    socket.on('error', () => undefined); // 'close' follows
    socket.on('close', () => {
      this.#open.delete(socket);
      setTimeout(() => this.#connect(), 10);
    });
  }

  #send(socket: WebSocket): void {
    if (this.#over || socket.readyState !== WebSocket.OPEN) return;
    for (let i = 0; i < 50 && socket.bufferedAmount < 1_000_000; i += 1, this.sent += 1) socket.send(aJoin());
    setTimeout(() => this.#send(socket), 1);
  }
}

const aJoin = (): string =>
  JSON.stringify({
    event: 'join',
    data: {
      protocol: 2,
      agentId: randomUUID(),
      signature: 'A'.repeat(86),
      boot: randomUUID(),
      facts: {
        version: '1',
        hostName: 'h'.repeat(255),
        platform: 'p'.repeat(200),
        nodeVersion: '24',
      },
    },
  });

/** Resident memory of a process (proc(5)). */
function memoryMiB(pid: number): number {
  const [, kib = '0'] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kib) / 1024;
}

/** The built API with a database of its own, for as long as the work takes. */
async function withApi<T>(work: (url: string, pid: number) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'mailpath-fault-'));
  chmodSync(folder, 0o711); // root's Postgres runs as another user
  const child = spawn(process.execPath, [join(ROOT, 'apps/api/dist/main.js')], {
    cwd: folder,
    env: { PATH: process.env['PATH'], MAILPATH_HOME: join(folder, 'home'), MAILPATH_PORT: '0' },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const ended = once(child, 'exit');
  try {
    const listening = once(child, 'message') as Promise<[{ url: string }]>;
    const first = await Promise.race([
      listening,
      ended.then(() => {
        throw new Error('the API ended before it listened');
      }),
    ]);
    return await work(first[0].url, child.pid ?? 0);
  } finally {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
}
