import {
  type CheckResult,
  isPublicClient,
  type Lease,
  type Phase,
  type Task,
  type TokenGrant,
} from '@mailpath/protocol';
import type { Check } from './check.ts';
import type { Told } from './credential.ts';
import { Credential } from './credential.ts';
import { deadlineIn } from './deadline.ts';
import { needsLease, obtainsToken } from './needs.ts';
import type { RoundOptions } from './round.ts';
import { Round } from './round.ts';
import { lookOnceMore } from './second-look.ts';
import { type Skip, skipped } from './skipped.ts';

/** `onObtained` and `onDeviceCode` are told what is secret; `onProgress` never is. */
export interface LeasedOptions extends RoundOptions, Told {}

/** In these nothing of a credential has been sent yet, so that another try cannot use it up or lock an account. */
const BEFORE_SIGN_IN: ReadonlySet<Phase> = new Set([
  'resolve',
  'connect',
  'proxy',
  'tls',
  'greet',
  'starttls',
]);

/**
 * Carries out one order with what was lent for it: its tasks one after the other in their order, as a mailbox is not to
 * be opened from several sides at once. What fails before anything was sent of a credential is looked at once more, at
 * once, so that the tasks behind it have the token; what was refused is never tried again. One result for each task,
 * second looks right behind what they repeat; never rejects.
 */
export async function runLeased(
  tasks: readonly Task[],
  lease: Lease,
  options: LeasedOptions,
): Promise<CheckResult[]> {
  const credential = new Credential(lease, options);
  const budget = deadlineIn(options.roundDeadlineMs);
  const round = new Round(options, credential);
  const results: CheckResult[] = [];
  for (const task of tasks) {
    const check = round.checkOf(task);
    const unfit = check && whyNot(check, credential, results);
    const result = unfit ? skipped(task.check, task.target, unfit) : await round.resultOf(task);
    results.push(result);
    options.onProgress?.({ task, result });
    if (!isWorthAnother(result) || isOver(lease)) continue;
    const rest = { ...options, roundDeadlineMs: budget.remainingMs() };
    const second = await lookOnceMore(result, task, rest, credential);
    if (second) results.push(second);
  }
  round.stop();
  return results;
}

/** Why a check cannot be run with this lease, as it is by now; null when it can. */
function whyNot(
  check: Check,
  { lease, accessToken }: Credential,
  before: readonly CheckResult[],
): Skip | null {
  if (!needsLease(check.needs)) return null;
  if (isOver(lease))
    return {
      code: 'lease-expired',
      about: lease.expiresAt,
      reason: `the lease was over at ${lease.expiresAt}, by this machine's clock`,
    };
  if (obtainsToken(check.needs)) return misfit(check.id, check.needs, lease);
  return accessToken === null ? noToken(before) : null;
}

function misfit(id: string, grant: TokenGrant, lease: Lease): Skip | null {
  const lent = lease.grant.kind;
  if (grant !== lent)
    return {
      code: 'other-grant',
      about: lent,
      reason: `${id} works with the grant ${grant}, and the lease has ${lent}`,
    };
  return grant === 'client-credentials' && isPublicClient(lease)
    ? { code: 'no-client-secret', reason: `${id} needs a client secret, and the lease has none` }
    : null;
}

/** What became of the check that was to obtain the token. */
function noToken(before: readonly CheckResult[]): Skip {
  const last = before.findLast(({ check }) => check.startsWith('token.'));
  return {
    code: 'no-token',
    ...(last ? { about: last.check } : {}),
    reason: `no access token was obtained: ${blame(last)}`,
  };
}

function blame(last: CheckResult | undefined): string {
  if (!last) return 'no check before it obtains one';
  if (!last.failure) return `${last.check} was skipped`;
  return `${last.check} failed in the phase ${last.failure.phase} (${last.failure.code})`;
}

function isWorthAnother({ outcome, failure, phases }: CheckResult): boolean {
  return (
    outcome === 'fail' && failure?.code !== 'denied' && phases.every(({ name }) => BEFORE_SIGN_IN.has(name))
  );
}

function isOver({ expiresAt }: Lease): boolean {
  return Date.parse(expiresAt) <= Date.now();
}
