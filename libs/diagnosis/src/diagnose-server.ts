import type { CheckResult, Finding, InboundProtocol, Language, Role } from '@mailpath/protocol';
import { causesOn } from './causes.ts';
import { diagnoseSite } from './diagnose-site.ts';
import { isTrouble, siteView } from './look.ts';
import { KNOWN_ANSWERS } from './sign-in/known-answers.ts';
import { toldOf } from './conclude.ts';
import { skipSentence } from './words/skips.ts';
import { policySentence } from './policy-sentence.ts';

/** One server's newest round, and what is known of the site it belongs to. */
export interface ServerRound {
  server: { name: string; roles: readonly Role[] };
  inbound: InboundProtocol;
  results: readonly CheckResult[];
}

/** What follows from one server's round: a site of one server. Pure. */
export function diagnoseServer(
  { server, inbound, results }: ServerRound,
  language: Language = 'en',
): Finding[] {
  return diagnoseSite({ site: { inbound }, servers: [{ ...server, results }] }, language);
}

/** One sentence for a person on what a result says; null when it passed, or was skipped without a reason. */
export function sentenceFor(result: CheckResult, language: Language = 'en'): string | null {
  if (result.outcome === 'skipped') return policySentence(result, language) ?? skipSentence(result, language);
  if (!isTrouble(result)) return null;
  // Alone, the result is what it is and no part of a larger cause.
  const site = siteView(
    { inbound: 'undecided' },
    [{ name: '', roles: ['services'], results: [result] }],
    KNOWN_ANSWERS,
  );
  const [cause] = site.servers
    .flatMap((server) => causesOn(server, site))
    .filter(({ rule }) => !rule.comparesOnly);
  return cause ? cause.rule.words[language].sentence(toldOf([cause], site)) : null;
}
