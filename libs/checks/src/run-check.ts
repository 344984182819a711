import type { AddressConversation, Authorize, CheckResult, Failure, Phase, Target } from '@mailpath/protocol';
import type { Work } from './attempt.ts';
import { Attempt } from './attempt.ts';
import { carryOut } from './carry-out.ts';
import type { Check, Facts } from './check.ts';
import type { Credential } from './credential.ts';
import { deadlineIn, stopwatch } from './deadline.ts';
import { evidenceText } from './evidence-text.ts';
import { ConnectTurns } from './io/connect-turns.ts';
import type { NameAnswer } from './io/dns.ts';
import type { Gate } from './io/gate.ts';
import { proxySecrets } from './io/proxy-url.ts';
import type { LookedUp } from './io/reading-run.ts';
import type { RevocationTries } from './io/revocation.ts';
import { hadTimeToAnswer } from './io/tcp.ts';
import type { TrustStore } from './io/trust-store.ts';
import { needsLease } from './needs.ts';
import { gaveNoAnswer, telling, tryAddresses, usedBy } from './other-address.ts';
import { DeadlinePassed } from './path-error.ts';
import { Recording } from './recording.ts';
import { resultId } from './result-id.ts';
import { skipped } from './skipped.ts';
import { withoutSecrets } from './without-secrets.ts';

/**
 * How long a check that hears of its deadline has to come back with what it knows; one that does not is left behind.
 */
const GRACE_MS = 100;

/** What a run is given. */
export interface Conditions {
  /** The answer to the look-up, made before, of the target's host; of the proxy's where there is one. */
  name: NameAnswer;
  deadlineMs: number;
  /** Why the deadline came early, where it did: a run that it ends is skipped, since it says nothing of the path. */
  cutShort?: string | undefined;
  /** Aborted when nobody wants the result any more. */
  cancelled?: AbortSignal | undefined;
  /** The proxy to go through: the target's name is then the proxy's to look up. */
  proxy?: URL | null;
  /** Roots trusted beside the ones this machine's Node trusts, as PEM. */
  trust: readonly string[];
  /** Further lists of roots that are asked about a chain, and decide nothing here. */
  stores?: readonly TrustStore[];
  /** For a check that signs in; nothing secret of it is left in the result. */
  credential?: Credential | null;
  /** For a check that asks the authorize endpoint. */
  authorize?: Authorize | undefined;
  /** The task's place to read the mailbox, with the answer to the look-up of its host. */
  reading?: LookedUp | null;
  /** False for all but one of the runs that go to the same host and port in a round. */
  measuresRoundTrip?: boolean;
  /** Asked of every connection; open unless given. */
  gate?: Gate;
  /** Shared by the runs of a round. */
  turns: ConnectTurns;
  revocation?: RevocationTries | null;
  onPhase?: (phase: Phase) => void;
}

/** The same with what a run by itself shares with nobody. */
type Given = Omit<Conditions, 'turns'> & Partial<Pick<Conditions, 'turns'>>;

/** Runs a check once and says how it went. Never rejects; comes back by the deadline and a tenth of a second. */
export async function runCheck(check: Check, target: Target, given: Given): Promise<CheckResult> {
  const work: Work = (run, route) => carryOut(check, run, route, given);
  // What was lent is used once, and by one connection.
  const isLent = needsLease(check.needs);
  const result = await runWork(check.id, target, { ...given, isLent }, work);
  const secrets = [...(given.credential?.secrets ?? []), ...(given.proxy ? proxySecrets(given.proxy) : [])];
  return secrets.length > 0 ? withoutSecrets(result, new Set(secrets)) : result;
}

