import type { Phase, Reading } from '@mailpath/protocol';
import type { Probe } from '../check.ts';
import { stopwatch } from '../deadline.ts';
import { evidenceLines } from '../evidence-text.ts';
import { codeOf, failureOf, placeOf } from '../failure.ts';
import { DeadlinePassed, PathError } from '../path-error.ts';
import type { NameAnswer } from './dns.ts';
import { NoAddressReached } from './tcp.ts';

/** A place to read a mailbox, with the answer to the look-up, made before, of its host. */
export type LookedUp = Reading & { name: NameAnswer };

/** The same as a check sees it. */
export function readingOf({ name, protocol, host, port }: LookedUp): NonNullable<Probe['reading']> {
  const addresses = async () => {
    if (name.error) throw name.error;
    return name.addresses;
  };
  return { protocol, host, port, addresses, lookUpMs: name.ms };
}

/**
 * Reads the mailbox as a part of another check: the same run and deadline, another place. The steps on the way there are no
 * phases of that check, and what they find is no evidence of its target; only the dialogue is kept, after the check's own.
 */
export async function whileReading(
  probe: Probe,
  spoken: readonly string[],
  work: (reading: Probe) => Promise<void>,
): Promise<void> {
  const { reading } = probe;
  if (!reading) throw new Error('a check that reads the mailbox was run without a place to read it');
  const { host, port } = reading;
  let step = 'connect' as Phase;
  let inStep = stopwatch();
  /** Whether the mailbox was open at some time: from then on it is the message that is waited for. */
  let opened = false;
  const own: Probe = {
    target: { ...probe.target, host, port },
    signal: probe.signal,
    deadline: probe.deadline,
    trust: probe.trust,
    credential: probe.credential,
    over: probe.over,
    authorize: null,
    reading: null,
    proxy: null,
    revocation: null,
    measuresRoundTrip: false,
    addresses: () => {
      step = 'resolve';
      return reading.addresses();
    },
    phase: async (name, go) => {
      step = name;
      inStep = stopwatch();
      const done = await go();
      opened ||= name === 'open-mailbox';
      return done;
    },
    record: (section, facts) => {
      if (section !== 'dialogue' || !('lines' in facts)) return;
      const lines = [...spoken.slice(0, 24), `(then with ${placeOf({ host, port, address: null })})`];
      const after = (facts.lines as readonly string[]).slice(-39);
      probe.record('dialogue', { lines: evidenceLines([...lines, ...after]) });
    },
    // Dead addresses of this place are told by the checks that are aimed at it.
    warn: () => undefined,
    beside: (task) => probe.beside(task),
  };
  try {
    await work(own);
  } catch (error) {
    const { reason } = probe.signal as { reason: unknown };
    const late = reason instanceof DeadlinePassed;
    if (late && opened) throw error;
    // As in run-check.ts: what comes after the deadline is its echo.
    const cause = late && !(error instanceof NoAddressReached) ? reason : error;
    const code = codeOf(cause);
    if (code === null) throw error;
    const waitedMs = step === 'resolve' ? reading.lookUpMs : inStep();
    const { message } = failureOf(cause, { phase: step, host, port, address: null, waitedMs });
    throw new PathError(code, `took the message, but the mailbox could not be read: ${message}`);
  }
}
