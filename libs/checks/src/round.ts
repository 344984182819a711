import { isIP } from 'node:net';
import type { CheckResult, Phase, Target, Task } from '@mailpath/protocol';
import { CATALOGUE } from './catalogue.ts';
import type { Check } from './check.ts';
import type { Credential } from './credential.ts';
import type { Deadline } from './deadline.ts';
import { deadlineIn } from './deadline.ts';
import { seconds } from './failure.ts';
import { ConnectTurns } from './io/connect-turns.ts';
import type { LookUp, NameAnswer } from './io/dns.ts';
import { systemLookUp } from './io/dns.ts';
import type { Gate } from './io/gate.ts';
import { openGate } from './io/gate.ts';
import { Names, withName } from './io/names.ts';
import { proxyHost } from './io/proxy-url.ts';
import type { LookedUp } from './io/reading-run.ts';
import { RevocationTries } from './io/revocation.ts';
import type { TrustStore } from './io/trust-store.ts';
import type { ReadNameSettings } from './machine/name-settings.ts';
import { mayUseProxy, needsLease, waitsForPerson } from './needs.ts';
import { runCheck } from './run-check.ts';
import { barredPeer, skippedAsBarred } from './barred.ts';
import { type Skip, skipped } from './skipped.ts';

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
  /** Further lists of roots, such as ECE's Java store, that are asked about each chain; they decide nothing. */
  stores?: readonly TrustStore[];
  /** Addresses to dial after all others of their name, since they were tried before. */
  dialLast?: ReadonlySet<string>;
  /**
   * Why the checks may have less time than they need: one that only the deadline ends is then skipped with this reason,
   * as it says nothing of the path.
   */
  cutShort?: string;
  /** Must not throw. */
  onProgress?: (event: RoundProgress) => void;
  /** Addresses to use for a name (lower case) instead of looking it up, as an administrator of the machine wants it. */
  pins?: ReadonlyMap<string, readonly string[]>;
  /** The proxy (`readProxyUrl`) that the checks which may use one go through to a target; null for the direct way. */
  proxyFor?: (target: Target) => URL | null;
  /**
   * Asked of every connection, after the look-up and once it stands; a task that it bars is skipped with its reason.
   */
  gate?: Gate;
  /** Whether the hosts on which the chains' revocation is published are tried too; they are unless told otherwise. */
  revocation?: boolean;
  /** Whether the round trip to each host and port is measured by further connects; it is unless told otherwise. */
  roundTrip?: boolean;
  /** How names become addresses; the system's way by default. */
  lookUp?: LookUp;
  /** Resolvers to ask by themselves beside the look-up, `ip` or `ip:port`; those of the system's way by default. */
  resolvers?: readonly string[];
  /** What this machine's own settings say of a name; read from it by default. */
  nameSettings?: ReadNameSettings;
  /** The checks that are known; the catalogue by default. */
  catalogue?: readonly Check[];
}

/**
 * What the runs of one round share: the deadline, the answers of the resolvers, the tries of revocation. Every name is
 * looked up once, at its first task; the runs may go side by side or one after the other. To be stopped at the end.
 */
export class Round {
  readonly #options: RoundOptions;
  readonly #signal: AbortSignal;
  readonly #known: ReadonlyMap<string, Check>;
  readonly #deadline: Deadline;
  readonly #names: Names;
  readonly #revocation: RevocationTries | null;
  readonly #turns = new ConnectTurns();
  readonly #measured = new Set<string>();
  readonly #credential: Credential | null;

  /** `credential` is for the tasks that sign in; without it they are skipped. */
  constructor(options: RoundOptions, credential: Credential | null = null) {
    const {
      signal = new AbortController().signal,
      pins,
      lookUp,
      resolvers,
      nameSettings: settings,
    } = options;
    this.#options = options;
    this.#signal = signal;
    this.#known = new Map((options.catalogue ?? CATALOGUE).map((check) => [check.id, check]));
    this.#deadline = deadlineIn(options.roundDeadlineMs);
    this.#revocation =
      options.revocation === false
        ? null
        : new RevocationTries(lookUp ?? systemLookUp, options.gate ?? openGate);
    this.#names = new Names({ pins, lookUp, resolvers, settings, limitMs: () => this.#within(), signal });
    this.#credential = credential;
  }

  /** The check that a task names, if this agent knows it. */
  checkOf({ check }: Task): Check | undefined {
    return this.#known.get(check);
  }

  /** Milliseconds until the round's deadline. */
  remainingMs(): number {
    return this.#deadline.remainingMs();
  }

