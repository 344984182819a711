import type { CheckResult, DialAttempt } from '@mailpath/protocol';
import { distinct, type RuleContext, endpointOf } from '../look.ts';
import { type Clue, messages } from '../rule.ts';
import type { How } from '../words/told.ts';

export const howOf = ({ failure }: CheckResult): How | null =>
  failure?.phase === 'connect' &&
  (failure.code === 'refused' || failure.code === 'timeout' || failure.code === 'unreachable')
    ? failure.code
    : null;

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

const sameHow = (results: readonly CheckResult[]): How | null => {
  const [how, ...others] = distinct(results.map(howOf));
  return others.length === 0 ? (how ?? null) : null;
};

/** Some address of the name was reached on some port, so it is the port and not the host. */
export const comesUp = (result: CheckResult): boolean => result.failure?.phase !== 'connect';

/** Failing connects of one server that one larger cause explains; `others` are those that show where it ends. */
export function fold(
  context: RuleContext,
  by: (result: CheckResult) => string,
  isOne: (members: readonly CheckResult[], others: readonly CheckResult[]) => boolean,
): { subject: string; results: CheckResult[]; how: How }[] {
  const tried = dialled(context);
  return [...Map.groupBy(tried, by)].flatMap(([subject, members]) => {
    const how = sameHow(members);
    const others = tried.filter((result) => !members.includes(result));
    const unclaimed = members.every((result) => context.unexplained.includes(result));
    return how && unclaimed && isOne(members, others) ? [{ subject, results: members, how }] : [];
  });
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
