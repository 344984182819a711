import type { Finding, Language } from '@mailpath/protocol';
import { CATALOGUES, isRuleId, type RuleId } from './words/catalogue.ts';
import type { Excluded, Exclusions } from './words/frame.ts';
import type { RuleWords, Told } from './words/told.ts';

/** The words of a finding in one language. */
export type FindingWords = Pick<Finding, 'summary' | 'cause' | 'nextStep' | 'excludes'>;

/** Words are made of the parameters that the same rule's details were checked against, so the types meet here and nowhere else. */
const wordsOf = (id: RuleId, language: Language): RuleWords<Told> =>
  CATALOGUES[language].rules[id] as unknown as RuleWords<Told>;

export function inWords(id: RuleId, params: Told & object, language: Language): FindingWords {
  const rule = wordsOf(id, language);
  const { frame, excludes } = CATALOGUES[language];
  const { servers } = params;
  const everywhere = 'everywhere' in params && params.everywhere === true;
  const excluded = 'excludes' in params ? (params.excludes as readonly Excluded[]) : [];
  return {
    summary: frame.summary({ servers, everywhere }, rule.sentence(params)),
    cause: isUnknown(params) ? frame.unknownAnswer(rule.cause(params)) : rule.cause(params),
    nextStep: rule.nextStep(params),
    excludes: excluded.map((each) => exclusion(each, excludes)),
  };
}

/** Whether it rests on words of the other end that no table knows. */
export const isUnknown = (params: object): boolean =>
  'answer' in params && params.answer === null && 'reply' in params && params.reply !== '';

const exclusion = (each: Excluded, words: Exclusions): string =>
  (words[each.id] as (facts: Excluded) => string)(each);

/** The sentence of a rule alone, without the names of servers. */
export const sentenceOf = (id: RuleId, params: Told & object, language: Language): string =>
  wordsOf(id, language).sentence(params);

/** The same finding in a language. One whose rule this version does not know keeps the words that it came with. */
export function render(finding: Finding, language: Language): Finding {
  if (!isRuleId(finding.rule)) return finding;
  return { ...finding, ...inWords(finding.rule, finding.params as Told & object, language) };
}
