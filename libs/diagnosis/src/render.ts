import type { Finding, Language } from '@mailpath/protocol';
import type { Params, Rule } from './rule.ts';
import { ruleOf } from './rules.ts';
import { CATALOGUES } from './words/catalogue.ts';
import type { Excluded, ExclusionFacts, Exclusions } from './words/frame.ts';

/** The words of a finding in one language. */
export type FindingWords = Pick<Finding, 'summary' | 'cause' | 'nextStep' | 'excludes'>;

/** What a rule says of these servers; the parameters are made of its own details. */
export function inWords(rule: Rule, params: Params, language: Language): FindingWords {
  const words = rule.words[language];
  const { frame, excludes } = CATALOGUES[language];
  const { servers, everywhere = false, excludes: excluded = [], contradicted = [] } = params;
  if (contradicted.length > 0) {
    const { sentence, cause, nextStep } = frame.weaker(params);
    return { summary: frame.summary({ servers, everywhere }, sentence), cause, nextStep, excludes: [] };
  }
  return {
    summary: frame.summary({ servers, everywhere }, words.sentence(params)),
    cause: isUnknown(params) ? frame.unknownAnswer(words.cause(params)) : words.cause(params),
    nextStep: words.nextStep(params),
    excludes: excluded.map((each) => exclusion(each, excludes)),
  };
}

/** Whether it rests on words of the other end that no table knows. */
export const isUnknown = (params: object): boolean =>
  'answer' in params && params.answer === null && 'reply' in params && params.reply !== '';

const exclusion = <Id extends keyof ExclusionFacts>(each: Excluded<Id>, words: Exclusions): string =>
  words[each.id](each);

/** The same finding in a language. One whose rule this version does not know keeps the words that it came with. */
export function render(finding: Finding, language: Language): Finding {
  const rule = ruleOf(finding.rule);
  if (!rule) return finding;
  // A finding holds the parameters that its words were made of, and they are stored as they were.
  return { ...finding, ...inWords(rule, finding.params as Finding['params'] & Params, language) };
}
