import type {
  Authorize,
  CheckResult,
  Evidence,
  Failure,
  Phase,
  PhaseTiming,
  Target,
} from '@mailpath/protocol';
import { v7 as uuidv7 } from 'uuid';
import type { Check, Facts, Probe, Section } from './check.ts';
import type { Credential } from './credential.ts';
import { deadlineIn, stopwatch } from './deadline.ts';
import { evidenceText } from './evidence-text.ts';
import { skipped } from './skipped.ts';
import { withoutSecrets } from './without-secrets.ts';
import { failureOf, systemCodeOf } from './failure.ts';
import type { NameAnswer } from './io/dns.ts';
import { proxySecrets, type ProxyWay, shownProxy } from './io/proxy-url.ts';
import type { LookedUp } from './io/reading-probe.ts';
import { readingOf } from './io/reading-probe.ts';
import type { RevocationTries } from './io/revocation.ts';
import { DeadlinePassed, PathError, UnexpectedReply } from './path-error.ts';
import { NoAddressReached } from './io/tcp.ts';

/** How long a check that hears of its deadline has to come back with what it knows; one that does not is left behind. */
const GRACE_MS = 100;

/** What a run is given. */
export interface Conditions {
  /** The answer to the look-up, made before, of the target's host; of the proxy's where there is one. */
  name: NameAnswer;
  deadlineMs: number;
  /** Aborted when nobody wants the result any more. */
  cancelled?: AbortSignal | undefined;
  /** The proxy to go through: the target's name is then the proxy's to look up. */
  proxy?: URL | null;
  trust: readonly string[];
  /** For a check that signs in; nothing secret of it is left in the result. */
  credential?: Credential | null;
  /** For a check that asks the authorize endpoint. */
  authorize?: Authorize | undefined;
  /** The task's place to read the mailbox, with the answer to the look-up of its host. */
  reading?: LookedUp | null;
  /** False for all but one of the runs that go to the same host and port in a round. */
  measuresRoundTrip?: boolean;
  /** Shared by the runs of a round. */
  revocation?: RevocationTries | null;
  onPhase?: (phase: Phase) => void;
}

/** Runs a check once and says how it went. Never rejects; comes back by the deadline and a tenth of a second. */
export async function runCheck(check: Check, target: Target, given: Conditions): Promise<CheckResult> {
  const run = new Run(target, given);
  const failure = await run.outcomeOf(check);
  const result = run.result(check.id, failure);
  const secrets = [...(given.credential?.secrets ?? []), ...(given.proxy ? proxySecrets(given.proxy) : [])];
  return secrets.length > 0 ? withoutSecrets(result, new Set(secrets)) : result;
}

/** How a check came back; null failure when it came through. */
interface Ended {
  failure: Failure | null;
  durationMs: number;
}

class Run implements Probe {
  readonly target: Target;
  readonly signal: AbortSignal;
  readonly deadline;
  readonly trust: readonly string[];
  readonly proxy: ProxyWay | null;
  readonly credential: Credential | null;
  readonly authorize: Authorize | null;
  readonly reading: Probe['reading'];
  readonly measuresRoundTrip: boolean;
  readonly over: Promise<void>;
  readonly revocation: RevocationTries | null;
  readonly #given: Conditions;
  readonly #controller = new AbortController();
  readonly #elapsed = stopwatch();
  readonly #begunAt = Date.now();
  readonly #phases: PhaseTiming[] = [];
  readonly #warnings: string[] = [];
  readonly #evidence: { [Name in Section]?: Facts<Name> } = {};
  #current: { name: Phase; elapsed: () => number } | null = null;
  #last: { name: Phase; ms: number } = { name: 'resolve', ms: 0 };
  readonly #beside: Promise<unknown>[] = [];
  readonly #over = Promise.withResolvers<void>();
  /** What the check itself came to, while work beside it may still go on. */
  #came: Ended | null = null;
  #ended = false;

  constructor(target: Target, given: Conditions) {
    this.target = { ...target };
    this.#given = given;
    this.signal = this.#controller.signal;
    this.deadline = deadlineIn(given.deadlineMs);
    this.trust = given.trust;
    this.proxy = given.proxy
      ? { url: given.proxy, addresses: given.name.addresses, error: given.name.error }
      : null;
    this.credential = given.credential ?? null;
    this.authorize = given.authorize ?? null;
    this.reading = given.reading ? readingOf(given.reading) : null;
    this.measuresRoundTrip = given.measuresRoundTrip ?? false;
    this.over = this.#over.promise;
    this.revocation = given.revocation ?? null;
  }

