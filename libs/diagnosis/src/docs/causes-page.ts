import type { Finding } from '@mailpath/protocol';
import { diagnoseSite } from '../diagnose-site.ts';
import { inWords } from '../render.ts';
import type { Params, Rule } from '../rule.ts';
import { RULES, type RuleId } from '../rules.ts';
import { SITE } from '../testing/healthy.ts';
import { SITUATIONS } from '../rules/situations.ts';
import { CATALOGUES } from '../words/catalogue.ts';
import type { Spread } from '../words/told.ts';
import { ALL_LAYERS, layerOf, type Layer } from './layers.ts';
import { code, page, plain, table } from './markdown.ts';

const { frame } = CATALOGUES.en;

/** A rule, and what it says of the site that its specs look at. */
interface Example {
  rule: Rule<RuleId>;
  finding: Finding;
  params: Params;
}

/** How far a cause reaches, as a rule may decide by it, in the words of a person. */
const REACH: Readonly<Record<'alone' | 'one' | 'all', string>> = {
  alone: 'where no other server can be compared',
  one: 'where other servers get through',
  all: 'where no server gets through',
};
type Reached = keyof typeof REACH;
const REACHED = Object.keys(REACH) as Reached[];

function exampleOf(rule: Rule<RuleId>): Example {
  const { servers, site = SITE } = SITUATIONS[rule.id];
  const finding = diagnoseSite({ site, servers }).find((each) => each.rule === rule.id);
  if (!finding) throw new Error(`rule ${rule.id} has nothing to say of its own situation`);
  // What was ruled out, and that it holds for every server, are the frame's words and not the rule's.
  return { rule, finding, params: finding.params as unknown as Params };
}

/** The same cause, had it spread so. Only where others get through are there others to name. */
function spreadTo({ params }: Example, spread: Spread): Params {
  const others = params.witnesses.length > 0 ? params.witnesses : ['svc02'];
  return { ...params, spread, witnesses: spread === 'one' ? others : [] };
}

/** A fact that may depend on how far the cause reaches: once where it does not, otherwise with what it depends on. */
function perReach(decide: (reach: Reached) => string): string {
  const groups = [...Map.groupBy(REACHED, decide)];
  const [first, ...others] = groups;
  if (first && others.length === 0) return first[0];
  return groups.map(([value, when]) => `${value} ${when.map((each) => REACH[each]).join(' or ')}`).join('; ');
}

const ownerOf = (example: Example): string =>
  perReach((reach) => frame.owner[example.rule.owner(spreadTo(example, reach))]);
const confidenceOf = (example: Example): string =>
  perReach((reach) => frame.confidence[example.rule.confidence(spreadTo(example, reach))]);

/**
 * Where a known answer says more than the rule, the answer's owner and items are told, and here are only the rule's
 * own.
 */
const itemsOf = (example: Example): readonly string[] => example.rule.items(spreadTo(example, 'alone'));

/** What stands behind it, and what is added when others get through, or when nobody does. */
function causesOf(example: Example): string[] {
  const causeAt = (spread: Reached): string => inWords(example.rule, spreadTo(example, spread), 'en').cause;
  const general = causeAt('alone');
  const added = (spread: Reached, when: string): string[] => {
    const cause = causeAt(spread);
    if (cause === general) return [];
    return [`- ${when}: ${plain(cause.startsWith(general) ? cause.slice(general.length).trim() : cause)}`];
  };
  return [
    `- **Cause**: ${plain(general)}`,
    ...added('one', '**Not everywhere**'),
    ...added('all', '**Everywhere**'),
  ];
}

function signOf({ rule, finding: { phase, code: failure, evidence, scope } }: Example): string {
  if (scope.checks.length === 0)
    return `a fact of the site, which no check shows; evidence such as ${code(evidence[0] ?? '')}`;
  const where = phase && failure ? `a check fails in ${phase} (${failure})` : seenOnWhatPassed(rule);
  // What the situations have in place of a failure's own words tells nothing more.
  const line = evidence.find((each) => !each.endsWith(`${phase} ${failure}`));
  return line ? `${where}; evidence such as ${code(line)}` : where;
}
const seenOnWhatPassed = ({ comparesOnly }: Rule): string =>
  comparesOnly ? 'checks pass, and show it' : 'checks get through, and show it';

const sentenceOf = ({ rule, params }: Example): string => rule.words.en.sentence(params);

function block(example: Example): string {
  const { rule, finding } = example;
  const statements = finding.statements.length > 0 ? ` (here ${finding.statements.join(', ')})` : '';
  return [
    `### ${rule.id}`,
    '',
    `> ${plain(sentenceOf(example))}`,
    '',
    `- **Sign**: ${signOf(example)}`,
    ...causesOf(example),
    `- **Owner**: ${ownerOf(example)}${rule.defers ? ', or whom the table of answers names' : ''}`,
    `- **Checklist**: ${itemsOf(example).join(', ')}${statements}`,
    `- **Confidence**: ${confidenceOf(example)}`,
    `- **Next step**: ${plain(finding.nextStep)}`,
  ].join('\n');
}

const anchor = (id: string): string => `[${id}](#${id.replaceAll('.', '')})`;

function section({ title, intro }: Layer, examples: readonly Example[]): string[] {
  const rows = examples.map((example) => [
    plain(sentenceOf(example)),
    anchor(example.rule.id),
    ownerOf(example),
    itemsOf(example)[0] ?? '',
  ]);
  return [
    `## ${title}`,
    intro,
    table(['what is seen', 'cause', 'owner', 'checklist'], rows),
    ...examples.map(block),
  ];
}

const INTRO = [
  '# Every cause that Mailpath can name',
  '<!-- Written by npm run docs:causes from libs/diagnosis; a spec compares it. Change the rules and their words, not this page. -->',
  'One entry for each rule of diagnosis, under the id that a finding carries as `rule`. The sentences are those of findings, with example values such as outlook.office365.com:993 or svc01: the quoted one is what a finding says was seen. Below the cause stands what is added when other servers get through (not everywhere), and when none does (everywhere). A rule sees only what no earlier one explains, so a finding names the largest cause that fits. What Entra ID and Exchange Online answer is in [answers.md](answers.md).',
  'The items C1 to C11 are those of Cisco’s checklist; X1 to X9 are what real errors point to besides: X1 the application’s credential, X2 consent and scopes, X3 tenant and cloud, X4 Conditional Access and MFA, X5 the state of the account, X6 TLS and proxy, X7 throttling or a fault of the service, X8 a fault of a client, X9 the clock. The statements (S1 to S74) of a finding depend on the roles of its servers and on what failed; here are those of the example. So does its severity: an error where the role needs what failed, a warning where only the checklist asks for it.',
];

/** `docs/causes.md`: every rule by layer, with what it says of its own example. */
export function causesPage(): string {
  const examples = RULES.map(exampleOf);
  const sections = ALL_LAYERS.flatMap((layer) => {
    const own = examples.filter(({ rule }) => layerOf(rule) === layer);
    return section(layer, own);
  });
  return page([...INTRO, ...sections]);
}
