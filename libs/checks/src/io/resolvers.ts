import dns from 'node:dns';
import type { ResolverAnswer, ResolverEvidence } from '@mailpath/protocol';
import { stopwatch } from '../deadline.ts';
import { evidenceLines } from '../evidence-text.ts';
import { systemCodeOf } from '../failure.ts';

/** A machine has two or three; whoever has more asks the first ones. */
const MOST_RESOLVERS = 4;
/** For all questions together. */
const LONGEST_MS = 2_000;
/**
 * c-ares waits once this long (rounded up: it looks at its clock only that often), then asks again and waits longer; it does
 * not take the late answer to its first question. One packet may be lost and one cold cache may be filled; LONGEST_MS is
 * the end in any case, because the wait grows with each try.
 */
const PATIENCE = { timeout: 900, tries: 2 };
/** Who has said nothing for so long can be called silent, though there may have been more time. */
const SILENT_MS = 1_000;
/** Microsoft's names have two to four. */
const LONGEST_CHAIN = 8;

const STATUS: Readonly<Record<string, ResolverAnswer['status']>> = {
  ENODATA: 'empty',
  ENOTFOUND: 'nxdomain',
  ESERVFAIL: 'servfail',
  EREFUSED: 'refused',
  ETIMEOUT: 'timeout',
  // By us, when the time was over.
  ECANCELLED: 'timeout',
};

/** What the resolvers say of one name. */
export interface Asked {
  /** When everything has been said, or the time is over; never rejects. */
  settled: Promise<unknown>;
  /** What is known now. A resolver that has had little time and said nothing is not listed: nothing is known of it. */
  soFar(): ResolverEvidence[];
}

interface Server {
  name: string;
  resolver: dns.promises.Resolver;
}

/** The resolvers that the machine is configured with now; a Resolver that lives long does not see them change. */
export function configuredResolvers(): string[] {
  return new dns.promises.Resolver().getServers();
}

/**
 * Asks resolvers (`ip` or `ip:port`) by the DNS protocol, each by itself and all at the same time. The system's look-up
 * tries them one after the other, behind a hosts file, and says EAI_AGAIN for all that can go wrong.
 */
export class Resolvers {
  readonly #servers: Server[];
  readonly #timer: NodeJS.Timeout;
  #stopped = false;

  /** Everything is over after `limitMs`, at most two seconds. */
  constructor(servers: readonly string[], limitMs: number) {
    this.#servers = [...new Set(servers)].slice(0, MOST_RESOLVERS).flatMap(serverOf);
    this.#timer = setTimeout(() => this.stop(), Math.min(limitMs, LONGEST_MS));
  }

  ask(host: string): Asked {
    const elapsed = stopwatch();
    const asked = this.#servers.map((server) => new Question(server, host, elapsed, () => this.#stopped));
    return {
      settled: Promise.all(asked.map(({ settled }) => settled)),
      soFar: () => asked.flatMap((question) => question.evidence()),
    };
  }

  /** Gives up what has not been answered, and leaves nothing behind. */
  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    clearTimeout(this.#timer);
    for (const { resolver } of this.#servers) resolver.cancel();
  }
}

function serverOf(name: string): Server[] {
  // The zone of a link-local address is lost on the way to c-ares, and without it nobody is there.
  if (/^\[?fe80:/i.test(name)) return [];
  const resolver = new dns.promises.Resolver(PATIENCE);
  try {
    resolver.setServers([name]);
  } catch {
    // Not an address: there is nobody to ask. What a name leads to is the system's business anyway.
    return [];
  }
  return [{ name, resolver }];
}

/** One name asked of one resolver. */
class Question {
  readonly settled: Promise<unknown>;
  readonly #server: string;
  readonly #elapsed: () => number;
  readonly #cname: string[] = [];
  #a: ResolverAnswer | null = null;
  #aaaa: ResolverAnswer | null = null;
  #ms: number | null = null;

  constructor({ name, resolver }: Server, host: string, elapsed: () => number, isOver: () => boolean) {
    this.#server = name;
    this.#elapsed = elapsed;
    const a = answered(() => resolver.resolve4(host)).then((answer) => (this.#a = answer));
    const aaaa = answered(() => resolver.resolve6(host)).then((answer) => (this.#aaaa = answer));
    const both = Promise.all([a, aaaa]).then(() => (this.#ms = elapsed()));
    this.settled = Promise.all([both, this.#follow(resolver, host, isOver)]);
  }

  /** One entry, or none. */
  evidence(): ResolverEvidence[] {
    const ms = this.#ms ?? this.#elapsed();
    if (this.#ms === null && ms < SILENT_MS) return [];
    const silent: ResolverAnswer = { status: 'timeout', records: [] };
    return [
      {
        server: this.#server,
        a: this.#a ?? silent,
        aaaa: this.#aaaa ?? silent,
        cname: evidenceLines(this.#cname),
        ms,
      },
    ];
  }

  /** c-ares gives only addresses for an A question, so the names on the way are asked for one by one. */
  async #follow(resolver: dns.promises.Resolver, host: string, isOver: () => boolean): Promise<void> {
    for (let name = host; this.#cname.length < LONGEST_CHAIN && !isOver();) {
      const next = await resolver.resolveCname(name).then(
        ([found]) => found,
        // Where there is no further name, the chain ends; what is wrong with the resolver shows in its addresses.
        () => undefined,
      );
      if (next === undefined || this.#cname.includes(next)) return;
      this.#cname.push(next);
      name = next;
    }
  }
}

async function answered(question: () => Promise<string[]>): Promise<ResolverAnswer> {
  try {
    const records = evidenceLines(await question());
    return { status: records.length === 0 ? 'empty' : 'answer', records };
  } catch (error) {
    // How a resolver fails is what is asked for.
    return { status: STATUS[systemCodeOf(error) ?? ''] ?? 'other', records: [] };
  }
}
