import type { CheckResult, Phase } from '@mailpath/protocol';
import type { Observed } from './claims.ts';
import { isAnswer } from './evidence/name-troubles.ts';
import { rootOf } from './evidence/trust.ts';
import { endpointOf } from './look.ts';

/** What a result shows of the other end, or of this server as the other end sees it. */
const SHOWN = {
  issuer: ({ evidence: { tls } }: CheckResult) => tls?.chain[0]?.issuer,
  'tls-version': ({ evidence: { tls } }: CheckResult) => tls?.version,
  'valid-until': ({ evidence: { tls } }: CheckResult) => tls?.chain[0]?.validTo.slice(0, 10),
  root: (result: CheckResult) => rootOf(result)?.subject,
  'public-address': ({ evidence: { smtp } }: CheckResult) => smtp?.helloAddress,
  'front-end': ({ evidence: { smtp, imap, pop3 } }: CheckResult) =>
    smtp?.frontEnd ?? imap?.frontEnd ?? pop3?.frontEnd,
} satisfies Record<string, (result: CheckResult) => string | null | undefined>;

/**
 * What sentences state that compare, or that tell of answers of resolvers:
 * - `shown`: the value, or something that it is a part of, is seen at one of these endpoints.
 * - `takes`: one of these phases takes as long there. `round-trip`: so does a round trip.
 * - `resolver-fails`: the resolver gives no answer. `resolver-gives`: one of these resolvers gives one of these
 *   addresses.
 * - `family-unanswered`: these resolvers leave the question for one kind of address unanswered.
 * - `system-fails`: the system's own look-up of the host gives nothing.
 * - `found-and-lost`: a look-up of the host fails, and another one is answered.
 */
export type ComparedClaim =
  | { claim: 'shown'; what: keyof typeof SHOWN; value: string; endpoints: readonly string[] }
  | { claim: 'takes'; phases: readonly Phase[]; ms: number; endpoints: readonly string[] }
  | { claim: 'round-trip'; ms: number; endpoints: readonly string[] }
  | { claim: 'resolver-fails'; resolver: string }
  | { claim: 'resolver-gives'; resolvers: readonly string[]; addresses: readonly string[] }
  | { claim: 'family-unanswered'; kind: 'A' | 'AAAA'; resolvers: readonly string[] }
  | { claim: 'system-fails' | 'found-and-lost'; host: string };

/** Milliseconds are told without their fractions. */
const ROUNDED_MS = 1;

const inSome = (endpoints: readonly string[], { rests }: Observed): CheckResult[] =>
  rests.filter((result) => endpoints.includes(endpointOf(result)));
const told = (names: readonly string[], { rests }: Observed) =>
  rests
    .flatMap(({ evidence: { dns } }) => dns?.resolvers ?? [])
    .filter(({ server }) => names.includes(server));

const isFound = ({ evidence: { dns } }: CheckResult): boolean =>
  dns !== undefined && !dns.pinned && dns.error === null && dns.addresses.length > 0;
const ofHost = (host: string, results: readonly CheckResult[]) =>
  results.filter(({ target }) => target.host === host);

/** What speaks against each of them. */
export const AGAINST_COMPARED: {
  readonly [C in ComparedClaim['claim']]: (
    claim: Extract<ComparedClaim, { claim: C }>,
    seen: Observed,
  ) => boolean;
} = {
  shown: ({ what, value, endpoints }, seen) =>
    !inSome(endpoints, seen).some((result) => SHOWN[what](result)?.includes(value)),
  takes: ({ phases, ms, endpoints }, seen) =>
    !inSome(endpoints, seen).some((result) =>
      phases.some((phase) => {
        const own = result.phases.filter(({ name }) => name === phase);
        return own.reduce((sum, each) => sum + each.ms, 0) >= ms - ROUNDED_MS;
      }),
    ),
  'round-trip': ({ ms, endpoints }, seen) =>
    !inSome(endpoints, seen).some(
      ({ evidence: { connect } }) => (connect?.roundTrip?.medianMs ?? 0) >= ms - ROUNDED_MS,
    ),
  'resolver-fails': ({ resolver }, seen) => told([resolver], seen).some(({ a }) => isAnswer(a)),
  'resolver-gives': ({ resolvers, addresses }, seen) =>
    !told(resolvers, seen).some(({ a, aaaa }) =>
      [...a.records, ...aaaa.records].some((each) => addresses.includes(each)),
    ),
  'family-unanswered': ({ kind, resolvers }, seen) =>
    told(resolvers, seen).some(({ a, aaaa }) => isAnswer(kind === 'A' ? a : aaaa)),
  'system-fails': ({ host }, { rests }) => ofHost(host, rests).some(isFound),
  'found-and-lost': ({ host }, { all }) => {
    const own = ofHost(host, all);
    return !own.some(isFound) || !own.some(({ failure }) => failure?.phase === 'resolve');
  },
};
