import {
  type CheckResult,
  type Finding,
  type FindingCheck,
  type Severity,
  WORST_FIRST,
} from '@mailpath/protocol';
import type { Cause } from './causes.ts';
import { type Claim, claimText, isContradicted, observedBeside } from './claims.ts';
import { demandOf } from './demand.ts';
import { excludedBy } from './excludes.ts';
import { commonOf, mergedDetails } from './generalise.ts';
import { distinct, hostsOf, endpointOf, type ServerView, type SiteView } from './look.ts';
import { protocolName } from './protocol-name.ts';
import { inWords, isUnknown } from './render.ts';
import { severityOf } from './severity.ts';
import { isSignIn, mailboxOf } from './sign-in/sign-in.ts';
import { extentOf, type Extent } from './spread.ts';
import { isChangedOnPath, isLocal, type Told } from './words/told.ts';

/**
 * One cause, as several servers may have it, as a finding. The causes are of one rule, about one thing, in the order of
 * servers.
 */
export function conclude(causes: readonly [Cause, ...Cause[]], site: SiteView): Finding {
  const [{ rule, clue }] = causes;
  const extent = extentOf(causes, site);
  const sure = {
    ...paramsOf(causes, extent),
    everywhere: extent.spread === 'all' && extent.servers.length === site.servers.length,
    excludes: excludedBy(causes, extent, site),
  };
  const contradicted = contradictedBy(rule.claims(sure), causes);
  const params = { ...sure, ...(contradicted.length > 0 ? { contradicted } : {}) };
  const local = isLocal(extent);
  const answer = clue.answer ?? null;
  const leads = rule.defers && !local && answer !== null && answer.items.length > 0;
  const changed = isChangedOnPath({ answer, spread: extent.spread });
  const items = distinct(
    changed
      ? ['X6', ...(answer?.items ?? []), ...rule.items(params)]
      : leads
        ? [...answer.items, ...rule.items(params)]
        : [...rule.items(params), ...(answer?.items ?? [])],
  );
  const [first] = clue.results;
  const weighed = causes.flatMap((cause) => weigh(cause, site));
  return {
    key: `${rule.id} ${clue.about}`.slice(0, 400),
    rule: rule.id,
    severity: WORST_FIRST.find((severity) => weighed.some((each) => each.severity === severity)) ?? 'info',
    // Several servers compared say enough by themselves; words that nobody knows say nothing more than their step.
    confidence:
      contradicted.length > 0 || (!local && isUnknown(params)) ? 'possible' : rule.confidence(params),
    scope: {
      kind: extent.kind,
      servers: params.servers.slice(),
      ...(extent.kind === 'role' ? { roles: extent.roles } : {}),
      checks: causes.flatMap(({ server, clue: { results } }) =>
        results.map((result) => checkOf(server, result)),
      ),
      ...commonOf(causes.map(({ clue }) => clue.part ?? {})),
    },
    phase: clue.phase ?? rule.phase ?? first?.failure?.phase ?? null,
    code: first?.failure?.code ?? null,
    owner: changed && answer ? ownerOfPath(answer.owner) : leads ? answer.owner : rule.owner(params),
    checklistItem: items[0] ?? rule.items(params)[0],
    items,
    statements: distinct(weighed.flatMap(({ statements }) => statements)).toSorted(byNumber),
    params,
    evidence: evidenceOf(causes),
    consequences: causes.flatMap(({ server, consequences, elsewhere }) => [
      ...consequences.map((result) => checkOf(server, result)),
      ...elsewhere.map((each) => checkOf(each.server, each.result)),
    ]),
    ...inWords(rule, params, 'en'),
  };
}

/** Whose it is that something was changed on the path: not the program's, whose siblings get through. */
const ownerOfPath = (owner: Finding['owner']): Finding['owner'] => (owner === 'mailpath' ? 'proxy' : owner);

function contradictedBy(claims: readonly Claim[], causes: readonly Cause[]): string[] {
  const seen = causes.map(({ server, clue }) => observedBeside(clue.results, server.results));
  return claims.filter((claim) => isContradicted(claim, seen)).map(claimText);
}

/** What the words of one cause are made of. */
export const toldOf = (causes: readonly [Cause, ...Cause[]], site: SiteView): Told & object =>
  paramsOf(causes, extentOf(causes, site));

const paramsOf = (causes: readonly [Cause, ...Cause[]], extent: Extent): Told & Record<string, unknown> => ({
  ...mergedDetails(
    causes[0].clue.details,
    causes.slice(1).map(({ clue }) => clue),
  ),
  ...told(causes, extent),
});

/** Statements as people count them: S9 before S10. */
const byNumber = (a: string, b: string): number => Number(a.slice(1)) - Number(b.slice(1));

function checkOf(server: ServerView, { check, target }: CheckResult): FindingCheck {
  return {
    server: server.name,
    check,
    target: target.name,
    ...(target.mailbox === undefined ? {} : { mailbox: target.mailbox }),
  };
}

/** How bad each result is for its server's roles, with the statements that ask for it. */
function weigh(
  { server, clue }: Cause,
  site: SiteView,
): { severity: Severity | null; statements: string[] }[] {
  return clue.results.map((result) => {
    const { demand, statements } = demandOf(result, server.roles, site.facts.inbound);
    if (clue.weighAs === 'info') return { severity: 'info', statements };
    const weighed = clue.weighAs ? { outcome: clue.weighAs, repeats: null } : result;
    return { severity: severityOf(weighed, demand), statements };
  });
}

function told(causes: readonly Cause[], { servers, witnesses, spread }: Extent): Told {
  const results = causes.flatMap(({ clue }) => clue.results);
  return {
    servers: servers.map(({ name }) => name),
    witnesses: witnesses.map(({ name }) => name),
    spread,
    places: distinct(results.map(endpointOf)),
    hosts: hostsOf(results),
    protocols: distinct(results.map(protocolName)),
    mailboxes: distinct(results.filter(isSignIn).map(mailboxOf)),
  };
}

/** What checks that were not tried waited for, in their own words. */
const waited = (consequences: readonly CheckResult[]): string[] =>
  consequences.flatMap(({ check, target, outcome, reason }) =>
    outcome === 'skipped' && reason ? [`${check} ${target.name}: ${reason}`] : [],
  );

function evidenceOf(causes: readonly Cause[]): string[] {
  const elsewhere = causes.flatMap((cause) => cause.elsewhere);
  const named = causes.length > 1 || elsewhere.length > 0;
  const lineOf = ({ name }: ServerView, line: string): string => (named ? `${name}: ${line}` : line);
  const lines = causes.flatMap(({ server, clue, consequences }) =>
    [...clue.evidence, ...waited(consequences)]
      .filter((line) => line !== '')
      .map((line) => lineOf(server, line)),
  );
  const others = elsewhere.flatMap(({ server, result }) =>
    waited([result]).map((line) => lineOf(server, line)),
  );
  return distinct([...lines, ...others]);
}
