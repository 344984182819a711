import { createHash, type KeyObject } from 'node:crypto';
import {
  AGENT_BATCHES_PATH,
  AGENT_CHALLENGES_PATH,
  AGENT_SOCKET_PATH,
  AgentBatchAnswer,
  AgentChallenge,
  batchNonce,
  COMPACT_PROTOCOL,
  CompactWriter,
  type AgentBatch,
  type AgentFacts,
  type LineFault,
  type Results,
} from '@mailpath/protocol';
import { signJoin } from './agent-key.ts';
import { postJson, refusalText, Unreachable } from './api-request.ts';
import { type LinkEnd, spokenWith } from './link.ts';
import { textOf } from './log.ts';

const ANSWER_WITHIN_MS = 20_000;

/** What keeps the socket from getting through, and what the machine said of it. */
export interface LineTrouble {
  fault: LineFault;
  detail: string;
}

/** Whether a connection ended because WebSocket does not get through; null where the API itself ended it. */
export function troubleOf({ code, error, reason }: LinkEnd, wasOpen: boolean): LineTrouble | null {
  // The API has said something: it was reached.
  if (code !== 1006) return null;
  const detail = (error ?? reason).slice(0, 200);
  if (detail.startsWith('Unexpected server response')) return { fault: 'upgrade-refused', detail };
  if (/^nothing heard|handshake has timed out/.test(detail)) return { fault: 'silent', detail };
  return wasOpen ? { fault: 'cut', detail: detail || 'the connection was ended without a word' } : null;
}

export interface HttpsLineOptions {
  /** Where the socket would be. */
  socketUrl: URL;
  agentId: string;
  facts: AgentFacts;
  boot: string;
}

/** `retryMs`: the batch is to be kept, and another try is due after so long. */
export type Posted = { answer: AgentBatchAnswer } | { reason: string; retryMs: number; status: number };

/** Hands in batches by HTTPS POST, each signed over a challenge of its own. */
export class HttpsLine {
  readonly #options: HttpsLineOptions;
  /** An API could not read a compact batch: from then on, they go in full. */
  #inFull = false;

  constructor(options: HttpsLineOptions) {
    this.#options = options;
  }

  async post(batch: Results, trouble: LineTrouble, key: KeyObject): Promise<Posted> {
    const { agentId, boot, facts } = this.#options;
    try {
      const challenged = await postJson(this.#at(AGENT_CHALLENGES_PATH), {}, ANSWER_WITHIN_MS);
      if (challenged.status >= 300) return refused(challenged.status, refusalText(challenged).en);
      const { nonce, protocol = 1 } = AgentChallenge.parse(JSON.parse(challenged.body));
      const told = { ...batch, sentAtMs: Date.now() };
      const compact = protocol >= COMPACT_PROTOCOL && !this.#inFull ? new CompactWriter().write(told) : null;
      const results = JSON.stringify(compact ?? told);
      const digest = createHash('sha256').update(results).digest('base64url');
      const body: AgentBatch = {
        protocol: spokenWith(protocol),
        agentId,
        nonce,
        signature: signJoin(key, batchNonce(nonce, digest), agentId),
        boot,
        facts,
        line: trouble,
        ...(compact && { compact: true }),
        results,
      };
      const answered = await postJson(this.#at(AGENT_BATCHES_PATH), body, ANSWER_WITHIN_MS);
      if (compact && (answered.status === 400 || answered.status === 413)) {
        // In full it may be readable: no result is given up before that was tried.
        this.#inFull = true;
        return { reason: refusalText(answered).en, retryMs: 0, status: 0 };
      }
      if (answered.status >= 300) return refused(answered.status, refusalText(answered).en);
      return { answer: AgentBatchAnswer.parse(JSON.parse(answered.body)) };
    } catch (error) {
      // Whatever answered was no Mailpath, or nothing did.
      const reason = error instanceof Unreachable ? `${error.phase}: ${error.message}` : textOf(error);
      return { reason, retryMs: SOON_MS, status: 0 };
    }
  }

  #at(path: string): URL {
    const url = new URL(this.#options.socketUrl);
    url.protocol = url.protocol === 'wss:' ? 'https:' : 'http:';
    url.pathname = url.pathname.slice(0, -AGENT_SOCKET_PATH.length) + path;
    return url;
  }
}

const SOON_MS = 5_000;
/** Somebody must act first. */
const LATE_MS = 120_000;

const refused = (status: number, reason: string): Posted => ({
  reason,
  status,
  retryMs: status === 401 || status === 409 || status === 403 ? LATE_MS : SOON_MS,
});
