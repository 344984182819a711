import type { DialAttempt } from '@mailpath/protocol';
import type { Socket } from 'node:net';
import { connect, isIPv6 } from 'node:net';
import { stopwatch } from '../deadline.ts';
import { codeOf, systemCodeOf } from '../failure.ts';
import { PathError } from '../path-error.ts';
import type { ConnectTurns } from './connect-turns.ts';
import { destroyOnAbort } from './destroy-on-abort.ts';
import type { Gate, Peer } from './gate.ts';
import { passGate } from './gate.ts';
import { whoSaysUnreachable } from './unreachable.ts';

/** One address that was dialled; `socket` when it was reached, `error` when it was not. */
export interface Dialled {
  attempt: DialAttempt;
  socket?: Socket;
  error?: unknown;
}

/** The one to go on with, null when none was reached, and what came of all that were dialled, in the given order. */
export interface Race {
  first: Promise<Dialled | null>;
  all: Promise<Dialled[]>;
}

/** How addresses are dialled. */
export interface Dialling extends Door {
  /** For each address, in milliseconds. */
  limitMs: number;
  signal: AbortSignal;
  turns: ConnectTurns;
  /** Whether those behind the first that is reached are dialled too, for their facts. */
  everyAddress: boolean;
}

/** For whom an address is dialled, and what asks whether it may be. */
export interface Door extends Omit<Peer, 'address'> {
  gate: Gate;
}

/** RFC 8305, section 5: the recommended "Connection Attempt Delay". */
const ATTEMPT_DELAY_MS = 250;
const MOST_IN_PROGRESS = 2;

/** Dials one address for at most `limitMs`. Never rejects: an address that is not reached is a fact. */
export async function dial(
  address: string,
  door: Door,
  limitMs: number,
  signal: AbortSignal,
): Promise<Dialled> {
  const elapsed = stopwatch();
  const where = {
    address: address.split('%', 1)[0] as string,
    family: isIPv6(address) ? (6 as const) : (4 as const),
  };
  try {
    const socket = await connected(address, door, limitMs, signal);
    return { socket, attempt: { ...where, outcome: 'reached', ms: elapsed() } };
  } catch (error) {
    // Whether this address matters is for the one who asked to judge.
    const detail = systemCodeOf(error);
    // A blackhole route is told as EINVAL, which is nobody's fault but the path's where a connect says it.
    const outcome = codeOf(error) ?? (detail === 'EINVAL' ? 'unreachable' : 'internal');
    const unreachable = outcome === 'unreachable' ? whoSaysUnreachable(detail) : null;
    return {
      error,
      attempt: {
        ...where,
        outcome,
        ...(detail === null ? {} : { detail }),
        ...(unreachable === null ? {} : { unreachable }),
        ms: elapsed(),
      },
    };
  }
}

/**
 * Dials addresses in their order, as a client does (RFC 8305): the next one when the one before has come to its end, or
 * after 250 ms, and never more than two at a time. The first to be reached is the one to go on with; the others are
 * closed as soon as they are reached. Ends early when the signal is aborted: what was not dialled by then is not in the
 * list.
 */
export function dialInOrder(addresses: readonly string[], dialling: Dialling): Race {
  const { limitMs, signal, turns, everyAddress } = dialling;
  const first = Promise.withResolvers<Dialled | null>();
  const all = Promise.withResolvers<Dialled[]>();
  const ended: Dialled[] = [];
  let next = 0;
  let inProgress = 0;
  let reached = false;
  let delay: NodeJS.Timeout | undefined;
  const goOn = () => {
    clearTimeout(delay);
    const address = addresses[next];
    const wanted = address !== undefined && !signal.aborted && (!reached || everyAddress);
    if (wanted && inProgress < MOST_IN_PROGRESS) {
      void begin(address, next);
      next += 1;
      delay = setTimeout(goOn, ATTEMPT_DELAY_MS);
    } else if (!wanted && inProgress === 0) {
      first.resolve(null);
      all.resolve(ended.filter(Boolean));
    }
  };
  const begin = async (address: string, index: number) => {
    inProgress += 1;
    const place = `${address} ${dialling.port}`;
    const dialled = await turns.take(place, () => dial(address, dialling, limitMs, signal));
    inProgress -= 1;
    ended[index] = dialled;
    if (dialled.socket && reached) dialled.socket.destroy();
    else if (dialled.socket) {
      reached = true;
      first.resolve(dialled);
    }
    goOn();
  };
  goOn();
  return { first: first.promise, all: all.promise };
}

/**
 * One connection to one address, for at most `limitMs`; rejects with the system's error, a PathError `timeout`, or
 * PeerBarred. Every connection of every check is made here, so the gate is asked here: before, and of the end that is
 * really there.
 */
export function connected(
  address: string,
  door: Door,
  limitMs: number,
  signal: AbortSignal,
): Promise<Socket> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    passGate(door.gate, door, address);
    const socket = connect({ host: address, port: door.port, autoSelectFamily: false, noDelay: true });
    const timer = setTimeout(() => {
      settle();
      socket.destroy();
      reject(new PathError('timeout', 'did not answer the connection attempt'));
    }, limitMs);
    const onConnect = () => {
      settle();
      try {
        passGate(door.gate, door, socket.remoteAddress ?? address);
      } catch (error) {
        socket.destroy();
        return reject(error as Error);
      }
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
    destroyOnAbort(socket, signal);
  });
}
