import { z } from 'zod';
import { CheckId, CheckResult, Instant, Outcome, TargetName } from '@mailpath/protocol';

const moment = 'write a moment as 2026-11-24T03:00:00Z';
const Moment = z.iso.datetime(moment).refine((text) => Instant.safeParse(text).success, moment);

/** What a list of results may be narrowed to; every part is optional. */
export const ResultFilter = z.object({
  serverId: z.uuid('a server id is a UUID').optional(),
  check: CheckId.optional(),
  target: TargetName.optional(),
  outcome: Outcome.optional(),
  runId: z.uuid('a run id is a UUID').optional(),
  /** Observed at or after this moment, RFC 3339 in UTC. */
  from: Moment.optional(),
  /** Observed before this moment. */
  to: Moment.optional(),
});
export type ResultFilter = z.infer<typeof ResultFilter>;

/** A result as it is kept: who reported it, when it arrived, and the fact itself. */
export const StoredResult = z
  .object({
    serverId: z.uuid(),
    agentId: z.uuid(),
    boot: z.uuid(),
    sequence: z.int(),
    runId: z.uuid().nullable(),
    receivedAt: z.iso.datetime(),
    result: CheckResult,
  })
  .meta({ id: 'StoredResult' });
export type StoredResult = z.infer<typeof StoredResult>;
