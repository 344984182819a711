import type { CheckResult, DnsEvidence, ResolverAnswer, ResolverEvidence } from '@mailpath/protocol';
import type { RuleContext } from '../look.ts';
import type { NameDetails } from '../words/name-troubles.ts';
import { answersOthers, troublesOf } from './name-troubles.ts';
import { ofClass } from '../observe.ts';

export const failsToResolve = ({ failure }: CheckResult): boolean => failure?.phase === 'resolve';

/** The system itself says that its look-up gave nothing. */
export const systemFails = (result: CheckResult): boolean =>
  failsToResolve(result) && (result.evidence.dns?.error ?? null) !== null;

export const isNotFound = (result: CheckResult): boolean =>
  failsToResolve(result) && result.failure?.code === 'not-found';

/**
 * Results for which a name was looked up; an address needs no look-up. Where Microsoft's names are looked up, they
 * alone: that a name inside the network is known says nothing of them.
 */
export function lookedUp({ server }: Pick<RuleContext, 'server'>): CheckResult[] {
  const all = server.results.filter(wasLookedUp);
  const microsofts = ofClass(all, 'microsoft');
  return microsofts.length > 0 ? microsofts : all;
}

const wasLookedUp = ({ phases, evidence, failure }: CheckResult): boolean =>
  evidence.dns !== undefined || failure?.phase === 'resolve' || phases.some(({ name }) => name === 'resolve');

const answerText = (answer: ResolverAnswer): string =>
  answer.records.length > 0
    ? answer.records.join(', ')
    : [
        answer.state ?? answer.status,
        ...(answer.tcp ? [`TCP ${answer.tcp}`] : []),
        ...(answer.extendedErrors ?? []),
      ].join(' ');

/** One answer for both families where they agree. */
function resolverText({ a, aaaa }: ResolverEvidence): string {
  const [four, six] = [answerText(a), answerText(aaaa)];
  return four === six ? four : `A ${four}; AAAA ${six}`;
}

const settingsLines = ({ settings, searched = [] }: DnsEvidence): string[] => [
  ...(settings?.error ? [`settings: ${settings.error}`] : []),
  ...(settings && settings.resolvers.length === 0 && settings.error === null
    ? ['settings: no resolver']
    : []),
  ...(settings && settings.hosts.length > 0 ? [`hosts file: ${settings.hosts.join(', ')}`] : []),
  ...searched.map(({ name, records }) => `${name}: ${records.join(', ')}`),
];

export const resolverLines = (results: readonly CheckResult[]): string[] =>
  results.flatMap(({ failure, evidence: { dns } }) => [
    ...(failure ? [failure.message] : []),
    ...(dns?.resolvers ?? []).map((resolver) => `${resolver.server}: ${resolverText(resolver)}`),
    ...(dns ? settingsLines(dns) : []),
  ]);

/** What the words on a look-up without an address are made of. */
export function nameDetails(results: readonly CheckResult[], context: RuleContext): NameDetails {
  const troubles = troublesOf(results);
  return { troubles, answersOthers: answersOthers(context, troubles) };
}