  /** Null when the check came through. */
  async outcomeOf(check: Check): Promise<Failure | 'cancelled' | null> {
    const { deadlineMs, cancelled } = this.#given;
    const abandoned = Promise.withResolvers<void>();
    const stop = (reason: unknown) => {
      if (this.signal.aborted) return;
      this.#controller.abort(reason);
      graceTimer = setTimeout(() => abandoned.resolve(), GRACE_MS);
    };
    let graceTimer: NodeJS.Timeout | undefined;
    const deadlineTimer = setTimeout(() => stop(new DeadlinePassed()), deadlineMs);
    const onCancelled = () => stop(cancelled?.reason);
    cancelled?.addEventListener('abort', onCancelled, { once: true });
    await Promise.race([this.#settled(check), abandoned.promise]);
    clearTimeout(deadlineTimer);
    clearTimeout(graceTimer);
    cancelled?.removeEventListener('abort', onCancelled);
    this.#leavePhase();
    this.#came ??= this.#cameTo(this.#failure(this.signal.reason));
    this.#ended = true;
    this.#controller.abort(new Error('the run has ended'));
    const { failure } = this.#came;
    return failure && cancelled?.aborted ? 'cancelled' : failure;
  }

  result(check: string, failure: Failure | 'cancelled' | null): CheckResult {
    if (failure === 'cancelled') return skipped(check, this.target, 'the round was called off');
    const warning = this.#warnings.join(' ');
    const failed = failure?.code === 'throttled' ? 'throttled' : 'fail';
    const outcome = failure ? failed : warning ? 'warn' : 'pass';
    const resolveMs = this.#phases.find(({ name }) => name === 'resolve')?.ms ?? 0;
    return {
      id: uuidv7(),
      check,
      target: this.target,
      outcome,
      // Its own, whoever else the look-up was made for: the tasks of an order follow each other for minutes.
      startedAt: new Date(this.#begunAt - resolveMs).toISOString(),
      durationMs: Math.round(((this.#came?.durationMs ?? this.#elapsed()) + resolveMs) * 10) / 10,
      phases: this.#phases,
      failure,
      reason: outcome === 'warn' ? evidenceText(warning) : null,
      // The sections that have a name are evidence; the schema's open end for newer agents keeps the compiler from seeing it.
      evidence: this.#evidence as Evidence,
      repeats: null,
    };
  }

  async addresses(): Promise<readonly string[]> {
    const { addresses, error, ms, pinned } = this.#given.name;
    // An address needs no look-up, so there is no such phase.
    if (addresses.length === 1 && addresses[0] === this.target.host) return addresses;
    // The look-up was one; a further connection of the same run has no such phase of its own.
    if (this.#evidence.dns && !error) return addresses;
    this.#phases.push({ name: 'resolve', ms });
    this.#last = { name: 'resolve', ms };
    const facts = { addresses: [...addresses], error: error && evidenceText(errorWord(error)), ms };
    this.record('dns', pinned ? { ...facts, pinned } : facts);
    if (error) throw error;
    return addresses;
  }

  async phase<T>(name: Phase, work: () => Promise<T>): Promise<T> {
    this.signal.throwIfAborted();
    this.#current = { name, elapsed: stopwatch() };
    this.#given.onPhase?.(name);
    try {
      return await work();
    } finally {
      this.#leavePhase();
    }
  }

  record<Name extends Section>(section: Name, facts: Facts<Name>): void {
    // A check that was left behind may still go on; its result is no longer its to change.
    if (this.#ended) return;
    this.#evidence[section] = { ...this.#evidence[section], ...facts };
  }

  warn(reason: string): void {
    if (!this.#ended) this.#warnings.push(reason);
  }

  beside(work: Promise<unknown>): void {
    // What fails beside the check is nobody's failure.
    this.#beside.push(work.catch(() => undefined));
  }

  async #settled(check: Check): Promise<void> {
    let failure: Failure | null = null;
    try {
      await check.run(this);
    } catch (error) {
      if (this.#ended) return;
      // The one place where what went wrong becomes data. At once: what comes to pass beside it is not its cause.
      failure = this.#failure(error);
    }
    this.#came ??= this.#cameTo(failure);
    this.#over.resolve();
    await Promise.all(this.#beside);
  }

  #cameTo(failure: Failure | null): Ended {
    return { failure, durationMs: this.#elapsed() };
  }

  #leavePhase(): void {
    if (!this.#current || this.#ended) return;
    this.#last = { name: this.#current.name, ms: this.#current.elapsed() };
    this.#phases.push(this.#last);
    this.#current = null;
  }

  #failure(error: unknown): Failure {
    if (error instanceof UnexpectedReply) this.#evidence.unexpected = { line: evidenceText(error.line) };
    const { reason } = this.signal as { reason: unknown };
    // What comes after the deadline is its echo, but for what tells more of it: the addresses that were tried, the step of a part.
    const telling =
      error instanceof NoAddressReached || (error instanceof PathError && error.code === 'timeout');
    const cause = reason instanceof DeadlinePassed && !telling ? reason : error;
    return failureOf(cause, {
      phase: this.#last.name,
      host: this.target.host,
      port: this.target.port,
      address: this.#addressInUse(),
      proxy: this.proxy && shownProxy(this.proxy.url),
      waitedMs: this.#last.ms,
    });
  }

  /** The address that was reached, or the only one there was. */
  #addressInUse(): string | null {
    const { dns, connect } = this.#evidence;
    return connect?.used ?? (connect && dns?.addresses.length === 1 ? (dns.addresses[0] ?? null) : null);
  }
}

function errorWord(error: Error): string {
  return error instanceof DeadlinePassed ? 'timeout' : (systemCodeOf(error) ?? error.message);
}
