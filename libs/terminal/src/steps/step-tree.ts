import { PHASES } from '@mailpath/diagnosis';
import { CHECK_TITLES, type CheckResult, isKnownCheck, type Language, type Phase } from '@mailpath/protocol';
import { languageOf, OUTCOME_STYLE, type Screen } from '../screen.ts';
import { wrapText } from '../wrap-text.ts';
import { factsOf } from './step-facts.ts';
import { CODES, FACTS, OUTCOMES } from './step-words.ts';

const INDENT = '  ';

const titleOf = (check: string, language: Language): string =>
  isKnownCheck(check) ? `${CHECK_TITLES[check][language]} (${check})` : check;

const placeOf = ({ target }: CheckResult): string =>
  `${target.host.includes(':') ? `[${target.host}]` : target.host}:${target.port}${target.mailbox ? ` ${target.mailbox}` : ''}`;

/** The steps in their order; the one that failed is among them, also where its time was not taken. */
function stepsOf({ phases, failure }: CheckResult): { phase: Phase; ms: number | null; failed: boolean }[] {
  const last = failure ? phases.findLastIndex(({ name }) => name === failure.phase) : -1;
  const steps = phases.map(({ name, ms }, index) => ({
    phase: name,
    ms,
    failed: index === last,
  }));
  return failure && last < 0 ? [...steps, { phase: failure.phase, ms: null, failed: true }] : steps;
}

/** A text below others, each line of it at its depth. */
function below(text: string, depth: number, { width }: Screen): string[] {
  const indent = width > 8 * INDENT.length ? INDENT.repeat(depth) : '';
  return wrapText(text, width - indent.length).map((each) => indent + each);
}

/**
 * One check as a tree: each step with its milliseconds and how it ended, in words with the code beside it, and below it
 * what was seen there; in the end the dialogue. Credentials are not in evidence: the agent has replaced them.
 */
export function stepTree(result: CheckResult, screen: Screen): string {
  const language = languageOf(screen);
  const { outcome, failure, durationMs, reason, repeats } = result;
  const style = OUTCOME_STYLE[outcome];
  const head = `${titleOf(result.check, language)}  ${placeOf(result)}  ${OUTCOMES[outcome][language]} (${outcome})  ${Math.round(durationMs)} ms${repeats === null ? '' : `  ${FACTS.secondLook[language]}`}`;
  const shown = new Set<Phase>();
  const steps = stepsOf(result).flatMap(({ phase, ms, failed }) => {
    const how =
      failed && failure
        ? `${CODES[failure.code][language]} (${failure.code})`
        : `${OUTCOMES.pass[language]} (pass)`;
    const text = `${failed ? 'x' : '-'} ${PHASES[phase][language]} (${phase})  ${ms === null ? '' : `${Math.round(ms)} ms  `}${how}`;
    const facts = factsOf(result, phase, language, shown.has(phase));
    shown.add(phase);
    return [
      ...below(text, 1, screen).map((each) => (failed ? screen.style(style, each) : each)),
      ...(failed && failure ? below(failure.message, 3, screen) : []),
      ...facts.flatMap((fact) => below(fact.text, 3 + fact.depth, screen)),
    ];
  });
  return [
    ...wrapText(head, screen.width).map((each) => screen.style('bold', each)),
    ...(reason === null ? [] : below(reason, 1, screen)),
    ...steps,
    ...(result.evidence.dialogue?.lines ?? []).flatMap((each) => below(each, 2, screen)),
  ].join('\n');
}
