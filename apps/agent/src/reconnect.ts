import { CLOSE } from '@mailpath/protocol';

/** What a person must know of a close that waiting alone does not mend. */
export const REFUSAL_ADVICE: Readonly<Record<number, string>> = {
  [CLOSE.notKnown]: 'the API does not know this agent: enrol it again with --replace',
  [CLOSE.revoked]: 'this agent was revoked: enrol it again with --replace, or stop the service',
  [CLOSE.replaced]:
    'another connection took this agent’s place: is its state folder in use on a second machine (a clone)?',
  [CLOSE.cloned]:
    'two machines have the key of this agent: end the copy, then confirm the original at the API, or enrol it again with --replace',
  [CLOSE.protocolVersion]:
    'the API is older than this agent: update the API, or install the agent it came with',
};

/** Somebody must act first; asking every few seconds would only load the API. */
const SLOW: ReadonlySet<number> = new Set([
  CLOSE.notKnown,
  CLOSE.revoked,
  CLOSE.replaced,
  CLOSE.cloned,
  CLOSE.protocolVersion,
]);

/**
 * How long to wait before the next attempt: full jitter, between 0 and 1, 2, 4 … 60 units (seconds), so that many
 * agents that lost the same API do not come back as one; for refusals 60 to 120.
 */
export function reconnectDelayMs(
  code: number,
  attempts: number,
  random: () => number,
  unitMs = 1_000,
): number {
  if (SLOW.has(code)) return Math.round((60 + 60 * random()) * unitMs);
  return Math.round(random() * Math.min(60, 2 ** Math.min(attempts, 6)) * unitMs);
}
