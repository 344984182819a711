/**
 * The conversation between agent and API at `/v1/agents/socket`, as text frames of JSON `{ "event", "data" }`.
 * docs/protocol.md tells it in order.
 */
import { z } from 'zod';
import { AgentFacts, PublicKey } from './agent-identity.ts';
import { UpgradeNews, UpgradeOffer, UpgradeReport } from './agent-upgrade.ts';
import { CheckResult } from './check-result.ts';
import { DeviceCode, Lease, Tokens } from './lease.ts';
import { MAX_BATCH } from './batch-limits.ts';
import { GivenUp, SentAtMs } from './batch-head.ts';
import { CompactResults } from './compact/compact-results.ts';
import { Task } from './target.ts';

/**
 * Raised when a frame or a closed list changes; an agent newer than its API is turned away with CLOSE.protocolVersion.
 */
export const PROTOCOL_VERSION = 6;
/**
 * The oldest version whose agents are sent a `lease`: what guards one is part of the protocol since then, and an older
 * agent drops what it does not know and would run the order without it.
 */
export const LEASE_PROTOCOL = 2;
/** The oldest version whose agents make themselves a new key when they are asked to. */
export const KEY_PROTOCOL = 4;
/** The oldest version whose agents prove a client by an assertion; an older one would drop it and prove nothing. */
export const ASSERTION_PROTOCOL = 5;
/** The oldest version whose API reads compact frames. To an API before it an agent speaks the version of that API. */
export const COMPACT_PROTOCOL = 6;
/** The oldest API that an agent of this version gets along with. */
export const OLDEST_API_PROTOCOL = 5;
/** Where the conversation is held, below the API's address. */
export const AGENT_SOCKET_PATH = '/v1/agents/socket';
/** Close codes (RFC 6455, section 7.4) that either side may see. */
export const CLOSE = {
  goingAway: 1001,
  badFrame: 1008,
  frameTooBig: 1009,
  tryAgainLater: 1013,
  notKnown: 4401,
  joinTimeout: 4408,
  replaced: 4409,
  revoked: 4410,
  cloned: 4411,
  protocolVersion: 4426,
  tooManyStrangers: 4429,
} as const;

/** `sequence` counts from 1 within one boot of the agent and never skips by itself. */
export const Delivery = z.object({
  sequence: z.int().min(1),
  runId: z.uuid().nullable(),
  result: CheckResult,
});
export type Delivery = z.infer<typeof Delivery>;

const Join = z.object({
  protocol: z.int().min(1),
  agentId: z.uuid(),
  /** Ed25519 signature of joinStatement(), base64url. */
  signature: z.string().regex(/^[A-Za-z0-9_-]{86}$/),
  /** UUID of this start of the agent's process. */
  boot: z.uuid(),
  facts: AgentFacts,
  sentAtMs: SentAtMs,
  /** An older agent does not say, and is never upgraded. */
  upgrade: UpgradeReport.optional(),
});

/**
 * Results of one boot, in order and without gaps inside the batch. A gap before its first one means that the agent had
 * to give those up (its outbox was full or damaged); the API counts them as dropped.
 */
const Results = z.object({
  boot: z.uuid(),
  sentAtMs: SentAtMs,
  /** Of other boots. An API that does not know this counts those not, and stores the results all the same. */
  givenUp: z.array(GivenUp).max(MAX_BATCH).optional(),
  deliveries: z
    .array(Delivery)
    .min(1)
    .max(MAX_BATCH)
    .refine(
      (all) => all.every((d, i) => d.sequence === (all[0] as Delivery).sequence + i),
      'sequences in a batch follow each other',
    ),
});

/** The key that an agent made because it was asked to. */
const NewKey = z.object({
  publicKey: PublicKey,
  /** Ed25519 signature of newKeyStatement() by the key that the agent joined with, base64url. */
  signature: z.string().regex(/^[A-Za-z0-9_-]{86}$/),
});
export type NewKey = z.infer<typeof NewKey>;

/** What an agent says. */
export const AgentMessage = z.discriminatedUnion('event', [
  z.object({ event: z.literal('join'), data: Join }),
  z.object({ event: z.literal('results'), data: Results }),
  z.object({ event: z.literal('compact-results'), data: CompactResults }),
  z.object({ event: z.literal('tokens'), data: Tokens }),
  z.object({ event: z.literal('device-code'), data: DeviceCode }),
  /** What has become of an offer; told only to an API that made one. */
  z.object({ event: z.literal('upgrade'), data: UpgradeNews }),
  z.object({ event: z.literal('new-key'), data: NewKey }),
]);
export type AgentMessage = z.infer<typeof AgentMessage>;
export type Join = z.infer<typeof Join>;
export type Results = z.infer<typeof Results>;

