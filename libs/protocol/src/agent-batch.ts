import { z } from 'zod';
import { refusedWith } from './bilingual.ts';
import { AgentFacts } from './agent-identity.ts';
import { Assignment } from './agent-message.ts';
import { MAX_FRAME_BYTES } from './batch-limits.ts';

/** Where a challenge is asked for, and where batches go while WebSocket does not get through. */
export const AGENT_CHALLENGES_PATH = '/v1/agents/challenges';
export const AGENT_BATCHES_PATH = '/v1/agents/batches';

/**
 * What keeps WebSocket from getting through: `upgrade-refused`, an answer of another kind, `silent`, nothing comes on a
 * connection that stands, `cut`, it is ended before the API has said a word.
 */
export const LineFault = z.enum(['upgrade-refused', 'silent', 'cut']).meta({ id: 'LineFault' });
export type LineFault = z.infer<typeof LineFault>;

/** Answer to `POST /v1/agents/challenges`. */
export const AgentChallenge = z
  .object({
    nonce: z.string().regex(/^[A-Za-z0-9_-]{60,200}$/),
    expiresAt: z.iso.datetime(),
    protocol: z.int().min(1).optional(),
  })
  .meta({ id: 'AgentChallenge' });
export type AgentChallenge = z.infer<typeof AgentChallenge>;

/** Body of `POST /v1/agents/batches`: what the `join` and the `results` of the socket say. */
export const AgentBatch = z
  .strictObject({
    protocol: z.int().min(1),
    agentId: z.uuid(),
    nonce: z.string().regex(
      /^[A-Za-z0-9_-]{60,200}$/,
      refusedWith({
        en: 'the nonce is one of POST /v1/agents/challenges',
        ja: 'nonce には POST /v1/agents/challenges の応答の値を指定してください',
      }),
    ),
    /** Ed25519 signature of joinStatement() over batchNonce(), base64url. */
    signature: z.string().regex(
      /^[A-Za-z0-9_-]{86}$/,
      refusedWith({
        en: 'the signature is 64 bytes in base64url (86 characters)',
        ja: '署名は base64url 形式の 64 バイト（86 文字）です',
      }),
    ),
    boot: z.uuid(),
    facts: AgentFacts,
    line: z.strictObject({ fault: LineFault, detail: z.string().max(200) }),
    /** Whether `results` is what a `compact-results` frame says, the first of its connection. */
    compact: z.boolean().optional(),
    /** The `data` of a `results` frame, as the JSON text that was signed. */
    results: z.string().min(1).max(MAX_FRAME_BYTES),
  })
  .meta({ id: 'AgentBatch' });
export type AgentBatch = z.infer<typeof AgentBatch>;

/** Answer to it: what `acknowledged` and `assignment` say on the socket. */
export const AgentBatchAnswer = z
  .object({ boot: z.uuid(), acknowledged: z.int().min(0), assignment: Assignment })
  .meta({ id: 'AgentBatchAnswer' });
export type AgentBatchAnswer = z.infer<typeof AgentBatchAnswer>;

/** What stands for the nonce in the statement: no signature of a socket is one of a batch, and each is of its own. */
export const batchNonce = (nonce: string, digest: string): string => `${nonce}.${digest}`;
