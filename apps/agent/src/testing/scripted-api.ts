import { randomBytes } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import type { AddressInfo } from 'node:net';
import {
  AGENT_SOCKET_PATH,
  decodeAgentMessage,
  type AgentMessage,
  CompactReader,
  type ApiMessage,
  type DeviceCode,
  type Join,
  PROTOCOL_VERSION,
  type Results,
  type Tokens,
} from '@mailpath/protocol';
import { WebSocketServer, type WebSocket } from 'ws';

/** What an agent says, by event. */
interface Said {
  join: Join;
  results: Results;
  tokens: Tokens;
  'device-code': DeviceCode;
}

/** One connection of an agent to the scripted API. */
export class Visit {
  readonly nonce = randomBytes(32).toString('base64url');
  readonly socket: WebSocket;
  readonly #heard: AgentMessage[] = [];
  readonly #reader = new CompactReader();
  /** How many batches came compactly. */
  compact = 0;
  readonly #news = new EventEmitter();

  constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('message', (data) => {
      const message = decodeAgentMessage((data as Buffer).toString('utf8'));
      if (message.event === 'invalid') throw new Error(`the agent sent: ${message.data.reason}`);
      this.#heard.push(this.#inFull(message));
      this.#news.emit('message');
    });
  }

  #inFull(message: AgentMessage): AgentMessage {
    if (message.event !== 'compact-results') return message;
    this.compact += 1;
    const read = this.#reader.read(message.data);
    if ('results' in read) return { event: 'results', data: read.results };
    throw new Error(`the agent sent: ${JSON.stringify(read)}`);
  }

  say(message: ApiMessage): void {
    this.socket.send(JSON.stringify(message));
  }

  /** The next message of the agent. */
  async hear<E extends keyof Said>(event: E): Promise<Said[E]> {
    while (this.#heard.length === 0) await once(this.#news, 'message');
    const message = this.#heard.shift() as AgentMessage;
    if (message.event !== event) throw new Error(`heard ${message.event} in place of ${event}`);
    return message.data as Said[E];
  }

  /** How many messages have come that nobody asked for yet. */
  get unheard(): number {
    return this.#heard.length;
  }

  /** Challenge, join, welcome. */
  async letIn(heartbeatMs = 60_000, protocol = PROTOCOL_VERSION): Promise<Join> {
    this.say({ event: 'challenge', data: { protocol, nonce: this.nonce } });
    const join = await this.hear('join');
    this.say({ event: 'welcome', data: { serverName: 'app01', heartbeatMs } });
    return join;
  }

  async acknowledge(): Promise<number[]> {
    const { boot, deliveries } = await this.hear('results');
    const sequences = deliveries.map((delivery) => delivery.sequence);
    this.say({ event: 'acknowledged', data: { boot, sequence: sequences.at(-1) ?? 0 } });
    return sequences;
  }
}

/** An API that does what a spec says, on a real socket. */
export class ScriptedApi {
  readonly url: URL;
  readonly #server: WebSocketServer;
  readonly #visits: Visit[] = [];
  readonly #news = new EventEmitter();

  private constructor(server: WebSocketServer) {
    this.#server = server;
    this.url = new URL(`ws://127.0.0.1:${(server.address() as AddressInfo).port}${AGENT_SOCKET_PATH}`);
    server.on('headers', (headers) => headers.push('X-Request-Id: the-connection'));
    server.on('connection', (socket) => {
      this.#visits.push(new Visit(socket));
      this.#news.emit('visit');
    });
  }

  static async listen(port = 0): Promise<ScriptedApi> {
    const server = new WebSocketServer({ host: '127.0.0.1', port, path: AGENT_SOCKET_PATH });
    await once(server, 'listening');
    return new ScriptedApi(server);
  }

  get port(): number {
    return Number(this.url.port);
  }

  /** The next connection. */
  async visit(): Promise<Visit> {
    while (this.#visits.length === 0) await once(this.#news, 'visit');
    return this.#visits.shift() as Visit;
  }

  async stop(): Promise<void> {
    for (const socket of this.#server.clients) socket.terminate();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
