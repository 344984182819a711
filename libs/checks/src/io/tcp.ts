import type { DialAttempt, FailureCode } from '@mailpath/protocol';
import type { Socket } from 'node:net';
import type { Facts, Probe } from '../check.ts';
import { codeOf, mostTelling, seconds } from '../failure.ts';
import { PathError } from '../path-error.ts';
import type { Dialled } from './dial.ts';
import { race } from './dial.ts';
import { measureRoundTrip } from './round-trip.ts';

export { connected } from './dial.ts';

/** A slow link needs more than a moment (a round trip of 600 ms was seen), and a SYN that is lost is sent again after 1 s. */
const LONGEST_DIAL_MS = 3_000;
/** Microsoft's names have eight addresses of each family; a name with more of them learns nothing more from the rest. */
const MOST_DIALLED = 16;

const WORDS: Readonly<Partial<Record<FailureCode, string>>> = {
  refused: 'refused the connection',
  timeout: 'did not answer',
  unreachable: 'could not be reached (no route, or forbidden on the way)',
  reset: 'reset the connection',
};

/** What the system says of a family it has no way out for. A firewall that forbids has other words (EHOSTUNREACH, EACCES). */
const NO_ROUTE: readonly (string | undefined)[] = ['ENETUNREACH', 'EADDRNOTAVAIL', 'EAFNOSUPPORT'];

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

/**
 * Phases `resolve` and `connect`: every address of the name is dialled by itself, and the check goes on with the first that
 * is reached. What becomes of the others is found out beside the check.
 */
export async function openTcp(probe: Probe): Promise<Socket> {
  const addresses = await probe.addresses();
  return probe.phase('connect', () => dialAll(addresses, probe));
}

async function dialAll(addresses: readonly string[], probe: Probe): Promise<Socket> {
  const dialled = addresses.slice(0, MOST_DIALLED);
  const limitMs = Math.min(LONGEST_DIAL_MS, probe.deadline.remainingMs());
  const { first, all } = race(dialled, probe.target.port, limitMs, probe.signal);
  const reached = await first;
  if (!reached?.socket) {
    const failed = await all;
    const attempts = failed.map(({ attempt }) => attempt);
    probe.record('connect', { attempts, used: null });
    throw ownFault(failed) ?? new NoAddressReached(attempts, addresses.length);
  }
  const { socket, attempt } = reached;
  const facts: Facts<'connect'> = {
    attempts: [attempt],
    used: attempt.address,
    localAddress: socket.localAddress?.split('%', 1)[0]?.replace(/^::ffff:(?=\d+\.)/, '') ?? null,
  };
  const note = (more: Partial<Facts<'connect'>>) => probe.record('connect', Object.assign(facts, more));
  note({});
  probe.beside(survey(all, note, probe));
  if (probe.measuresRoundTrip) probe.beside(recordRoundTrip(attempt, note, probe));
  return socket;
}

type Note = (more: Partial<Facts<'connect'>>) => void;

/** Too many open files is not the path's fault. */
function ownFault(failed: readonly Dialled[]): unknown {
  return failed.find(({ error }) => codeOf(error) === null)?.error;
}

async function survey(all: Promise<Dialled[]>, note: Note, probe: Probe): Promise<void> {
  const attempts = (await all).map(({ attempt }) => attempt);
  note({ attempts });
  const dead = attempts.filter((each) => isDead(each, attempts));
  if (dead.length === 0) return;
  const listed = dead.map(({ address, outcome }) => `${address} ${WORDS[outcome as FailureCode] ?? outcome}`);
  probe.warn(
    `${dead.length} of ${attempts.length} addresses failed while another was reached: ${listed.join('; ')}`,
  );
}

/**
 * A client that meets a dead address waits, or fails where this check went on. A machine without any IPv6 makes nobody
 * wait: the system says so at once, as it is on most servers, and that is no warning. One IPv6 address among others that
 * are reached, or one that is forbidden or silent, is.
 */
function isDead({ outcome, family }: DialAttempt, attempts: readonly DialAttempt[]): boolean {
  if (outcome === 'reached' || outcome === 'internal') return false;
  return family === 4 || !attempts.every((each) => each.family === 4 || NO_ROUTE.includes(each.detail));
}

async function recordRoundTrip({ address, ms }: DialAttempt, note: Note, probe: Probe): Promise<void> {
  const roundTrip = await measureRoundTrip(address, ms, probe);
  if (roundTrip) note({ roundTrip });
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
