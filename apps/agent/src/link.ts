import type { KeyObject } from 'node:crypto';
import {
  CLOSE,
  COMPACT_PROTOCOL,
  CompactWriter,
  decodeApiMessage,
  MAX_FRAME_BYTES,
  OLDEST_API_PROTOCOL,
  PROTOCOL_VERSION,
  type AgentFacts,
  type AgentMessage,
  type ApiMessage,
  type Results,
  type UpgradeReport,
} from '@mailpath/protocol';
import { WebSocket } from 'ws';
import { rawPublicKey, signJoin, signNewKey } from './agent-key.ts';
import { apiTrust } from './api-trust.ts';
import { idText, textOf, type Log } from './log.ts';

/** Until the welcome tells the API's own beat: how long the API may be silent, and how long a connection may take. */
const PATIENCE_MS = 20_000;

export interface LinkOptions {
  url: URL;
  agentId: string;
  key: KeyObject;
  facts: AgentFacts;
  /** What it says of upgrades at this moment. */
  upgrade?: () => UpgradeReport;
  boot: string;
  /** Results go in full, also to an API that reads compact frames. */
  inFull?: boolean;
  log: Log;
  /** How long the API may be silent before its welcome. */
  patienceMs?: number;
  onWelcome: (serverName: string) => void;
  onMessage: (message: AfterWelcome) => void;
  /** Told exactly once, whatever ended it. */
  onEnd: (end: LinkEnd) => void;
}

export type AfterWelcome = Exclude<ApiMessage, { event: 'challenge' | 'welcome' }>;

export interface LinkEnd {
  code: number;
  reason: string;
  /** What the system said, when there was an error. */
  error: string | null;
}

/**
 * One connection to the API: joins, watches that the API is heard, reads frames. It ends once and is not used again.
 */
export class Link {
  readonly #options: LinkOptions;
  readonly #socket: WebSocket;
  #error: string | null = null;
  #challenged = false;
  #nonce = '';
  /** Null where results go in full. */
  #writer: CompactWriter | null = null;
  /** Whether the last batch went compactly. */
  wasCompact = false;
  #frame = 0;
  #welcomed = false;
  /** Whether the upgrade was answered as WebSocket answers it. */
  wasOpen = false;
  /** What the API calls this connection in its log; null before the upgrade, and from an older API. */
  connectionId: string | null = null;
  #silence: NodeJS.Timeout;

  constructor(options: LinkOptions) {
    this.#options = options;
    const { patienceMs = PATIENCE_MS } = options;
    this.#silence = this.#watchFor(patienceMs);
    this.#socket = new WebSocket(options.url, {
      perMessageDeflate: false,
      maxPayload: MAX_FRAME_BYTES,
      handshakeTimeout: patienceMs,
      followRedirects: false,
      ...(options.url.protocol === 'wss:' ? { secureContext: apiTrust() } : {}),
    });
    this.#socket.on('message', (data, isBinary) => {
      this.#silence.refresh();
      // With ws's default binaryType a message is one Buffer.
      if (isBinary) options.log.warn('frame ignored', { reason: 'binary' });
      else this.#read((data as Buffer).toString('utf8'));
    });
    this.#socket.on('upgrade', ({ headers }) => (this.connectionId = idText(headers['x-request-id'])));
    this.#socket.on('open', () => (this.wasOpen = true));
    this.#socket.on('ping', () => this.#silence.refresh());
    this.#socket.on('error', (error) => (this.#error ??= textOf(error)));
    this.#socket.on('close', (code, reason) => {
      clearTimeout(this.#silence);
      options.onEnd({ code, reason: reason.toString('utf8'), error: this.#error });
    });
  }

  send(message: AgentMessage): void {
    // A failing write ends the connection, and that is told by onEnd.
    this.#socket.send(JSON.stringify(message), () => undefined);
  }

  /** Sends a batch in the shortest form that the API reads. */
  sendResults(batch: Results): void {
    const compact = this.#writer?.write(batch) ?? null;
    this.wasCompact = compact !== null;
    this.send(compact ? { event: 'compact-results', data: compact } : { event: 'results', data: batch });
    if (compact) this.#frame = compact.frame;
  }

  /** The next batch has all its layouts. An API that does not know those of a first frame gets none any more. */
  forgetLayouts(): void {
    if (this.#frame === 0) this.#writer = null;
    this.#writer?.forget();
  }

  /** Offers a key in the place of the one that this connection was joined with. */
  offerKey(next: KeyObject): void {
    const publicKey = rawPublicKey(next);
    const { key, agentId } = this.#options;
    this.send({
      event: 'new-key',
      data: { publicKey, signature: signNewKey(key, this.#nonce, agentId, publicKey) },
    });
  }

  /** Says goodbye; cuts the connection when the API does not answer that within a second. */
  close(code: number = CLOSE.goingAway): void {
    if (this.#socket.readyState === WebSocket.CONNECTING) return this.terminate('closed before it was open');
    this.#socket.close(code);
    setTimeout(() => this.#socket.terminate(), 1_000).unref();
  }

  terminate(reason: string): void {
    this.#error ??= reason;
    this.#socket.terminate();
  }

  #read(frame: string): void {
    const message = decodeApiMessage(frame);
    switch (message.event) {
      case 'invalid':
        return this.#options.log.warn('frame ignored', { reason: message.data.reason });
      case 'challenge':
        return this.#join(message.data);
      case 'welcome':
        return this.#welcome(message.data);
      default:
        if (this.#welcomed) this.#options.onMessage(message);
        else this.#options.log.warn('frame ignored', { reason: `${message.event} before welcome` });
    }
  }

  #join({ nonce, protocol }: { nonce: string; protocol: number }): void {
    // One signature a connection: the key is no oracle.
    if (this.#challenged) return this.#options.log.warn('frame ignored', { reason: 'second challenge' });
    this.#challenged = true;
    this.#nonce = nonce;
    const { agentId, key, boot, facts, upgrade, inFull } = this.#options;
    if (protocol >= COMPACT_PROTOCOL && !inFull) this.#writer = new CompactWriter();
    const signature = signJoin(key, nonce, agentId);
    const sentAtMs = Date.now();
    this.send({
      event: 'join',
      data: {
        protocol: spokenWith(protocol),
        agentId,
        signature,
        boot,
        facts,
        sentAtMs,
        ...(upgrade && { upgrade: upgrade() }),
      },
    });
  }

  #welcome({ serverName, heartbeatMs }: { serverName: string; heartbeatMs: number }): void {
    if (!this.#challenged || this.#welcomed) {
      return this.#options.log.warn('frame ignored', { reason: 'welcome out of turn' });
    }
    this.#welcomed = true;
    clearTimeout(this.#silence);
    // A firewall may forget a quiet connection without a word; nobody but ourselves will notice.
    this.#silence = this.#watchFor(heartbeatMs * 3);
    this.#options.onWelcome(serverName);
  }

  #watchFor(silenceMs: number): NodeJS.Timeout {
    // Beyond 2^31 ms a timer would fire at once.
    const limit = Math.min(silenceMs, 2_147_483_647);
    return setTimeout(() => this.terminate(`nothing heard from the API for ${silenceMs} ms`), limit);
  }
}

/** The version that is spoken with an API of this one: an older one turns away who speaks a newer. */
export const spokenWith = (protocol: number): number =>
  Math.min(PROTOCOL_VERSION, Math.max(OLDEST_API_PROTOCOL, protocol));
