import type { Failure } from '@mailpath/protocol';
import type { CheckRun } from './check.ts';
import type { Deadline } from './deadline.ts';
import { stopwatch } from './deadline.ts';
import { evidenceText } from './evidence-text.ts';
import { failureOf, seconds, systemCodeOf } from './failure.ts';
import { openGate } from './io/gate.ts';
import type { Route } from './io/network.ts';
import { shownProxy } from './io/proxy-url.ts';
import { NoAddressReached } from './io/tcp.ts';
import { DeadlinePassed, PathError, UnexpectedReply } from './path-error.ts';
import { Recording } from './recording.ts';
import type { Conditions } from './run-check.ts';

/** What a run does: a check with all that it needs, in the end. */
export type Work = (run: CheckRun, route: Route) => Promise<void>;

/** How a check came back; null failure when it came through. */
export interface Ended {
  failure: Failure | null;
  /** Without what went on in the background. */
  durationMs: number;
}

/** What is told of an attempt beside the run's own conditions. */
export interface AttemptOptions {
  deadline: Deadline;
  /** Addresses that were spoken with before, or are known to be dead. */
  without: ReadonlySet<string>;
  /** Whether this one also finds out what becomes of the other addresses and measures the round trip. */
  isFirst: boolean;
}

/** One go of a check at its target: the check itself, and what goes on in its background. */
export class Attempt {
  readonly recording: Recording;
  /** When the check itself has come to its end, with what it came to. Never rejects. */
  readonly ended: Promise<Ended>;
  /** When its background work is done too. */
  readonly settled: Promise<unknown>;
  /** Set with `ended`. */
  came: Ended | null = null;
  readonly #given: Conditions;
  readonly #options: AttemptOptions;
  readonly #controller = new AbortController();
  readonly #elapsed = stopwatch();
  readonly #background: Promise<unknown>[] = [];

  constructor(
    work: Work,
    recordingOf: (signal: AbortSignal) => Recording,
    given: Conditions,
    options: AttemptOptions,
  ) {
    this.recording = recordingOf(this.#controller.signal);
    this.#given = given;
    this.#options = options;
    const isOver = Promise.withResolvers<void>();
    const route = this.#route(isOver.promise);
    this.ended = this.#outcomeOf(() => work(this.recording, route)).then((ended) => {
      isOver.resolve();
      return ended;
    });
    this.settled = this.ended.then(() => Promise.all(this.#background));
  }

  /** Ends what is going on; the check comes back with this reason if it had not come to its end. */
  stop(reason: unknown): void {
    if (!this.recording.signal.aborted) this.#controller.abort(reason);
  }

  /** Takes nothing more, whatever still goes on. */
  close(): Ended {
    this.recording.leavePhase();
    // One that is left because another came through has kept us waiting so long.
    const reason: unknown = this.recording.signal.reason ?? new DeadlinePassed();
    this.came ??= { failure: this.#failure(reason), durationMs: this.#elapsed() };
    this.recording.close();
    this.stop(new Error('the run has ended'));
    return this.came;
  }

  async #outcomeOf(work: () => Promise<void>): Promise<Ended> {
    let failure: Failure | null = null;
    try {
      await work();
    } catch (error) {
      // The one place where what went wrong becomes data. At once: what comes to pass in the background is not its
      // cause.
      failure = this.#failure(error);
    }
    this.came ??= { failure, durationMs: this.#elapsed() };
    return this.came;
  }

  #route(ended: Promise<void>): Route {
    const {
      name,
      proxy,
      trust,
      stores = [],
      turns,
      revocation,
      measuresRoundTrip,
      gate = openGate,
    } = this.#given;
    const { deadline, isFirst } = this.#options;
    return {
      deadline,
      addresses: () => this.#addresses(),
      trust: { extra: trust, stores },
      proxy: proxy ? { url: proxy, addresses: name.addresses, error: name.error } : null,
      gate,
      turns,
      // What fails in the background is nobody's failure.
      inBackground: (work) => void this.#background.push(work.catch(() => undefined)),
      ended,
      revocation: revocation ?? null,
      surveysAddresses: isFirst,
      measuresRoundTrip: isFirst && (measuresRoundTrip ?? false),
    };
  }

  async #addresses(): Promise<readonly string[]> {
    const { name } = this.#given;
    const { target, evidence } = this.recording;
    const { addresses, error, ms, pinned } = name;
    // An address needs no look-up, so there is no such phase.
    if (addresses.length === 1 && addresses[0] === target.host) return addresses;
    const wanted = addresses.filter((address) => !this.#options.without.has(address));
    // The look-up was one; a further connection of the same run has no such phase of its own.
    if (evidence.dns && !error) return wanted;
    this.recording.addPhase({ name: 'resolve', ms });
    this.recording.record('dns', {
      addresses: [...addresses],
      error: error && evidenceText(errorWord(error)),
      ms,
      ...(pinned ? { pinned } : {}),
    });
    if (name.borrowedFrom !== undefined) this.#tellBorrowed(name.borrowedFrom);
    else if (error) throw error;
    return wanted;
  }

  #tellBorrowed(from: string): void {
    const { dns } = this.recording.evidence;
    if (!dns) return;
    this.recording.record('dns', { ...dns, borrowedFrom: evidenceText(from) });
    this.recording.warn(
      `This machine's look-up of ${this.recording.target.host} gave no address within ${seconds(dns.ms)}; ` +
        `the check went on with what the resolver ${from} answers.`,
    );
  }

  #failure(error: unknown): Failure {
    const { target, signal, last, step } = this.recording;
    if (error instanceof UnexpectedReply)
      this.recording.record('unexpected', { line: evidenceText(error.line) });
    const { reason } = signal as { reason: unknown };
    // What comes after the deadline is its echo, but for what tells more of it: the addresses tried, the step of a
    // part.
    const telling =
      error instanceof NoAddressReached || (error instanceof PathError && error.code === 'timeout');
    const cause = reason instanceof DeadlinePassed && !telling ? reason : error;
    const { proxy } = this.#given;
    return failureOf(cause, {
      phase: step,
      host: target.host,
      port: target.port,
      address: this.#addressInUse(),
      proxy: proxy ? shownProxy(proxy) : null,
      waitedMs: last.ms,
    });
  }

  /** The address that was reached, or the only one there was. */
  #addressInUse(): string | null {
    const { dns, connect } = this.recording.evidence;
    return connect?.used ?? (connect && dns?.addresses.length === 1 ? (dns.addresses[0] ?? null) : null);
  }
}

function errorWord(error: Error): string {
  return error instanceof DeadlinePassed ? 'timeout' : (systemCodeOf(error) ?? error.message);
}
