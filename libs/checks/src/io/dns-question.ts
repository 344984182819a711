import type { DnsState, FailureCode, ResolverAnswer } from '@mailpath/protocol';
import { stopwatch } from '../deadline.ts';
import { evidenceLines } from '../evidence-text.ts';
import { codeOf, systemCodeOf } from '../failure.ts';
import { unusualAmong } from './address-range.ts';
import type { ResolverPlace, UdpOutcome } from './dns-exchange.ts';
import { askByTcp, askByUdp } from './dns-exchange.ts';
import type { AddressType, DnsAnswer } from './dns-message.ts';
import { queryFor } from './dns-message.ts';

/**
 * After so long without an answer it is asked again, and without EDNS as well: a packet may be lost, or EDNS dropped.
 */
const ASK_AGAIN_MS = 700;
/** After so long TCP is tried as well, for what it tells of a resolver that is silent on UDP. */
const TRY_TCP_MS = 1_200;

/** RFC 1035, section 4.1.1. */
const RCODES: Readonly<Record<number, DnsState>> = {
  1: 'formerr',
  2: 'servfail',
  3: 'nxdomain',
  4: 'notimp',
  5: 'refused',
};
/** FORMERR, NOTIMP, and BADVERS (RFC 6891, section 9). */
const NO_EDNS: ReadonlySet<number> = new Set([1, 4, 16]);

const COARSE: Readonly<Partial<Record<DnsState, ResolverAnswer['status']>>> = {
  answered: 'answer',
  'no-data': 'empty',
  'alias-without-address': 'empty',
  nxdomain: 'nxdomain',
  servfail: 'servfail',
  refused: 'refused',
  'no-answer': 'timeout',
};

/** What one question came to; `cname` is the chain of aliases in its answer. */
export interface Answered {
  answer: ResolverAnswer;
  cname: string[];
}

type Edns = ResolverAnswer['edns'];

/**
 * Asks one resolver for one kind of address, by itself. Comes back with what there is when the signal is aborted; never
 * rejects.
 */
export async function askFor(
  place: ResolverPlace,
  host: string,
  type: AddressType,
  signal: AbortSignal,
): Promise<Answered> {
  const elapsed = stopwatch();
  const told = (state: DnsState, more: Partial<ResolverAnswer> = {}): ResolverAnswer => ({
    status: COARSE[state] ?? 'other',
    records: [],
    state,
    ms: elapsed(),
    rcode: null,
    transport: null,
    ...more,
  });
  const over = new AbortController();
  const end = () => over.abort();
  signal.addEventListener('abort', end, { once: true });
  if (signal.aborted) end();
  const tcp = laterByTcp(place, host, type, over.signal);
  try {
    const { outcome, edns } = await byUdp(place, host, type, over.signal);
    if (outcome === null) return { answer: told('no-answer', await tcp.sofar()), cname: [] };
    if (outcome === 'malformed') return { answer: told('malformed'), cname: [] };
    if (outcome instanceof Error) return { answer: told(stateOf(outcome)), cname: [] };
    if (!outcome.truncated) return { answer: told(...read(outcome, 'udp', edns)), cname: outcome.cname };
    const whole = await tcp.now();
    if (typeof whole === 'string')
      return { answer: told('truncated', { ...ednsFact(edns), tcp: whole }), cname: outcome.cname };
    const [state, facts] = read(whole, 'tcp', edns);
    return { answer: told(state, { ...facts, tcp: 'answered' }), cname: whole.cname };
  } finally {
    signal.removeEventListener('abort', end);
    end();
    tcp.clear();
  }
}

/** The answer over UDP, and what became of EDNS on the way to it; null outcome when none came. */
async function byUdp(
  place: ResolverPlace,
  host: string,
  type: AddressType,
  signal: AbortSignal,
): Promise<{ outcome: UdpOutcome | null; edns: Edns }> {
  const done = new AbortController();
  const end = () => done.abort();
  signal.addEventListener('abort', end, { once: true });
  if (signal.aborted) end();
  const ask = (edns: boolean) => askByUdp(place, queryFor(host, type, edns), done.signal);
  const again = timer(ASK_AGAIN_MS, done.signal);
  try {
    const first = ask(true);
    const early = await Promise.race([first, again.over]);
    if (early !== undefined) return await withoutEdnsIfNeedBe(early, () => ask(false));
    const second = ask(true);
    const plain = ask(false);
    const withEdns = answerOf([first, second]);
    const [came, isPlain] = await Promise.race([
      withEdns.then((outcome) => [outcome, false] as const),
      plain.then((outcome) => [outcome, true] as const),
    ]);
    if (!isPlain) return await withoutEdnsIfNeedBe(came, () => plain);
    if (came === null || came instanceof Error || came === 'malformed')
      return { outcome: came, edns: undefined };
    // Only the one without came so far: the other is given as much time again before EDNS is blamed.
    const patience = timer(ASK_AGAIN_MS, done.signal);
    const late = await Promise.race([withEdns, patience.over]);
    patience.clear();
    return late ? await withoutEdnsIfNeedBe(late, () => plain) : { outcome: came, edns: 'dropped' };
  } finally {
    again.clear();
    signal.removeEventListener('abort', end);
    end();
  }
}

