import { z } from 'zod';
import { GivenUp, SentAtMs } from '../batch-head.ts';
import { MAX_BATCH } from '../batch-limits.ts';
import { type CompactResult, isCompactResult, isLayout, type Layout } from './layout.ts';

/** 9999-12-31, behind which a year has more digits. */
const LAST_MS = 253_402_300_799_999;
const Place = z
  .int()
  .min(0)
  .max(MAX_BATCH - 1);

/**
 * The same in a compact form: what results have in common once a connection, and of each what is another than in the
 * one before it of the same layout. CompactWriter makes it, CompactReader reads it.
 */
export const CompactResults = z.object({
  boot: z.uuid(),
  sentAtMs: SentAtMs,
  givenUp: z.array(GivenUp).max(MAX_BATCH).optional(),
  /** Counts from 0 on a connection. 0 begins anew: all layouts from before are forgotten. */
  frame: z.int().min(0),
  /** Sequence of the first result; those of the others follow. */
  first: z.int().min(1),
  /** When the first result began, in milliseconds since 1970 by the agent's clock. */
  at: z.int().min(-LAST_MS).max(LAST_MS),
  /** New ones, numbered on from those that the connection has. */
  layouts: z.array(z.custom<Layout>(isLayout, 'not a layout')).max(MAX_BATCH),
  /** From which result on they belong to which run. */
  runs: z
    .array(z.tuple([Place, z.uuid().nullable()]))
    .max(MAX_BATCH)
    .optional(),
  repeats: z
    .array(z.tuple([Place, z.uuid()]))
    .max(MAX_BATCH)
    .optional(),
  results: z.array(z.custom<CompactResult>(isCompactResult, 'not a compact result')).min(1).max(MAX_BATCH),
});
export type CompactResults = z.infer<typeof CompactResults>;
