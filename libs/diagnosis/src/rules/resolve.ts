import type { CheckResult } from '@mailpath/protocol';
import { distinct, getsThrough, hostsOf, type Look, siblings } from '../look.ts';
import { defineRule, eachResult, hostPart, nothing } from '../rule.ts';

const failsToResolve = ({ failure }: CheckResult): boolean => failure?.phase === 'resolve';
const isNotFound = (result: CheckResult): boolean =>
  failsToResolve(result) && result.failure?.code === 'not-found';

/** Results for which a name was looked up; an address needs no look-up. */
const lookedUp = ({ server }: Look): CheckResult[] =>
  server.results.filter(
    ({ phases, evidence, failure }) =>
      evidence.dns !== undefined ||
      failure?.phase === 'resolve' ||
      phases.some(({ name }) => name === 'resolve'),
  );

const resolverLines = (results: readonly CheckResult[]): string[] =>
  results.flatMap(({ failure, evidence }) => [
    ...(failure ? [failure.message] : []),
    ...(evidence.dns?.resolvers ?? []).map(
      ({ server, a, aaaa }) => `${server}: ${[...a.records, ...aaaa.records].join(', ') || a.status}`,
    ),
  ]);

export const noNameFound = defineRule({
  id: 'resolve.no-name',
  items: ['C9'],
  owner: 'dns',
  find: eachResult<'resolve.no-name'>({
    applies: (result, look) => {
      const names = lookedUp(look);
      return isNotFound(result) && names.every(isNotFound) && hostsOf(names).length > 1;
    },
    about: () => 'resolver',
    part: nothing,
    details: nothing,
    evidence: resolverLines,
    wide: () => true,
  }),
});

const noAnswer = (result: CheckResult): boolean => failsToResolve(result) && !isNotFound(result);
const noneResolved = (look: Look): boolean => lookedUp(look).every(failsToResolve);

/** A resolver that fails for one name after the other is one cause, whether or not it answered now and then. */
export const resolverFailed = defineRule({
  id: 'resolve.no-answer',
  items: ['C9'],
  owner: 'dns',
  find: eachResult<'resolve.no-answer'>({
    applies: (result, look) =>
      noAnswer(result) && (noneResolved(look) || hostsOf(look.server.results.filter(noAnswer)).length > 1),
    about: () => 'resolver',
    part: nothing,
    details: nothing,
    evidence: resolverLines,
    wide: noneResolved,
  }),
});

export const nameNotFound = defineRule({
  id: 'resolve.not-found',
  items: ['C9'],
  owner: 'dns',
  find: eachResult<'resolve.not-found'>({
    applies: isNotFound,
    about: ({ target }) => target.host,
    part: hostPart,
    details: nothing,
    evidence: resolverLines,
  }),
});

export const nameFails = defineRule({
  id: 'resolve.name-fails',
  items: ['C9'],
  owner: 'dns',
  find: eachResult<'resolve.name-fails'>({
    applies: failsToResolve,
    about: ({ target }) => target.host,
    part: hostPart,
    details: nothing,
    evidence: resolverLines,
  }),
});

/** Addresses that the system uses although no resolver gives them, while the resolvers do answer. */
function fromHostsFile({ evidence: { dns } }: CheckResult): string[] {
  if (!dns || dns.pinned || !dns.resolvers) return [];
  const given = dns.resolvers.flatMap(({ a, aaaa }) => [...a.records, ...aaaa.records]);
  return given.length === 0 ? [] : dns.addresses.filter((address) => !given.includes(address));
}

export const hostsFileEntry = defineRule({
  id: 'resolve.hosts-entry',
  items: ['C9'],
  owner: 'server-administrator',
  find: eachResult<'resolve.hosts-entry'>({
    // Microsoft's answers change from one question to the next, so only addresses that are all unheard of count.
    applies: (result) => {
      const odd = fromHostsFile(result);
      return (
        result.outcome === 'fail' && odd.length > 0 && odd.length === result.evidence.dns?.addresses.length
      );
    },
    about: ({ target }) => target.host,
    part: hostPart,
    details: (results) => ({ addresses: distinct(results.flatMap(fromHostsFile)) }),
    evidence: (results) => [
      ...results.map(({ evidence }) => `used: ${evidence.dns?.addresses.join(', ')}`),
      ...resolverLines(results),
    ],
  }),
});

