import type { CheckResult, Finding, InboundProtocol, Role, Severity } from '@mailpath/protocol';
import { demandOf } from './demand.ts';
import type { Explained, Rule } from './rule.ts';
import { RULES } from './rules.ts';
import { lastLooks } from './last-looks.ts';
import { severityOf } from './severity.ts';

/** One server's newest round, and what is known of the site it belongs to. */
export interface ServerRound {
  server: { name: string; roles: readonly Role[] };
  inbound: InboundProtocol;
  results: readonly CheckResult[];
}

const WORST_FIRST: readonly Severity[] = ['error', 'warning', 'info'];

const explain = (result: CheckResult, round: readonly CheckResult[]): Rule | undefined =>
  RULES.find((rule) => rule.applies(result, round));

/** One sentence for a person on what a result says; null when it passed, or was skipped without a reason. */
export function sentenceFor(result: CheckResult): string | null {
  if (result.outcome === 'skipped') return result.reason;
  return explain(result, [result])?.sentence(result) ?? null;
}

/** What follows from one server's round: one finding per cause, the worst first, in the order of the rules. Pure. */
export function diagnoseServer({ server, inbound, results: observed }: ServerRound): Finding[] {
  const results = lastLooks(observed);
  const causes = new Map<string, { rule: Rule; results: [CheckResult, ...CheckResult[]] }>();
  for (const result of results) {
    const rule = explain(result, results);
    if (!rule) continue;
    const key = `${rule.id} ${rule.groupBy(result)}`;
    const known = causes.get(key);
    if (known) known.results.push(result);
    else causes.set(key, { rule, results: [result] });
  }
  return [...causes.values()]
    .map(({ rule, results: explained }) => conclude(rule, explained, server, inbound))
    .sort(
      (a, b) =>
        WORST_FIRST.indexOf(a.severity) - WORST_FIRST.indexOf(b.severity) || order(a.rule) - order(b.rule),
    );
}

const order = (id: string): number => RULES.findIndex((rule) => rule.id === id);

function conclude(
  rule: Rule,
  results: Explained,
  server: ServerRound['server'],
  inbound: InboundProtocol,
): Finding {
  const demands = results.map((result) => demandOf(result, server.roles, inbound));
  const severities = results.map((result, i) => severityOf(result, demands[i]?.demand ?? 'must'));
  const [first] = results;
  const more = results.length > 1 ? ` (and ${results.length - 1} more of the same cause)` : '';
  return {
    rule: rule.id,
    severity: WORST_FIRST.find((severity) => severities.includes(severity)) ?? 'info',
    confidence: rule.confidence,
    scope: {
      servers: [server.name],
      checks: results.map(({ check, target }) => ({ check, target: target.name })),
    },
    phase: first.failure?.phase ?? null,
    code: first.failure?.code ?? null,
    summary: `${server.name}: ${rule.sentence(first)}${more}`,
    cause: rule.cause(results),
    owner: rule.owner,
    nextStep: rule.nextStep(results),
    checklistItem: rule.checklistItem,
    statements: [...new Set(demands.flatMap(({ statements }) => statements))],
    evidence: [...new Set(rule.evidence(results).filter((line) => line !== ''))],
  };
}