/** The first of them that is an answer; null when none is. */
async function answerOf(questions: readonly Promise<UdpOutcome | null>[]): Promise<UdpOutcome | null> {
  return Promise.race([
    Promise.any(questions.map(async (question) => (await question) ?? Promise.reject(new Error('none')))),
    Promise.all(questions).then((all) => all.find((outcome) => outcome !== null) ?? null),
  ]).catch(() => null);
}

async function withoutEdnsIfNeedBe(
  outcome: UdpOutcome | null,
  plain: () => Promise<UdpOutcome | null>,
): Promise<{ outcome: UdpOutcome | null; edns: Edns }> {
  if (outcome === null || outcome === 'malformed' || outcome instanceof Error)
    return { outcome, edns: undefined };
  if (!NO_EDNS.has(outcome.rcode)) return { outcome, edns: outcome.edns ? 'supported' : 'ignored' };
  const second = await plain();
  const helped = second !== null && second !== 'malformed' && !(second instanceof Error);
  return helped && second.rcode !== outcome.rcode
    ? { outcome: second, edns: 'rejected' }
    : { outcome, edns: undefined };
}

function read(
  { rcode, addresses, cname, recursion, extendedErrors }: DnsAnswer,
  transport: 'udp' | 'tcp',
  edns: Edns,
): [DnsState, Partial<ResolverAnswer>] {
  const facts = {
    rcode,
    transport,
    records: evidenceLines(addresses),
    ...ednsFact(edns),
    ...(recursion ? {} : { recursion }),
    ...(extendedErrors.length > 0 ? { extendedErrors } : {}),
  };
  const unusual = unusualAmong(addresses);
  const withRange = unusual.length > 0 ? { ...facts, unusual } : facts;
  if (rcode !== 0) return [RCODES[rcode] ?? 'other-rcode', withRange];
  if (addresses.length > 0) return ['answered', withRange];
  return [cname.length > 0 ? 'alias-without-address' : 'no-data', withRange];
}

function ednsFact(edns: Edns): Pick<ResolverAnswer, 'edns'> {
  return edns === undefined ? {} : { edns };
}

/** What the system says of a resolver's address, where it says anything. */
export function stateOf(error: Error): DnsState {
  const code = systemCodeOf(error);
  if (code === 'ECONNREFUSED') return 'port-closed';
  return code === 'EPERM' || code === 'EACCES' ? 'prohibited' : 'unreachable';
}

interface ByTcp {
  /** The answer over TCP, asked for now; the failure where none comes. */
  now(): Promise<DnsAnswer | FailureCode>;
  /** What a try that was begun on silence came to by now. */
  sofar(): Promise<Pick<ResolverAnswer, 'tcp'>>;
  clear(): void;
}

/** TCP when it is needed, or when UDP has been silent for a while. */
function laterByTcp(place: ResolverPlace, host: string, type: AddressType, signal: AbortSignal): ByTcp {
  let asked: Promise<DnsAnswer | FailureCode> | null = null;
  const now = () =>
    (asked ??= askByTcp(place, queryFor(host, type, true), signal).catch(
      (error: unknown) => codeOf(error) ?? 'unexpected-reply',
    ));
  const onSilence = setTimeout(() => void now(), TRY_TCP_MS);
  return {
    now,
    sofar: async () => {
      if (!asked) return {};
      const came = await asked;
      return { tcp: typeof came === 'string' ? came : 'answered' };
    },
    clear: () => clearTimeout(onSilence),
  };
}

function timer(ms: number, signal: AbortSignal): { over: Promise<undefined>; clear: () => void } {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const timeout = setTimeout(() => resolve(undefined), ms);
  const clear = () => clearTimeout(timeout);
  signal.addEventListener('abort', clear, { once: true });
  return { over: promise, clear };
}
