import type { CheckResult } from '@mailpath/protocol';
import type { Cause } from '../causes.ts';
import { type ServerResults, type SiteFacts, siteView, type SiteView } from '../look.ts';
import type { Clue } from '../rule.ts';
import { ruleOf, type RuleId } from '../rules.ts';
import { KNOWN_ANSWERS } from '../sign-in/known-answers.ts';
import { SITE } from './healthy.ts';

export const viewOf = (servers: readonly ServerResults[], facts: SiteFacts = SITE): SiteView =>
  siteView(facts, servers, KNOWN_ANSWERS);

/** A cause on one server of a site, as if the rule had found it in these results. */
export function causeOn(
  site: SiteView,
  name: string,
  id: RuleId,
  which: (result: CheckResult) => boolean,
  clue: Partial<Clue> = {},
): Cause {
  const server = site.servers.find((each) => each.name === name);
  const rule = ruleOf(id);
  if (!server || !rule) throw new Error(`no server ${name}, or no rule ${id}`);
  const results = server.results.filter(which);
  return {
    rule,
    server,
    clue: { about: 'it', results, evidence: [], details: {}, ...clue },
    consequences: [...(clue.consequences ?? [])],
    elsewhere: [],
  };
}
