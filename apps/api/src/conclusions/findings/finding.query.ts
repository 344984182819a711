import { ChecklistItem, CheckId, Finding, Owner, Severity, TargetName } from '@mailpath/protocol';
import { z } from 'zod';
import { pageOf } from '../../platform/page.ts';

/**
 * `pending`: seen, and not yet confirmed by a second look or a later round. One that was open before keeps its openings
 * meanwhile.
 */
export const FindingState = z.enum(['pending', 'open', 'closed']).meta({ id: 'FindingState' });
export type FindingState = z.infer<typeof FindingState>;

/** What a list of findings may be narrowed to. */
export const FindingFilter = z.object({
  state: z.enum([...FindingState.options, 'all']).default('open'),
  severity: Severity.optional(),
  /** It speaks of a result of this server. */
  serverId: z.uuid('a server id is a UUID').optional(),
  /** It belongs to this item of the checklist first. */
  item: ChecklistItem.optional(),
  owner: Owner.optional(),
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

/** A conclusion as it is kept: since when it holds, and the results that show it. */
export const StoredFinding = z
  .object({
    id: z.uuid(),
    state: FindingState,
    firstSeenAt: z.iso.datetime(),
    lastSeenAt: z.iso.datetime(),
    /** When it opened last; null while it has never been confirmed. */
    openedAt: z.iso.datetime().nullable(),
    /** When it closed last; null while it is open. */
    closedAt: z.iso.datetime().nullable(),
    /** How often it has been open. */
    openings: z.int(),
    /** The results that it was last seen with: those it rests on, and those that follow from it. */
    results: z.array(SeenResult),
    finding: Finding,
  })
  .meta({ id: 'StoredFinding' });
export type StoredFinding = z.infer<typeof StoredFinding>;

/** One finding with the times that it was open, the newest hundred, newest first. */
export const FindingWithHistory = StoredFinding.extend({
  history: z.array(z.object({ openedAt: z.iso.datetime(), closedAt: z.iso.datetime().nullable() })),
}).meta({ id: 'FindingWithHistory' });
export type FindingWithHistory = z.infer<typeof FindingWithHistory>;

export const FindingPage = pageOf('FindingPage', StoredFinding);
