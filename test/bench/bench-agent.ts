import { createHash, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';
import { once } from 'node:events';
import {
  AGENT_SOCKET_PATH,
  type CheckResult,
  CompactWriter,
  decodeApiMessage,
  Enrolment,
  joinStatement,
  PROTOCOL_VERSION,
} from '@mailpath/protocol';
import { v7 as uuidv7 } from 'uuid';
import WebSocket from 'ws';
import { z } from 'zod';
import type { ApiClient } from '../../apps/local/src/api-client.ts';

const FACTS = { version: '0.1.0', hostName: 'bench', platform: 'linux', nodeVersion: '24.0.0' };
const Created = z.object({ id: z.uuid() });
const Code = z.object({ code: z.string() });

/** An agent that sends recorded results as fast as they are acknowledged, a frame at a time, as a real one does. */
export class BenchAgent {
  readonly #socket: WebSocket;
  readonly #boot = randomUUID();
  readonly #writer = new CompactWriter();
  #sequence = 0;
  /** What its frames came to. */
  bytes = 0;
  #answered: ((message: ReturnType<typeof decodeApiMessage>) => void) | undefined;

  constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  /** Makes a server of the site, enrols an agent on it and joins. */
  static async enrol(api: ApiClient, url: string, siteId: string, name: string): Promise<BenchAgent> {
    const server = await api.post(`/v1/sites/${siteId}/servers`, { name, roles: ['application'] }, Created);
    const codes = `/v1/sites/${siteId}/servers/${server.id}/enrolment-codes`;
    const { code } = await api.post(codes, {}, Code);
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const body = { code, publicKey: publicKey.export({ format: 'jwk' }).x, facts: FACTS };
    const { agentId } = await api.post('/v1/enrolments', body, Enrolment);
    const agent = new BenchAgent(new WebSocket(new URL(AGENT_SOCKET_PATH, url.replace('http', 'ws'))));
    await agent.#join(agentId, privateKey);
    return agent;
  }

  async #join(agentId: string, privateKey: KeyObject): Promise<void> {
    const welcome = new Promise<void>((resolve, reject) => {
      this.#socket.on('message', (data: Buffer) => {
        const message = decodeApiMessage(data.toString('utf8'));
        if (message.event === 'challenge')
          this.#send('join', {
            protocol: PROTOCOL_VERSION,
            agentId,
            signature: sign(null, joinStatement(message.data.nonce, agentId), privateKey).toString(
              'base64url',
            ),
            boot: this.#boot,
            facts: FACTS,
          });
        else if (message.event === 'welcome') resolve();
        else this.#answered?.(message);
      });
      this.#socket.on('error', reject);
      this.#socket.on('close', (code) => reject(new Error(`the API closed the connection with ${code}`)));
    });
    await welcome;
  }

  /** One frame of results; answers when it is acknowledged, with the milliseconds that took. */
  async deliver(results: readonly CheckResult[], isCompact = false): Promise<number> {
    const acknowledged = new Promise<void>((resolve, reject) => {
      this.#answered = ({ event }) => {
        if (event === 'acknowledged') resolve();
        if (event === 'invalid' || event === 'deferred')
          reject(new Error('the API has put off a batch: its log says why'));
      };
    });
    const deliveries = results.map((result) => {
      this.#sequence += 1;
      return { sequence: this.#sequence, runId: null, result };
    });
    const begin = performance.now();
    const batch = { boot: this.#boot, deliveries };
    const compact = isCompact ? this.#writer.write(batch) : null;
    if (compact) this.#send('compact-results', compact);
    else this.#send('results', batch);
    await acknowledged;
    return performance.now() - begin;
  }

  async leave(): Promise<void> {
    const closed = once(this.#socket, 'close');
    this.#socket.close();
    await closed;
  }

  #send(event: string, data: unknown): void {
    const frame = JSON.stringify({ event, data });
    this.bytes += Buffer.byteLength(frame);
    this.#socket.send(frame);
  }
}

/** The recorded results as another round would have brought them: ids, moments and milliseconds of its own. */
export function roundOf(recorded: readonly CheckResult[], count: number, round: number): CheckResult[] {
  return Array.from({ length: count }, (_, i) => {
    const result = recorded[i % recorded.length] as CheckResult;
    const jitter = createHash('sha256').update(`${round} ${i}`).digest().readUInt16BE() / 655.36;
    return {
      ...result,
      id: uuidv7(),
      repeats: null,
      startedAt: new Date().toISOString(),
      durationMs: Math.round((result.durationMs + jitter) * 10) / 10,
      phases: result.phases.map((phase) => ({ ...phase, ms: Math.round((phase.ms + jitter) * 10) / 10 })),
    };
  });
}
