import type { CheckResult, Evidence } from '@mailpath/protocol';
import { isIP } from 'node:net';
import type { Facts } from '../check.ts';
import { unusualAmong } from './address-range.ts';
import type { LookUp, NameAnswer } from './dns.ts';
import { answerFor, pinnedAnswer, systemLookUp } from './dns.ts';
import type { Asked } from './resolvers.ts';
import { configuredResolvers, Resolvers } from './resolvers.ts';

/** One name of a round: what the system makes of it, and what the resolvers say, if they are asked. */
export interface Name {
  answer: Promise<NameAnswer>;
  asked: Asked | null;
}

/** How names become addresses in a round. */
export interface NameOptions {
  pins?: ReadonlyMap<string, readonly string[]> | undefined;
  lookUp?: LookUp | undefined;
  resolvers?: readonly string[] | undefined;
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
    if (pinned) return { answer: Promise.resolve(pinnedAnswer(pinned)), asked: null };
    const { limitMs, signal, lookUp = systemLookUp } = this.#options;
    // To a name without a dot the system adds domains of its own, so the resolvers would be asked something else.
    const asks = isIP(host) === 0 && host.includes('.') && !signal.aborted;
    const asked = asks ? this.#ask(host) : null;
    return { answer: answerFor(host, limitMs(), signal, lookUp), asked };
  }

  #ask(host: string): Asked | null {
    const { limitMs, lookUp, resolvers } = this.#options;
    // Names that are not looked up in the system's way are none that its resolvers know.
    const servers = resolvers ?? (lookUp ? [] : configuredResolvers());
    if (servers.length === 0) return null;
    this.#resolvers ??= new Resolvers(servers, limitMs());
    return this.#resolvers.ask(host);
  }
}

/**
 * The result with what is known of its name beside the system's answer. A check that came through waits for nothing: a
 * resolver that has not answered by then has kept nobody waiting. One that failed waits for the resolvers until their two
 * seconds since the round began are over, because they may hold the cause (an entry of the hosts file fails at once, long
 * before any resolver answers); a dead resolver in front has mostly cost the system's look-up more than that.
 */
export async function withName(result: CheckResult, { asked }: Name): Promise<CheckResult> {
  const { dns } = result.evidence;
  if (!dns) return result;
  if (result.outcome === 'fail') await asked?.settled;
  const facts: Facts<'dns'> = { ...dns };
  const resolvers = asked?.soFar() ?? [];
  const unusual = unusualAmong(dns.addresses);
  if (resolvers.length > 0) facts.resolvers = resolvers;
  if (unusual.length > 0) facts.unusual = unusual;
  // As in run-check.ts: the schema's open end for newer agents keeps the compiler from seeing that this is evidence.
  return { ...result, evidence: { ...result.evidence, dns: facts } as Evidence };
}
