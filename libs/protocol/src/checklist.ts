import { z } from 'zod';
import { ChecklistItem, Statement } from './finding.ts';
import { SettingState } from './settings.ts';
import { CheckId, MailAddress, TargetName } from './target.ts';

/** What an item of the checklist is judged for: each item has one kind of subject. */
export const SubjectKind = z.enum(['site', 'server', 'mailbox']).meta({ id: 'SubjectKind' });
export type SubjectKind = z.infer<typeof SubjectKind>;

/** A result that a verdict rests on: the newest of that server for that check and target. */
export const ChecklistEvidence = z
  .object({ server: z.string(), check: CheckId, target: TargetName })
  .meta({ id: 'ChecklistEvidence' });
export type ChecklistEvidence = z.infer<typeof ChecklistEvidence>;

/**
 * One item of the checklist for one subject. `holds` needs something that shows it; where nothing does, where results
 * are stale, throttled or failed by a fault of Mailpath, the verdict is `cannot-tell`.
 */
export const ChecklistEntry = z
  .object({
    item: ChecklistItem,
    title: z.string(),
    /** Name of the site or of a server, or the address of a mailbox. */
    subject: z.object({ kind: SubjectKind, name: z.string() }),
    verdict: SettingState,
    /** Why. */
    sentence: z.string(),
    /** What to do, or what is needed so that it can be told; null where there is nothing to do. */
    nextStep: z.string().nullable(),
    statements: z.array(Statement),
    /** Keys of the open findings of this item on this subject. */
    findings: z.array(z.string()),
    evidence: z.array(ChecklistEvidence),
  })
  .meta({ id: 'ChecklistEntry' });
export type ChecklistEntry = z.infer<typeof ChecklistEntry>;

/**
 * Whether a server can go on sending from a mailbox once basic authentication for SMTP AUTH is off: off by default for
 * existing tenants from the end of December 2026, and its removal to be announced in the second half of 2027
 * (Microsoft, January 2026).
 * `ready` needs a sign-in by XOAUTH2 with a token that was taken.
 */
export const Readiness = z
  .object({
    mailbox: MailAddress,
    server: z.string(),
    state: z.enum(['ready', 'not-ready', 'cannot-tell']),
    sentence: z.string(),
    nextStep: z.string().nullable(),
    statements: z.array(Statement),
    evidence: z.array(ChecklistEvidence),
  })
  .meta({ id: 'Readiness' });
export type Readiness = z.infer<typeof Readiness>;

/**
 * What a person saw of Microsoft's connectivity test (C11); it runs at Microsoft and says nothing of a server's way.
 */
export const ExternalTest = z
  .object({
    passed: z.boolean(),
    testedAt: z.iso.datetime(),
    by: z.string(),
    note: z.string().nullable(),
  })
  .meta({ id: 'ExternalTest' });
export type ExternalTest = z.infer<typeof ExternalTest>;

/** The whole checklist of a site: C1 to C11, then X1 to X9, each for its subjects. */
export const Checklist = z
  .object({
    siteId: z.uuid(),
    siteName: z.string(),
    generatedAt: z.iso.datetime(),
    statementsUrl: z.url(),
    entries: z.array(ChecklistEntry),
    readiness: z.array(Readiness),
    externalTest: ExternalTest.nullable(),
  })
  .meta({ id: 'Checklist' });
export type Checklist = z.infer<typeof Checklist>;