  /** Runs a task and tells its phases; never rejects. */
  async resultOf(task: Task): Promise<CheckResult> {
    const check = this.#known.get(task.check);
    if (!check) return skipped(task.check, task.target, unknown(task));
    const why = this.#noStart(task, check);
    if (why !== null) return skipped(task.check, task.target, why);
    const { onProgress, proxyFor, trust = [], stores = [] } = this.#options;
    const proxy = mayUseProxy(check.needs) ? (proxyFor?.(task.target) ?? null) : null;
    if (!proxy && isIP(task.target.host) === 0) onProgress?.({ task, phase: 'resolve' });
    const name = this.#names.of(proxy ? proxyHost(proxy) : task.target.host);
    // Both names before the time for the check is measured: a look-up that hangs must not put it past the round's end.
    const [answer, reading] = await Promise.all([name.answer, this.#readingOf(task, check)]);
    const late = this.#over(!answer.error);
    if (late !== null) return skipped(task.check, task.target, late);
    const { gate } = this.#options;
    const barred = gate ? barredPeer(gate, { target: task.target, answer, proxy, reading }) : null;
    if (barred) return withName(skippedAsBarred(task, answer, barred), name);
    const result = await runCheck(check, task.target, {
      name: this.#inOrder(answer),
      deadlineMs: waitsForPerson(check.needs) ? this.remainingMs() : this.#within(),
      cancelled: this.#signal,
      proxy,
      trust,
      stores,
      turns: this.#turns,
      gate: this.#options.gate ?? openGate,
      cutShort: this.#options.cutShort,
      credential: needsLease(check.needs) ? this.#credential : null,
      authorize: task.authorize,
      reading,
      // What can be reached past the proxy says nothing about what can be reached through it.
      revocation: proxy ? null : this.#revocation,
      measuresRoundTrip: this.#options.roundTrip !== false && !proxy && this.#isFirstTo(task.target),
      onPhase: (phase) => onProgress?.({ task, phase }),
    });
    return withName(result, name);
  }

  async #readingOf({ reading }: Task, { needs }: Check): Promise<LookedUp | null> {
    if (needs !== 'mailbox-reader' || !reading) return null;
    return { ...reading, name: await this.#names.of(reading.host).answer };
  }

  stop(): void {
    this.#names.stop();
    this.#revocation?.stop();
  }

  #within(): number {
    return Math.min(this.#options.checkDeadlineMs, this.remainingMs());
  }

  /** Why a task is not begun; null when it is. */
  #noStart({ check: id, authorize, reading }: Task, check: Check): Skip | null {
    if (needsLease(check.needs) && !this.#credential)
      return { code: 'nothing-lent', reason: `${id} signs in, and nothing was lent to sign in with` };
    if (check.needs === 'authorize-request' && !authorize)
      return {
        code: 'not-told',
        reason: `${id} needs tenant, client id, redirect URI and scope to ask with, and the task has none`,
      };
    if (check.needs === 'mailbox-reader' && !reading)
      return {
        code: 'not-told',
        reason: `${id} reads the mailbox, and the task names no place to read it`,
      };
    return this.#over(true);
  }

  /** The addresses, those that are to be left for last behind the others. */
  #inOrder(answer: NameAnswer): NameAnswer {
    const { dialLast } = this.#options;
    if (!dialLast || answer.addresses.every((address) => !dialLast.has(address))) return answer;
    const isLast = (address: string) => dialLast.has(address);
    const { addresses } = answer;
    return {
      ...answer,
      addresses: [...addresses.filter((each) => !isLast(each)), ...addresses.filter(isLast)],
    };
  }

  #over(ofTime: boolean): Skip | null {
    if (this.#signal.aborted) return { code: 'called-off', reason: 'the round was called off' };
    if (!ofTime || this.remainingMs() > 0) return null;
    const all = seconds(this.#options.roundDeadlineMs);
    return { code: 'no-time', reason: `the round's ${all} were over before this check could begin` };
  }

  /**
   * Microsoft's servers see more than one connect of us for the round trip, so one check for each of them is enough.
   */
  #isFirstTo({ host, port }: Target): boolean {
    const place = `${host.toLowerCase()} ${port}`;
    const isFirst = !this.#measured.has(place);
    this.#measured.add(place);
    return isFirst;
  }
}

const unknown = ({ check }: Task): Skip => ({
  code: 'unknown-check',
  reason: `this agent does not know the check ${check}`,
});