/** Runs any work as the check of this id. */
export async function runWork(
  check: string,
  target: Target,
  own: Given & { isLent?: boolean },
  work: Work,
): Promise<CheckResult> {
  const given: Conditions = { turns: new ConnectTurns(), ...own };
  const { name, deadlineMs, cancelled } = given;
  const deadline = deadlineIn(deadlineMs);
  const begunAt = Date.now();
  const elapsed = stopwatch();
  const begun: Attempt[] = [];
  let stopped: unknown;
  const begin = (without: ReadonlySet<string>) => {
    const recordingOf = (signal: AbortSignal) => new Recording(target, signal, given.onPhase);
    const attempt = new Attempt(work, recordingOf, given, { deadline, without, isFirst: begun.length === 0 });
    begun.push(attempt);
    if (stopped !== undefined) attempt.stop(stopped);
    return attempt;
  };
  const abandoned = Promise.withResolvers<void>();
  let graceTimer: NodeJS.Timeout | undefined;
  const stop = (reason: unknown) => {
    if (stopped !== undefined) return;
    stopped = reason;
    for (const attempt of begun) attempt.stop(reason);
    graceTimer = setTimeout(() => abandoned.resolve(), GRACE_MS);
  };
  const deadlineTimer = setTimeout(() => stop(new DeadlinePassed()), deadlineMs);
  const onCancelled = () => stop(cancelled?.reason);
  cancelled?.addEventListener('abort', onCancelled, { once: true });
  // A proxy's addresses are none of the target's.
  const others = own.isLent || given.proxy ? [] : name.addresses;
  const toItsEnd = async () => {
    const attempts = await tryAddresses(begin, others, deadline);
    const chosen = telling(attempts);
    for (const attempt of attempts) if (attempt.came === null) attempt.close();
    const durationMs = attempts.length === 1 ? chosen.came?.durationMs : elapsed();
    await Promise.all([attempts[0]?.settled, chosen.settled]);
    return durationMs;
  };
  const durationMs = (await Promise.race([toItsEnd(), abandoned.promise])) ?? elapsed();
  clearTimeout(deadlineTimer);
  clearTimeout(graceTimer);
  cancelled?.removeEventListener('abort', onCancelled);
  for (const attempt of begun) attempt.close();
  const failed = telling(begun).came?.failure ?? null;
  if (failed && cancelled?.aborted)
    return skipped(check, target, { code: 'called-off', reason: 'the round was called off' });
  if (failed?.code === 'timeout' && given.cutShort !== undefined && !hadItsTime(failed, telling(begun)))
    return skipped(check, target, { code: 'cut-short', reason: given.cutShort });
  return written(check, target, given, begun, { begunAt, durationMs });
}

/**
 * Of what times out, only addresses that do not answer have a limit of their own, which may lie before the run's end.
 */
function hadItsTime({ phase }: Failure, { recording }: Attempt): boolean {
  return phase === 'connect' && hadTimeToAnswer(recording.evidence.connect?.attempts ?? []);
}

function written(
  check: string,
  target: Target,
  given: Conditions,
  attempts: readonly Attempt[],
  { begunAt, durationMs }: { begunAt: number; durationMs: number },
): CheckResult {
  const { recording, came } = telling(attempts);
  const failure = came?.failure ?? null;
  const connect = connectOf(attempts);
  const warnings = [...recording.warnings, ...silentOnes(attempts)];
  const failed = failure?.code === 'throttled' ? 'throttled' : 'fail';
  const outcome = failure ? failed : warnings.length > 0 ? 'warn' : 'pass';
  const resolveMs = recording.phases.find(({ name }) => name === 'resolve')?.ms ?? 0;
  // Its own, whoever else the look-up was made for: the tasks of an order follow each other for minutes.
  const startedAt = new Date(begunAt - resolveMs);
  return {
    id: resultId(startedAt),
    check,
    target: { ...target },
    outcome,
    startedAt: startedAt.toISOString(),
    durationMs: Math.round((durationMs + resolveMs) * 10) / 10,
    phases: recording.phases,
    failure,
    reason: outcome === 'warn' ? evidenceText(warnings.join(' ')) : null,
    evidence: recording.evidenceWith(connect ? { connect } : {}),
    repeats: null,
  };
}

/**
 * What the first attempt found out of all addresses, with the one that the result is about, and how each conversation
 * went.
 */
function connectOf(attempts: readonly Attempt[]): Facts<'connect'> | null {
  const own = telling(attempts).recording.evidence.connect;
  const spoken = attempts.flatMap(conversationOf);
  if (!own || spoken.length < 2) return own ?? null;
  const surveyed = attempts[0]?.recording.evidence.connect ?? own;
  const known = new Set(surveyed.attempts.map(({ address }) => address));
  const more = attempts
    .flatMap(({ recording }) => recording.evidence.connect?.attempts ?? [])
    .filter(({ address }) => !known.has(address) && known.add(address));
  return { ...own, attempts: [...surveyed.attempts, ...more], spokenWith: spoken };
}

function conversationOf({ recording, came }: Attempt): AddressConversation[] {
  const address = usedBy(recording);
  if (address === null || !came) return [];
  const { failure, durationMs } = came;
  const phase = failure?.phase ?? recording.last.name;
  return [{ address, phase, outcome: failure?.code ?? 'served', ms: durationMs }];
}

/** A client that meets one of these first waits, or fails, where this check went on. */
function silentOnes(attempts: readonly Attempt[]): string[] {
  if (telling(attempts).came?.failure !== null) return [];
  return attempts
    .filter(gaveNoAnswer)
    .map(({ came }) => `${came?.failure?.message}; another address of the same name served.`);
}
