import dns from 'node:dns';
import { isIP } from 'node:net';
import type { ResolverAnswer, ResolverEvidence } from '@mailpath/protocol';
import { stopwatch } from '../deadline.ts';
import { evidenceLines } from '../evidence-text.ts';
import type { ResolverPlace } from './dns-exchange.ts';
import type { AddressType } from './dns-message.ts';
import type { Answered } from './dns-question.ts';
import { askFor } from './dns-question.ts';

/** A machine has two or three; whoever has more asks the first ones. */
const MOST_RESOLVERS = 4;
/** For all questions together. One packet may be lost and one cold cache may be filled. */
const LONGEST_MS = 2_000;
/** Who has said nothing for so long can be called silent, though there may have been more time. */
const SILENT_MS = 1_000;
const DNS_PORT = 53;
const MOST_SEARCHED = 3;
/** RFC 1035, section 2.3.4. */
const LONGEST_NAME = 253;

/** What the resolvers say of one name. */
export interface Asked {
  /** When everything has been said, or the time is over; never rejects. */
  settled: Promise<unknown>;
  /** What is known now. A resolver that has had little time and said nothing is not listed: nothing is known of it. */
  soFar(): ResolverEvidence[];
  /** What the first resolver that does not know the name answers for it with a search domain behind it. */
  searched(): { name: string; records: string[] }[];
}

interface Server extends ResolverPlace {
  name: string;
}

/** The resolvers that the machine is configured with now; a Resolver that lives long does not see them change. */
export function configuredResolvers(): string[] {
  return new dns.promises.Resolver().getServers();
}

/**
 * Asks resolvers (`ip` or `ip:port`) by the DNS protocol, each by itself, each question over a socket of its own, and
 * all at the same time. The system's look-up tries them one after the other, behind a hosts file, and says EAI_AGAIN
 * for all that can go wrong; c-ares answers nothing to A when AAAA went wrong, and has one code for several states.
 */
export class Resolvers {
  readonly #servers: Server[];
  readonly #search: readonly string[];
  readonly #timer: NodeJS.Timeout;
  readonly #ended = new AbortController();

  /**
   * Everything is over after `limitMs`, at most two seconds. `search` are the domains that the system adds to a name.
   */
  constructor(servers: readonly string[], limitMs: number, search: readonly string[] = []) {
    this.#servers = [...new Set(servers)].slice(0, MOST_RESOLVERS).flatMap(serverOf);
    this.#search = search.slice(0, MOST_SEARCHED);
    this.#timer = setTimeout(() => this.stop(), Math.min(limitMs, LONGEST_MS));
  }

  ask(host: string): Asked {
    const elapsed = stopwatch();
    const { signal } = this.#ended;
    const asked = this.#servers.map((server) => new Question(server, host, elapsed, signal));
    const found: { name: string; records: string[] }[] = [];
    const searching = asked.map(async (question, index) => {
      await question.settled;
      if (index === 0 && question.isUnknownName())
        await Promise.all(this.#search.map((domain) => this.#withDomain(question, host, domain, found)));
    });
    return {
      settled: Promise.all(searching),
      soFar: () => asked.flatMap((question) => question.evidence()),
      searched: () => [...found],
    };
  }

  /** Gives up what has not been answered, and leaves nothing behind. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#ended.abort();
  }

  async #withDomain(
    { server }: Question,
    host: string,
    domain: string,
    found: { name: string; records: string[] }[],
  ): Promise<void> {
    const name = `${host}.${domain}`;
    if (name.length > LONGEST_NAME) return;
    const answers = await Promise.all(
      (['A', 'AAAA'] as const).map((type) => askFor(server, name, type, this.#ended.signal)),
    );
    const records = evidenceLines(answers.flatMap(({ answer }) => answer.records));
    if (records.length > 0) found.push({ name, records });
  }
}

function serverOf(name: string): Server[] {
  // The zone of a link-local address tells which interface, and is not looked at here.
  if (/^\[?fe80:/i.test(name)) return [];
  const [, inBrackets, bare, port] = /^(?:\[([0-9a-f:.]+)\]|([^:]+))(?::(\d{1,5}))?$/i.exec(name) ?? [];
  const address = inBrackets ?? bare ?? name;
  // Not an address: there is nobody to ask. What a name leads to is the system's business anyway.
  return isIP(address) === 0 ? [] : [{ name, address, port: port === undefined ? DNS_PORT : Number(port) }];
}

/** One name asked of one resolver. */
class Question {
  readonly server: Server;
  readonly settled: Promise<unknown>;
  readonly #elapsed: () => number;
  readonly #answers = new Map<AddressType, Answered>();
  #ms: number | null = null;

  constructor(server: Server, host: string, elapsed: () => number, signal: AbortSignal) {
    this.server = server;
    this.#elapsed = elapsed;
    const ask = async (type: AddressType) =>
      this.#answers.set(type, await askFor(server, host, type, signal));
    this.settled = Promise.all([ask('A'), ask('AAAA')]).then(() => (this.#ms = elapsed()));
  }

  /** Whether it says that there is no such name. */
  isUnknownName(): boolean {
    return this.#answers.get('A')?.answer.state === 'nxdomain';
  }

  /** One entry, or none. */
  evidence(): ResolverEvidence[] {
    const ms = this.#ms ?? this.#elapsed();
    const of = (type: AddressType) => this.#answers.get(type)?.answer;
    const [a, aaaa] = [of('A'), of('AAAA')];
    const silent: ResolverAnswer = { status: 'timeout', records: [], state: 'no-answer', ms };
    // Who has answered one question is known to be there; the other is judged once it had its time.
    if ((!a || !aaaa || isEarly(a) || isEarly(aaaa)) && ms < SILENT_MS) return [];
    const cname = [...this.#answers.values()].find((each) => each.cname.length > 0)?.cname ?? [];
    return [
      { server: this.server.name, a: a ?? silent, aaaa: aaaa ?? silent, cname: evidenceLines(cname), ms },
    ];
  }
}

/** Given up before its time: nothing is known. */
function isEarly({ state, ms = 0 }: ResolverAnswer): boolean {
  return state === 'no-answer' && ms < SILENT_MS;
}
