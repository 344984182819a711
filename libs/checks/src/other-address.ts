import type { FailureCode, Phase } from '@mailpath/protocol';
import type { Attempt } from './attempt.ts';
import type { Deadline } from './deadline.ts';

/** Steps above TCP in which an address can fail that another of the name would not. */
const ABOVE_TCP: ReadonlySet<Phase> = new Set(['tls', 'greet', 'starttls', 'http']);
/** Silence and cuts. Whoever gave an answer, if only a wrong certificate, is believed for all addresses of the name. */
const NO_ANSWER: ReadonlySet<FailureCode> = new Set(['timeout', 'reset', 'closed']);
const MOST_SPOKEN_WITH = 3;
/** Less than this is not enough to say anything new. */
const WORTH_STARTING_MS = 500;

/**
 * Goes on to another address of the name, as a client does, when one accepts the connection and then cuts it or is
 * silent. One that is silent keeps all of the time, while the next is asked from the middle of it on: a slow server is
 * no silent one. Answers the attempts in their order; those that are over have `came`.
 */
export async function tryAddresses(
  begin: (without: ReadonlySet<string>) => Attempt,
  addresses: readonly string[],
  deadline: Deadline,
): Promise<Attempt[]> {
  const attempts = [begin(new Set())];
  const mayGoOn = () =>
    attempts.length < MOST_SPOKEN_WITH &&
    deadline.remainingMs() > WORTH_STARTING_MS &&
    addresses.some((address) => !unfit(attempts).has(address));
  for (let patient = true; ;) {
    const open = attempts.filter(({ came }) => came === null);
    if (open.length === 0) return attempts;
    const half: ReturnType<typeof timer> | null =
      patient && mayGoOn() ? timer(deadline.remainingMs() / 2) : null;
    const ended: Attempt | null = await Promise.race([
      ...open.map((attempt) => attempt.ended.then(() => attempt)),
      ...(half ? [half.over] : []),
    ]);
    half?.clear();
    if (ended?.came?.failure === null) return attempts;
    const stuck = ended === null ? attempts.some(isInConversation) : gaveNoAnswer(ended);
    if (stuck && mayGoOn()) attempts.push(begin(unfit(attempts)));
    else patient &&= ended !== null;
  }
}

/**
 * The attempt whose result is the run's: the one that came through, else one that was given an answer, else the first.
 */
export function telling(attempts: readonly Attempt[]): Attempt {
  const spoken = attempts.filter(({ recording }) => usedBy(recording) !== null);
  const found =
    attempts.find(({ came }) => came?.failure === null) ??
    spoken.find((attempt) => attempt.came !== null && !gaveNoAnswer(attempt)) ??
    attempts[0];
  if (!found) throw new Error('a run without an attempt');
  return found;
}

/** The address that an attempt spoke with; null when it reached none. */
export function usedBy({ evidence }: Attempt['recording']): string | null {
  return evidence.connect?.used ?? null;
}

/** Whether the address accepted the connection, and what was to come above TCP never came. */
export function gaveNoAnswer({ came, recording }: Attempt): boolean {
  const failure = came?.failure;
  return (
    failure !== null &&
    failure !== undefined &&
    usedBy(recording) !== null &&
    ABOVE_TCP.has(failure.phase) &&
    NO_ANSWER.has(failure.code)
  );
}

function isInConversation({ came, recording }: Attempt): boolean {
  return came === null && usedBy(recording) !== null && ABOVE_TCP.has(recording.step);
}

/** Addresses that were spoken with, or that are known not to be reached. */
function unfit(attempts: readonly Attempt[]): Set<string> {
  const unfitting = attempts.flatMap(({ recording: { evidence } }) => {
    const { used = null, attempts: dialled = [] } = evidence.connect ?? {};
    const dead = dialled.filter(({ outcome }) => outcome !== 'reached').map(({ address }) => address);
    return used === null ? dead : [used, ...dead];
  });
  return new Set(unfitting);
}

function timer(ms: number): { over: Promise<null>; clear: () => void } {
  const { promise, resolve } = Promise.withResolvers<null>();
  const timeout = setTimeout(() => resolve(null), ms);
  return { over: promise, clear: () => clearTimeout(timeout) };
}
