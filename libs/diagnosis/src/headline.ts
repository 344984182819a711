import type { Finding, Language } from '@mailpath/protocol';
import type { Params } from './rule.ts';
import { ruleOf } from './rules.ts';
import { CATALOGUES } from './words/catalogue.ts';

/** How many places were left out. */
const MORE: Readonly<Record<Language, (count: number) => string>> = {
  en: (count) => ` (and ${count} more)`,
  ja: (count) => `（他 ${count} 件）`,
};

/**
 * What was seen, in short, for cards, notices and tickets: the sentence of the summary, in which one place stands for
 * all that are alike. Servers are left out: whoever shows a headline names them beside it. A finding whose rule this
 * version does not know keeps its summary.
 */
export function headlineOf(finding: Finding, language: Language): string {
  const rule = ruleOf(finding.rule);
  if (!rule) return finding.summary;
  const params = finding.params as Finding['params'] & Params;
  const sentenceOf = (told: Params): string =>
    (told.contradicted ?? []).length > 0
      ? CATALOGUES[language].frame.weaker(told).sentence
      : rule.words[language].sentence(told);
  const whole = sentenceOf(params);
  if (params.places.length < 2) return whole;
  const short = sentenceOf({ ...params, places: params.places.slice(0, 1) });
  return short === whole ? whole : `${short}${MORE[language](params.places.length - 1)}`;
}
