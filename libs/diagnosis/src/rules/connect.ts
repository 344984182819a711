import type { CheckResult, DialAttempt } from '@mailpath/protocol';
import { distinct, hostsOf, type Look, placeOf } from '../look.ts';
import { isMicrosofts } from '../microsoft-hosts.ts';
import { type Clue, type ClueOf, defineRule, eachResult, hostPart, messages, nothing } from '../rule.ts';
import type { How } from '../words/told.ts';

const howOf = ({ failure }: CheckResult): How | null =>
  failure?.phase === 'connect' &&
  (failure.code === 'refused' || failure.code === 'timeout' || failure.code === 'unreachable')
    ? failure.code
    : null;

/** What went past the look-up of the name, whether or not it got farther than that. */
const dialled = ({ server }: Look): CheckResult[] =>
  server.results.filter(
    ({ outcome, failure }) =>
      outcome !== 'skipped' &&
      failure?.phase !== 'resolve' &&
      failure?.phase !== 'proxy' &&
      failure?.code !== 'internal',
  );

const portsOf = (results: readonly CheckResult[]): number[] =>
  distinct(results.map(({ target }) => target.port));
const sameHow = (results: readonly CheckResult[]): How | null => {
  const [how, ...others] = distinct(results.map(howOf));
  return others.length === 0 ? (how ?? null) : null;
};
/** Some address of the name was reached on some port, so it is the port and not the host. */
const comesUp = (result: CheckResult): boolean => result.failure?.phase !== 'connect';

export const offline = defineRule({
  id: 'server.offline',
  items: ['C9', 'C10'],
  owner: 'network',
  find: (look): readonly ClueOf<'server.offline'>[] => {
    const tried = dialled(look);
    const failing = tried.filter((result) => look.open.includes(result) && howOf(result) !== null);
    const many = hostsOf(tried).length > 1 && portsOf(tried).length > 1 && failing.length > 2;
    if (!many || failing.length < tried.length) return [];
    return [{ about: 'network', results: failing, wide: true, evidence: messages(failing), details: {} }];
  },
});

/** Failing connects of one server that one larger cause explains; `others` are those that show where it ends. */
function fold(
  look: Look,
  by: (result: CheckResult) => string,
  isOne: (members: readonly CheckResult[], others: readonly CheckResult[]) => boolean,
): { subject: string; results: CheckResult[]; how: How }[] {
  const tried = dialled(look);
  return [...Map.groupBy(tried, by)].flatMap(([subject, members]) => {
    const how = sameHow(members);
    const others = tried.filter((result) => !members.includes(result));
    const unclaimed = members.every((result) => look.open.includes(result));
    return how && unclaimed && isOne(members, others) ? [{ subject, results: members, how }] : [];
  });
}

const clue = (about: string, results: readonly CheckResult[]): Omit<Clue, 'details'> => ({
  about,
  results,
  evidence: messages(results),
});

/** By what is spoken there: a site may have its targets on other ports than Microsoft's. */
const isWeb = ({ check, target }: CheckResult): boolean =>
  check.startsWith('https.') || check.startsWith('token.') || target.port === 443;

export const mailPortsClosed = defineRule({
  id: 'connect.mail-ports',
  items: ['C10'],
  owner: 'network',
  find: (look): readonly ClueOf<'connect.mail-ports'>[] =>
    fold(
      look,
      (result) => (isWeb(result) ? 'web' : 'mail'),
      (members, others) => portsOf(members).length > 1 && !members.some(isWeb) && others.some(comesUp),
    ).map(({ results, how }) => ({ ...clue('mail ports', results), details: { how } })),
});

export const hostClosed = defineRule({
  id: 'connect.host-closed',
  items: ['C10', 'C9'],
  owner: 'network',
  find: (look): readonly ClueOf<'connect.host-closed'>[] =>
    fold(
      look,
      ({ target }) => target.host,
      // Where nothing else was looked at, the host is as much as can be said.
      (members, others) => portsOf(members).length > 1 && (others.length === 0 || others.some(comesUp)),
    ).map(({ subject, results, how }) => ({
      ...clue(subject, results),
      part: { host: subject },
      details: { host: subject, how },
    })),
});

