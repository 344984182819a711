import type { CheckResult, DeviceCode, Lease, Task } from '@mailpath/protocol';
import { CATALOGUE } from './catalogue.ts';
import { Credential, type Obtained } from './credential.ts';
import { deadlineIn } from './deadline.ts';
import { Names } from './io/names.ts';
import { proxyHost } from './io/proxy-url.ts';
import { runCheck, skipped } from './run-check.ts';
import type { RoundOptions } from './run-round.ts';

/** A round with credentials; the two callbacks must not throw, and what they are told is secret. */
export interface LeasedOptions extends RoundOptions {
  onObtained?: (obtained: Obtained) => void;
  onDeviceCode?: (code: Omit<DeviceCode, 'leaseId'>) => void;
}

/**
 * Runs tasks that may need what a lease lends, one after the other in their order, so that those after a token check can use
 * its token. One result for each task; never rejects.
 */
export async function runLeased(
  tasks: readonly Task[],
  lease: Lease,
  options: LeasedOptions,
): Promise<CheckResult[]> {
  const { signal = new AbortController().signal, trust = [], onProgress, pins, lookUp, resolvers } = options;
  const known = new Map((options.catalogue ?? CATALOGUE).map((check) => [check.id, check]));
  const round = deadlineIn(options.roundDeadlineMs);
  const within = () => Math.min(options.checkDeadlineMs, round.remainingMs());
  const names = new Names({ pins, lookUp, resolvers, limitMs: within, signal });
  const { onObtained, onDeviceCode } = options;
  const credential = new Credential(lease, {
    ...(onObtained && { onObtained }),
    ...(onDeviceCode && { onDeviceCode }),
  });

  const resultOf = async (task: Task): Promise<CheckResult> => {
    const check = known.get(task.check);
    const skip = (reason: string) => skipped(task.check, task.target, reason);
    if (!check) return skip(`this agent does not know the check ${task.check}`);
    if (signal.aborted) return skip('the round was called off');
    if (round.remainingMs() === 0)
      return skip('the time of this order was over before this check could begin');
    if (check.credential === 'access-token' && credential.accessToken === null)
      return skip('there is no access token to sign in with');
    const proxy = check.mayUseProxy ? (options.proxyFor?.(task.target) ?? null) : null;
    const name = await names.of(proxy ? proxyHost(proxy) : task.target.host).answer;
    return runCheck(check, task.target, {
      name,
      deadlineMs: within(),
      cancelled: signal,
      proxy,
      trust,
      credential: check.credential ? credential : null,
      onPhase: (phase) => onProgress?.({ task, phase }),
    });
  };

  const results: CheckResult[] = [];
  for (const task of tasks) {
    const result = await resultOf(task);
    results.push(result);
    onProgress?.({ task, result });
  }
  names.stop();
  return results;
}
