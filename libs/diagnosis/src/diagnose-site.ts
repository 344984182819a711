import { type Finding, type Language, severityRank } from '@mailpath/protocol';
import { causesOn, type Cause, whyNotTriedElsewhere } from './causes.ts';
import { circumstantial } from './circumstances.ts';
import { foldClosedMailboxes } from './closed-mailboxes.ts';
import { conclude } from './conclude.ts';
import { joinMailboxes } from './mailboxes.ts';
import { type ServerResults, type SiteFacts, siteView, type SiteView } from './look.ts';
import { joinPlaces } from './places.ts';
import { render } from './render.ts';
import { RULES } from './rules.ts';
import type { AnswerTables } from './sign-in/answers.ts';
import { widened } from './widen.ts';
import { KNOWN_ANSWERS } from './sign-in/known-answers.ts';

/** A site's servers with their newest results, and what is known of the site. */
export interface SiteRound {
  site: SiteFacts;
  /** Each with a name of its own. */
  servers: readonly ServerResults[];
  answers?: AnswerTables;
}

/**
 * What follows from the newest results of all servers of a site: one finding for each cause, however many servers have
 * it, the worst first, then in the order of the rules. The order of servers and of results does not matter. Pure.
 */
export function diagnoseSite(round: SiteRound, language: Language = 'en'): Finding[] {
  const steps = diagnosing(round, language);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

/**
 * The same in steps, one for each server and each finding: a process that serves others as well does something else
 * between them. A site of a thousand servers takes some seconds.
 */
export function* diagnosing(
  { site, servers, answers = KNOWN_ANSWERS }: SiteRound,
  language: Language = 'en',
): Generator<void, Finding[]> {
  const view = siteView(site, servers, answers);
  const found: Cause[] = [];
  for (const server of view.servers) {
    yield;
    found.push(...causesOn(server, view));
  }
  yield;
  const causes = joinMailboxes(foldClosedMailboxes(found));
  adoptUntried(causes, view);
  const groups = Map.groupBy(joinPlaces(widened(causes)), ({ rule, clue }) => `${rule.id} ${clue.about}`);
  const concluded: Finding[] = [];
  for (const [first, ...more] of groups.values()) {
    yield;
    if (first) concluded.push(conclude([first, ...more], view));
  }
  return [...concluded, ...circumstantial(view)]
    .toSorted(
      (a, b) =>
        severityRank(a.severity) - severityRank(b.severity) ||
        order(a.rule) - order(b.rule) ||
        (a.key < b.key ? -1 : 1),
    )
    .map((finding) => (language === 'en' ? finding : render(finding, language)));
}

const order = (id: string): number => RULES.findIndex((rule) => rule.id === id);

/**
 * A token is made on one server and used on others (S47 to S50), so what one server could not try may follow from what
 * another could not do.
 */
function adoptUntried(causes: readonly Cause[], { servers }: SiteView): void {
  const adopted = new Set(causes.flatMap(({ consequences }) => consequences));
  const why = whyNotTriedElsewhere(causes);
  for (const server of servers)
    for (const result of server.results.filter(({ outcome }) => outcome === 'skipped'))
      if (!adopted.has(result)) why(result, server)?.elsewhere.push({ server, result });
}
