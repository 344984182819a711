import type { CheckResult, DnsState, ResolverAnswer, ResolverEvidence } from '@mailpath/protocol';
import { censusOfServers } from '../census.ts';
import type { RuleContext } from '../look.ts';

/**
 * Why a resolver gave no address, one word for each remedy:
 * - `no-resolver`: this server has none configured. `unknown`: nobody asked the resolvers by themselves.
 * - `prohibited`, `unreachable`, `port-closed`, `no-answer`, `truncated`, `refused`, `malformed`, `other-rcode`,
 * `nxdomain`,
 *   `no-data`, `alias-without-address`: the states of that name (DnsState).
 * - `old-dns`: FORMERR, NOTIMP, or nothing that understands EDNS. `no-recursion`: it says that it looks nothing up for
 * others.
 * - `servfail`: without a reason. `upstream`: it says that it reaches no authority. `dnssec`: that the signatures do
 * not hold.
 * - `unusable`: it answers for the other family, and an agent that knows no states calls what came something else.
 * - `blocked`: it says that a policy of its own hides the name (RFC 8914).
 */
export type NameTrouble =
  | 'no-resolver'
  | 'prohibited'
  | 'unreachable'
  | 'port-closed'
  | 'no-answer'
  | 'truncated'
  | 'refused'
  | 'no-recursion'
  | 'servfail'
  | 'upstream'
  | 'dnssec'
  | 'blocked'
  | 'old-dns'
  | 'malformed'
  | 'other-rcode'
  | 'unusable'
  | 'nxdomain'
  | 'no-data'
  | 'alias-without-address'
  | 'unknown';

/** What one resolver did, for a sentence; `note` is its own word for it where it has one. */
export interface ResolverTrouble {
  resolver: string;
  trouble: NameTrouble;
  note: string;
}

const OF_STATUS: Readonly<Record<ResolverAnswer['status'], DnsState | 'unknown'>> = {
  answer: 'answered',
  empty: 'no-data',
  nxdomain: 'nxdomain',
  servfail: 'servfail',
  refused: 'refused',
  timeout: 'no-answer',
  other: 'unknown',
};

/** An older agent sends the coarse word alone. */
export const stateOf = ({ state, status }: ResolverAnswer): DnsState | 'unknown' =>
  state ?? OF_STATUS[status];

/** The resolver did its work, whatever it found. */
export const isAnswer = (answer: ResolverAnswer): boolean =>
  ['answered', 'no-data', 'alias-without-address', 'nxdomain'].includes(stateOf(answer));

export const isSilent = (answer: ResolverAnswer): boolean => stateOf(answer) === 'no-answer';

/** Numbers of RFC 8914 (IANA, Extended DNS Error Codes). */
const BLOCKED = [4, 15, 16, 17, 18];
const DNSSEC = [1, 2, 5, 6, 7, 8, 9, 10, 11, 12, 25, 27];
const UPSTREAM = [19, 22, 23, 26];

const codesOf = ({ extendedErrors = [] }: ResolverAnswer): number[] =>
  extendedErrors.map((each) => Number.parseInt(each, 10));

export const blocks = (answer: ResolverAnswer): boolean =>
  codesOf(answer).some((code) => BLOCKED.includes(code));

function troubleOf(answer: ResolverAnswer): NameTrouble {
  const state = stateOf(answer);
  const codes = codesOf(answer);
  const says = (known: readonly number[]) => codes.some((code) => known.includes(code));
  if (says(BLOCKED)) return 'blocked';
  if (state === 'servfail' && says(DNSSEC)) return 'dnssec';
  if (state === 'servfail' && says(UPSTREAM)) return 'upstream';
  if (answer.recursion === false && ['servfail', 'refused', 'no-data', 'nxdomain'].includes(state))
    return 'no-recursion';
  if (state === 'formerr' || state === 'notimp') return 'old-dns';
  return state === 'answered' ? 'unknown' : state;
}

function noteOf({ extendedErrors = [], tcp, rcode, edns }: ResolverAnswer): string {
  if (extendedErrors.length > 0) return extendedErrors.join(', ');
  if (tcp && tcp !== 'answered') return `TCP 53: ${tcp}`;
  if (edns === 'rejected' || edns === 'dropped') return `EDNS ${edns}`;
  return typeof rcode === 'number' && rcode > 5 ? `RCODE ${rcode}` : '';
}

/** What says more of a resolver stands before what says less. */
const TELLING_FIRST: readonly NameTrouble[] = [
  'blocked',
  'prohibited',
  'unreachable',
  'port-closed',
  'truncated',
  'no-recursion',
  'refused',
  'dnssec',
  'upstream',
  'servfail',
  'old-dns',
  'malformed',
  'other-rcode',
  'no-answer',
  'unusable',
  'unknown',
  'nxdomain',
  'alias-without-address',
  'no-data',
];

/** IPv4 leads, since every client asks for it; a family of which there is none says the least. */
function ofResolver({ server, a, aaaa }: ResolverEvidence): ResolverTrouble {
  const [answer = a] = [a, aaaa].toSorted(
    (one, other) => TELLING_FIRST.indexOf(troubleOf(one)) - TELLING_FIRST.indexOf(troubleOf(other)),
  );
  const trouble = troubleOf(answer);
  const halved = trouble === 'unknown' && (isAnswer(a) || isAnswer(aaaa));
  return { resolver: server, trouble: halved ? 'unusable' : trouble, note: noteOf(answer) };
}

export const hasRecords = ({ a, aaaa }: ResolverEvidence): boolean =>
  a.records.length > 0 || aaaa.records.length > 0;

/**
 * What the resolvers of these look-ups did, each once; one of which nothing else is known is left out beside one of
 * which there is.
 */
export function troublesOf(results: readonly CheckResult[]): ResolverTrouble[] {
  const all = results.flatMap(({ evidence: { dns } }) => {
    const asked = (dns?.resolvers ?? []).filter((resolver) => !hasRecords(resolver)).map(ofResolver);
    if (asked.length > 0) return asked;
    const none = dns?.settings && dns.settings.error === null && dns.settings.resolvers.length === 0;
    return none ? [{ resolver: '', trouble: 'no-resolver' as const, note: '' }] : [];
  });
  const each = [...new Map(all.map((told) => [JSON.stringify(told), told])).values()];
  const known = each.filter(({ trouble }) => trouble !== 'unknown');
  return known.length > 0 ? known : each;
}

/** The other servers that one of these resolvers gave an address for any name. */
export function answersOthers(
  context: RuleContext,
  troubles: readonly Pick<ResolverTrouble, 'resolver'>[],
): string[] {
  const answered = new Set(troubles.flatMap(({ resolver }) => [...served(context, resolver).keys()]));
  return context.site.servers.flatMap(({ name }) => (answered.has(name) ? [name] : []));
}

/** By resolver, the servers that it gave an address. */
const served = censusOfServers<string>(({ name, results }) =>
  results.flatMap(({ evidence }) =>
    (evidence.dns?.resolvers ?? [])
      .filter(hasRecords)
      .map(({ server: resolver }) => [resolver, name] as const),
  ),
);
