import { z } from 'zod';
import { CheckId, MailAddress, TargetName } from './target.ts';
import { FailureCode, Phase, Role } from './words.ts';

/** How bad a conclusion is for mail: the role matrix decides between `error` and `warning` (checklist, S46 to S60). */
export const Severity = z.enum(['error', 'warning', 'info']).meta({ id: 'Severity' });
export type Severity = z.infer<typeof Severity>;

export const WORST_FIRST: readonly Severity[] = ['error', 'warning', 'info'];

/** From 0 for the worst. */
export const severityRank = (severity: Severity): number => WORST_FIRST.indexOf(severity);

/** Who can mend it. */
export const Owner = z
  .enum([
    'network',
    'proxy',
    'dns',
    'entra',
    'exchange',
    'ece-administrator',
    'server-administrator',
    'microsoft',
    'mailpath',
    'unknown',
  ])
  .meta({ id: 'Owner' });
export type Owner = z.infer<typeof Owner>;

/** How sure the conclusion is. */
export const Confidence = z.enum(['certain', 'likely', 'possible']).meta({ id: 'Confidence' });
export type Confidence = z.infer<typeof Confidence>;

/** The items of the checklist: C1 to C11 of Cisco's document, X1 to X9 that real errors point to. */
export const ChecklistItem = z.string().regex(/^(?:C(?:[1-9]|1[01])|X[1-9])$/);
/** Cisco's tech note, which the statements and the items C1 to C11 are of. docs/checklist.md has them in our words. */
export const STATEMENTS_URL =
  'https://www.cisco.com/c/en/us/support/docs/contact-center/enterprise-chat-email-1261/218453-troubleshoot-ece-oauth2-authentication-w.html';
/** A statement of the checklist, S1 to S74. */
export const Statement = z.string().regex(/^S(?:[1-9]|[1-6]\d|7[0-4])$/);

/**
 * How far a cause reaches: `site` when every server that looked has it, `role` when every server of a role has it and
 * the others do not, `server` for one server or some. What is alike everywhere belongs to the tenant, to Microsoft or
 * to the network that all share; what differs belongs to the server and its way.
 */
export const Reach = z.enum(['server', 'role', 'site']).meta({ id: 'Reach' });
export type Reach = z.infer<typeof Reach>;

/** One result that a finding speaks of: the newest of that server for that check and target. */
export const FindingCheck = z
  .object({
    /** Name of the server. */
    server: z.string(),
    check: CheckId,
    target: TargetName,
    mailbox: MailAddress.optional(),
  })
  .meta({ id: 'FindingCheck' });
export type FindingCheck = z.infer<typeof FindingCheck>;

/** What a finding is about. The optional parts name what is broken, where the cause is no larger than that. */
export const FindingScope = z
  .object({
    kind: Reach,
    /** Names of the servers it holds for. */
    servers: z.array(z.string()).min(1),
    /** The roles all of whose servers have it; set when `kind` is `role`. */
    roles: z.array(Role).optional(),
    /** The results it rests on; none where it is a fact of the site that no check shows. */
    checks: z.array(FindingCheck),
    host: z.string().optional(),
    port: z.int().optional(),
    address: z.string().optional(),
    family: z.literal([4, 6]).optional(),
    /** Address of a DNS server. */
    resolver: z.string().optional(),
    mailbox: MailAddress.optional(),
  })
  .meta({ id: 'FindingScope' });
export type FindingScope = z.infer<typeof FindingScope>;

/** A public page of Microsoft or Cisco on the matter. */
export const FindingLink = z.object({ title: z.string(), url: z.url() }).meta({ id: 'FindingLink' });
export type FindingLink = z.infer<typeof FindingLink>;

/**
 * A conclusion from results: what is wrong, where, who must act, and what to do. It is made of `rule` and `params`,
 * which have no language; `summary`, `cause`, `nextStep` and `excludes` are the words for them in one language.
 */
export const Finding = z
  .object({
    /** Rule and subject: the same cause has the same key in every round, whichever servers have it by then. */
    key: z.string().max(400),
    /** Id of the rule that drew it. */
    rule: z.string().max(60),
    severity: Severity,
    confidence: Confidence,
    scope: FindingScope,
    phase: Phase.nullable(),
    code: FailureCode.nullable(),
    owner: Owner,
    /** The item of the checklist that it belongs to first. */
    checklistItem: ChecklistItem,
    /** Every item that it may belong to, the first included. */
    items: z.array(ChecklistItem).min(1),
    statements: z.array(Statement),
    /** What the words are made of. */
    params: z.record(z.string(), z.unknown()),
    /** The facts that decided, one a line. */
    evidence: z.array(z.string()),
    /** What follows from it: these results failed, or were not tried, for this cause, and are no fault of their own. */
    consequences: z.array(FindingCheck),
    /** One sentence: what was seen, with server, host, port and phase. */
    summary: z.string(),
    /** What most likely stands behind it. */
    cause: z.string(),
    nextStep: z.string(),
    /** What was ruled out, and by what, one sentence each. */
    excludes: z.array(z.string()),
  })
  .meta({ id: 'Finding' });
export type Finding = z.infer<typeof Finding>;
