import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { AGENT_SOCKET_PATH } from '@mailpath/protocol';
import { memoryMiB, withApi } from './built-api.ts';
import type { Fault } from './fault.ts';

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
