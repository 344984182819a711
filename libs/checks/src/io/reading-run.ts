import type { Phase, Reading } from '@mailpath/protocol';
import type { CheckRun } from '../check.ts';
import type { Credential } from '../credential.ts';
import { stopwatch } from '../deadline.ts';
import { evidenceLines } from '../evidence-text.ts';
import { codeOf, failureOf, placeOf } from '../failure.ts';
import { DeadlinePassed, PathError } from '../path-error.ts';
import type { NameAnswer } from './dns.ts';
import type { LentRun } from './lent-run.ts';
import type { Route } from './network.ts';
import { networkFor, quietRoute } from './network.ts';
import { NoAddressReached } from './tcp.ts';

/** A place to read a mailbox, with the answer to the look-up, made before, of its host. */
export type LookedUp = Reading & { name: NameAnswer };

/** Where the mailbox is read, for a check that sends to it. */
export interface MailboxReader {
  readonly protocol: Reading['protocol'];
  /**
   * Reads the mailbox as a part of the check's own run: the same deadline, another place. The steps on the path there
   * are no phases of that check, and what they find is no evidence of its target; only the dialogue is kept, after the
   * check's own, which is `spoken`.
   */
  read(run: CheckRun, spoken: readonly string[], work: (lent: LentRun) => Promise<void>): Promise<void>;
}

export function mailboxReader(reading: LookedUp, credential: Credential, route: Route): MailboxReader {
  const { protocol } = reading;
  return { protocol, read: (run, spoken, work) => read(reading, credential, route, run, spoken, work) };
}

async function read(
  { name, host, port }: LookedUp,
  credential: Credential,
  route: Route,
  run: CheckRun,
  spoken: readonly string[],
  work: (lent: LentRun) => Promise<void>,
): Promise<void> {
  let step = 'connect' as Phase;
  let inStep = stopwatch();
  /** Whether the mailbox was open at some time: from then on it is the message that is waited for. */
  let opened = false;
  const own: CheckRun = {
    target: { ...run.target, host, port },
    signal: run.signal,
    phase: async (of, go) => {
      step = of;
      inStep = stopwatch();
      const done = await go();
      opened ||= of === 'open-mailbox';
      return done;
    },
    record: (section, facts) => {
      if (section !== 'dialogue' || !('lines' in facts)) return;
      const lines = [...spoken.slice(0, 24), `(then with ${placeOf({ host, port, address: null })})`];
      const after = (facts.lines as readonly string[]).slice(-39);
      run.record('dialogue', { lines: evidenceLines([...lines, ...after]) });
    },
    // Dead addresses of this place are told by the checks that are aimed at it.
    warn: () => undefined,
  };
  const addresses = async () => {
    step = 'resolve';
    if (name.error) throw name.error;
    return name.addresses;
  };
  const over: Route = { ...quietRoute(route, addresses), proxy: null };
  try {
    await work({ run: own, network: networkFor(own, over), credential });
  } catch (error) {
    const { reason } = run.signal as { reason: unknown };
    const late = reason instanceof DeadlinePassed;
    if (late && opened) throw error;
    // As in attempt.ts: what comes after the deadline is its echo.
    const cause = late && !(error instanceof NoAddressReached) ? reason : error;
    const code = codeOf(cause);
    if (code === null) throw error;
    const waitedMs = step === 'resolve' ? name.ms : inStep();
    const { message } = failureOf(cause, { phase: step, host, port, address: null, waitedMs });
    throw new PathError(code, `took the message, but the mailbox could not be read: ${message}`);
  }
}
