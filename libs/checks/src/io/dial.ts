import type { DialAttempt } from '@mailpath/protocol';
import type { Socket } from 'node:net';
import { connect, isIPv6 } from 'node:net';
import { stopwatch } from '../deadline.ts';
import { codeOf, systemCodeOf } from '../failure.ts';
import { PathError } from '../path-error.ts';
import { tie } from './tie.ts';

/** One address that was dialled; `socket` when it was reached, `error` when it was not. */
export interface Dialled {
  attempt: DialAttempt;
  socket?: Socket;
  error?: unknown;
}

/** The one to go on with, null when none was reached, and what came of all of them in the given order. */
export interface Race {
  first: Promise<Dialled | null>;
  all: Promise<Dialled[]>;
}

/** Dials one address for at most `limitMs`. Never rejects: an address that is not reached is a fact. */
export async function dial(
  address: string,
  port: number,
  limitMs: number,
  signal: AbortSignal,
): Promise<Dialled> {
  const elapsed = stopwatch();
  const where = {
    address: address.split('%', 1)[0] as string,
    family: isIPv6(address) ? (6 as const) : (4 as const),
  };
  try {
    const socket = await connected(address, port, limitMs, signal);
    return { socket, attempt: { ...where, outcome: 'reached', ms: elapsed() } };
  } catch (error) {
    // Whether this address matters is for the one who asked to judge.
    const detail = systemCodeOf(error);
    const outcome = codeOf(error) ?? 'internal';
    return { error, attempt: { ...where, outcome, ...(detail === null ? {} : { detail }), ms: elapsed() } };
  }
}

/**
 * Dials all addresses at the same time, each for at most `limitMs`. The first to be reached is the one to go on with; of
 * several in the same turn of the event loop it is the one the system put first, as a client would take it. The others
 * are closed as soon as they are reached.
 */
export function race(addresses: readonly string[], port: number, limitMs: number, signal: AbortSignal): Race {
  const { promise: first, resolve } = Promise.withResolvers<Dialled | null>();
  const candidates = new Map<number, Dialled>();
  let decided = false;
  const decide = () => {
    decided = true;
    const [winner, ...others] = [...candidates].toSorted(([a], [b]) => a - b).map(([, dialled]) => dialled);
    for (const { socket } of others) socket?.destroy();
    resolve(winner ?? null);
  };
  const all = Promise.all(
    addresses.map(async (address, index) => {
      const dialled = await dial(address, port, limitMs, signal);
      if (dialled.socket && decided) dialled.socket.destroy();
      else if (dialled.socket && candidates.set(index, dialled).size === 1) setImmediate(decide);
      return dialled;
    }),
  );
  void all.then(() => candidates.size === 0 && decide());
  return { first, all };
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
