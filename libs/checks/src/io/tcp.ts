import type { DialAttempt, FailureCode } from '@mailpath/protocol';
import type { Socket } from 'node:net';
import type { Facts, CheckRun } from '../check.ts';
import type { Deadline } from '../deadline.ts';
import { mostTelling, seconds } from '../failure.ts';
import { PathError } from '../path-error.ts';
import type { Dialled } from './dial.ts';
import { dialInOrder } from './dial.ts';
import type { Route } from './network.ts';
import { measureRoundTrip } from './round-trip.ts';
import { unreachableWords } from './unreachable.ts';

/**
 * A slow link needs more than a moment (a round trip of 600 ms was seen), and a SYN that is lost is sent again after 1
 * s.
 */
const LONGEST_DIAL_MS = 3_000;
/** For all addresses of a name that answers at none of them, so that a check has still time to say so. */
const LONGEST_CONNECT_MS = 8_000;
/** Of the time left for the check. */
const SHARE_OF_TIME = 0.8;
/**
 * Microsoft's names have eight addresses of each family; a name with more of them learns nothing more from the rest.
 */
const MOST_DIALLED = 16;

const WORDS: Readonly<Partial<Record<FailureCode, string>>> = {
  refused: 'refused the connection',
  timeout: 'did not answer',
  reset: 'reset the connection',
};

/**
 * Raised when none of the addresses answered. Its code is the most telling of theirs: no route for IPv6 on a machine
 * that only has IPv4 must not hide a time-out.
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

/**
 * Phases `resolve` and `connect`: the addresses of the name are dialled by themselves, one or two at a time, and the
 * check goes on with the first that is reached. What becomes of the others is found out in the background.
 */
export async function openTcp(run: CheckRun, route: Route): Promise<Socket> {
  const addresses = await route.addresses();
  return run.phase('connect', () => dialAddresses(addresses, run, route));
}

async function dialAddresses(addresses: readonly string[], run: CheckRun, route: Route): Promise<Socket> {
  const dialled = addresses.slice(0, MOST_DIALLED);
  const { first, all } = dialInOrder(dialled, {
    host: run.target.host,
    port: run.target.port,
    for: 'target',
    gate: route.gate,
    limitMs: limitFor(dialled.length, route.deadline),
    signal: run.signal,
    turns: route.turns,
    everyAddress: route.surveysAddresses,
  });
  const reached = await first;
  if (!reached?.socket) {
    const failed = await all;
    const attempts = failed.map(({ attempt }) => attempt);
    run.record('connect', { attempts, used: null, ...untriedOf(addresses, attempts) });
    throw ownFault(failed) ?? new NoAddressReached(attempts, addresses.length);
  }
  const { socket, attempt } = reached;
  const facts: Facts<'connect'> = {
    attempts: [attempt],
    used: attempt.address,
    localAddress: socket.localAddress?.split('%', 1)[0]?.replace(/^::ffff:(?=\d+\.)/, '') ?? null,
  };
  const note = (more: Partial<Facts<'connect'>>) => run.record('connect', Object.assign(facts, more));
  note({});
  if (route.surveysAddresses) route.inBackground(survey(addresses, all, note, run));
  if (route.measuresRoundTrip) route.inBackground(all.then(() => recordRoundTrip(attempt, note, run, route)));
  return socket;
}

type Note = (more: Partial<Facts<'connect'>>) => void;

/** With two under way at a time, even silent addresses all have their turn before the time is over. */
function limitFor(addresses: number, deadline: Deadline): number {
  const forAll = Math.min(LONGEST_CONNECT_MS, deadline.remainingMs() * SHARE_OF_TIME);
  return Math.min(LONGEST_DIAL_MS, forAll / Math.ceil(addresses / 2));
}

/** Whether every address that was silent had as long to answer as a check with all of its time gives it. */
export function hadTimeToAnswer(attempts: readonly DialAttempt[]): boolean {
  const limitMs = Math.min(LONGEST_DIAL_MS, LONGEST_CONNECT_MS / Math.ceil(attempts.length / 2));
  return attempts.every(({ outcome, ms }) => outcome !== 'timeout' || ms >= limitMs * SHARE_OF_TIME);
}

function untriedOf(addresses: readonly string[], attempts: readonly DialAttempt[]): { untried?: number } {
  const untried = addresses.length - attempts.length;
  return untried > 0 ? { untried } : {};
}

/** Too many open files is not the path's fault. */
function ownFault(failed: readonly Dialled[]): unknown {
  return failed.find(({ attempt }) => attempt.outcome === 'internal')?.error;
}

async function survey(
  addresses: readonly string[],
  all: Promise<Dialled[]>,
  note: Note,
  run: CheckRun,
): Promise<void> {
  const attempts = (await all).map(({ attempt }) => attempt);
  note({ attempts, ...untriedOf(addresses, attempts) });
  const dead = attempts.filter((each) => isDead(each, attempts));
  if (dead.length === 0) return;
  const listed = dead.map((each) => `${each.address} ${wordsOf(each)}`);
  run.warn(
    `${dead.length} of ${attempts.length} addresses failed while another was reached: ${listed.join('; ')}`,
  );
}

/**
 * A client that meets a dead address waits, or fails where this check went on. A machine without any IPv6 makes nobody
 * wait: the system says so at once, as it is on most servers, and that is no warning. One IPv6 address among others
 * that are reached, or one that is forbidden or silent, is.
 */
function isDead({ outcome, family }: DialAttempt, attempts: readonly DialAttempt[]): boolean {
  if (outcome === 'reached' || outcome === 'internal') return false;
  return family === 4 || !attempts.every((each) => each.family === 4 || each.unreachable === 'no-route');
}

async function recordRoundTrip(
  { address, ms }: DialAttempt,
  note: Note,
  run: CheckRun,
  route: Route,
): Promise<void> {
  const roundTrip = await measureRoundTrip(address, ms, run, route);
  if (roundTrip) note({ roundTrip });
}

function deeds(attempts: readonly DialAttempt[], of: number): string {
  const [only] = attempts;
  if (of === 1 && only) {
    const waited = only.outcome === 'timeout' ? ` within ${seconds(only.ms)}` : '';
    return `${wordsOf(only)}${waited}`;
  }
  const counts = new Map<string, number>();
  for (const each of attempts) counts.set(wordsOf(each), (counts.get(wordsOf(each)) ?? 0) + 1);
  const told = [...counts].map(([words, n]) => `${n} ${words}`);
  const tried = attempts.length === of ? `${of}` : `${attempts.length} of ${of}`;
  return `could not be reached at any address; ${tried} tried: ${told.join(', ')}`;
}

function wordsOf({ outcome, detail }: DialAttempt): string {
  if (outcome === 'unreachable') return unreachableWords(detail ?? null);
  return WORDS[outcome as FailureCode] ?? outcome;
}