/** What an agent does by itself until told otherwise. Times are milliseconds unless named otherwise. */
export const Assignment = z.object({
  /** Changes with the content; an agent that holds this one has nothing to do. */
  revision: z.string().min(1).max(64),
  everySeconds: z.int().min(10).max(86_400),
  checkDeadlineMs: z.int().min(1_000).max(60_000),
  roundDeadlineMs: z.int().min(1_000).max(300_000),
  tasks: z.array(Task).max(200),
});
export type Assignment = z.infer<typeof Assignment>;

/** A round asked for at this moment, beside the schedule. */
export const RunOrder = z.object({
  runId: z.uuid(),
  /** Up to the 15 minutes for which a device code is good: a person types it meanwhile. */
  checkDeadlineMs: z.int().min(1_000).max(900_000),
  roundDeadlineMs: z.int().min(1_000).max(900_000),
  tasks: z.array(Task).min(1).max(200),
  /** For tasks with credentials: what they may use, for this order alone. Their results carry nothing of it. */
  lease: Lease.optional(),
});
export type RunOrder = z.infer<typeof RunOrder>;

/** What the API says. */
export const ApiMessage = z.discriminatedUnion('event', [
  z.object({
    event: z.literal('challenge'),
    data: z.object({ protocol: z.int(), nonce: z.string().regex(/^[A-Za-z0-9_-]{43}$/) }),
  }),
  z.object({
    event: z.literal('welcome'),
    data: z.object({
      serverName: z.string(),
      /** The API pings at least this often; an agent that hears nothing for three times as long connects anew. */
      heartbeatMs: z.int().min(100),
    }),
  }),
  z.object({ event: z.literal('assignment'), data: Assignment }),
  z.object({ event: z.literal('run'), data: RunOrder }),
  /** All results of that boot up to `sequence` are committed; the agent forgets them now, and not before. */
  z.object({
    event: z.literal('acknowledged'),
    data: z.object({ boot: z.uuid(), sequence: z.int().min(0) }),
  }),
  /** Make a new key; the old one is good until the first join with the new one. */
  z.object({ event: z.literal('rotate-key'), data: z.object({}) }),
  /** That key is stored: the agent joins with it from now on. */
  z.object({ event: z.literal('key-noted'), data: z.object({ publicKey: PublicKey }) }),
  /** The batch could not be stored now; the agent keeps it and sends it again after `retryAfterMs`. */
  z.object({
    event: z.literal('deferred'),
    data: z.object({ boot: z.uuid(), retryAfterMs: z.int().min(0) }),
  }),
  /** The batch speaks of layouts that are not known here: it comes again with all of them. */
  z.object({ event: z.literal('layouts-unknown'), data: z.object({ boot: z.uuid() }) }),
  /** A newer build; sent only to an agent that said in its join that it may be upgraded. */
  z.object({ event: z.literal('upgrade'), data: UpgradeOffer }),
]);
export type ApiMessage = z.infer<typeof ApiMessage>;

/** A frame that could not be read; `reason` is fit for a close frame (at most 120 bytes of ASCII). */
export interface InvalidFrame {
  event: 'invalid';
  data: { reason: string };
}

function decode<T>(schema: z.ZodType<T>, frame: string): T | InvalidFrame {
  let json: unknown;
  try {
    json = JSON.parse(frame);
  } catch {
    // The text of V8's own error quotes the frame, which may be hostile: the fact alone goes on.
    return invalidFrame('the frame is not JSON');
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  return invalidFrame(issue ? `${issue.path.join('.') || 'frame'}: ${issue.message}` : 'not a message');
}

/** Fit for a close frame, whatever is in the reason. */
export function invalidFrame(reason: string): InvalidFrame {
  return { event: 'invalid', data: { reason: reason.replace(/[^\x20-\x7e]/g, '?').slice(0, 120) } };
}

/** Reads what an agent sent; never throws. */
export const decodeAgentMessage = (frame: string): AgentMessage | InvalidFrame => decode(AgentMessage, frame);
/** Reads what the API sent; never throws. */
export const decodeApiMessage = (frame: string): ApiMessage | InvalidFrame => decode(ApiMessage, frame);
