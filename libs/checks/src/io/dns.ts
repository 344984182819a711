import dns from 'node:dns';
import { isIP } from 'node:net';
import { EVIDENCE_LIST_MAX } from '@mailpath/protocol';
import { stopwatch } from '../deadline.ts';
import { DeadlinePassed } from '../path-error.ts';

/** Turns a name into addresses, in the order they are to be dialled; rejects with the system's error. */
export type LookUp = (host: string) => Promise<readonly string[]>;

/** What the one look-up of a name in a round gave. `error` is set when it gave no addresses. */
export interface NameAnswer {
  addresses: readonly string[];
  error: Error | null;
  /** The look-up's own duration. */
  ms: number;
  /** The resolver whose addresses these are, since the system's look-up gave none in time; `error` says so. */
  borrowedFrom?: string;
  /** The addresses were given beforehand, and nothing was looked up. */
  pinned?: true;
}

/** The answer for a name whose addresses were given beforehand. */
export const pinnedAnswer = (addresses: readonly string[]): NameAnswer => ({
  addresses,
  error: null,
  ms: 0,
  pinned: true,
});

/** As every program on the machine gets it, hosts file included; the order is the system's. */
export const systemLookUp: LookUp = async (host) => {
  const found = await dns.promises.lookup(host, { all: true, order: 'verbatim' });
  return found.map(({ address }) => address);
};

/**
 * Looks a name up, for at most `limitMs`; never rejects. getaddrinfo cannot be called off: when it is given up it goes
 * on in its thread and its answer is thrown away.
 */
export async function answerFor(
  host: string,
  limitMs: number,
  signal: AbortSignal,
  lookUp: LookUp,
): Promise<NameAnswer> {
  if (isIP(host) !== 0) return { addresses: [host], error: null, ms: 0 };
  const elapsed = stopwatch();
  const limit = givenUp(limitMs, signal);
  try {
    const addresses = await Promise.race([lookUp(host), limit.reached]);
    if (addresses.length === 0) throw Object.assign(new Error(`no address for ${host}`), { code: 'ENODATA' });
    return { addresses: addresses.slice(0, EVIDENCE_LIST_MAX), error: null, ms: elapsed() };
  } catch (error) {
    // A failed look-up is an answer: every check of this name reports it.
    return { addresses: [], error: asError(error), ms: elapsed() };
  } finally {
    limit.clear();
  }
}

function givenUp(limitMs: number, signal: AbortSignal): { reached: Promise<never>; clear: () => void } {
  const { promise, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(asError(signal.reason));
  const timer = setTimeout(() => reject(new DeadlinePassed()), limitMs);
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  return {
    reached: promise,
    clear: () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    },
  };
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}