export const portClosed = defineRule({
  id: 'connect.port-closed',
  items: ['C10'],
  owner: 'network',
  find: (look): readonly ClueOf<'connect.port-closed'>[] =>
    fold(
      look,
      ({ target }) => String(target.port),
      (members, others) => hostsOf(members).length > 1 && others.some(comesUp),
    ).map(({ subject, results, how }) => ({
      ...clue(subject, results),
      part: { port: Number(subject) },
      details: { port: Number(subject), how },
    })),
});

export const portRefused = defineRule({
  id: 'connect.refused',
  items: ['C10'],
  owner: 'network',
  find: eachResult<'connect.refused'>({ applies: (result) => howOf(result) === 'refused', details: nothing }),
});

export const portFiltered = defineRule({
  id: 'connect.timeout',
  items: ['C10'],
  owner: 'network',
  find: eachResult<'connect.timeout'>({ applies: (result) => howOf(result) === 'timeout', details: nothing }),
});

export const noRoute = defineRule({
  id: 'connect.unreachable',
  items: ['C10'],
  owner: 'network',
  find: eachResult<'connect.unreachable'>({
    applies: (result) => howOf(result) === 'unreachable',
    details: nothing,
  }),
});

export const connectOther = defineRule({
  id: 'connect.broken',
  items: ['C10'],
  owner: 'network',
  confidence: 'possible',
  find: eachResult<'connect.broken'>({
    applies: ({ failure }) => failure?.phase === 'connect' && failure.code !== 'internal',
    details: nothing,
  }),
});

const NO_IPV6_HERE = ['ENETUNREACH', 'EADDRNOTAVAIL', 'EAFNOSUPPORT'];

/** An address that a client may meet and not get through on; that a machine has no IPv6 at all hurts nobody. */
const isDead = ({ family, outcome, detail }: DialAttempt): boolean =>
  outcome !== 'reached' && !(family === 6 && NO_IPV6_HERE.includes(detail ?? ''));
const deadOf = ({ evidence }: CheckResult): DialAttempt[] =>
  (evidence.connect?.attempts ?? []).filter(isDead);
const attemptLines = (results: readonly CheckResult[]): string[] =>
  results.flatMap((result) =>
    deadOf(result).map(({ address, outcome }) => `${placeOf(result)}: ${address} ${outcome}`),
  );

/** The family of which no address was reached, while the other one was. */
function deadFamily(result: CheckResult): 4 | 6 | null {
  const { attempts = [] } = result.evidence.connect ?? {};
  const reached = (family: 4 | 6) =>
    attempts.some((each) => each.family === family && each.outcome === 'reached');
  const dead = (family: 4 | 6) => {
    const own = attempts.filter((each) => each.family === family);
    return own.length > 0 && own.every(isDead);
  };
  if (dead(6) && reached(4)) return 6;
  return dead(4) && reached(6) ? 4 : null;
}

export const familyDead = defineRule({
  id: 'connect.family-dead',
  items: ['C10'],
  owner: 'network',
  find: eachResult<'connect.family-dead'>({
    applies: (result) => result.outcome === 'warn' && deadFamily(result) !== null,
    about: (result) => `IPv${deadFamily(result)}`,
    part: (result) => ({ family: deadFamily(result) ?? 6 }),
    details: ([first, ...more]) => ({
      family: deadFamily(first) ?? 6,
      addresses: distinct([first, ...more].flatMap(deadOf).map(({ address }) => address)),
    }),
    evidence: attemptLines,
  }),
});

export const someAddressesDead = defineRule({
  id: 'connect.some-addresses',
  items: ['C10'],
  owner: 'network',
  find: eachResult<'connect.some-addresses'>({
    applies: (result) => result.outcome === 'warn' && deadOf(result).length > 0,
    // Microsoft's names share addresses, and a firewall with an old list of them bars some of each name.
    about: ({ target }) => (isMicrosofts(target.host) ? 'Microsoft 365' : target.host),
    part: (result) => (isMicrosofts(result.target.host) ? {} : hostPart(result)),
    details: (results) => ({ addresses: distinct(results.flatMap(deadOf).map(({ address }) => address)) }),
    evidence: attemptLines,
  }),
});
