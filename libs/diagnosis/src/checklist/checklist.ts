import { distinct } from '../look.ts';
import type { ChecklistEntry, ChecklistEvidence, Language, SubjectKind } from '@mailpath/protocol';
import { judgementsOn } from '../settings/judge-settings.ts';
import type { MailboxSettings, Seen } from '../settings/setting.ts';
import { findingsOn, withFindings } from './findings-on.ts';
import { ITEMS, type Item } from './items.ts';
import {
  type ChecklistInput,
  type ChecklistServer,
  type Known,
  type OpenFinding,
  type Verdict,
} from './known.ts';
import { inWords, say, type Told } from './words/catalogue.ts';

/** The checklist of a site: every item for each of its subjects, in the order of the items. Pure. */
export function checklist(input: ChecklistInput, language: Language = 'en'): ChecklistEntry[] {
  const known = know(input);
  return ITEMS.flatMap((item) =>
    subjectsOf(item, known).map(({ name, subject, verdict }) => {
      const findings = findingsOn(item, subject, known.findings);
      return entry(
        item,
        { kind: item.kind, name },
        withFindings(verdict(), item, findings),
        findings,
        language,
      );
    }),
  );
}

/** The input with its results sorted, and its settings judged by those that say something of now. */
export function know(input: ChecklistInput): Known {
  const all = input.servers.flatMap(({ name, results }) =>
    results.map(({ result, stale }) => ({ stale, seen: { server: name, result } })),
  );
  const fresh = all.filter(({ stale }) => !stale).map(({ seen }) => seen);
  const stale = all.filter((one) => one.stale).map(({ seen }) => seen);
  return { ...input, fresh, stale, judgements: judgementsOn(input.site, input.mailboxes, fresh) };
}

interface Subject {
  name: string;
  subject: ChecklistServer | MailboxSettings | null;
  verdict: () => Verdict;
}

function subjectsOf(item: Item, known: Known): Subject[] {
  switch (item.kind) {
    case 'site':
      return [{ name: known.site.name, subject: null, verdict: () => item.judge(known) }];
    case 'server':
      return known.servers.map((server) => ({
        name: server.name,
        subject: server,
        verdict: () => item.judge(known, server),
      }));
    case 'mailbox':
      return known.mailboxes.map((mailbox) => ({
        name: mailbox.address,
        subject: mailbox,
        verdict: () => item.judge(known, mailbox),
      }));
  }
}

function entry(
  { item }: Item,
  subject: { kind: SubjectKind; name: string },
  { verdict, sentences, nextSteps, statements, evidence, cited }: Verdict,
  findings: readonly OpenFinding[],
  language: Language,
): ChecklistEntry {
  return {
    item,
    title: inWords(say(`title.${item}`), language),
    subject,
    verdict,
    sentence: joined(sentences, language),
    nextStep: nextSteps.length === 0 ? null : joined(nextSteps, language),
    statements: distinct(statements),
    findings: findings.map(({ key }) => key),
    evidence: distinctEvidence(evidence, cited),
  };
}

/** Several sentences as one text, each once; Japanese has no blank after a full stop. */
export function joined(sentences: readonly (Told | string)[], language: Language): string {
  const texts = sentences.map((one) => (typeof one === 'string' ? one : inWords(one, language)));
  const text = distinct(texts).join(' ');
  return language === 'ja' ? text.replaceAll('。 ', '。') : text;
}

/** Each result once, by its names. */
export function distinctEvidence(
  seen: readonly Seen[],
  cited: readonly ChecklistEvidence[] = [],
): ChecklistEvidence[] {
  const all = [
    ...seen.map(({ server, result }) => ({ server, check: result.check, target: result.target.name })),
    ...cited.map(({ server, check, target }) => ({ server, check, target })),
  ];
  return [...new Map(all.map((one) => [`${one.server} ${one.check} ${one.target}`, one])).values()];
}
