import { checkFacts, type CheckResult, type DialAttempt } from '@mailpath/protocol';
import { type Scoped, scopesOf } from '../lattice.ts';
import { distinct, type RuleContext, endpointOf } from '../look.ts';
import { classOf, type TargetClass } from '../observe.ts';
import { type Clue, type ClueOf, messages, type Part } from '../rule.ts';
import type { How } from '../words/told.ts';

/** How one connection failed to come up; null for what came up, and for what no network does. */
export const howOf = ({ failure }: CheckResult): How | null => {
  if (failure?.phase !== 'connect') return null;
  const { code } = failure;
  if (code === 'closed') return 'reset';
  return code === 'refused' || code === 'timeout' || code === 'unreachable' || code === 'reset' ? code : null;
};

/**
 * Symptoms that one cause brings about together: what drops packets is silent or says "no route", what rejects says so
 * in two ways.
 */
type Symptom = 'silent' | 'rejected';
export const symptomOf = (how: How): Symptom =>
  how === 'timeout' || how === 'unreachable' || how === 'silent' ? 'silent' : 'rejected';

/** What several results have in common. */
const howOfAll = (results: readonly CheckResult[]): How => {
  const [how = 'silent', ...others] = distinct(results.flatMap((result) => howOf(result) ?? []));
  return others.length === 0 ? how : symptomOf(how);
};

/** What went past the look-up of the name, whether or not it got farther than that. */
export const dialled = ({ server }: RuleContext): CheckResult[] =>
  server.results.filter(
    ({ outcome, failure }) =>
      outcome !== 'skipped' &&
      failure?.phase !== 'resolve' &&
      failure?.phase !== 'proxy' &&
      failure?.code !== 'internal',
  );

export const portsOf = (results: readonly CheckResult[]): number[] =>
  distinct(results.map(({ target }) => target.port));

/** Some address of the name was reached on some port, so it is the port and not the host. */
export const comesUp = (result: CheckResult): boolean => result.failure?.phase !== 'connect';

export interface Unreached extends Scoped {
  of: TargetClass;
  how: How;
  /** Something of the same class came up beside it. */
  otherwise: boolean;
}

/**
 * The connects of a server that nothing explains yet, in as few causes as what else was dialled of the same class
 * allows.
 */
export function unreached(context: RuleContext): Unreached[] {
  const failing = context.unexplained.filter((result) => howOf(result) !== null);
  const groups = Map.groupBy(
    failing,
    (result) => `${classOf(result)} ${symptomOf(howOf(result) ?? 'silent')}`,
  );
  return [...groups.values()].flatMap((broken): Unreached[] => {
    const [first] = broken;
    if (!first) return [];
    const own = classOf(first);
    const peers = dialled(context).filter((result) => classOf(result) === own);
    // What another rule explains has a reason of its own, and bears no witness.
    const witnesses = peers.filter(
      (result) => !broken.includes(result) && (comesUp(result) || context.unexplained.includes(result)),
    );
    return scopesOf(broken, witnesses, context.server).map((scoped) => ({
      ...scoped,
      of: own,
      how: howOfAll(scoped.results),
      otherwise: witnesses.some(comesUp),
    }));
  });
}

/** This machine's own firewall or routes forbid each of them, so that nothing left it. */
export const isForbiddenHere = (results: readonly CheckResult[]): boolean =>
  results.length > 0 &&
  results.every(({ evidence }) => {
    const failed = (evidence.connect?.attempts ?? []).filter(isDead);
    return failed.length > 0 && failed.every(({ unreachable }) => unreachable === 'prohibited-here');
  });

/** A whole host, however many names it has, and not one port of it. */
export const isWholeHost = ({ kind, results }: Unreached): boolean =>
  ['host', 'destination', 'zone'].includes(kind) && portsOf(results).length > 1;

/** Connects that are told place by place, since no larger scope has a rule of its own. */
export const atPlaces =
  (...hows: readonly How[]) =>
  (context: RuleContext): ClueOf<{ how: How; here: boolean }>[] =>
    unreached(context)
      .filter(({ how }) => hows.includes(how))
      .map(({ results, how }) => ({
        ...clue(placeOf(results), results),
        part: commonPart(results),
        details: { how, here: isForbiddenHere(results) },
      }));

/** The place by which several are called: that of the check that people read first. */
export function placeOf(results: readonly CheckResult[]): string {
  const order = (result: CheckResult): string => {
    const { lane, kind } = checkFacts(result.check);
    return `${lane === 'own' ? 2 : kind === 'path' ? 0 : 1} ${result.check} ${endpointOf(result)}`;
  };
  const [first] = results.toSorted((a, b) => (order(a) < order(b) ? -1 : 1));
  return first ? endpointOf(first) : '';
}

export function commonPart(results: readonly CheckResult[]): Part {
  const [hosts, ports] = [distinct(results.map(({ target }) => target.host)), portsOf(results)];
  return {
    ...(hosts.length === 1 && hosts[0] ? { host: hosts[0] } : {}),
    ...(ports.length === 1 && ports[0] ? { port: ports[0] } : {}),
  };
}

export const clue = (about: string, results: readonly CheckResult[]): Omit<Clue, 'details'> => ({
  about,
  results,
  evidence: messages(results),
});

const NO_IPV6_HERE = ['ENETUNREACH', 'EADDRNOTAVAIL', 'EAFNOSUPPORT'];

/** An address that a client may meet and not get through on; that a machine has no IPv6 at all hurts nobody. */
export const isDead = ({ family, outcome, detail }: DialAttempt): boolean =>
  outcome !== 'reached' && !(family === 6 && NO_IPV6_HERE.includes(detail ?? ''));

export const deadOf = ({ evidence }: CheckResult): DialAttempt[] =>
  (evidence.connect?.attempts ?? []).filter(isDead);

export const attemptLines = (results: readonly CheckResult[]): string[] =>
  results.flatMap((result) =>
    deadOf(result).map(({ address, outcome }) => `${endpointOf(result)}: ${address} ${outcome}`),
  );