const unusual = ({ evidence: { dns } }: CheckResult): readonly string[] =>
  dns?.pinned ? [] : (dns?.unusual ?? []);

export const addressNotMicrosofts = defineRule({
  id: 'resolve.unusual-address',
  items: ['C9'],
  owner: 'dns',
  find: eachResult<'resolve.unusual-address'>({
    applies: (result) => result.outcome === 'fail' && unusual(result).length > 0,
    about: ({ target }) => target.host,
    part: hostPart,
    details: (results) => ({
      addresses: distinct(results.flatMap(unusual)).map((each) => each.replace(/ (.+)$/, ' ($1)')),
    }),
    evidence: (results) => results.flatMap(unusual),
  }),
});

const addressesOf = ({ evidence }: CheckResult): readonly string[] => evidence.dns?.addresses ?? [];
const resolversOf = (results: readonly CheckResult[]): string[] =>
  distinct(results.flatMap(({ evidence }) => (evidence.dns?.resolvers ?? []).map(({ server }) => server)));

/** Answers to the same question that lead siblings through; different addresses alone are as it should be. */
function leadsSiblings({ target }: CheckResult, look: Look): string[] {
  const through = siblings(look).flatMap(({ results }) =>
    results.filter((other) => getsThrough(other) && other.target.host === target.host),
  );
  return distinct(through.flatMap(addressesOf));
}

/** Whether an address of this result is known to be good: reached on any port by any server of the site. */
function anyReached(result: CheckResult, { site }: Look): boolean {
  const reached = site.servers.flatMap(({ results }) =>
    results.flatMap(({ evidence }) =>
      (evidence.connect?.attempts ?? []).filter(({ outcome }) => outcome === 'reached'),
    ),
  );
  return addressesOf(result).some((address) => reached.some((attempt) => attempt.address === address));
}

export const otherAnswer = defineRule({
  id: 'resolve.other-answer',
  items: ['C9'],
  owner: 'dns',
  find: eachResult<'resolve.other-answer'>({
    applies: (result, look) => {
      const own = addressesOf(result);
      // All siblings are gone through next: only for what it could be said of.
      if (result.failure?.phase !== 'connect' || own.length === 0) return false;
      const others = leadsSiblings(result, look);
      const resolvers = resolversOf(look.server.results);
      const theirs = resolversOf(siblings(look).flatMap(({ results }) => results));
      return (
        others.length > 0 &&
        !own.some((address) => others.includes(address)) &&
        resolvers.length > 0 &&
        theirs.length > 0 &&
        !resolvers.some((server) => theirs.includes(server)) &&
        !anyReached(result, look)
      );
    },
    about: ({ target }) => target.host,
    part: hostPart,
    details: ([first, ...more], look) => ({
      addresses: distinct([first, ...more].flatMap(addressesOf)),
      others: leadsSiblings(first, look),
      resolvers: resolversOf(look.server.results),
    }),
    evidence: resolverLines,
  }),
});

const answers = (status: string): boolean =>
  status === 'answer' || status === 'empty' || status === 'nxdomain';

/** One of several resolvers that fails while another answers, seen on look-ups that came through. */
export const oneResolver = defineRule({
  id: 'resolve.one-resolver',
  items: ['C9'],
  owner: 'dns',
  observes: true,
  find({ server }) {
    const seen = server.results
      .filter(getsThrough)
      .flatMap((result) => (result.evidence.dns?.resolvers ?? []).map((resolver) => ({ result, resolver })));
    if (!seen.some(({ resolver }) => answers(resolver.a.status))) return [];
    return [...Map.groupBy(seen, ({ resolver }) => resolver.server)].flatMap(([address, looks]) => {
      const [bad] = looks.filter(({ resolver }) => !answers(resolver.a.status));
      // One answer shows that it works.
      if (!bad || looks.some(({ resolver }) => answers(resolver.a.status))) return [];
      return [
        {
          about: address,
          part: { resolver: address },
          results: looks.map(({ result }) => result),
          counts: 'warn' as const,
          evidence: [`${address}: ${bad.resolver.a.status}`],
          details: { resolver: address, status: bad.resolver.a.status },
        },
      ];
    });
  },
});
