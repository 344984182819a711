import {
  ChecklistItem,
  CheckId,
  Confidence,
  FailureCode,
  FindingLink,
  FindingScope,
  MailAddress,
  Owner,
  Phase,
  Reach,
  Severity,
  Statement,
  TargetName,
} from '@mailpath/protocol';
import { z } from 'zod';
import { Moment, namesOf, oneOrMore } from '../../platform/fields.ts';
import { pageOf } from '../../platform/page.ts';
import { serverNameEmpty, serverNameLong } from '../../history/field-refusals.ts';
import { said } from '../../platform/refusal.ts';

/**
 * `pending`: seen, and not yet confirmed by a second look or a later round. One that was open before keeps its openings
 * meanwhile.
 */
export const FindingState = z.enum(['pending', 'open', 'closed']).meta({ id: 'FindingState' });
export type FindingState = z.infer<typeof FindingState>;

/** What a list of findings may be narrowed to. */
export const FindingFilter = z.object({
  state: z.enum([...FindingState.options, 'all']).default('open'),
  severity: oneOrMore(Severity).optional(),
  /** It speaks of a result of this server. */
  serverId: z.uuid().optional(),
  /** It holds for one of the servers with these names. */
  server: namesOf(z.string().min(1, said(serverNameEmpty())).max(100, said(serverNameLong()))).optional(),
  /** It speaks of one of these mailboxes. */
  mailbox: namesOf(MailAddress.toLowerCase()).optional(),
  /** It belongs to this item of the checklist first. */
  item: ChecklistItem.optional(),
  owner: oneOrMore(Owner).optional(),
  /** It holds since this moment or later. */
  from: Moment.optional(),
  /** It holds since before this moment. */
  to: Moment.optional(),
});
export type FindingFilter = z.infer<typeof FindingFilter>;

/** A result that a finding speaks of, by the server's id: names change hands. */
export const SeenResult = z.object({
  serverId: z.uuid(),
  check: CheckId,
  target: TargetName,
  resultId: z.uuid(),
  /** True for what the finding rests on, false for what follows from it. */
  basis: z.boolean(),
});
export type SeenResult = z.infer<typeof SeenResult>;

/** A server that a finding holds for. */
export const NamedServer = z
  .object({
    /** Null for one whose name nobody has any more. */
    id: z.uuid().nullable(),
    name: z.string(),
  })
  .meta({ id: 'NamedServer' });
export type NamedServer = z.infer<typeof NamedServer>;

/** A conclusion in the words of one language: what is wrong, why, who must act, what to do, since when and where. */
export const FindingSummary = z
  .object({
    id: z.uuid(),
    state: FindingState,
    severity: Severity,
    /** What was seen, in short, without the servers. */
    headline: z.string(),
    summary: z.string(),
    cause: z.string(),
    owner: Owner,
    nextStep: z.string(),
    /** When it opened last; for one that was never open, when it was first seen. */
    since: z.iso.datetime(),
    servers: z.array(NamedServer),
    mailbox: z.string().nullable(),
    confidence: Confidence,
    checklistItem: ChecklistItem,
    statements: z.array(Statement),
    /** Public pages of Microsoft and Cisco on the matter. */
    links: z.array(FindingLink),
    key: z.string(),
    rule: z.string(),
    firstSeenAt: z.iso.datetime(),
    lastSeenAt: z.iso.datetime(),
    /** When it opened last; null while it has never been confirmed. */
    openedAt: z.iso.datetime().nullable(),
    /** When it closed last; null while it is open. */
    closedAt: z.iso.datetime().nullable(),
    /** How often it has been open. */
    openings: z.int(),
  })
  .meta({ id: 'FindingSummary' });
export type FindingSummary = z.infer<typeof FindingSummary>;

/** One finding with what shows it, and the times that it was open, the newest hundred, newest first. */
export const FindingDetail = FindingSummary.extend({
  /** How far it reaches. */
  reach: Reach,
  /** What is broken, where the cause is no larger than that. */
  subject: FindingScope.pick({ host: true, port: true, address: true, family: true, resolver: true }),
  phase: Phase.nullable(),
  code: FailureCode.nullable(),
  /** Every item of the checklist that it may belong to. */
  items: z.array(ChecklistItem),
  /** The facts that decided, one a line. */
  evidence: z.array(z.string()),
  /** What was ruled out, and by what, one sentence each. */
  excludes: z.array(z.string()),
  /** The results that it was last seen with: those it rests on, and those that follow from it. */
  results: z.array(SeenResult.extend({ server: z.string() })),
  history: z.array(z.object({ openedAt: z.iso.datetime(), closedAt: z.iso.datetime().nullable() })),
}).meta({ id: 'FindingDetail' });
export type FindingDetail = z.infer<typeof FindingDetail>;

export const FindingPage = pageOf('FindingPage', FindingSummary);
