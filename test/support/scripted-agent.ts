import { createPublicKey, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import request from 'supertest';
import { v7 as uuidv7 } from 'uuid';
import WebSocket from 'ws';
import {
  AGENT_SOCKET_PATH,
  type ApiMessage,
  type CheckResult,
  decodeApiMessage,
  type Delivery,
  type GivenUp,
  type Enrolment,
  joinStatement,
  PROTOCOL_VERSION,
  keyFingerprint,
} from '@mailpath/protocol';
import type { RunningApi } from './api.ts';

export const FACTS = { version: '0.1.0', hostName: 'test', platform: 'linux', nodeVersion: '24.0.0' };

/** An enrolled identity: what a real agent keeps in its state folder. */
export interface Identity extends Enrolment {
  privateKey: KeyObject;
}

/**
 * Makes a server in the site, and enrols an agent on it, which is approved: the REST way that an administrator takes.
 */
export async function enrolServer(
  api: RunningApi,
  siteId: string,
  name: string,
  roles: string[] = ['application'],
): Promise<Identity> {
  const identity = await enrolUnapproved(api, siteId, name, roles);
  await approve(api, identity);
  return identity;
}

/** The same, as far as somebody comes who has an API key and nobody's consent. */
export async function enrolUnapproved(
  api: RunningApi,
  siteId: string,
  name: string,
  roles: string[] = ['application'],
): Promise<Identity> {
  const auth = { authorization: `Bearer ${api.apiKey}` };
  const server = await request(api.server)
    .post(`/v1/sites/${siteId}/servers`)
    .set(auth)
    .send({ name, roles })
    .expect(201);
  return enrolAgain(api, siteId, server.body.id as string);
}

/** Of an identity's key, as the API and `mailpath-agent status` show it. */
export const fingerprintOf = ({ privateKey }: Pick<Identity, 'privateKey'>): string =>
  keyFingerprint(Buffer.from(createPublicKey(privateKey).export({ format: 'jwk' }).x ?? '', 'base64url'));

/** An administrator has compared the fingerprint, and confirms it. */
export async function approve(api: RunningApi, identity: Identity): Promise<void> {
  await request(api.server)
    .post(`/v1/sites/${identity.siteId}/servers/${identity.serverId}/approval`)
    .set('authorization', `Bearer ${api.apiKey}`)
    .send({ fingerprint: fingerprintOf(identity) })
    .expect(200);
}

/** Enrols an agent on a server that exists. */
export async function enrolAgain(api: RunningApi, siteId: string, serverId: string): Promise<Identity> {
  const code = await request(api.server)
    .post(`/v1/sites/${siteId}/servers/${serverId}/enrolment-codes`)
    .set('authorization', `Bearer ${api.apiKey}`)
    .expect(201);
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const enrolment = await request(api.server)
    .post('/v1/enrolments')
    .send({ code: code.body.code, publicKey: publicKey.export({ format: 'jwk' }).x, facts: FACTS })
    .expect(201);
  return { ...(enrolment.body as Enrolment), privateKey };
}

/** Creates a site and answers its id. */
export async function createSite(api: RunningApi, body: object): Promise<string> {
  const created = await request(api.server)
    .post('/v1/sites')
    .set('authorization', `Bearer ${api.apiKey}`)
    .send(body)
    .expect(201);
  return created.body.id as string;
}

type Event = ApiMessage['event'];
type Data<E extends Event> = Extract<ApiMessage, { event: E }>['data'];

/** The agent's end of the socket, driven by a spec frame by frame. */
export class ScriptedAgent {
  readonly socket: WebSocket;
  readonly boot: string;
  /** Of the connection, once it has joined. */
  nonce = '';
  /** The connection below the socket, for bytes that are no frames. */
  wire: Socket | undefined;
  private sequence = 0;
  private readonly messages: ApiMessage[] = [];
  private arrived: (() => void) | undefined;
  private readonly closing: Promise<{ code: number; reason: string }>;

  private constructor(socket: WebSocket, boot: string) {
    this.socket = socket;
    this.boot = boot;
    socket.once('upgrade', (answer) => (this.wire = answer.socket));
    socket.on('message', (data: Buffer) => {
      const message = decodeApiMessage(data.toString('utf8'));
      if (message.event === 'invalid') throw new Error(`the API sent: ${message.data.reason}`);
      this.messages.push(message);
      this.arrived?.();
    });
    this.closing = once(socket, 'close').then(([code, reason]) => ({
      code: code as number,
      reason: String(reason as Buffer),
    }));
    // 'close' follows and carries what a spec asks for.
    socket.on('error', () => undefined);
  }

  static async connect(url: string, boot: string = randomUUID()): Promise<ScriptedAgent> {
    const socket = new WebSocket(new URL(AGENT_SOCKET_PATH, url.replace(/^http/, 'ws')));
    const agent = new ScriptedAgent(socket, boot);
    await Promise.race([
      once(socket, 'open'),
      agent.closing.then(() => {
        throw new Error('the API does not take the connection');
      }),
    ]);
    return agent;
  }

  /** Connects, proves the key and reads `welcome`. */
  static async join(url: string, identity: Identity, boot?: string): Promise<ScriptedAgent> {
    const agent = await ScriptedAgent.connect(url, boot);
    await agent.sendJoin(identity);
    await agent.next('welcome');
    return agent;
  }

  async sendJoin(identity: Identity, changes: object = {}): Promise<void> {
    const { nonce } = await this.next('challenge');
    this.nonce = nonce;
    const signature = sign(null, joinStatement(nonce, identity.agentId), identity.privateKey);
    this.send('join', {
      protocol: PROTOCOL_VERSION,
      agentId: identity.agentId,
      signature: signature.toString('base64url'),
      boot: this.boot,
      facts: FACTS,
      ...changes,
    });
  }

  send(event: string, data: unknown): void {
    this.socket.send(JSON.stringify({ event, data }));
  }

  /** Sends results and answers what the API said of them. */
  async deliver(
    deliveries: Delivery[],
    boot = this.boot,
    givenUp?: GivenUp[],
  ): Promise<Data<'acknowledged'>> {
    this.send('results', { boot, ...(givenUp && { givenUp }), deliveries });
    return this.next('acknowledged');
  }

  /** The next message of that kind; others stay for whoever asks for them. */
  async next<E extends Event>(event: E): Promise<Data<E>> {
    for (;;) {
      const at = this.messages.findIndex((message) => message.event === event);
      if (at >= 0) {
        const [message] = this.messages.splice(at, 1);
        return message?.data as Data<E>;
      }
      await Promise.race([
        new Promise<void>((resolve) => (this.arrived = resolve)),
        this.closing.then(({ code, reason }) => {
          throw new Error(`closed with ${code} (${reason}) while waiting for ${event}`);
        }),
      ]);
    }
  }

  /** Counts up from 1, for results that are delivered as they come. */
  nextSequence(): number {
    this.sequence += 1;
    return this.sequence;
  }

  /** Messages of that kind that have come and that nobody has read. */
  unread<E extends Event>(event: E): Data<E>[] {
    return this.messages.flatMap((message) => (message.event === event ? [message.data as Data<E>] : []));
  }

  /** How the connection ended. */
  closed(): Promise<{ code: number; reason: string }> {
    return this.closing;
  }

  /** Reads nothing any more, pings included: a line that is dead, or a machine that stands still. */
  freeze = (): void => this.socket.pause();
  thaw = (): void => this.socket.resume();

  async leave(): Promise<void> {
    this.socket.close();
    await this.closing;
  }
}

/** A result of the IMAP check, to be varied. */
export function resultOf(changes: Partial<CheckResult> = {}): CheckResult {
  return {
    id: uuidv7(),
    check: 'imap.tls',
    target: { name: 'imap', host: 'outlook.office365.com', port: 993 },
    outcome: 'pass',
    startedAt: new Date().toISOString(),
    durationMs: 81.5,
    phases: [{ name: 'connect', ms: 12.5 }],
    failure: null,
    reason: null,
    evidence: {},
    repeats: null,
    ...changes,
  };
}

/** `count` deliveries from `first` on. */
export function deliveriesFrom(
  first: number,
  count: number,
  changes: (sequence: number) => Partial<CheckResult> = () => ({}),
): Delivery[] {
  return Array.from({ length: count }, (_, i) => ({
    sequence: first + i,
    runId: null,
    result: resultOf(changes(first + i)),
  }));
}
