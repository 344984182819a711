import type { DialAttempt, FailureCode } from '@mailpath/protocol';
import type { Socket } from 'node:net';
import { connect, isIPv6 } from 'node:net';
import type { Probe } from '../check.ts';
import { stopwatch } from '../deadline.ts';
import { codeOf, mostTelling, seconds } from '../failure.ts';
import { PathError } from '../path-error.ts';
import { tie } from './tie.ts';

/** One dead address must not eat the time of the others, and a slow link needs more than a moment (RTT up to 600 ms was seen). */
const SHORTEST_DIAL_MS = 1_000;
const LONGEST_DIAL_MS = 3_000;

const WORDS: Readonly<Partial<Record<FailureCode, string>>> = {
  refused: 'refused the connection',
  timeout: 'did not answer',
  unreachable: 'could not be reached (no route, or forbidden on the way)',
  reset: 'reset the connection',
};

/**
 * Raised when none of the addresses answered. Its code is the most telling of theirs: no route for IPv6 on a machine that
 * only has IPv4 must not hide a time-out.
 */
export class NoAddressReached extends PathError {
  constructor(attempts: readonly DialAttempt[], of: number) {
    super(
      mostTelling(attempts.map(({ outcome }) => (outcome === 'reached' ? null : outcome))) ?? 'timeout',
      deeds(attempts, of),
    );
    this.name = 'NoAddressReached';
  }
}

/** Phases `resolve` and `connect`: the addresses of the name one at a time, in the system's order, until one is reached. */
export async function openTcp(probe: Probe): Promise<Socket> {
  const addresses = await probe.addresses();
  return probe.phase('connect', () => dialInTurn(addresses, probe));
}

async function dialInTurn(addresses: readonly string[], probe: Probe): Promise<Socket> {
  const attempts: DialAttempt[] = [];
  for (const [index, address] of addresses.entries()) {
    const { socket, attempt, error } = await dial(address, addresses.length - index, probe);
    attempts.push(attempt);
    probe.record('connect', { attempts: [...attempts], used: socket ? address : null });
    if (socket) {
      if (attempts.length > 1) probe.warn(warning(attempts, addresses.length));
      return socket;
    }
    // Too many open files is not the path's fault, and the next address would meet it too.
    if (codeOf(error) === null) throw error;
    if (probe.signal.aborted) break;
  }
  throw new NoAddressReached(attempts, addresses.length);
}

interface Dialled {
  attempt: DialAttempt;
  socket?: Socket;
  error?: unknown;
}

async function dial(address: string, left: number, probe: Probe): Promise<Dialled> {
  const elapsed = stopwatch();
  // One share more than there are addresses, so that time is left to talk over the last of them.
  const share = probe.deadline.remainingMs() / (left + 1);
  const limitMs = Math.min(LONGEST_DIAL_MS, Math.max(SHORTEST_DIAL_MS, share));
  const where = {
    address: address.replace(/%.*$/, ''),
    family: isIPv6(address) ? (6 as const) : (4 as const),
  };
  try {
    const socket = await connected(address, probe.target.port, limitMs, probe.signal);
    return { socket, attempt: { ...where, outcome: 'reached', ms: elapsed() } };
  } catch (error) {
    // A failed attempt is a fact; the next address is tried.
    return { error, attempt: { ...where, outcome: codeOf(error) ?? 'internal', ms: elapsed() } };
  }
}

/** One connection to one address, for at most `limitMs`; rejects with the system's error or a PathError `timeout`. */
export function connected(host: string, port: number, limitMs: number, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const socket = connect({ host, port, autoSelectFamily: false, noDelay: true });
    const timer = setTimeout(() => {
      settle();
      socket.destroy();
      reject(new PathError('timeout', 'did not answer the connection attempt'));
    }, limitMs);
    const onConnect = () => {
      settle();
      resolve(socket);
    };
    const onError = (error: Error) => {
      settle();
      reject(error);
    };
    const onAbort = () => {
      settle();
      reject(signal.reason as Error);
    };
    const settle = () => {
      clearTimeout(timer);
      socket.off('connect', onConnect).off('error', onError);
      signal.removeEventListener('abort', onAbort);
    };
    socket.once('connect', onConnect).once('error', onError);
    signal.addEventListener('abort', onAbort, { once: true });
    tie(socket, signal);
  });
}

function warning(attempts: readonly DialAttempt[], of: number): string {
  const failed = attempts.slice(0, -1);
  const listed = failed.map(
    ({ address, outcome }) => `${address} ${WORDS[outcome as FailureCode] ?? outcome}`,
  );
  return `${failed.length} of ${of} addresses failed before one was reached: ${listed.join('; ')}`;
}

function deeds(attempts: readonly DialAttempt[], of: number): string {
  const [only] = attempts;
  if (of === 1 && only) {
    const waited = only.outcome === 'timeout' ? ` within ${seconds(only.ms)}` : '';
    return `${WORDS[only.outcome as FailureCode] ?? only.outcome}${waited}`;
  }
  const counts = new Map<string, number>();
  for (const { outcome } of attempts) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  const told = [...counts].map(([outcome, n]) => `${n} ${WORDS[outcome as FailureCode] ?? outcome}`);
  const tried = attempts.length === of ? `${of}` : `${attempts.length} of ${of}`;
  return `could not be reached at any address; ${tried} tried: ${told.join(', ')}`;
}
