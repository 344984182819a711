import { distinct } from '../look.ts';
import type { MailboxSettings } from '../settings/setting.ts';
import type { Item } from './items.ts';
import { type ChecklistServer, type OpenFinding, type Verdict } from './known.ts';

/** The open findings that may belong to an item, on one subject of it. */
export function findingsOn(
  { item, kind }: Item,
  subject: ChecklistServer | MailboxSettings | null,
  findings: readonly OpenFinding[],
): OpenFinding[] {
  return findings.filter((finding) => {
    if (!finding.items.includes(item) && finding.checklistItem !== item) return false;
    if (subject === null) return true;
    return kind === 'mailbox'
      ? isOn(finding, subject as MailboxSettings)
      : finding.scope.servers.includes(subject.name);
  });
}

/** A finding on a user is one on every mailbox that the user signs in for; one that names no mailbox is on none. */
function isOn({ scope }: OpenFinding, { name, address, userName }: MailboxSettings): boolean {
  const own = new Set([address.toLowerCase(), userName.toLowerCase()]);
  if (scope.mailbox !== undefined) return own.has(scope.mailbox.toLowerCase());
  return scope.checks.some(
    ({ mailbox, target }) =>
      (mailbox !== undefined && own.has(mailbox.toLowerCase())) || (mailbox === undefined && target === name),
  );
}

/**
 * Whether a finding is reason enough to call the item broken, and not only one of those that it may be about. One that
 * names neither check nor mailbox is a fact of the set-up of Mailpath, and no observation of the item.
 */
const breaks = ({ severity, confidence, code, checklistItem, scope }: OpenFinding, { item }: Item): boolean =>
  checklistItem === item &&
  (scope.checks.length > 0 || scope.mailbox !== undefined) &&
  severity !== 'info' &&
  confidence !== 'possible' &&
  code !== 'throttled' &&
  code !== 'internal';

/**
 * What an item's own judgement becomes by the open findings on the subject: theirs are the words where they break it.
 */
export function withFindings(own: Verdict, item: Item, findings: readonly OpenFinding[]): Verdict {
  const breaking = findings.filter((finding) => breaks(finding, item));
  if (breaking.length === 0) return own;
  return {
    verdict: 'broken',
    sentences: breaking.map(({ summary }) => summary),
    nextSteps: distinct(breaking.map(({ nextStep }) => nextStep)),
    statements: distinct([
      ...breaking.flatMap(({ statements }) => statements),
      ...(own.verdict === 'broken' ? own.statements : []),
    ]),
    evidence: own.verdict === 'broken' ? own.evidence : [],
    cited: breaking.flatMap(({ scope }) => scope.checks),
  };
}
