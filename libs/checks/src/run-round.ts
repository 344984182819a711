import { isIP } from 'node:net';
import type { CheckResult, Phase, Target, Task } from '@mailpath/protocol';
import { CATALOGUE } from './catalogue.ts';
import type { Check } from './check.ts';
import { deadlineIn } from './deadline.ts';
import { seconds } from './failure.ts';
import type { LookUp } from './io/dns.ts';
import { systemLookUp } from './io/dns.ts';
import { Names, withName } from './io/names.ts';
import { proxyHost } from './io/proxy-url.ts';
import { RevocationTries } from './io/revocation.ts';
import { runCheck, skipped } from './run-check.ts';

/** What happens in a round, as it happens. A phase is told when it begins. */
export type RoundProgress = { task: Task; phase: Phase } | { task: Task; result: CheckResult };

export interface RoundOptions {
  /** For everything together, look-ups included. */
  roundDeadlineMs: number;
  /** For each look-up, and for each check from the moment its name is known. */
  checkDeadlineMs: number;
  /** Calls the round off: what has not ended is answered as skipped. */
  signal?: AbortSignal;
  /** Roots trusted beside the ones this machine's Node trusts, as PEM. */
  trust?: readonly string[];
  /** Must not throw. */
  onProgress?: (event: RoundProgress) => void;
  /** Addresses to use for a name (lower case) instead of looking it up, as an administrator of the machine wants it. */
  pins?: ReadonlyMap<string, readonly string[]>;
  /** The proxy (`readProxyUrl`) that the checks which may use one go through to a target; null for the direct way. */
  proxyFor?: (target: Target) => URL | null;
  /** Whether the hosts on which the chains' revocation is published are tried too; they are unless told otherwise. */
  revocation?: boolean;
  /** Whether the round trip to each host and port is measured by further connects; it is unless told otherwise. */
  roundTrip?: boolean;
  /** How names become addresses; the system's way by default. */
  lookUp?: LookUp;
  /** Resolvers to ask by themselves beside the look-up, `ip` or `ip:port`; those of the system's way by default. */
  resolvers?: readonly string[];
  /** The checks that are known; the catalogue by default. */
  catalogue?: readonly Check[];
}

/**
 * Runs all tasks at the same time. Every name is looked up once, before the checks: getaddrinfo works two names at a time,
 * and a check that waits in its queue would be blamed for it. One result for each task, in their order; never rejects.
 */
export async function runRound(tasks: readonly Task[], options: RoundOptions): Promise<CheckResult[]> {
  const { signal = new AbortController().signal, trust = [], onProgress } = options;
  const known = new Map((options.catalogue ?? CATALOGUE).map((check) => [check.id, check]));
  const round = deadlineIn(options.roundDeadlineMs);
  const within = () => Math.min(options.checkDeadlineMs, round.remainingMs());
  const { pins, lookUp, resolvers } = options;
  const revocation = options.revocation === false ? null : new RevocationTries(lookUp ?? systemLookUp);
  const names = new Names({ pins, lookUp, resolvers, limitMs: within, signal });
  const measured = new Set<string>();

  /** Microsoft's servers see more than one connect of us for the round trip, so one check for each of them is enough. */
  const isFirstTo = ({ host, port }: Target): boolean => {
    const place = `${host.toLowerCase()} ${port}`;
    const isFirst = !measured.has(place);
    measured.add(place);
    return isFirst;
  };

  const resultOf = async (task: Task): Promise<CheckResult> => {
    const check = known.get(task.check);
    const skip = (reason: string) => skipped(task.check, task.target, reason);
    const late = `the round's ${seconds(options.roundDeadlineMs)} were over before this check could begin`;
    if (!check) return skip(`this agent does not know the check ${task.check}`);
    if (check.credential) return skip('this check signs in, and nothing was lent for it');
    if (round.remainingMs() === 0) return skip(late);
    if (signal.aborted) return skip('the round was called off');
    const proxy = check.mayUseProxy ? (options.proxyFor?.(task.target) ?? null) : null;
    if (!proxy && isIP(task.target.host) === 0) onProgress?.({ task, phase: 'resolve' });
    const name = names.of(proxy ? proxyHost(proxy) : task.target.host);
    const answer = await name.answer;
    if (signal.aborted) return skip('the round was called off');
    if (!answer.error && round.remainingMs() === 0) return skip(late);
    const result = await runCheck(check, task.target, {
      name: answer,
      deadlineMs: within(),
      cancelled: signal,
      proxy,
      trust,
      // What can be reached past the proxy says nothing about what can be reached through it.
      revocation: proxy ? null : revocation,
      measuresRoundTrip: options.roundTrip !== false && !proxy && isFirstTo(task.target),
      onPhase: (phase) => onProgress?.({ task, phase }),
    });
    return withName(result, name);
  };

  const results = await Promise.all(
    tasks.map(async (task) => {
      const result = await resultOf(task);
      onProgress?.({ task, result });
      return result;
    }),
  );
  names.stop();
  revocation?.stop();
  return results;
}
