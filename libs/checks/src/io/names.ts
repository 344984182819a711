import type { CheckResult, Evidence, NameSettings } from '@mailpath/protocol';
import { isIP } from 'node:net';
import type { Facts } from '../check.ts';
import { stopwatch } from '../deadline.ts';
import type { ReadNameSettings } from '../machine/name-settings.ts';
import { readNameSettings } from '../machine/name-settings.ts';
import { DeadlinePassed } from '../path-error.ts';
import { unusualAmong } from './address-range.ts';
import type { LookUp, NameAnswer } from './dns.ts';
import { answerFor, pinnedAnswer, systemLookUp } from './dns.ts';
import type { Asked } from './resolvers.ts';
import { configuredResolvers, Resolvers } from './resolvers.ts';

/** One name of a round: what the system makes of it, and what the resolvers say, if they are asked. */
export interface Name {
  answer: Promise<NameAnswer>;
  asked: Asked | null;
  /** Null where the system's settings have no part in it. */
  settings: NameSettings | null;
}

/**
 * Of the time for a look-up: when the system has no answer by then, and a resolver has, the check goes on with that
 * one.
 */
const PATIENCE_WITH_SYSTEM = 0.6;

/** How names become addresses in a round. */
export interface NameOptions {
  pins?: ReadonlyMap<string, readonly string[]> | undefined;
  lookUp?: LookUp | undefined;
  resolvers?: readonly string[] | undefined;
  /** What the machine's settings say of a name; read from the machine where names are looked up in the system's way. */
  settings?: ReadNameSettings | undefined;
  /** The time for what is asked now, in milliseconds. */
  limitMs: () => number;
  signal: AbortSignal;
}

/**
 * The names of one round, each looked up once, at the same time by the system and by each resolver. The system's answer
 * alone decides what is dialled.
 */
export class Names {
  readonly #names = new Map<string, Name>();
  readonly #options: NameOptions;
  #resolvers: Resolvers | null = null;

  constructor(options: NameOptions) {
    this.#options = options;
    options.signal.addEventListener('abort', this.stop, { once: true });
  }

  of(host: string): Name {
    const key = host.toLowerCase();
    const known = this.#names.get(key) ?? this.#lookedUp(host, this.#options.pins?.get(key));
    this.#names.set(key, known);
    return known;
  }

  /** Gives up the resolvers; to be called when the round ends. */
  readonly stop = (): void => {
    this.#options.signal.removeEventListener('abort', this.stop);
    this.#resolvers?.stop();
  };

  #lookedUp(host: string, pinned: readonly string[] | undefined): Name {
    if (pinned) return { answer: Promise.resolve(pinnedAnswer(pinned)), asked: null, settings: null };
    const { limitMs, signal, lookUp, settings: read } = this.#options;
    // To a name without a dot the system adds domains of its own, so the resolvers would be asked something else.
    const asks = isIP(host) === 0 && host.includes('.') && !signal.aborted;
    const reader = read ?? (lookUp ? null : readNameSettings);
    const settings = asks && reader ? reader(host) : null;
    const asked = asks ? this.#ask(host, settings) : null;
    return { answer: this.#answer(host, limitMs(), lookUp ?? systemLookUp, asked), asked, settings };
  }

  #ask(host: string, settings: NameSettings | null): Asked | null {
    const { limitMs, lookUp, resolvers } = this.#options;
    // Names that are not looked up in the system's way are none that its resolvers know.
    const servers = resolvers ?? (lookUp ? [] : configuredResolvers());
    if (servers.length === 0) return null;
    this.#resolvers ??= new Resolvers(servers, limitMs(), settings?.search);
    return this.#resolvers.ask(host);
  }

  /**
   * The system's answer; where it has none for long, and a resolver has, that one's, so that what lies behind is seen.
   */
  async #answer(host: string, limitMs: number, lookUp: LookUp, asked: Asked | null): Promise<NameAnswer> {
    const { signal } = this.#options;
    const elapsed = stopwatch();
    const enough = new AbortController();
    const own = answerFor(host, limitMs, AbortSignal.any([signal, enough.signal]), lookUp);
    if (!asked) return own;
    const late = Promise.withResolvers<null>();
    const timer = setTimeout(() => late.resolve(null), limitMs * PATIENCE_WITH_SYSTEM);
    const came = await Promise.race([own, late.promise]);
    clearTimeout(timer);
    const [found] = asked.soFar().filter(({ a, aaaa }) => a.records.length + aaaa.records.length > 0);
    if (came || !found) return came ?? own;
    // The system goes on by itself: its look-up cannot be called off.
    enough.abort(new DeadlinePassed());
    await own;
    return {
      addresses: [...found.a.records, ...found.aaaa.records],
      error: new DeadlinePassed(),
      ms: elapsed(),
      borrowedFrom: found.server,
    };
  }
}

/**
 * The result with what is known of its name beside the system's answer. A check that came through waits for nothing: a
 * resolver that has not answered by then has kept nobody waiting. One that failed waits for the resolvers until their
 * two seconds since the round began are over, because they may hold the cause (an entry of the hosts file fails at
 * once, long before any resolver answers); a dead resolver in front has mostly cost the system's look-up more than
 * that.
 */
export async function withName(result: CheckResult, { asked, settings }: Name): Promise<CheckResult> {
  const { dns } = result.evidence;
  if (!dns) return result;
  if (result.outcome === 'fail' || dns.borrowedFrom !== undefined) await asked?.settled;
  const facts: Facts<'dns'> = { ...dns };
  const resolvers = asked?.soFar() ?? [];
  const searched = asked?.searched() ?? [];
  const unusual = unusualAmong(dns.addresses);
  if (resolvers.length > 0) facts.resolvers = resolvers;
  if (unusual.length > 0) facts.unusual = unusual;
  if (searched.length > 0) facts.searched = searched;
  // Where all is well the settings say nothing, unless they name the host.
  if (settings && (result.outcome !== 'pass' || settings.hosts.length > 0)) facts.settings = settings;
  // As in recording.ts: the schema's open end for newer agents keeps the compiler from seeing that this is evidence.
  return { ...result, evidence: { ...result.evidence, dns: facts } as Evidence };
}
